"""Print the README's command for a purpose: the first line of the code block after `<!-- PURPOSE -->`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

text = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
found = re.search(rf"<!-- {re.escape(sys.argv[1])} -->\s*```\w*\n(.+)\n```", text)
if found is None:
    sys.exit(f"README.md has no command marked {sys.argv[1]}")
sys.stdout.write(found[1] + "\n")
