"""Commands found by the first letters of their pinyin."""

from __future__ import annotations

import pytest

from studybuddy.i18n import translation
from studybuddy.tui.initials import initials
from tests.tui.conftest import MakeApp
from tests.tui.looking import opened, settle, text_of
from tests.tui.test_traps import every_command
from tests.tui.waiting import until

COMMON = {
    "设置": "sz", "复习": "fx", "面试题": "mst", "清单": "qd", "推导": "td", "帮助": "bz", "撤销": "cx",
    "切换中文与英文": "qhzwyyw", "按名称查找命令": "amcczml", "退出": "tc", "术语": "sy", "符号表": "fhb",
    "查看参考答案": "ckckda", "运行": "yx", "标记": "bj", "暂停": "zt", "卡片": "kp", "二": "e", "零": "l",
}  # fmt: skip


def test_words_by_their_initials() -> None:
    assert {word: initials(word) for word in COMMON} == COMMON
    assert initials("用 $EDITOR，ok?") == "y"
    assert initials("𠀀鑫龘") == "", "rare characters have no place in that order"


def test_every_command_can_be_found_so() -> None:
    for command in every_command():
        label = translation(command.label, "zh")
        if any("\u4e00" <= character <= "\u9fff" for character in label):
            assert initials(label), command.id


@pytest.mark.parametrize(
    ("typed", "found"), [("sz", "修改语言"), ("mst", "回答面试题"), ("bz", "查看本屏按键")]
)
async def test_the_palette_takes_initials(make_app: MakeApp, typed: str, found: str) -> None:
    app = make_app("zh")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+p")
        await opened(pilot)
        await pilot.press(*typed)
        await until(pilot, lambda: found in text_of(app), found)
        await pilot.press("escape")
        await settle(pilot)


async def test_a_search_leads_to_today_s_commands_from_anywhere(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("l")
        await settle(pilot)
        await pilot.press("ctrl+p")
        await opened(pilot)
        await pilot.press(*"checklist")
        await until(pilot, lambda: "Today" in text_of(app), "Today")
        await pilot.press("down", "enter")
        await until(pilot, lambda: type(app.screen).__name__ == "ChecklistScreen", "the checklist")
        assert [type(screen).__name__ for screen in app.screen_stack] == ["TodayScreen", "ChecklistScreen"]
