from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studybuddy.runner.output import HEAD_CHARACTERS, KB, SEGMENT_CHARACTERS, TAIL_CHARACTERS, Output


@given(st.lists(st.binary(max_size=40)))
def test_pieces_add_up_to_the_whole(pieces: list[bytes]) -> None:
    heard: list[str] = []
    output = Output(8192, follow=heard.append)
    for piece in pieces:
        output.feed(piece)
    output.end_of_process()
    assert output.text() == "".join(heard) == b"".join(pieces).decode("utf-8", "replace")
    assert not output.truncated


def test_of_a_long_output_beginning_and_end_are_kept() -> None:
    output = Output(8192)
    for number in range(20_000):
        output.feed(f"{number:05}\n".encode())
    text = output.text()
    left_out = 120_000 - HEAD_CHARACTERS - TAIL_CHARACTERS
    assert output.truncated
    assert text.startswith("00000\n00001\n")
    assert text.endswith("19998\n19999\n")
    assert f"\n…(+{left_out})\n" in text
    assert len(text) == 64 * KB + len(f"\n…(+{left_out})\n")


def test_a_single_endless_line_is_bounded() -> None:
    output = Output(100)
    for _ in range(200):
        output.feed(b"x" * KB)
    assert output.flooded
    assert len(output.text()) < 64 * KB + 40


def test_live_output_waits_for_its_turn_and_ends_at_64_kb() -> None:
    heard: list[str] = []
    output = Output(8192, live=heard.append)
    output.feed(b"a")
    output.hand_on(1.0)
    output.feed(b"b")
    output.hand_on(1.01)
    output.feed(b"c")
    output.hand_on(1.04)
    assert heard == ["a", "bc"]
    output.feed(b"d" * 100 * KB)
    output.hand_on(2.0)
    output.feed(b"e")
    output.hand_on(3.0, last=True)
    assert "".join(heard) == "abc" + "d" * (64 * KB - 3) + "\n…\n"


def test_each_segment_is_cut_off_and_bounded() -> None:
    output = Output(8192)
    output.feed(b"one")
    assert output.cut_segment() == "one"
    output.feed(b"x" * (SEGMENT_CHARACTERS + 5))
    assert output.cut_segment() == "x" * SEGMENT_CHARACTERS + "…(+5)"
    assert output.cut_segment() == ""
