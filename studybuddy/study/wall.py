"""The wall around programs: proven for each kernel, interpreter and version, and said in one sentence."""

from __future__ import annotations

import json
import os
import platform
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from studybuddy import __version__
from studybuddy.core.phrase import Phrase
from studybuddy.core.wall import WallReport
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.runner.warm.workers import Workers

CACHE_NAME = "wall.json"
_BOOT = Path("/proc/sys/kernel/random/boot_id")

_STANDS = N_("sandboxed: own folder only, no network ({n} ways out tried, none open)")
_ONLY_LIMITS = N_("limits only: your code can read your files and use the network")
_READS = N_("limits only: your code can read your files")
_NETWORK = N_("limits only: your code can use the network")
_SOME = N_("limits only: {count} of {n} ways out were open ({names})")


def prove_wall(cache: Path, workers: Workers | None = None) -> WallReport:
    """Try to get out, and remember what came of it in the folder `cache`.

    Raises:
        RunnerError: no program can be run at all.
    """
    from studybuddy.runner.canaries import prove

    report = prove(workers)
    with suppress(OSError):
        cache.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary = cache / f"{CACHE_NAME}.{os.getpid()}"
        content = {"of": _fingerprint(), "tried": report.tried, "escapes": report.escapes}
        temporary.write_text(json.dumps(content), encoding="utf-8")
        temporary.replace(cache / CACHE_NAME)
    return report


def known_wall(cache: Path) -> WallReport | None:
    """What is known of this kernel as it was started, this interpreter and this version; else None."""
    try:
        content = json.loads((cache / CACHE_NAME).read_text(encoding="utf-8"))
        if content["of"] != _fingerprint():
            return None
        return WallReport(int(content["tried"]), tuple(map(str, content["escapes"])))
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return None


def _fingerprint() -> list[str]:
    boot = ""
    with suppress(OSError):
        boot = _BOOT.read_text(encoding="ascii").strip()
    user = str(os.getuid()) if sys.platform != "win32" else ""
    return [__version__, platform.platform(), platform.python_version(), sys.executable, user, boot]


def wall_phrase(report: WallReport) -> Phrase:
    """What a learner may rely on, and what not. The limits alone are never called a sandbox."""
    if report.stands:
        return Phrase.of(_STANDS, n=report.tried)
    reads = report.reaches("read") or report.reaches("write")
    network = report.reaches("network")
    if reads and network:
        return Phrase(_ONLY_LIMITS)
    if reads or network:
        return Phrase(_READS if reads else _NETWORK)
    names = ", ".join(report.escapes[:3])
    return Phrase.of(_SOME, n=report.tried, count=len(report.escapes), names=names)
