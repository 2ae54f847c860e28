# Formulas that are no identities: with the numbers of the text, or on one example.
import numpy as np

X, W, delta = np.array([[1, 2], [3, 4]]), np.array([[5], [6]]), np.array([[1], [-1]])
terms = [[int(X[i, row] * delta[i, 0]) for i in range(2)] for row in range(2)]
print("holds-small-gradient-1 =", terms[0] == [1, -3] and sum(terms[0]) == (X.T @ delta)[0, 0] == -2)
print("holds-small-gradient-2 =", terms[1] == [2, -4] and sum(terms[1]) == (X.T @ delta)[1, 0] == -2)
print("holds-small-product =", X.T.tolist() == [[1, 3], [2, 4]] and (X.T @ delta).tolist() == [[-2], [-2]])
print("holds-small-others =", (delta @ W.T).tolist() == [[5, 6], [-5, -6]] and delta.sum() == 0)

chance = np.random.default_rng(0)
x, d = chance.standard_normal((4, 3)), chance.standard_normal((4, 2))
outer = sum(np.outer(x[i], d[i]) for i in range(4))
print("holds-outer-products =", np.allclose(outer, x.T @ d))
one = x[:1].T @ d[:1]
print("holds-one-sample =", all(one[k, j] == x[0, k] * d[0, j] for k in range(3) for j in range(2)))
x, d = chance.standard_normal((2, 3, 3))
four = [x.T @ d, x @ d, d @ x, d.T @ x]
print("holds-four-differ =", all(not np.allclose(four[i], four[j]) for i in range(4) for j in range(i)))
print("holds-curvature-limit =", f"{2 / 2.15e6:.1e}" == "9.3e-07")
print("holds-outputs =", 64 * 10 == 640)

# a network with all weights at 0
x, y = chance.standard_normal((5, 4)), chance.standard_normal((5, 2))
w1, w2 = np.zeros((4, 3)), np.zeros((3, 2))
h = x @ w1
a = np.maximum(h, 0)
g = 2 * (a @ w2 - y)
print("holds-dead-h =", not h.any())
print("holds-dead-activation =", not a.any())
print("holds-dead-w2 =", not (a.T @ g).any())
print("holds-dead-a =", not (g @ w2.T).any())
print("holds-dead-w1 =", not (x.T @ ((g @ w2.T) * (h > 0))).any())

# the first layer at 0, and the kink of ReLU open
w2 = chance.standard_normal((3, 2))
g = 2 * (a @ w2 - y)
print("holds-open-kink =", np.array_equal(x.T @ ((g @ w2.T) * (h >= 0)), x.T @ (g @ w2.T)) and (g @ w2.T).any())

# one neuron: x = 2, w1 = 3, w2 = -1, y = 1
a = max(3 * 2, 0)
p = -1 * a
print("holds-neuron-a =", a == 6)
print("holds-neuron-p =", p == -6)
print("holds-neuron-slope =", 2 * (p - 1) == -14)


def depth(tree):
    return 0 if tree is None else 1 + max(depth(tree[0]), depth(tree[1]))


tree = ((None, None), (None, ((None, None), None)))
levels, row = 0, [tree]
while row:
    levels, row = levels + 1, [child for node in row for child in node if child is not None]
print("holds-depth =", depth(tree) == levels)
