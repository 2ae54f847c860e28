"""The mistakes a gradient can have, and what to do about each: ids of the catalogue.

A mistake completes "grad_w1: …". The ones that are as old as the judge stand in `messages`.
"""

from __future__ import annotations

from studybuddy.i18n import N_
from studybuddy.runner import messages

# how mistakes are put together
BOTH = N_("{first}; and {second}")
EITHER = N_("either {first}, or {second}")
EITHER_MORE = N_("either {first}, or {second}, or {third}")

# a constant factor
NO_TWO = N_("the factor 2 from the derivative of the square is missing")
TWO_TWICE = N_("the factor 2 is there twice")
WRONG_SIGN = N_("the sign is wrong")
DIVIDED = N_("divided by {size} = {number}")
MEAN = N_("divided by {size} = {number}, as if the loss were a mean and not a sum")

# the way back
INVERTED_MASK = N_("the ReLU mask is inverted: it lets through where h < 0")
MASK_BY = N_("masked by {array} instead of h")
TIMES_H = N_("multiplied by {array} itself instead of the mask h > 0")
SIGN_OF_H = N_("multiplied by the sign of h instead of the mask h > 0")
MASK_FOR_RELU = N_("computed from the mask h > 0 instead of h_relu")
EARLY_UPDATE = N_("computed with {weight} after its update")

# the way forward
STRAIGHT = N_("y_pred is computed from h instead of h_relu")
NO_TARGET = N_("computed from y_pred instead of y_pred - y")
SQUARED = N_("computed from the square of y_pred - y instead of its derivative")

# through the steps
ACCUMULATED = N_("the gradients of the steps before are added to it")
STALE = N_("the gradient of step 0 once more")

# what is left to say
ZERO = N_("zero everywhere")
SOME_ROWS = N_("right in {right} of {count} rows (relative error {error:.2g})")
SOME_COLUMNS = N_("right in {right} of {count} columns (relative error {error:.2g})")

# what to do next
FIND_TWO = N_("{name}: the derivative of (y_pred - y)² is 2 (y_pred - y); where did the 2 go?")
FIND_SECOND_TWO = N_("{name}: the 2 of d(x²) belongs in once, in grad_y_pred or in the weight gradients")
FIND_MINUS = N_("{name} points uphill with the sign of y_pred - y; with y - y_pred it is turned round")
FIND_MEAN = N_("the loss here is a sum of squares, so that nothing is divided by a number of samples")
FIND_INVERTED = N_("{name}: the gradient passes where h > 0 and is zero elsewhere, not the other way round")
FIND_MASK_ARRAY = N_("{name}: the mask is 1 where h of the forward pass is positive, else 0: (h > 0)")
FIND_STRAIGHT = N_("the second layer of the forward pass multiplies h_relu, not h")
FIND_RELU_LAYER = N_("the network has a ReLU between its layers: forward max(h, 0), backward the mask h > 0")
FIND_ERROR = N_("{name} starts from the derivative of the loss, 2 (y_pred - y)")
FIND_EARLY = N_("compute all gradients first and update afterwards: {name} needs the old weights")
FIND_CLEAR = N_("clear {name} at every step: backward() adds to .grad what is there already")
FIND_STALE = N_("compute {name} anew at every step, inside the loop")
FIND_ZERO = N_("{name} is zero: was it cleared before it was used?")
FIND_EITHER = N_("with these arrays the two look the same; check both in {name}")
FIND_PLACE = N_("the map shows where {name} differs: what is special about these rows or columns?")
FIND_TOGETHER = N_("all gradients are off in the same way, so look at what they share: grad_y_pred")

HINTS = {
    messages.FACTOR: messages.FIND_FACTOR,
    messages.TRANSPOSED: messages.FIND_TRANSPOSE,
    messages.SHAPE: messages.FIND_SHAPE,
    messages.NO_MASK: messages.FIND_MASK,
    messages.SIGN_MASK: messages.FIND_SIGN,
    messages.NO_RELU: messages.FIND_RELU,
    messages.NO_RELU_AT_ALL: FIND_RELU_LAYER,
    messages.NO_ARRAY: messages.FIND_ARRAY,
    messages.LATER: messages.FIND_LATER,
    EITHER: FIND_EITHER,
    EITHER_MORE: FIND_EITHER,
    NO_TWO: FIND_TWO,
    TWO_TWICE: FIND_SECOND_TWO,
    WRONG_SIGN: FIND_MINUS,
    DIVIDED: FIND_MEAN,
    MEAN: FIND_MEAN,
    INVERTED_MASK: FIND_INVERTED,
    MASK_BY: FIND_MASK_ARRAY,
    TIMES_H: FIND_MASK_ARRAY,
    SIGN_OF_H: FIND_MASK_ARRAY,
    MASK_FOR_RELU: messages.FIND_RELU,
    EARLY_UPDATE: FIND_EARLY,
    STRAIGHT: FIND_STRAIGHT,
    NO_TARGET: FIND_ERROR,
    SQUARED: FIND_ERROR,
    ACCUMULATED: FIND_CLEAR,
    STALE: FIND_STALE,
    ZERO: FIND_ZERO,
    SOME_ROWS: FIND_PLACE,
    SOME_COLUMNS: FIND_PLACE,
}
"""What to do next, by the mistake."""

AT_THE_START = frozenset((messages.FACTOR, WRONG_SIGN, NO_TARGET, SQUARED, STRAIGHT))
"""Mistakes that are best looked for where the way back begins, if every gradient has them."""
