import numpy as np
import torch

N, D_in, H, D_out = 64, 1000, 100, 10
learning_rate = 1e-6
steps = 500

rng = np.random.RandomState(0)
x = torch.from_numpy(rng.randn(N, D_in))    # (N, D_in), float64
y = torch.from_numpy(rng.randn(N, D_out))   # (N, D_out)
w1 = torch.from_numpy(rng.randn(D_in, H))   # (D_in, H)
w2 = torch.from_numpy(rng.randn(H, D_out))  # (H, D_out)
w1.requires_grad_(True)
w2.requires_grad_(True)

for t in range(steps):
    # forward
    y_pred = (x @ w1).clamp(min=0) @ w2  # (N, D_out)

    # loss: sum of squares
    loss = (y_pred - y).pow(2).sum()
    if t % 100 == 0 or t == steps - 1:
        print(f"Epoch {t}: Loss = {loss.item()}")

    # backward
    loss.backward()
    grad_w1 = w1.grad  # (D_in, H)
    grad_w2 = w2.grad  # (H, D_out)
    if t == 0:
        print(f"grad_w1: {tuple(grad_w1.shape)}")
        print(f"grad_w2: {tuple(grad_w2.shape)}")

    # update
    with torch.no_grad():
        w1 -= learning_rate * grad_w1
        w2 -= learning_rate * grad_w2

    # clear: backward() adds to .grad
    w1.grad = None
    w2.grad = None
