# The reference run, and programs that are wrong in one place.
import numpy as np

N, D_in, H, D_out = 64, 1000, 100, 10


def drawn(seed=0):
    rng = np.random.RandomState(seed)
    return rng.randn(N, D_in), rng.randn(N, D_out), rng.randn(D_in, H), rng.randn(H, D_out)


def gradients(x, y, w1, w2, mask=True):
    h = x @ w1
    a = np.maximum(h, 0)
    p = a @ w2
    g = 2.0 * (p - y)
    back = g @ w2.T
    return np.square(p - y).sum(), x.T @ (back * (h > 0) if mask else back), a.T @ g


def curvature(x, w1, w2):
    # the largest eigenvalue of 2 JᵀJ, from the small matrix 2 JJᵀ
    h = x @ w1
    a, m = np.maximum(h, 0), (h > 0).astype(float)
    through = np.einsum("ik,jk,kl,km->iljm", m, m, w2, w2, optimize=True)
    first = (x @ x.T)[:, None, :, None] * through
    second = (a @ a.T)[:, None, :, None] * np.eye(D_out)[None, :, None, :]
    return 2 * np.linalg.eigvalsh((first + second).reshape(N * D_out, N * D_out))[-1]


def train(steps, rate, mask=True, marks=()):
    x, y, w1, w2 = drawn()
    losses = []
    for t in range(steps):
        loss, g1, g2 = gradients(x, y, w1, w2, mask)
        losses.append(loss)
        if t in marks:
            marks[t] = curvature(x, w1, w2)
        w1 -= rate * g1
        w2 -= rate * g2
    return losses, w1, w2


x, y, w1, w2 = drawn()
h = x @ w1
p = np.maximum(h, 0) @ w2
print("std-h-measured =", h.std())
print("std-y-measured =", p.std())
print("fact-zero-init-loss =", np.square(y).sum())

marks = {0: 0.0, 20: 0.0}
losses, end1, end2 = train(500, 1e-6, marks=marks)
for number, step in enumerate((0, 100, 200, 300, 400)):
    print(f"fact-reference-losses-{number} =", losses[step])
print("fact-reference-last-loss =", losses[499])
print("first-loss =", losses[0])
print("loss-100 =", losses[100])
print("loss-499 =", losses[499])
print("ratio-400 =", losses[400] / losses[0])
print("ratio-author =", 3.3754851178167285e-05 / 25274173.275672376)
print("curvature-start =", marks[0])
print("limit-start =", 2 / marks[0])
print("curvature-20 =", marks[20])
print("limit-20 =", 2 / marks[20])

fresh = np.random.RandomState(1)
pairs = [(fresh.randn(N, D_in), fresh.randn(N, D_out)) for _ in range(20)]
print("loss-fresh =", np.mean([np.square(np.maximum(a @ end1, 0) @ end2 - b).sum() for a, b in pairs]))
print("loss-fresh-zero =", np.mean([np.square(b).sum() for _, b in pairs]))

unmasked, _, _ = train(101, 1e-6, mask=False)
print("loss-100-unmasked =", unmasked[100])
_, right, _ = gradients(x, y, w1, w2)
_, wrong, _ = gradients(x, y, w1, w2, mask=False)
print("error-unmasked =", np.abs(wrong - right).max() / np.abs(right).max())

# w2 updated before it is used
u1, u2 = w1.copy(), w2.copy()
with np.errstate(all="ignore"):
    for t in range(500):
        hidden = x @ u1
        a = np.maximum(hidden, 0)
        g = 2.0 * (a @ u2 - y)
        u2 -= 1e-6 * (a.T @ g)
        u1 -= 1e-6 * (x.T @ ((g @ u2.T) * (hidden > 0)))
    print("holds-updated-early-ends-in-nan =", np.isnan(np.square(a @ u2 - y).sum()))

# the relative error of central differences at a typical entry
chance = np.random.RandomState(3)
_, g1, g2 = gradients(x, y, w1, w2)
for name, step in (("1e-3", 1e-3), ("1e-6", 1e-6)):
    errors = []
    for weights, exact in ((w1, g1), (w2, g2)):
        for _ in range(20):
            at = chance.randint(weights.shape[0]), chance.randint(weights.shape[1])
            old = weights[at]
            weights[at] = old + step
            above = gradients(x, y, w1, w2)[0]
            weights[at] = old - step
            below = gradients(x, y, w1, w2)[0]
            weights[at] = old
            slope = (above - below) / (2 * step)
            errors.append(abs(slope - exact[at]) / abs(exact[at]))
    print(f"check-{name} =", np.median(errors))
