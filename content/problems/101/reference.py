# TreeNode: val, left, right


class Solution:
    def isSymmetric(self, root: Optional[TreeNode]) -> bool:
        def mirrored(one: Optional[TreeNode], other: Optional[TreeNode]) -> bool:
            if one is None or other is None:
                return one is other
            return (
                one.val == other.val
                and mirrored(one.left, other.right)
                and mirrored(one.right, other.left)
            )

        return root is None or mirrored(root.left, root.right)
