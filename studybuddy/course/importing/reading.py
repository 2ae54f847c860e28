"""The door of this room: bytes of a file in, a lesson with everything there is to say about it out.

Nothing is written, nothing is run, and nothing that a file may hold raises.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from studybuddy.course.cjk import is_cjk
from studybuddy.course.importing.algorithm import AlgorithmReader
from studybuddy.course.importing.blocks import Block, BlockKind
from studybuddy.course.importing.counting import count
from studybuddy.course.importing.decoding import decode
from studybuddy.course.importing.derivation import DerivationReader
from studybuddy.course.importing.findings import Finding, Findings
from studybuddy.course.importing.front_matter import FrontMatter, read_front_matter
from studybuddy.course.importing.identities import check_ids
from studybuddy.course.importing.interview import InterviewReader
from studybuddy.course.importing.lexer import Lexer
from studybuddy.course.importing.lines import Lines
from studybuddy.course.importing.model import Imported, Part, PartKind, SourceKind
from studybuddy.course.importing.notebook import Notebook, read_notebook
from studybuddy.course.importing.outline import OutlineReader, RawPart
from studybuddy.course.importing.parts import PartReader
from studybuddy.course.importing.proposals import Proposals
from studybuddy.course.importing.summary import SummaryReader
from studybuddy.course.importing.suspicions import look
from studybuddy.course.importing.theory import TheoryReader
from studybuddy.course.importing.titles import term_of

_READERS: dict[PartKind, type[PartReader]] = {
    PartKind.THEORY: TheoryReader,
    PartKind.DERIVATION: DerivationReader,
    PartKind.INTERVIEW: InterviewReader,
    PartKind.ALGORITHM: AlgorithmReader,
    PartKind.SUMMARY: SummaryReader,
}
_MARKDOWN = frozenset((".md", ".markdown", ".mdown", ".qmd", ".rmd"))
_CHINESE_SHARE = 5
"""A text with one Chinese character to so many Latin letters is Chinese: it has formulas and terms in it."""


def source_kind(name: str, data: bytes) -> SourceKind:
    """Which front end reads a file, by its name and its first bytes."""
    suffix = PurePath(name).suffix.lower()
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if suffix == ".ipynb" or (head.startswith(b"{") and b'"cells"' in head):
        return SourceKind.NOTEBOOK
    return SourceKind.MARKDOWN if suffix in _MARKDOWN else SourceKind.TEXT


def read_import(name: str, data: bytes, *, season: int = 1) -> Imported:
    """What a file holds.

    Args:
        name: the file's name; its suffix says what it is.
        data: its bytes.
        season: for a lesson that names week and day alone.
    """
    kind = source_kind(name, data)
    decoded = decode(data, notebook=kind is SourceKind.NOTEBOOK)
    if decoded.text is None:
        return Imported(name, kind, findings=decoded.findings)
    if kind is SourceKind.NOTEBOOK:
        notebook = Notebook()
        findings = Findings(notebook.lines)
        if not read_notebook(decoded.text, notebook, findings):
            return Imported(name, kind, findings=(*decoded.findings, *findings.found))
        lines, blocks, matter = notebook.lines, notebook.blocks, FrontMatter()
    else:
        lines = Lines(decoded.text.removesuffix("\n").split("\n"))
        findings = Findings(lines)
        matter = read_front_matter(lines.texts, findings)
        blocks = Lexer(lines, findings, matter.lines).read()
    imported = Imported(name, kind, findings=decoded.findings)
    return _understood(imported, lines, blocks, matter, findings, season)


def _understood(
    imported: Imported,
    lines: Lines,
    blocks: list[Block],
    matter: FrontMatter,
    findings: Findings,
    season: int,
) -> Imported:
    outline = OutlineReader(matter, findings).read(blocks)
    parts = tuple(_part(raw, lines, imported.kind, findings) for raw in outline.parts)
    read = [block for raw in outline.parts for block in raw.blocks]
    look(read, lines.texts, findings, Proposals(read, lines.texts).propose)
    check_ids(parts, findings)
    code = outline.code
    found: tuple[Finding, ...] = (*imported.findings, *findings.found)
    return replace(
        imported,
        code="" if code is None else (code if code.season else code._replace(season=season)).written(),
        title=outline.title,
        term=term_of(outline.title),
        language=matter.language or language_of(read, outline.title),
        parts=parts,
        counts=count(parts),
        findings=found,
        season_given=code is None or bool(code.season),
        tags=matter.tags,
        requires=matter.requires,
    )


def _part(raw: RawPart, lines: Lines, kind: SourceKind, findings: Findings) -> Part:
    return _READERS.get(raw.kind, PartReader)(raw, lines, kind, findings).read()


def language_of(blocks: list[Block], title: str) -> str:
    """`zh` or `en`, by the letters of the prose."""
    chinese = latin = 0
    texts = (
        text
        for block in blocks
        if block.kind not in (BlockKind.CODE, BlockKind.OUTPUT)
        for text in block.lines
    )
    for text in (title, *texts):
        if not text.isascii():
            chinese += sum(map(is_cjk, text))
        latin += sum(char.isascii() and char.isalpha() for char in text)
    return "zh" if chinese * _CHINESE_SHARE >= latin and chinese else "en"
