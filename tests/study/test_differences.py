from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studybuddy.study.differences import MOST_LINES, Line, compare

LINES = st.lists(st.sampled_from(["a", "b", "    c", "", "中"]), max_size=30)


def test_added_and_removed_lines_stand_among_those_around_them() -> None:
    old = "\n".join(f"line {n}" for n in range(1, 31))
    new = old.replace("line 15", "line fifteen\nand more")
    found = compare(old, new)
    assert (found.added, found.removed, found.same) == (2, 1, False)
    assert found.lines[0] == Line("…", skipped=11)
    assert found.lines[1] == Line(" ", "line 12", 12, 12)
    assert [line for line in found.lines if line.sign in "+-"] == [
        Line("-", "line 15", old=15),
        Line("+", "line fifteen", new=15),
        Line("+", "and more", new=16),
    ]
    assert found.lines[-2] == Line(" ", "line 18", 18, 19)
    assert found.lines[-1] == Line("…", skipped=12)


def test_line_ends_make_no_difference() -> None:
    assert compare("a\r\nb\r", "a\nb").same
    assert compare("", "\n\n").same
    assert compare("", "").lines == ()


@given(LINES, LINES)
def test_the_lines_of_both_programs_are_all_there(before: list[str], after: list[str]) -> None:
    old, new = "\n".join(before).rstrip("\n"), "\n".join(after).rstrip("\n")
    found = compare(old, new)
    assert found.same == (old == new)
    for line in found.lines:
        if line.old:
            assert old.split("\n")[line.old - 1] == line.text
        if line.new:
            assert new.split("\n")[line.new - 1] == line.text
    left_out = sum(line.skipped for line in found.lines)
    if not found.same:
        assert sum(line.sign in " -" for line in found.lines) + left_out == len(old.split("\n"))


def test_the_longest_programs_are_compared_in_part() -> None:
    old = "\n".join(f"x{n % 7} = {n % 13}" for n in range(MOST_LINES * 3))
    new = "\n".join(f"x{n % 5} = {n % 11}" for n in range(MOST_LINES * 3))
    assert len(compare(old, new).lines) <= 2 * MOST_LINES
