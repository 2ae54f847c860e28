"""Programs for the x-ray: each must print the same with probes in it as without."""

from __future__ import annotations

PROGRAMS = {
    "order": """
def say(word, value=None):
    print(word)
    return value
x = say("left", 1) + say("middle", 2) * say("right", 3)
a = [say("a0", 5), say("a1", 6)]
a[say("index", 0)] = say("value", 9)
a[say("again", 1)] += say("more", 1)
print(x, a, say("f", print)("called", *say("args", [1, 2]), **{say("key", "sep"): "-"}))
""",
    "short circuits": """
def no(): raise RuntimeError("must not be called")
print(0 and no(), 1 or no(), 1 if True else no(), 3 < 2 < no() if False else "chain")
print(1 > 2 > no())
assert True, no()
""",
    "walrus": """
import re
if (n := len("abc")) > 2 and (m := n * 2):
    print(n, m)
while (n := n - 1) > 0:
    print("left", n)
print([last := i * i for i in range(4)], last, [y := 1, y + 1])
""",
    "comprehensions": """
n = 3
print([[i * j for j in range(n) if j % 2] for i in range(n)], {k: v for k, v in zip("ab", (1, 2))})
print(sum(i for i in range(10)), {i % 3 for i in range(9)}, list(map(lambda v: v + n, range(2))))
class Holder:
    size = 2
    both = [size for _ in range(2)] if False else size
    def area(self): return self.size ** 2
print(Holder().area(), Holder.both, sorted(vars(Holder)))
""",
    "names in sight": """
def f(a, b=2, *rest, c, **words):
    inner = a + b
    return sorted(locals())
x = 1
print(f(1, c=3), sorted(n for n in globals() if not n.startswith("__")), dir())
print(f.__code__.co_varnames, f.__doc__, __name__)
print(eval("x + 1"), type(lambda: 0).__name__)
""",
    "docstrings": '''
"""Of the module."""
from __future__ import annotations
def f():
    """Of f."""
    return f.__doc__
def g():
    "x" "y"
def h():
    f"{1}"
class C:
    """Of C."""
    x: int = 3
    def m(self):
        """Of m."""
print(__doc__, f(), g.__doc__, h.__doc__, C.__doc__, C.m.__doc__, C.__annotations__)
''',
    "augmented": """
import numpy as np
w = np.ones((2, 3)); same = w
w -= 0.5 * np.ones(3)
print(same is w, same, w.base is None)
view = w[:1]; view += 1; print(w)
w[0, :] *= 2; w[w > 2] = 0; print(w)
class Box: pass
box = Box(); box.value = [1]; box.value += [2]; print(box.value)
s = "a"; s += "b"; print(s)
t = ([],)
try:
    t[0] += [1]
except TypeError as error:
    print(error, t)
def late():
    try:
        unbound += 1
    except UnboundLocalError as error:
        print("unbound", error)
    global fresh
    fresh = 1; fresh += 1
late(); print(fresh)
try:
    nobody -= 1
except NameError as error:
    print(error)
""",
    "closures": """
def counter():
    count = 0
    def add(step=1):
        nonlocal count
        count += step
        return count
    return add
add = counter(); add(); print(add(4))
class Base:
    def hello(self): return "base"
class Child(Base):
    __secret = 5
    def hello(self):
        mine = self.__secret
        __local = mine
        return super().hello() + str(__local) + __class__.__name__
print(Child().hello())
""",
    "control": """
def search(wanted):
    for i in range(5):
        for j in range(5):
            if i * j == wanted: return i, j
            if j > i: break
            continue
        else:
            print("else", i)
    else:
        return None
def nothing():
    while True:
        return
print(search(6), search(99), nothing())
try:
    try:
        1 / 0
    except ZeroDivisionError as error:
        raise ValueError("two") from error
    finally:
        print("finally")
except ValueError as error:
    print(error, type(error.__cause__).__name__)
match (1, [2, 3]):
    case (a, [b, *rest]) if a < b: print(a, b, rest)
    case _: print("none")
import io
with io.StringIO() as f, io.StringIO() as g:
    print(f.closed)
del f
for i, (a, *b) in enumerate([(1, 2, 3), (4,)]): print(i, a, b)
x = y = z = 3; (p, q), r = (1, 2), 3; print(x, y, z, p, q, r)
lines: list[int] = [1]; print(lines)
bare: int
try:
    bare
except NameError: print("not bound")
""",
    "generators": """
def numbers(n):
    got = yield "first"
    for i in range(n):
        if i == 7: return "end"
        got = yield i, got
def outer(): return (yield from numbers(9))
g = numbers(3); print(next(g), g.send("a"), g.send("b"), list(g))
print(list(outer()), sum(v for v in range(5)))
def forever():
    while True: yield 1
f = forever(); print([next(f) for _ in range(5)]); f.close()
""",
    "async": """
import asyncio
class Context:
    async def __aenter__(self): return "in"
    async def __aexit__(self, *error): print("out"); return True
async def pair():
    for i in range(3):
        yield i
        if i == 1: return
async def work(n):
    await asyncio.sleep(0)
    async with Context() as c:
        raise KeyError(c)
    async for v in pair(): print("v", v)
    return n * 2
async def main(): return await asyncio.gather(work(1), work(2))
print(asyncio.run(main()))
""",
    "objects that listen": """
class Loud:
    def __getattr__(self, name): print("getattr", name); raise AttributeError(name)
    def __getattribute__(self, name):
        print("ask", name) if not name.startswith("__") else None
        return object.__getattribute__(self, name)
    def __repr__(self): print("repr"); return "loud"
    def __len__(self): print("len"); return 3
    def __bool__(self): print("bool"); return True
    def __eq__(self, other): print("eq"); return True
    __hash__ = None
    def __add__(self, other): print("add"); return self
    def __iadd__(self, other): print("iadd"); return self
    def __iter__(self): print("iter"); return iter([1, 2])
    @property
    def shape(self): print("shape!"); return (1, 2)
class Meta(type):
    def __eq__(cls, other): print("meta eq"); return False
    def __hash__(cls): print("meta hash"); return 1
    def __instancecheck__(cls, other): print("meta instance"); return True
    def __getattribute__(cls, name):
        print("meta ask", name) if name == "shape" else None
        return type.__getattribute__(cls, name)
class Odd(metaclass=Meta):
    def __del__(self): print("deleted")
import numpy as np
class Mine(np.ndarray):
    @property
    def shape(self): print("my shape"); return (9,)
loud = Loud(); other = loud + 1; loud += 2; a, b = loud
odd = Odd(); kept = odd; odd = None; kept = None; print("after")
mine = np.zeros(3).view(Mine); twice = mine * 2; print(type(twice).__name__)
objects = np.array([loud, None], dtype=object); same = objects; print(same.dtype)
if loud: print("yes")
""",
    "warnings and tracing": """
import sys, traceback, warnings
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    import numpy as np
    np.float64(1) / np.float64(0)
print([str(w.message) for w in caught])
def bad(x):
    y = x @ [1,
        2]
    return y
try:
    bad(3)
except TypeError:
    raised = traceback.extract_tb(sys.exc_info()[2])
    print(traceback.format_exc().splitlines()[-1], [f.lineno for f in raised])
print(sys._getframe().f_code.co_name, sys.getrefcount(object()))
""",
    "patched builtins": """
import builtins
builtins.len = lambda x: 42
builtins.isinstance = lambda *a: True
builtins.id = lambda x: 1
builtins.type = None
print(len([]), id(3))
for i in range(5): x = [i]
print(x)
""",
    "deep recursion": """
def down(n): return 0 if n == 0 else 1 + down(n - 1)
print(down(300))
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(15))
def endless(): return endless()
try:
    endless()
except RecursionError: print("too deep")
""",
    "torch": """
import torch
torch.manual_seed(0)
w = torch.nn.Parameter(torch.randn(3, 2)); x = torch.randn(4, 3)
for step in range(5):
    loss = (x @ w).relu().pow(2).sum()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
    w.grad = None
    print(step, round(loss.item(), 4), w.is_leaf)
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = torch.nn.Linear(3, 2)
    def forward(self, x): return self.layer(x).relu()
print(Net()(x).shape, x.shape[0], x.size())
""",
    "evil tensor": """
import torch
class Spy(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        print("spied", getattr(function, "__name__", function))
        return super().__torch_function__(function, types, args, kwargs or {})
spy = torch.ones(2).as_subclass(Spy)
total = spy + 1
other = spy
print(type(total).__name__)
""",
    "exit": """
import sys
for i in range(4):
    print(i)
    if i == 3: sys.exit(2)
""",
    "failure": """
import numpy as np
a = np.zeros((2, 3))
print("before")
b = a @ a
""",
}
