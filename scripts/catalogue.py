"""Keep the catalogues in step with the code: `python scripts/catalogue.py` extracts, merges and compiles.

New messages appear untranslated in `locale/zh_CN/LC_MESSAGES/studybuddy.po`; a test fails until they are
translated and this script was run again. English needs no catalogue: its sentences are the message ids.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "studybuddy" / "locale" / "zh_CN" / "LC_MESSAGES"
MARKS = frozenset(
    (
        *("_", "N_", "StudybuddyError", "UsageError", "QueryError", "RunnerError", "StoreError"),
        *("StoreBusyError", "StoreDamagedError", "StoreNewerError", "StoreReadOnlyError", "StoreFullError"),
    )
)
"""What takes a message first. Babel's own extractor is not used: it misses calls inside f-strings."""

Message = str | tuple[str, str]


class Plain(Catalog):
    """A catalogue whose header holds no dates and no versions, so that the same words give the same files."""

    def _get_mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", "zh_CN"),
            ("Plural-Forms", self.plural_forms),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]

    mime_headers = property(_get_mime_headers)


def empty() -> Catalog:
    """A catalogue without messages."""
    comment = "# The interface of studybuddy in Chinese. `python scripts/catalogue.py` keeps it in step."
    return Plain(locale="zh_CN", charset="utf-8", fuzzy=False, header_comment=comment)


def extracted() -> Catalog:
    """Every message of the code."""
    catalogue = empty()
    for path in sorted((ROOT / "studybuddy").rglob("*.py")):
        for message in messages(ast.parse(path.read_text(encoding="utf-8"))):
            catalogue.add(message)
    return catalogue


def messages(tree: ast.AST) -> Iterator[Message]:
    """The messages of a module; those with a plural as pairs.

    A plural is given to `ngettext(one, many, n)`, or to a phrase as `Phrase.of(N_(one), plural=N_(many))`.
    """
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    plurals: set[int] = set()
    for call in calls:
        many = next((keyword.value for keyword in call.keywords if keyword.arg == "plural"), None)
        if isinstance(many, ast.Call) and call.args and isinstance(call.args[0], ast.Call):
            plurals |= {id(many), id(call.args[0])}
            yield literal(call.args[0]), literal(many)
        elif name(call) == "ngettext" and literal(call):
            yield literal(call), literal(call, 1)
    for call in calls:
        if name(call) in MARKS and id(call) not in plurals and (message := literal(call)):
            yield message


def name(call: ast.Call) -> str:
    """What is called."""
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def literal(call: ast.Call, number: int = 0) -> str:
    """An argument that is written out; empty if it is not."""
    argument = call.args[number] if len(call.args) > number else None
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else ""


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
    write_po(out, catalogue, width=100, sort_output=True, no_location=True)
    return out.getvalue()


def compiled(po: bytes) -> bytes:
    """The .mo file of a .po file."""
    catalogue = empty()
    for message in read_po(BytesIO(po), locale="zh_CN"):
        if message.id:
            catalogue.add(message.id, message.string)
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def untranslated(catalogue: Catalog) -> list[str]:
    """The messages without words of their own; of one with a plural the singular."""
    return [forms(message.id)[0] for message in catalogue if message.id and not all(forms(message.string))]


def forms(value: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """A message or translation as the list of its forms."""
    return [value or ""] if isinstance(value, str | None) else list(value)


def main() -> int:
    """Write both files; says how many messages wait for a translation."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    catalogue = merged()
    po = written(catalogue)
    (FOLDER / "studybuddy.po").write_bytes(po)
    (FOLDER / "studybuddy.mo").write_bytes(compiled(po))
    waiting = untranslated(catalogue)
    for message in waiting:
        print(f"untranslated: {message}")
    return 1 if waiting else 0


if __name__ == "__main__":
    sys.exit(main())
