"""`python -m studybuddy` and the installed command."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress


def main() -> None:
    """Run the command line and leave at once.

    While modules load nothing can be collected, so the collector waits until the program is up (the app
    turns it on again). Everything is committed and flushed when a command ends, so the interpreter is not
    taken down piece by piece, which would take a short command as long again.
    """
    gc.disable()
    make_streams_usable()
    from studybuddy.cli.plain import plain_start, start_app

    if (launch := plain_start(sys.argv[1:])) is not None:
        code = start_app(launch)
    else:
        from studybuddy.cli.main import run

        code = run()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # said already, and the exit code is theirs
            stream.flush()
    os._exit(code)


def make_streams_usable() -> None:
    """Streams that were closed (`studybuddy review <&-`) lead nowhere; what cannot be coded becomes `?`."""
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(nowhere, "r" if name == "stdin" else "w", encoding="utf-8"))
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    main()
