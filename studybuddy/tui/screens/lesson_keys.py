"""The commands of the lesson's screen."""

from __future__ import annotations

from studybuddy.i18n import N_
from studybuddy.tui.commands import BACK, QUESTIONS, UNDO, Command
from studybuddy.tui.screens.import_keys import TRUST

LESSON_COMMANDS = (
    Command("lesson.open", "enter", "open_chosen", N_("open"), N_("Open what is selected")),
    Command("lesson.page_on", "enter", "page_on", N_("page down"), N_("Read on, until the end is in sight")),
    Command(
        "lesson.derive", "enter", "open_derivation", N_("open: derivation"), N_("Open the derivation desk")
    ),
    Command("lesson.ask", "enter", "open_interview", N_("open: interview"), N_("Open the mock interview")),
    Command("lesson.check", "enter", "open_checklist", N_("open: checklist"), N_("Open the checklist")),
    Command(
        "lesson.read",
        "enter",
        "read",
        N_("done, next"),
        N_("Mark the section read, its cards become new, and go to the next"),
    ),
    Command("lesson.deselect", "escape", "deselect", N_("deselect"), N_("Let go of what is selected")),
    Command(
        "lesson.next",
        "n,right",
        "section(1)",
        N_("section"),
        N_("Next section, or the one before with p"),
        shown_key="n p",
    ),
    Command("lesson.previous", "p,left", "section(-1)", N_("section"), N_("Section before"), footer=False),
    Command(
        "lesson.select",
        "tab",
        "select(1)",
        N_("select"),
        N_("Select the next thing to do; Enter or o opens it"),
    ),
    Command(
        "lesson.select_back",
        "shift+tab",
        "select(-1)",
        N_("select"),
        N_("Select the thing to do before"),
        footer=False,
        shown_key="S-Tab",
    ),
    Command("lesson.stop", "escape", "stop_run", N_("stop"), N_("Stop the running program")),
    Command("lesson.close_run", "escape", "close_run", N_("close"), N_("Close the run below the page")),
    QUESTIONS,
    Command("lesson.run", "r", "run", N_("run"), N_("Run the reference program of this section")),
    Command(
        "lesson.xray",
        "X",
        "xray",
        N_("shapes"),
        N_("Look at the shapes in your program for this section, line by line"),
        footer=False,
    ),
    Command(
        "lesson.mark",
        "m",
        "mark",
        N_("mark read"),
        N_("Mark the section read at once, and go to the next"),
    ),
    Command("lesson.drills", "d", "drills", N_("drills"), N_("Practise on drills")),
    Command("lesson.glossary", "g", "glossary", N_("glossary"), N_("Show the glossary of this lesson")),
    Command("lesson.symbols", "y", "symbols", N_("symbols"), N_("Show the symbol table")),
    Command("lesson.latex", "x", "latex", N_("LaTeX"), N_("Show formulas as their source, or drawn")),
    Command(
        "lesson.open_visible",
        "o",
        "open_visible",
        N_("open"),
        N_("Open what is selected, else the first thing to do that can be seen"),
        footer=False,
    ),
    Command(
        "lesson.add_card",
        "a",
        "add_card",
        N_("add card"),
        N_("Add a card of your own; its front is what is selected"),
    ),
    TRUST._replace(id="lesson.trust"),
    BACK,
    UNDO,
    Command("lesson.down", "j,down", "scroll(1)", N_("down"), N_("A line down"), footer=False),
    Command("lesson.up", "k,up", "scroll(-1)", N_("up"), N_("A line up"), footer=False),
    Command("lesson.page_down", "space,pagedown", "page(1)", N_("page"), N_("A page down"), footer=False),
    Command("lesson.page_up", "b,pageup", "page(-1)", N_("page"), N_("A page up"), footer=False),
    Command(
        "lesson.run_down",
        "J,shift+down",
        "scroll_run(2)",
        N_("down"),
        N_("Down in the run below the page"),
        footer=False,
    ),
    Command(
        "lesson.run_up",
        "K,shift+up",
        "scroll_run(-2)",
        N_("up"),
        N_("Up in the run below the page"),
        footer=False,
    ),
    Command("lesson.top", "home", "edge(0)", N_("top"), N_("To the top of the section"), footer=False),
    Command("lesson.end", "G,end", "edge(1)", N_("end"), N_("To the end of the section"), footer=False),
)
