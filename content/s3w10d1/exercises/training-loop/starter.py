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
    grad_y_pred = 2.0 * (y_pred - y)  # (N, D_out)
    grad_w2 = ...                     # (H, D_out)
    grad_h_relu = ...                 # (N, H)
    grad_h = ...                      # (N, H)
    grad_w1 = ...                     # (D_in, H)

    # update: only after both gradients are known
    w1 -= learning_rate * grad_w1
    w2 -= learning_rate * grad_w2

print(f"Done: loss is finite = {np.isfinite(loss)}")
