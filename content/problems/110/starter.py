# TreeNode: val, left, right


class Solution:
    def isBalanced(self, root: Optional[TreeNode]) -> bool:
        ...
