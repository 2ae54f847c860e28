"""`python -m studybuddy` and the installed command."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from studybuddy.cli.main import run

    run()


if __name__ == "__main__":
    main()
