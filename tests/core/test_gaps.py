"""Gaps of a cloze: what is one, where it ends, and that nothing written takes long or raises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.core.gaps import Gap, read_gaps


def parts(text: str) -> list[tuple[str, str]]:
    return [(gap.answer, gap.hint) for gap in read_gaps(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no gap", []),
        ("a {{b}} c {{ d }}", [("b", ""), ("d", "")]),
        ("{{chain rule::two words}}", [("chain rule", "two words")]),
        (r"{{$x_{i_{j}}$}}", [(r"$x_{i_{j}}$", "")]),
        (
            r"{{$\frac{\partial L}{\partial W}$::a matrix}}",
            [(r"$\frac{\partial L}{\partial W}$", "a matrix")],
        ),
        ("{{x[::2]}}", [("x[::2]", "")]),
        ("{{`a::b`}}", [("`a::b`", "")]),
        ("{{{1, 2}}}", [("{1, 2}", "")]),
        ("{{}} {{   }}", []),
        ("{{a::}}", [("a", "")]),
        ("{{::hint}}", [("::hint", "")]),
        ("{{a {{b}} c}}", [("a b c", "")]),
        ("{{{{a}}}}", [("a", "")]),
        ("{{ a } b }}", [("a } b", "")]),
        ("{{ a { b }} c", [("a { b", "")]),
        ("{{a", []),
        ("a}}", []),
        ("{{一}}{{二}}", [("一", ""), ("二", "")]),
        (r"$e^{{{x}}}$", [("{x}", "")]),
    ],
)
def test_what_is_a_gap(text: str, expected: list[tuple[str, str]]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("text", "around"),
    [
        ("{{a}}", ""),
        ("$f = {{2x}}$", "$"),
        ("$$\nf = {{2x}}\n$$", "$$"),
        ("`f = {{2 * x}}`", "`"),
        ("```python\nf = {{2 * x}}\n```", "```"),
        ("$x$ {{a}} $y$", ""),
        ("it costs 5 $, {{a}}", ""),
        (r"\$ {{a}} \$", ""),
    ],
)
def test_what_is_around_a_gap(text: str, around: str) -> None:
    [gap] = read_gaps(text)
    assert gap.around == around
    assert gap.in_math == around.startswith("$")
    assert gap.in_code == around.startswith("`")


def test_places_are_those_of_the_braces() -> None:
    text = "one {{two::three}} four"
    assert read_gaps(text) == (Gap(4, 18, "two", "three", ""),)
    assert text[4:18] == "{{two::three}}"


@pytest.mark.parametrize(
    "text",
    [
        "{{" * 500_000,
        "{{" * 400_000 + "}}",
        ("{{" * 900 + "}}") * 500,
        "}" * 1_000_000,
        "{{a}}" * 200_000,
        "{" * 500_000 + "}" * 500_000,
        "```{{" * 200_000,
        "".join("`" * run + " " for run in range(1, 1400)),
        "{{" + "$" * 999_999 + "}}",
    ],
    ids=lambda text: text[:8],
)
def test_a_megabyte_of_braces_is_read(text: str) -> None:
    assert len(read_gaps(text)) <= 200_000


@given(st.text(st.sampled_from("{}`$\\:[] \nab梯\x1b"), max_size=200) | st.text(max_size=200))
def test_any_text_has_gaps_in_order_that_do_not_overlap(text: str) -> None:
    at = 0
    for gap in read_gaps(text):
        assert at <= gap.start < gap.end <= len(text)
        assert text[gap.start : gap.start + 2] == "{{"
        assert text[gap.end - 2 : gap.end] == "}}"
        assert gap.answer.strip()
        at = gap.end
