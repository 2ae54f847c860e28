from collections import deque

# TreeNode: val, left, right


class Solution:
    def levelOrderBottom(self, root: Optional[TreeNode]) -> List[List[int]]:
        ...
