"""Arithmetic on fractions whose size is bounded, so that no number takes long to be reckoned with."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from studybuddy.core.errors import UsageError

MOST_BITS = 2048
"""Of a numerator or denominator: numbers from about 1e-600 to 1e600."""


class Number(NamedTuple):
    """A number; `exact` says whether nothing was rounded on the way to it."""

    value: Fraction
    exact: bool = True


def read_number(token: str) -> Number:
    """A number as it is written, such as `1_000.5e-3`."""
    digits, _sign, exponent = token.replace(",", "").replace("_", "").replace(" ", "").lower().partition("e")
    power = int(exponent or 0) if len(exponent) < 6 else MOST_BITS
    if abs(power) > MOST_BITS // 3:
        raise UsageError("a number in it is too large or too small")
    whole, _point, fraction = digits.partition(".")
    return bounded(Fraction(int(whole + fraction or 0)) * Fraction(10) ** (power - len(fraction)))


def bounded(value: Fraction, exact: bool = True) -> Number:
    """A number of a size that can be reckoned with."""
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > MOST_BITS:
        raise UsageError("a number in it is too large or too small")
    return Number(value, exact)


def add(one: Number, other: Number, sign: int) -> Number:
    """The sum, or with sign -1 the difference."""
    return bounded(one.value + sign * other.value, one.exact and other.exact)


def multiply(one: Number, other: Number) -> Number:
    """The product."""
    return bounded(one.value * other.value, one.exact and other.exact)


def divided(one: Number, other: Number) -> Number:
    """The quotient."""
    if not other.value:
        raise UsageError("it divides by zero")
    return bounded(one.value / other.value, one.exact and other.exact)


def raised(base: Number, exponent: Number) -> Number:
    """A power; its size is known before it is computed."""
    power = exponent.value
    if power.denominator != 1:
        if base.value < 0:
            raise UsageError("it takes the root of a negative number")
        return _floating(lambda: float(base.value) ** float(power))
    if not base.value and power < 0:
        raise UsageError("it divides by zero")
    bits = max(base.value.numerator.bit_length(), base.value.denominator.bit_length())
    if base.value not in (0, 1, -1) and bits * abs(power) > 2 * MOST_BITS:
        raise UsageError("a number in it is too large or too small")
    whole = int(power) if base.value not in (0, 1, -1) else int(power % 2) or (2 if power else 0)
    return bounded(base.value**whole, base.exact and exponent.exact)


def applied(name: str, argument: Number) -> Number:
    """A function of a number: sqrt, exp, ln, log2 or log10."""
    value = argument.value
    if name == "sqrt":
        if value < 0:
            raise UsageError("it takes the root of a negative number")
        roots = math.isqrt(value.numerator), math.isqrt(value.denominator)
        if roots[0] ** 2 == value.numerator and roots[1] ** 2 == value.denominator:
            return Number(Fraction(*roots), argument.exact)
        return _floating(lambda: math.sqrt(value))
    if name == "exp":
        return _floating(lambda: math.exp(value))
    if value <= 0:
        raise UsageError("it takes the logarithm of a number that is not positive")
    logarithm = {"ln": math.log, "log2": math.log2, "log10": math.log10}[name]
    return _floating(lambda: logarithm(value))


def _floating(compute: Callable[[], float]) -> Number:
    try:
        return Number(Fraction(compute()), exact=False)
    except (OverflowError, ValueError) as error:
        raise UsageError("a number in it is too large or too small") from error
