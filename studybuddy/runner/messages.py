"""Every sentence the judge can say: ids of the catalogue, filled in from `JudgeResult.parameters`.

A message says what happened, a hint what to do next, a reason why one case or one gradient is wrong (its own
`parameters` go with it).
"""

from __future__ import annotations

from studybuddy.i18n import N_

# what happened
PASSED = N_("all {count} cases passed")
TRAINED = N_("the gradients match and the loss fell")
GRADIENTS_MATCH = N_("the gradients match")
RAN = N_("the program ran to its end")
WRONG_CASES = N_("{passed} of {count} cases passed; wrong answer for {case}")
UNUSED = N_("the answers are right, but the exercise asks for {names}")
GRADIENT_WRONG = N_("not what the judge computes: {names}")
FELL_BUT_WRONG = N_("the loss fell, but this is not what the judge computes: {names}")
NOT_FINITE = N_("the gradients match, but the loss is {value} at step {step}")
NOT_FALLEN = N_("the gradients match, but the loss did not fall enough: {first:.6g} → {last:.6g}")
NO_LOSSES = N_("the gradients match, but no loss was printed for step {steps}")
UNFIT_ARRAYS = N_("the arrays do not fit together: {shapes}")
NAMES_MISSING = N_("the judge looks for {names} and did not find them")
NAMES_INSIDE = N_("{names} are assigned inside a function, where the judge cannot see them")
TIME_IN_CASE = N_("no answer for {case} within {seconds:g} s")
TIME = N_("not finished within {seconds:g} s")
TIME_IN_ALL = N_("the cases together took more than {seconds:g} s; stopped at {case}")
CPU_TIME = N_("used more than {seconds:g} s of processor time")
MEMORY = N_("needed more memory than the {megabytes} MB allowed")
OUTPUT = N_("printed more than {kilobytes} KB")
CROWD = N_("started more than {count} processes")
RAISED = N_("{error}")
RAISED_AT = N_("line {line}: {error}")
KILLED = N_("the program crashed: {signal}")
EXIT_CODE = N_("the program left with exit code {code}")
SYNTAX = N_("line {line}: {text}")
UNREADABLE = N_("the program cannot be compiled: {text}")
NO_ENTRY = N_("expected this signature: {signature}")
BLOCKED = N_("blocked: {text}")
EXITED = N_("the program ended itself before it was done")
TAMPERED = N_("the program wrote into the judge's own channel")
STOPPED = N_("stopped")
TOO_LONG = N_("the program is longer than {kilobytes} KB")
BLANKS_LEFT = N_("places to fill in are left: line {lines}")
BROKEN = N_("the judge itself failed: {text}")

# what to do next
FILL_BLANKS = N_("fill in the blanks marked ... (line {lines})")
INPUT = N_("input() has no keyboard here: put the values into the program")
INSTALL = N_("install it with: pip install {package}")
REINSTALL = N_(
    "{package} is installed but cannot be loaded ({why}); "
    "reinstall it with: pip install --force-reinstall {package}"
)
UNKNOWN_MODULE = N_("{package} is not installed, and the exercise does without it; is the name right?")
BARE_FUNCTION = N_("put the function into the class, with self as its first parameter")
TOP_LEVEL = N_("keep the loop at top level with these names: {wanted}")
ALL_GRADIENTS_FIRST = N_(
    "compute both gradients before you change a weight, and compare them with the derivation"
)
FIND_FACTOR = N_("{name} is {factor} times the right gradient: look for a constant, such as the 2 of d(x²)")
FIND_TRANSPOSE = N_("{name} is transposed: its shape must be that of the weight")
FIND_SHAPE = N_("{name} has the shape {got}, but must have that of the weight, {wanted}")
FIND_MASK = N_("the ReLU mask is missing in {name}: where h < 0 nothing flows back")
FIND_SIGN = N_("the mask in {name} must look at the sign of h, not of the gradient")
FIND_RELU = N_("{name} needs h_relu, which the second layer was given, and not h")
FIND_ARRAY = N_("{name} must be an array of numbers, not {type}")
DIVERGED = N_("try a smaller learning rate, and clear or recompute the gradients at every step")
PRINT_LOSS = N_("print the loss as in the lesson, at least at step {wanted_steps}")
UPDATE = N_("subtract learning rate × gradient from both weights at every step")
ENDLESS = N_("does every loop come to an end? The stack shows where it was")
DEEP = N_("the recursion never reaches its end, or goes too deep")
LESS_MEMORY = N_("is something growing in a loop that never ends?")
LESS_OUTPUT = N_("is there a print in a loop that never ends?")
CALLED_AS = N_("the judge calls {entry} with {arity} arguments; expected this signature: {signature}")
CRASHED_IN_C = N_("the interpreter itself went down: very deep recursion or a call into C code can do that")
KILLED_OUTSIDE = N_("something outside killed it; the computer may be short of memory")
DO_NOT_EXIT = N_("leave exit() out: the program must reach its last line")
MISCONCEPTION = N_("{misconception}")

# why one case is wrong
TYPE_DIFFERS = N_("returned {got}, expected {wanted}")
RETURNED_NONE = N_("returned None: is there a return on every path?")
TOO_SMALL = N_("too small by {difference}")
TOO_LARGE = N_("too large by {difference}")
VALUE_DIFFERS = N_("another value")
LENGTH_DIFFERS = N_("{got} elements, expected {wanted}")
INDEX_DIFFERS = N_("differs at index {index}")
ENDLESS_VALUE = N_("the returned structure has a cycle or is too large")

# why one gradient is wrong
NO_ARRAY = N_("not an array but {type}")
SHAPE = N_("shape {got}, expected {wanted}")
TRANSPOSED = N_("transposed")
FACTOR = N_("{factor} times the right gradient")
NO_MASK = N_("the ReLU mask is missing")
SIGN_MASK = N_("masked by the sign of the gradient instead of h")
NO_RELU = N_("computed from h instead of h_relu")
NO_RELU_AT_ALL = N_("computed for a network without ReLU")
NOT_NUMBERS = N_("contains values that are not finite")
DIFFERS = N_("differs (relative error {error:.2g})")
