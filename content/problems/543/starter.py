# TreeNode: val, left, right


class Solution:
    def diameterOfBinaryTree(self, root: Optional[TreeNode]) -> int:
        ...
