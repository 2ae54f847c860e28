# What PyTorch does, beside the same in NumPy.
import numpy as np
import torch

torch.set_num_threads(1)
N, D_in, H, D_out = 64, 1000, 100, 10
rng = np.random.RandomState(0)
arrays = rng.randn(N, D_in), rng.randn(N, D_out), rng.randn(D_in, H), rng.randn(H, D_out)


def train(steps, dtype, clear=True):
    x, y, w1, w2 = (torch.from_numpy(array.copy()).to(dtype) for array in arrays)
    w1.requires_grad_(True)
    w2.requires_grad_(True)
    losses = []
    for t in range(steps):
        loss = ((x @ w1).clamp(min=0) @ w2 - y).pow(2).sum()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= 1e-6 * w1.grad
            w2 -= 1e-6 * w2.grad
        if clear:
            w1.grad = w2.grad = None
    return np.array(losses)


exact, single = train(500, torch.float64), train(500, torch.float32)
print("float32-off-400 =", abs(single[400] / exact[400] - 1))
print("float32-factor-499 =", single[499] / exact[499])
piled = train(200, torch.float64, clear=False)
print("nan-step =", int(np.argmax(np.isnan(piled))) if np.isnan(piled).any() else 10**6)

x, y, w1, w2 = (torch.from_numpy(array.copy()) for array in arrays)
w1.requires_grad_(True)
w2.requires_grad_(True)
sizes = []
for _ in range(3):
    ((x @ w1).clamp(min=0) @ w2 - y).pow(2).sum().backward()
    sizes.append(w1.grad.clone())
print("holds-grad-twice =", torch.allclose(sizes[1], 2 * sizes[0]))
print("grad-thrice =", float(sizes[2].sum() / sizes[0].sum()))
h = arrays[0] @ arrays[2]
g = 2.0 * (np.maximum(h, 0) @ arrays[3] - arrays[1])
by_hand = arrays[0].T @ ((g @ arrays[3].T) * (h > 0))
print("autograd-off =", np.abs(sizes[0].numpy() - by_hand).max() / np.abs(by_hand).max())
zero = torch.zeros(1, requires_grad=True)
zero.clamp(min=0).sum().backward()
print("clamp-at-zero =", zero.grad.item())
zero.grad = None
torch.relu(zero).sum().backward()
print("relu-at-zero =", zero.grad.item())
