"""Keep the catalogues in step with the code: `python scripts/catalogue.py` extracts, merges and compiles.

New messages appear untranslated in `locale/zh_CN/LC_MESSAGES/studybuddy.po`; a test fails until they are
translated and this script was run again. English needs no catalogue: its sentences are the message ids.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "studybuddy" / "locale" / "zh_CN" / "LC_MESSAGES"
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "StudybuddyError": None,
    "UsageError": None,
    "RunnerError": None,
    "StoreError": None,
    "StoreBusyError": None,
    "StoreDamagedError": None,
    "StoreNewerError": None,
    "StoreReadOnlyError": None,
    "StoreFullError": None,
}


def extracted() -> Catalog:
    """Every message of the code."""
    catalogue = Catalog(locale="zh_CN", project="studybuddy", charset="utf-8", fuzzy=False)
    found = extract_from_dir(
        str(ROOT / "studybuddy"), method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=()
    )
    plurals = plural_pairs()
    for path, _line, message, _comments, _context in found:
        if isinstance(message, str) and message in plurals:
            message = (message, plurals[message])
        if message:
            catalogue.add(message, locations=[(f"studybuddy/{path}", 0)])
    return catalogue


def plural_pairs() -> dict[str, str]:
    """Messages given as `Phrase.of(N_(one), plural=N_(many))`, which no extractor sees as a pair."""
    import ast

    pairs = {}
    for path in (ROOT / "studybuddy").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            plural = next((k.value for k in node.keywords if k.arg == "plural"), None)
            one, many = marked(node.args[0]), marked(plural)
            if one and many:
                pairs[one] = many
    return pairs


def marked(node: object) -> str | None:
    """The literal inside `N_(...)`."""
    import ast

    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "N_":
        argument = node.args[0]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            return argument.value
    return None


def merged() -> Catalog:
    """The messages of the code with the translations there are."""
    catalogue = extracted()
    path = FOLDER / "studybuddy.po"
    if path.exists():
        with path.open("rb") as file:
            known = read_po(file, locale="zh_CN")
        for message in catalogue:
            old = known.get(message.id) if message.id else None
            if old is not None and message.id:
                message.string = old.string
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """The .po file."""
    out = BytesIO()
    write_po(out, catalogue, width=100, omit_header=False, sort_output=True, no_location=True)
    lines = out.getvalue().decode().splitlines()
    return (
        "\n".join(line for line in lines if "-Date:" not in line and "Generated-By" not in line).encode()
        + b"\n"
    )


def compiled(catalogue: Catalog) -> bytes:
    """The .mo file."""
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def main() -> int:
    """Write both files; says how many messages wait for a translation."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    po = written(merged())
    (FOLDER / "studybuddy.po").write_bytes(po)
    catalogue = read_po(BytesIO(po), locale="zh_CN")
    (FOLDER / "studybuddy.mo").write_bytes(compiled(catalogue))
    waiting = [message.id for message in catalogue if message.id and not all(strings(message.string))]
    for message in waiting:
        print(f"untranslated: {message}")
    return 1 if waiting else 0


def strings(value: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """A translation's forms."""
    return [value or ""] if isinstance(value, str | None) else list(value)


if __name__ == "__main__":
    sys.exit(main())
