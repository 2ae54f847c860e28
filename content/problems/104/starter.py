# TreeNode: val, left, right


class Solution:
    def maxDepth(self, root: Optional[TreeNode]) -> int:
        ...
