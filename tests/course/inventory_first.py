"""The first 40 elements of the day, theory and code, and where each is served."""

from __future__ import annotations

from studybuddy.core.lesson import SectionKind
from tests.course.inventory import (
    Check,
    Row,
    both,
    card,
    command,
    concept,
    exercise,
    experiment,
    fact,
    labelled,
    matches,
    output,
    says,
    slot,
    symbol,
    term,
    walk,
    word,
)

LOSSES = [
    25274173.275672376,
    242.845908972135,
    0.9359920740023366,
    0.005408707256518394,
    3.3754851178167285e-05,
]
REFERENCE = [26365524.19345431, 834.596271636937, 10.05324165208, 0.172790630057, 0.0033058858805]


FIRST = [
    Row(
        1,
        "title: code, name, English term",
        (
            both("code and title", lambda one: one.code == "S3W10D1" and "Backpropagation" in one.title),
            Check("Chinese title", lambda c: "反向传播" in c.lesson.title),
            command("today.lessons"),
            word("lessons"),
        ),
    ),
    Row(
        2,
        "seven sections in order, and a closing",
        (
            both("sections", lambda one: [s.kind for s in one.sections] == list(SectionKind) and one.closing),
            command("lesson.next", "lesson.previous", "lesson.mark"),
            word("lesson"),
        ),
    ),
    Row(3, "label of the core concept", (labelled("theory", "核心概念", "Core concept"),)),
    Row(
        4,
        "backprop is the chain rule on a graph",
        (
            says("theory", "用在计算图（Computational Graph）上", "on a computational graph"),
            term(
                ("反向传播", "backpropagation"), ("链式法则", "chain rule"), ("计算图", "computational graph")
            ),
            card("backprop"),
            command("lesson.glossary"),
        ),
    ),
    Row(
        5,
        "the network as a composite",
        (
            says("theory", r"Y = f_n(\cdots f_2(f_1(X)) \cdots)"),
            command("lesson.latex"),
        ),
    ),
    Row(
        6,
        "gradient from upstream and local",
        (
            says("theory", r"\frac{\partial L}{\partial W}"),
            says("theory", "对上游梯度的全部分量求和", "a sum over all entries of the upstream gradient"),
            concept("K04", "K05"),
        ),
    ),
    Row(
        7,
        "error signal, local gradient",
        (
            term(
                ("误差信号", "error signal"),
                ("局部梯度", "local gradient"),
                ("上游梯度", "upstream gradient"),
            ),
            card("upstream-gradient", "local-gradient"),
        ),
    ),
    Row(
        8,
        "symbol table, batch first",
        (
            says(
                "theory",
                "采用 Batch First：第 0 轴总是批",
                "The convention is batch first: axis 0 is always the batch",
            ),
            command("lesson.symbols", "interview.symbols", "derivation.symbols", "walk.symbols"),
        ),
    ),
    Row(9, "X : (N, D_in)", (symbol("X", "(N, D_{in})"), card("shape-z"))),
    Row(10, "W : (D_in, D_out)", (symbol("W", "(D_{in}, D_{out})"), card("shape-dw"))),
    Row(
        11,
        "b : (1, D_out)",
        (
            symbol("b", "(1, D_{out})"),
            card("shape-b", "db"),
            term(("广播", "broadcasting")),
            says("theory", "它的梯度是沿批求和", "its gradient is a sum over the batch"),
        ),
    ),
    Row(12, "Z = XW + b : (N, D_out)", (symbol("Z = XW + b", "(N, D_{out})"), card("shape-z"))),
    Row(
        13,
        "A = σ(Z) : (N, D_out)",
        (
            symbol(r"A = \sigma(Z)", "(N, D_{out})"),
            says(
                "theory", "程序取 ReLU；最后一层没有激活", "The programs take ReLU; the last layer has none"
            ),
            term(("激活函数", "activation function")),
        ),
    ),
    Row(
        14,
        "thinking question on the shape",
        (
            says("theory", "的形状必须与 $W$ 相同吗", "have the same shape as $W$?"),
            card("shape-necessary"),
        ),
    ),
    Row(
        15,
        "its hidden answer",
        (
            says("theory", "形状相同是必要条件，不是充分条件", "equal shape is necessary, not sufficient"),
            command("lesson.open_visible"),
        ),
    ),
    Row(
        16,
        "section 2, by hand in NumPy",
        (
            Check("title", lambda c: "NumPy" in c.lesson.sections[1].title if c.lesson.sections else False),
            slot("code", "exercise", "training-loop"),
            command("today.lab", "lab.run"),
            word("run"),
        ),
    ),
    Row(
        17,
        "purpose: no autograd",
        (
            says("code", "不用任何自动求导工具", "No automatic differentiation"),
            exercise("training-loop", "no torch", lambda e: "torch" not in e.starter + e.reference),
        ),
    ),
    Row(
        18,
        "executed cell: author's output and own runs apart",
        (
            output("code", "Epoch 0: Loss = 25274173.275672376"),
            command("lesson.run", "lab.attempts"),
        ),
    ),
    Row(
        19,
        "import numpy",
        (
            exercise(
                "training-loop",
                "numpy",
                lambda e: e.packages == ("numpy",) and "import numpy as np" in e.starter,
            ),
        ),
    ),
    Row(
        20,
        "N, D_in, H, D_out",
        (
            fact("n", 64),
            fact("d_in", 1000),
            fact("h", 100),
            fact("d_out", 10),
            exercise(
                "training-loop", "sizes", lambda e: "N, D_in, H, D_out = 64, 1000, 100, 10" in e.starter
            ),
            command("lab.xray", "lab.reset"),
        ),
    ),
    Row(
        21,
        "x, y standard normal",
        (
            fact("reference_seed", 0),
            exercise("training-loop", "data", lambda e: matches(r"x = rng.randn\(N, D_in\)", e.starter)),
            says("code", "先 x，再 y、w1、w2", "first x, then y, w1, w2"),
        ),
    ),
    Row(
        22,
        "w1, w2 standard normal, no bias",
        (
            exercise("training-loop", "weights", lambda e: matches(r"w2 = rng.randn\(H, D_out\)", e.starter)),
            experiment(
                "zero-weights", "zero-second-layer", "zero-first-layer", "constant-weights", "he-mean-loss"
            ),
            says("code", "没有偏置", "there is no bias"),
        ),
    ),
    Row(
        23,
        "learning rate 1e-6",
        (
            fact("learning_rate", 1e-6),
            experiment("lr-1e-7", "lr-2e-6", "lr-4e-6"),
            says("code", r"2 / \lambda_{\max} \approx 9.3 \times 10^{-7}"),
            card("tiny-learning-rate"),
        ),
    ),
    Row(
        24,
        "start message",
        (exercise("training-loop", "start", lambda e: 'print(f"Start: {steps} steps' in e.reference),),
    ),
    Row(
        25,
        "500 iterations",
        (
            fact("steps", 500),
            exercise("training-loop", "limits", lambda e: (e.limits.wall_s, e.limits.memory_mb) == (20, 512)),
            command("lab.stop", "lesson.stop"),
        ),
    ),
    Row(
        26,
        "forward 1",
        (says("code", r"(N, D_{in}) \times (D_{in}, H) \to (N, H)"), says("code", "h = x @ w1")),
    ),
    Row(
        27,
        "ReLU",
        (
            says("code", "h_relu = np.maximum(h, 0)"),
            card("relu-backward"),
            term(("ReLU", "rectified linear unit")),
        ),
    ),
    Row(
        28,
        "forward 2",
        (says("code", r"(N, H) \times (H, D_{out}) \to (N, D_{out})"), says("code", "y_pred = h_relu @ w2")),
    ),
    Row(
        29,
        "loss: a sum of squares",
        (
            says("code", "其实是误差平方和（SSE）", "it is the sum of squared errors (SSE)"),
            card("sum-versus-mean", "equivalent-learning-rate"),
            term(("误差平方和", "sum of squared errors")),
        ),
    ),
    Row(
        30,
        "a loss each 100 steps",
        (
            exercise(
                "training-loop",
                "losses",
                lambda e: (
                    e.observation
                    and matches(e.observation.loss_pattern, "Epoch 100: Loss = 834.596")
                    and e.observation.checkpoints == (0, 100, 200, 300, 400)
                ),
            ),
            command("lab.experiments", "experiments.curve"),
        ),
    ),
    Row(
        31,
        "the backward pass, the core difficulty",
        (
            slot("code", "walk", "backward"),
            command("walk.answer", "walk.compare", "walk.onward", "walk.show"),
            concept("K12"),
        ),
    ),
    Row(
        32,
        "step 1",
        (
            walk(1, "grad_y_pred = 2.0 * (y_pred - y)", "(N, D_out)"),
            card("squared-loss-gradient"),
        ),
    ),
    Row(
        33,
        "step 2",
        (
            walk(2, "grad_w2 = h_relu.T @ grad_y_pred", "(H, D_out)"),
            card("code-grad-w2"),
            says("code", r"(H, D_{out}) = (H, N) \times (N, D_{out})"),
        ),
    ),
    Row(34, "step 3", (walk(3, "grad_h_relu = grad_y_pred @ w2.T", "(N, H)"), card("code-grad-h-relu"))),
    Row(
        35,
        "step 4",
        (
            walk(4, "grad_h = grad_h_relu * (h > 0)", "(N, H)"),
            card("mask-less-than", "mask-less-equal", "relu-at-zero"),
            says("code", "在 0 点不可导", "at 0 there is none"),
            term(("次梯度", "subgradient")),
        ),
    ),
    Row(36, "step 5", (walk(5, "grad_w1 = x.T @ grad_h", "(D_in, H)"), card("code-grad-w1"))),
    Row(
        37,
        "update",
        (
            says("code", "先求完所有梯度，再更新", "All gradients first, then the updates"),
            card("gradients-before-updates"),
            term(("全批量梯度下降", "full-batch gradient descent")),
        ),
    ),
    Row(
        38,
        "closing print on reading .T",
        (says("code", "对程序里的每个 .T 说出", "for each .T of the program"),),
    ),
    Row(
        39,
        "recorded output, first and last line",
        (
            says("code", "作者的输出原有七行", "The author's output had seven lines"),
            output("code", "Start: 500 steps, learning rate 1e-06", "Done: loss is finite = True"),
        ),
    ),
    Row(
        40,
        "five recorded losses",
        (
            fact("recorded_losses", LOSSES),
            fact("reference_losses", REFERENCE),
            output(
                "code",
                *(f"Epoch {n}: Loss = {loss}" for n, loss in zip(range(0, 500, 100), LOSSES, strict=True)),
            ),
            exercise(
                "training-loop", "by shape", lambda e: e.observation and e.observation.final_ratio == 1e-6
            ),
        ),
    ),
]
