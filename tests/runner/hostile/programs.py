"""Programs that mean harm, or do it by mistake, with the verdict that each must get.

`OUTSIDE` in a program stands for a folder that is not its own, with work, a database and passwords in it. The
first verdict is the one behind the wall; the second, where it differs, that of the limits alone.
"""

from __future__ import annotations

from typing import NamedTuple


class Hostile(NamedTuple):
    """A program and its verdicts, several where the interpreter's version or the machine decides."""

    source: str
    walled: str
    limited: str = ""
    packages: tuple[str, ...] = ()

    def verdicts(self, *, walled: bool) -> list[str]:
        """What the judge may say."""
        return (self.walled if walled or not self.limited else self.limited).split()


TIME = {
    "busy loop": Hostile("while True: pass", "TLE"),
    "sleep": Hostile("import time; time.sleep(1e6)", "TLE"),
    "sleep deaf to signals": Hostile(
        "import signal, time\nfor s in (1, 2, 3, 15): signal.signal(s, signal.SIG_IGN)\n"
        "while True:\n  try: time.sleep(100)\n  except BaseException: pass",
        "TLE",
    ),
    "catch everything": Hostile(
        "while True:\n  try:\n    while True: pass\n  except BaseException: pass", "TLE"
    ),
    "ignore the CPU limit": Hostile(
        "import signal\nsignal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass", "TLE"
    ),
    "huge power": Hostile("9**9**9", "TLE"),
    "regular expression": Hostile("import re; re.match(r'(a+)+$', 'a' * 40 + 'b')", "TLE"),
    "deadlock": Hostile("import threading; l = threading.Lock(); l.acquire(); l.acquire()", "TLE"),
    "stop itself": Hostile("import os, signal; os.kill(os.getpid(), signal.SIGSTOP)", "TLE"),
    "thread that goes on": Hostile(
        "import threading, time\nthreading.Thread(target=time.sleep, args=(999,)).start()\nprint('done')",
        "AC",
    ),
    "atexit that hangs": Hostile("import atexit, time; atexit.register(time.sleep, 999)", "AC"),
    "destructor that hangs": Hostile(
        "import time\nclass A:\n  def __del__(self): time.sleep(999)\na = A(); print('done')", "AC"
    ),
    "alarm": Hostile("import signal, time; signal.setitimer(signal.ITIMER_REAL, 0.05); time.sleep(5)", "RTE"),
}

OUTPUT = {
    "fine": Hostile("print('hi')", "AC"),
    "print without end": Hostile("while True: print('x' * 100)", "OLE"),
    "one long line": Hostile("print('x' * 10**7)", "OLE"),
    "flood of errors": Hostile("import sys\nwhile True: sys.stderr.write('e' * 1000)", "OLE"),
    "no line end": Hostile("import sys; sys.stdout.write('no newline')", "AC"),
    "no UTF-8": Hostile("import os; os.write(1, b'\\xff\\xfe\\x00ok\\n')", "AC"),
    "control codes": Hostile("print('\\x1b[2J\\x1b[31mred\\x1b]0;title\\x07')", "AC"),
    "lone surrogate": Hostile("print('\\ud800')", "RTE"),
    "close stdout": Hostile("import os, sys; os.close(1); print('x'); sys.stdout.flush()", "RTE"),
    "close everything": Hostile("import os; os.closerange(0, 4096); print('x')", "NR RTE"),
    "replace stdout": Hostile("import io, sys; sys.stdout = io.StringIO(); print('lost')", "AC"),
    "input": Hostile("x = input('n? ')", "RTE"),
    "read stdin": Hostile("import sys; print(repr(sys.stdin.read()))", "AC"),
}

MEMORY = {
    "list": Hostile("a = []\nwhile True: a.append(bytes(4 * 10**7))", "MLE"),
    "at once": Hostile("x = bytearray(10**11)", "MLE"),
    "integer": Hostile("x = 1 << (10**11)", "MLE TLE"),
    "array": Hostile("import numpy as np; a = np.ones((10**5, 10**5))", "MLE", packages=("numpy",)),
    "swallow the error": Hostile(
        "a = []\nwhile True:\n  try: a.append(bytearray(10**6))\n  except MemoryError: pass", "TLE MLE"
    ),
    "threads": Hostile(
        "import threading, time\nwhile True: threading.Thread(target=time.sleep, args=(99,)).start()",
        "RTE TLE MLE",
    ),
}

CRASH = {
    "recursion": Hostile("def f(): return f()\nf()", "RTE"),
    "recursion without limit": Hostile(
        "import sys\nsys.setrecursionlimit(10**9)\ndef f(): return f() + 1\nf()", "RTE TLE MLE"
    ),
    "recursion in C": Hostile(
        "import sys\nsys.setrecursionlimit(10**6)\nclass A: pass\na = A()\nfor i in range(10**5):\n"
        "  b = A(); b.x = a; a = b\nimport pickle; pickle.dumps(a)",
        "RTE TLE MLE",
    ),
    "copy what is deep": Hostile(
        "import copy\nl = []\nfor _ in range(10000): l = [l]\ncopy.deepcopy(l)", "RTE"
    ),
    "compare what is deep": Hostile("a = []; b = []\nfor _ in range(10**5): a = [a]; b = [b]\na == b", "RTE"),
    "free what is deep": Hostile("a = None\nfor _ in range(10**5): a = (a,)\ndel a; print('ok')", "AC"),
    "segfault": Hostile("import ctypes; ctypes.string_at(0)", "RTE"),
    "abort": Hostile("import os; os.abort()", "RTE"),
    "kill itself": Hostile("import os; os.kill(os.getpid(), 9)", "RTE"),
    "exit 0": Hostile("import sys; sys.exit(0)", "NR"),
    "os._exit 0": Hostile("import os; os._exit(0)", "NR"),
    "exit 3": Hostile("raise SystemExit(3)", "RTE"),
    "exception": Hostile("raise ValueError('boom')", "RTE"),
    "syntax": Hostile("def f(:\n  pass", "CE"),
    "indentation": Hostile("def f():\nreturn 1", "CE"),
    "nul byte": Hostile("x = 1\0", "CE"),
    "no module": Hostile("import not_a_module", "RTE"),
    "long number": Hostile("print(int('9' * 5000))", "RTE"),
}

PROCESSES = {
    "fork bomb": Hostile("import os\nwhile True: os.fork()", "BLK", "RTE TLE"),
    "patient fork bomb": Hostile(
        "import os\nwhile True:\n  try: os.fork()\n  except OSError: pass", "TLE", "RTE TLE"
    ),
    "subprocess": Hostile("import subprocess; subprocess.run(['sleep', '999'])", "BLK", "TLE"),
    "os.system": Hostile("import os; print(os.system('echo out'))", "AC"),
    "daemon": Hostile(
        "import os, time\nif os.fork() == 0:\n  os.setsid()\n"
        "  if os.fork() == 0: time.sleep(999)\n  os._exit(0)",
        "BLK",
        "AC",
    ),
    "multiprocessing": Hostile(
        "import multiprocessing as mp\nif __name__ == '__main__': print(mp.Pool(2).map(abs, [1, -2]))",
        "BLK",
        "AC TLE RTE",
    ),
    "kill the parent": Hostile("import os; os.kill(os.getppid(), 9)", "BLK"),
    "kill everybody": Hostile("import os; os.kill(-1, 9)", "BLK"),
    "environment of the parent": Hostile(
        "import os; print(open(f'/proc/{os.getppid()}/environ', 'rb').read()[:20])", "BLK", "AC"
    ),
    "own environment": Hostile("import os; print('SECRET' in os.environ, len(os.environ))", "AC"),
    "program of its own": Hostile(
        "import os\nopen('x', 'w').write('#!/bin/sh\\necho out')\nos.execv('x', ['x'])", "BLK", "RTE NR"
    ),
    "program in memory": Hostile(
        "import os; f = os.memfd_create('x'); os.execve(f, ['x'], {})", "BLK", "RTE"
    ),
}

FILES = {
    "write its own": Hostile("open('out.txt', 'w').write('hi'); print(open('out.txt').read())", "AC"),
    "write work": Hostile("open('OUTSIDE/work.txt', 'w').write('x')", "BLK", "AC"),
    "new file outside": Hostile("open('OUTSIDE/new', 'w')", "BLK", "AC"),
    "read passwords": Hostile("print(open('OUTSIDE/passwd').read()[:20])", "BLK", "AC"),
    "read the system's": Hostile("print(open('/etc/passwd').read()[:20])", "BLK", "AC"),
    "read the database": Hostile("print(open('OUTSIDE/secret.db').read())", "BLK", "AC"),
    "query the database": Hostile(
        "import sqlite3; sqlite3.connect('OUTSIDE/secret.db').execute('select 1 from t')", "BLK", "RTE"
    ),
    "remove a tree": Hostile("import shutil; shutil.rmtree('OUTSIDE/precious')", "BLK", "AC"),
    "look around": Hostile("import os; os.chdir('OUTSIDE'); open('x', 'w')", "BLK", "AC"),
    "other runs": Hostile("import os; print(os.listdir('..'))", "BLK", "AC"),
    "link out": Hostile(
        "import os; os.symlink('OUTSIDE/passwd', 'l'); print(open('l').read()[:10])", "BLK", "AC"
    ),
    "hard link out": Hostile("import os; os.link('OUTSIDE/passwd', 'l'); open('l').read()", "BLK", "AC"),
    "mode": Hostile("import os; os.chmod('OUTSIDE/work.txt', 0o604)", "BLK", "AC"),
    "times": Hostile("import os; os.utime('OUTSIDE/work.txt', (1, 1))", "BLK", "AC"),
    "terminal": Hostile("open('/dev/tty', 'w').write('out')", "BLK", "RTE AC"),
    "shared memory": Hostile(
        "import os, tempfile\nf = tempfile.NamedTemporaryFile(dir='/dev/shm')\nf.write(b'x')", "BLK", "AC"
    ),
    "fill the disk": Hostile("f = open('big', 'wb')\nwhile True: f.write(b'x' * 10**6)", "RTE"),
    "reserve the disk": Hostile("import os; os.posix_fallocate(os.open('f', 66), 0, 10**12)", "RTE"),
    "many files": Hostile("i = 0\nwhile True:\n  open(f'f{i}', 'w').write('x'); i += 1", "TLE"),
    "many descriptors": Hostile("l = []\nwhile True: l.append(open('/dev/null'))", "RTE"),
    "name too long": Hostile("open('a' * 5000)", "RTE"),
    "name with a null": Hostile("open('a\\0b')", "RTE"),
    "name that is no text": Hostile("open('\\udcff', 'w')", "AC"),
}

NETWORK = {
    "connect": Hostile("import socket; socket.create_connection(('127.0.0.1', 9), 1)", "BLK", "RTE"),
    "ask for a name": Hostile(
        "import socket; print(socket.gethostbyname('localhost.localdomain'))", "BLK", "RTE AC TLE"
    ),
    "fetch": Hostile("import urllib.request as u; u.urlopen('http://127.0.0.1:9/')", "BLK", "RTE"),
    "listen": Hostile(
        "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen()", "BLK", "AC"
    ),
    "datagram": Hostile("import socket; socket.socket(2, 2).sendto(b'x', ('127.0.0.1', 9))", "BLK", "AC RTE"),
    "raw": Hostile("import socket; socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)", "BLK", "AC RTE"),
    "system log": Hostile(
        "import socket; socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).connect('/dev/log')",
        "BLK",
        "RTE AC",
    ),
}

TRICKS = {
    "replace builtins": Hostile(
        "import builtins; builtins.print = None; builtins.len = lambda x: 42\nprint(1)", "RTE"
    ),
    "trace": Hostile(
        "import sys; sys.settrace(lambda *a: (_ for _ in ()).throw(RuntimeError))\nimport json", "AC RTE"
    ),
    "divide by zero": Hostile("import numpy as np; print(np.array([1.0]) / 0)", "AC", packages=("numpy",)),
    "multiply in threads": Hostile(
        "import numpy as np; a = np.ones((400, 400)); print((a @ a)[0, 0])", "AC", packages=("numpy",)
    ),
    "event loop": Hostile(
        "import asyncio\nasync def main(): await asyncio.sleep(0.01)\nasyncio.run(main())", "AC"
    ),
    "refusal of its own": Hostile("raise PermissionError(1, 'not from the wall')", "RTE"),
    "after a refusal": Hostile("try: open('OUTSIDE/passwd')\nexcept OSError: 1 / 0\nelse: 1 / 0", "RTE"),
    "refusal within its folder": Hostile(
        "try: open('OUTSIDE/passwd')\nexcept OSError as e: raise OSError(5, 'x') from e",
        "RTE",
        "AC",
    ),
}

PROGRAMS: dict[str, Hostile] = {
    f"{group}: {name}": program
    for group, programs in {
        "time": TIME,
        "output": OUTPUT,
        "memory": MEMORY,
        "crash": CRASH,
        "processes": PROCESSES,
        "files": FILES,
        "network": NETWORK,
        "tricks": TRICKS,
    }.items()
    for name, program in programs.items()
}
