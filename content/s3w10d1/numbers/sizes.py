# What is counted rather than run: entries, operations, calls.
N, D_in, H, D_out = 64, 1000, 100, 10

outputs = N * D_out
print("outputs =", outputs)
print("weights =", D_in * H + H * D_out)
print("jacobian-second =", outputs * H * D_out)
print("jacobian-first =", N * H * D_in * H)
print("jacobian-gib =", N * H * D_in * H * 8 / 2**30)

product = 2 * N * D_in * H  # one multiplication and one addition for each term
small = 2 * N * H * D_out
print("mflop-forward =", (product + small) / 1e6)
print("mflop-backward =", (product + 2 * small) / 1e6)

print("lr-mean =", 1e-6 * outputs)
print("expected-first-loss =", outputs * (D_in * H // 2 + 1))
print("fact-expected-first-loss =", outputs * (D_in * H // 2 + 1))
print("std-h =", D_in**0.5)
print("std-y =", (D_in * H / 2) ** 0.5)


# a depth that recurses once more inside its comparison, on a chain
class Node:
    def __init__(self, left):
        self.left, self.right = left, None


count = 0


def depth(node):
    global count
    count += 1
    if node is None:
        return 0
    if depth(node.left) > depth(node.right):
        return 1 + depth(node.left)
    return 1 + depth(node.right)


chain = None
for _ in range(18):
    chain = Node(chain)
depth(chain)
print("calls-chain =", count)
