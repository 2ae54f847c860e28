from __future__ import annotations

import math

import pytest

from studybuddy.runner.losses import LossReader, fell, first_not_finite, missing_steps

PATTERN = r"Epoch (\d+): Loss = (\S+)"


def read(text: str, size: int = 7) -> tuple[tuple[int, float], ...]:
    reader = LossReader(PATTERN)
    for start in range(0, len(text), size):
        reader.feed(text[start : start + size])
    return reader.losses()


def test_losses_are_read_across_pieces() -> None:
    text = "Start\nEpoch 0: Loss = 25274173.275672376\nEpoch 100: Loss = 2.4e2,\r\nEpoch 200: Loss = .5"
    assert read(text) == ((0, 25274173.275672376), (100, 240.0), (200, 0.5))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("26,365,524.193", 26365524.193, 1e-3),
        ("834.60", 834.6, 1e-2),
        ("2.6e+07", 2.6e7, 1e6),
        ("3e7", 3e7, 1e7),
        ("0", 0.0, 1.0),
        ("0e9", 0.0, 1.0),
        ("17,", 17.0, 1.0),
        ("-.5", -0.5, 0.1),
        ("nan", math.nan, 0.0),
    ],
)
def test_a_loss_is_as_exact_as_it_was_printed(text: str, value: float, unit: float) -> None:
    reader = LossReader(PATTERN)
    reader.feed(f"Epoch 7: Loss = {text}\nEpoch 7: Loss = 1e300\n")
    step, loss = reader.losses()[0]
    assert step == 7
    assert loss == pytest.approx(value, nan_ok=True)
    assert reader.unit(7) == pytest.approx(unit)
    assert reader.unit(8) == 0.0


def test_what_is_no_number_is_passed_over() -> None:
    assert read("Epoch 1: Loss = tensor(3)\nEpoch 2: Loss = -1\n") == ((2, -1.0),)


def test_losses_that_are_not_finite() -> None:
    losses = read("Epoch 0: Loss = 3\nEpoch 1: Loss = nan\nEpoch 2: Loss = inf\n")
    bad = first_not_finite(losses)
    assert bad is not None
    assert bad[0] == 1
    assert math.isnan(bad[1])
    assert not fell(losses, (), 1.0)


def test_an_endless_line_is_no_burden() -> None:
    reader = LossReader(PATTERN)
    for _ in range(50):
        reader.feed("x" * 100_000)
    reader.feed("\nEpoch 3: Loss = 1\n")
    assert reader.losses() == ((3, 1.0),)


@pytest.mark.parametrize(
    ("losses", "expected"),
    [
        ([100.0, 10.0, 1.0], True),
        ([100.0, 10.0, 10.0], False),
        ([100.0, 101.0, 1.0], False),
        ([100.0, 10.0, 9.0], False),
    ],
)
def test_falling_is_strict_and_far_enough(losses: list[float], expected: bool) -> None:
    assert fell(tuple(enumerate(losses)), (0, 1, 2), 0.05) is expected


def test_checkpoints_must_have_been_printed() -> None:
    losses = ((0, 3.0), (100, 1.0))
    assert missing_steps(losses, (0, 100, 200)) == [200]
    assert not fell(losses, (0, 100, 200), 1.0)
    assert fell(losses, (), 1.0)
    assert not fell((), (), 1.0)


@pytest.mark.parametrize(
    "pattern", [r"^Epoch (\d+): (\S+)$", r"\AEpoch (\d+): (\S+)\Z", r"(?<!.)Epoch (\d+): (\S+)"]
)
def test_a_pattern_that_looks_at_a_whole_line_finds_it_among_others(pattern: str) -> None:
    reader = LossReader(pattern)
    for piece in ("y\n" * 1000, "y\nEpo", "ch 1: 2.5\ny\nno Epoch 2: 3\n", "y\n", "Epoch 3: 0.5"):
        reader.feed(piece)
    assert reader.losses() == ((1, 2.5), (3, 0.5))
