"""Decides whether a formula is right: reads it, evaluates it with named axes, compares, explains.

An answer is parsed, never run. Equality is judged on random draws with sizes that all differ; derivatives by
the complex step. `docs/decisions/derivation-checker.md` says why.
"""

from __future__ import annotations
