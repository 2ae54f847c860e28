"""The first thing in the child: `python -I -u program.py run JOB RESULT STACK PARENT PACKAGES PATHS`.

`program.py zygote CONTROL PACKAGES PATHS` forks such children instead (`zygote.py`; Linux).

Loads its sister files by path, each with a *copy* of the builtins, and hands over to `stage`. A learner who
replaces `len`, `print` or `isinstance` changes the builtins of their own program, not those of the harness.
The sisters find each other in `sys.modules` while they load, and then leave it, so that a learner's `import`
never meets them. They import each other as `from ... import name` only: any other form would import the
packages above them as well.
"""

from __future__ import annotations

import builtins
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

PARTS = (
    *("wire", "bounds", "syscalls", "landlock", "seccomp", "wall", "reach", "notices"),
    *("trees", "values", "arrays", "failure", "calls"),
    *("sketches", "tensors", "program_text", "recorder", "namespace"),
    *("expressions", "probes", "shapes", "steps", "xray", "stage"),
    *(("zygote",) if sys.platform == "linux" else ()),
)
"""In the order in which they import each other."""
PACKAGE = "studybuddy.runner.harness."


def load() -> dict[str, ModuleType]:
    """The parts by name, with nothing left behind in `sys.modules`."""
    own_builtins = dict(vars(builtins))
    folder = Path(__file__).resolve().parent
    loaded = {}
    for part in PARTS:
        spec = importlib.util.spec_from_file_location(PACKAGE + part, folder / f"{part}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        vars(module)["__builtins__"] = own_builtins
        sys.modules[PACKAGE + part] = loaded[part] = module
        spec.loader.exec_module(module)
    for part in PARTS:
        del sys.modules[PACKAGE + part]
    return loaded


if __name__ == "__main__":
    parts = load()
    if sys.argv[1] == "zygote":
        parts["zygote"].serve(sys.argv[2:])
    parts["stage"].main(sys.argv[2:])
