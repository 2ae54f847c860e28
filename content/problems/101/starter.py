# TreeNode: val, left, right


class Solution:
    def isSymmetric(self, root: Optional[TreeNode]) -> bool:
        ...
