from __future__ import annotations

from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.geometry import Offset
from textual.selection import SELECT_ALL, Selection

from studybuddy.core.block import (
    Blocks,
    Callout,
    CodeBlock,
    CodeSpan,
    Heading,
    MathBlock,
    OutputBlock,
    Paragraph,
    Slot,
    Text,
    ThinkingQuestion,
)
from studybuddy.study.page import Anchor
from studybuddy.tui.themes import DARK
from studybuddy.tui.widgets.page_view import MEASURE, PageView
from tests.tui.waiting import shown

EVIL = "[bold]a[/bold] [/] \x1b[2J\x1b]0;owned\x07 \u202e\u0085 x = a[i]"
PAGE: Blocks = (
    Heading(2, (Text("1  Theory"),)),
    *(Paragraph((Text(f"paragraph {n} " + "word " * 40),)) for n in range(20)),
    Slot("exercise", "s1w1d1/loop"),
    ThinkingQuestion("s1w1d1/think", (Paragraph((Text("why?"),)),), (Paragraph((Text("because"),)),)),
    *(Paragraph((Text(f"line {n}"),)) for n in range(30)),
)


class Viewer(App[None]):
    """A page alone on the screen, or as high as itself among others."""

    def __init__(self, blocks: Blocks, *, high: bool = False) -> None:
        super().__init__()
        self.blocks = blocks
        self.high = high
        self.opened: list[Anchor] = []

    def compose(self) -> ComposeResult:
        if self.high:
            with VerticalScroll():
                view = PageView(self.blocks)
                view.styles.height = "auto"
                yield view
        else:
            yield PageView(self.blocks)

    def on_mount(self) -> None:
        self.register_theme(DARK)
        self.theme = DARK.name

    def on_page_view_opened(self, event: PageView.Opened) -> None:
        self.opened.append(event.anchor)


async def test_lines_keep_a_calm_measure_and_stand_in_the_middle() -> None:
    app = Viewer(PAGE)
    async with app.run_test(size=(140, 20)):
        view = app.query_one(PageView)
        lines = shown(view).splitlines()
        margin = len(lines[0]) - len(lines[0].lstrip())
        assert margin == (139 - MEASURE) // 2
        assert all(len(line.rstrip()) - margin <= MEASURE for line in lines)


async def test_anchors_are_selected_shown_and_opened_by_a_click() -> None:
    app = Viewer(PAGE)
    async with app.run_test(size=(80, 20)) as pilot:
        view = app.query_one(PageView)
        await pilot.pause()
        assert view.visible_anchors == []
        assert view.progress == 0
        view.select(0)
        await pilot.pause()
        assert view.visible_anchors == [0, 1]
        assert view.chosen == view.anchors[0]
        row = view.anchors[0].line - view.scroll_offset.y
        assert view.render_line(row).text.startswith("→ ▸ Exercise · loop")
        plain = view.render_line(row + 2)
        assert {segment.style.bgcolor for segment in view.render_line(row) if segment.style} != {
            segment.style.bgcolor for segment in plain if segment.style
        }, "selected by more than its sign"
        view.selected = 1
        await pilot.pause()
        assert view.render_line(row).text.startswith("  ▸ Exercise")
        await pilot.click(PageView, offset=(6, row))
        assert [anchor.id for anchor in app.opened] == ["s1w1d1/loop"]
        view.selected = 99
        assert view.chosen is None


async def test_an_answer_is_revealed_and_titles_name_what_slots_lead_to() -> None:
    app = Viewer(PAGE)
    async with app.run_test(size=(80, 200)) as pilot:
        view = app.query_one(PageView)
        assert "because" not in shown(view)
        view.show(PAGE, reveal=frozenset({"s1w1d1/think"}), titles={"s1w1d1/loop": "The \x1b[1mloop"})
        await pilot.pause()
        assert "Answer: because" in shown(view)
        assert "Exercise · The ␛[1mloop" in shown(view)


async def test_a_page_of_auto_height_is_as_high_as_its_lines() -> None:
    app = Viewer(PAGE[:3], high=True)
    async with app.run_test(size=(60, 40)) as pilot:
        view = app.query_one(PageView)
        high = view.region.height
        assert high == view.virtual_size.height > 5
        await pilot.resize_terminal(30, 40)
        await pilot.pause()
        assert view.region.height > high, "narrower, so higher"
        view.show((Paragraph((Text("short"),)),))
        await pilot.pause()
        assert view.region.height == 1


async def test_foreign_text_is_shown_as_it_is_and_harmless() -> None:
    blocks: Blocks = (
        Heading(3, (Text(EVIL),)),
        Paragraph((Text(EVIL), CodeSpan(EVIL))),
        CodeBlock("python", EVIL + "\n" + "x" * 1_000_000),
        OutputBlock(EVIL, EVIL),
        Callout(EVIL, (MathBlock(EVIL),)),
        Slot("exercise", EVIL),
    )
    app = Viewer(blocks)
    async with app.run_test(size=(80, 200)) as pilot:
        view = app.query_one(PageView)
        text = shown(view)
        assert "[bold]a[/bold]" in text
        assert "x = a[i]" in text
        assert not set(text) & {"\x1b", "\x07", "\u202e", "\u0085"}
        await pilot.resize_terminal(12, 4)
        await pilot.pause()
        assert view.virtual_size.height > 4


async def test_the_mouse_selects_text() -> None:
    app = Viewer((Paragraph((Text("one 二 three"),)), Paragraph((Text("four"),))))
    async with app.run_test(size=(40, 10)) as pilot:
        view = app.query_one(PageView)
        base = view.rich_style.bgcolor
        app.screen.selections = {view: SELECT_ALL}
        await pilot.pause()
        assert "three" in view.render_line(0).text
        found = view.get_selection(SELECT_ALL)
        assert found is not None
        assert found[0].splitlines() == ["one 二 three", "", "four"]
        app.screen.selections = {view: Selection(Offset(6, 0), Offset(8, 0))}
        await pilot.pause()
        lit = {
            segment.text for segment in view.render_line(0) if segment.style and segment.style.bgcolor != base
        }
        assert lit == {"二 "}, "characters, whatever their width"
