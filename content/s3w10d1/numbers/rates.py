# Other learning rates, and how often the loss rises.
import numpy as np

N, D_in, H, D_out = 64, 1000, 100, 10


def drawn(seed=0):
    rng = np.random.RandomState(seed)
    return rng.randn(N, D_in), rng.randn(N, D_out), rng.randn(D_in, H), rng.randn(H, D_out)


def train(steps, rate, seed=0, scale=1.0, start=None):
    x, y, w1, w2 = drawn(seed)
    if start:
        w1, w2 = start(w1, w2)
    losses = []
    for t in range(steps):
        h = x @ w1
        a = np.maximum(h, 0)
        p = a @ w2
        losses.append(scale * np.square(p - y).sum())
        g = scale * 2.0 * (p - y)
        g2 = a.T @ g
        w1 -= rate * (x.T @ ((g @ w2.T) * (h > 0)))
        w2 -= rate * g2
    return losses, h


np.seterr(all="ignore")
rising = [seed for seed in range(60) if np.any(np.diff(train(6, 1e-6, seed)[0][:5]) > 0)]
print("seeds-rising =", len(rising))
slow, _ = train(500, 1e-7)
print("loss-1e-7 =", slow[-1])
double, hidden = train(500, 2e-6)
print("loss-2e-6 =", double[-1])
print("peak-2e-6 =", max(double))
print("dead-2e-6 =", int((hidden <= 0).all(axis=0).sum()))
wild, _ = train(12, 4e-6)
print("first-not-finite =", int(np.argmin(np.isfinite(wild))))
mean, _ = train(500, 1e-6, scale=1 / 640)
print("mean-first =", mean[0])
print("mean-last =", mean[-1])
total, same = train(60, 1e-6)[0], train(60, 6.4e-4, scale=1 / 640)[0]
print("holds-sum-is-mean =", np.allclose(np.array(total) / 640, same, rtol=1e-9))


def he(w1, w2):
    return w1 * np.sqrt(2 / D_in), w2 * np.sqrt(2 / H)


scaled, _ = train(500, 0.1, scale=1 / 640, start=he)
print("he-first =", scaled[0])
print("he-last =", scaled[-1])
