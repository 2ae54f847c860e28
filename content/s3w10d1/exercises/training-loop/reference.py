import numpy as np

N, D_in, H, D_out = 64, 1000, 100, 10
learning_rate = 1e-6
steps = 500

rng = np.random.RandomState(0)
x = rng.randn(N, D_in)    # (N, D_in)
y = rng.randn(N, D_out)   # (N, D_out)
w1 = rng.randn(D_in, H)   # (D_in, H)
w2 = rng.randn(H, D_out)  # (H, D_out)

print(f"Start: {steps} steps, learning rate {learning_rate}")

for t in range(steps):
    # forward
    h = x @ w1                 # (N, H)
    h_relu = np.maximum(h, 0)  # (N, H)
    y_pred = h_relu @ w2       # (N, D_out)

    # loss: sum of squares
    loss = np.square(y_pred - y).sum()
    if t % 100 == 0 or t == steps - 1:
        print(f"Epoch {t}: Loss = {loss}")

    # backward
    grad_y_pred = 2.0 * (y_pred - y)   # (N, D_out)
    grad_w2 = h_relu.T @ grad_y_pred   # (H, D_out) = (H, N) @ (N, D_out)
    grad_h_relu = grad_y_pred @ w2.T   # (N, H) = (N, D_out) @ (D_out, H)
    grad_h = grad_h_relu * (h > 0)     # (N, H)
    grad_w1 = x.T @ grad_h             # (D_in, H) = (D_in, N) @ (N, H)

    # update: only after both gradients are known
    w1 -= learning_rate * grad_w1
    w2 -= learning_rate * grad_w2

print(f"Done: loss is finite = {np.isfinite(loss)}")
