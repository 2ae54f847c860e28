"""The program that runs a learner's code, in a process of its own.

It stands alone: the judge starts `program.py` by its path with `python -I`, and none of these modules may
import anything of studybuddy but each other, and those only as `from ... import name` (see `program.py`).
"""

from __future__ import annotations
