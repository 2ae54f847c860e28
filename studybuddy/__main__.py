"""`python -m studybuddy` and the installed command."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command line and leave at once.

    While modules load nothing can be collected, so the collector waits until the program is up (the app
    turns it on again). Everything is committed and flushed when a command ends, so the interpreter is not
    taken down piece by piece, which would take a short command as long again.
    """
    gc.disable()
    from studybuddy.cli.plain import plain_start, start_app

    if (launch := plain_start(sys.argv[1:])) is not None:
        code = start_app(launch)
    else:
        from studybuddy.cli.main import run

        code = run()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
