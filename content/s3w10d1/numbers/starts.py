# Weights that start at zero or at one constant.
import numpy as np

N, D_in, H, D_out = 64, 1000, 100, 10


def train(steps, start, bound=False, biases=False, rate=1e-6):
    # bound: what the derivative of ReLU at 0 is taken to be, 1 if True
    rng = np.random.RandomState(0)
    x, y = rng.randn(N, D_in), rng.randn(N, D_out)
    w1, w2 = start(rng.randn(D_in, H), rng.randn(H, D_out))
    b1, b2 = np.zeros((1, H)), np.zeros((1, D_out))
    losses, first = [], None
    for t in range(steps):
        h = x @ w1 + b1
        a = np.maximum(h, 0)
        p = a @ w2 + b2
        losses.append(np.square(p - y).sum())
        g = 2.0 * (p - y)
        back = (g @ w2.T) * (h >= 0 if bound else h > 0)
        g1, g2 = x.T @ back, a.T @ g
        first = first or (np.abs(g1).max(), np.abs(g2).max())
        w1 = w1 - rate * g1
        w2 = w2 - rate * g2
        if biases:
            b1, b2 = b1 - rate * back.sum(0, keepdims=True), b2 - rate * g.sum(0, keepdims=True)
    return losses, first, w1, w2, y, b2


# where no gradient is left, 20 steps are as good as 500
zero, _, w1, w2, y, _ = train(20, lambda w1, w2: (0 * w1, 0 * w2))
print("holds-zero-loss-rests =", zero[0] == zero[-1])
print("zero-last =", zero[-1])
print("holds-zero-loss =", round(zero[0], 1) == 627.6)
print("holds-zero-weights-rest =", not w1.any() and not w2.any())
second, first, *_ = train(500, lambda w1, w2: (w1, 0 * w2))
print("zero-second-first =", second[0])
print("zero-second-last =", second[-1])
print("holds-zero-second-first-step =", first[0] == 0 and first[1] > 0)
closed, *_ = train(20, lambda w1, w2: (0 * w1, w2))
print("holds-zero-first-layer-rests =", closed[0] == closed[-1])
opened, *_ = train(500, lambda w1, w2: (0 * w1, w2), bound=True)
print("zero-first-layer-open-last =", opened[-1])
biased, _, w1, w2, y, b2 = train(150, lambda w1, w2: (0 * w1, 0 * w2), biases=True, rate=1e-3)
print("biased-last =", biased[-1])
print("holds-biased-means =", np.allclose(b2, y.mean(0)) and not w1.any() and not w2.any())
constant, _, w1, *_ = train(500, lambda w1, w2: (0 * w1 + 0.01, 0 * w2 + 0.01))
print("constant-first =", constant[0])
print("constant-500 =", constant[499])
faster, *_ = train(500, lambda w1, w2: (0 * w1 + 0.01, 0 * w2 + 0.01), rate=1e-4)
print("constant-faster =", faster[-1])
print("constant-rank =", np.linalg.matrix_rank(w1))
print("sigmoid-of-zero =", 1 / (1 + np.exp(0.0)))
