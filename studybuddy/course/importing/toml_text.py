"""Values as TOML text. The standard library reads TOML and writes none."""

from __future__ import annotations

import json
from collections.abc import Iterable


def quoted(text: str) -> str:
    """A string on one line; JSON's escapes are TOML's, but for U+007F."""
    return json.dumps(text, ensure_ascii=False).replace("\u007f", "\\u007F")


def listed(texts: Iterable[str]) -> str:
    """A list of strings."""
    return "[" + ", ".join(map(quoted, texts)) + "]"
