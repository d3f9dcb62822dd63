"""Arguments, looked at before anything is done: what is of a wrong type is a TypeError, what is out of range an AskError, and both name
the argument and say what it takes."""

from __future__ import annotations

import math
import numbers
import os
import reprlib
from collections.abc import Iterable
from typing import Any

from .errors import AskError

MOST_REPLICATES = 2**32 - 1
MOST_SEED = 2**64 - 1
MOST_THREADS = 1024
MOST_DRAWS = 2**31 - 1
LAST_MONTH = 1_199  # of a scenario, from 0


def wrong_type(name: str, value: Any, takes: str) -> TypeError:
    return TypeError(f"{name}={reprlib.repr(value)}: takes {takes}, not {type(value).__name__}")


def whole(name: str, value: Any, low: int, high: int) -> int:
    """A whole number; 1e5 is one, True is none."""
    takes = f"a whole number from {low} to {high}"
    if isinstance(value, bool) or not (isinstance(value, numbers.Real) or hasattr(value, "__index__")):
        raise wrong_type(name, value, takes)
    is_whole = hasattr(value, "__index__") or (math.isfinite(value) and float(value).is_integer())
    if not is_whole or not low <= int(value) <= high:
        raise AskError(f"{name}={value}: takes {takes}")
    return int(value)


def month(name: str, value: Any) -> str:
    """A month of a run: "2008-07", or its number from 0; what the run has, the library says. "" is the first."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not (isinstance(value, numbers.Real) or hasattr(value, "__index__")):
        raise wrong_type(name, value, 'a month, as "2008-07" or its number from 0')
    return str(whole(name, value, 0, LAST_MONTH) or "")


def number(name: str, value: Any) -> float:
    if isinstance(value, numbers.Real) and not isinstance(value, bool):
        return float(value)
    raise wrong_type(name, value, "a number")


def text(name: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    raise wrong_type(name, value, "text")


def path(name: str, value: Any) -> str:
    """Of a file; "" is none."""
    if isinstance(value, (str, bytes, os.PathLike)):
        return os.fsdecode(value)
    raise wrong_type(name, value, "the path of a file")


def names(name: str, value: Any) -> list[str]:
    """One name, or several; None is none."""
    if value is None:
        return []
    if isinstance(value, str):
        return [value]
    if isinstance(value, Iterable):
        found = list(value)
        if all(isinstance(one, str) for one in found):
            return [str(one) for one in found]
    raise wrong_type(name, value, "a name or a list of names")


def paths(name: str, value: Any) -> list[str]:
    """One file, or several."""
    if isinstance(value, (str, bytes, os.PathLike)):
        return [path(name, value)] if value else []
    if isinstance(value, Iterable):
        return [path(name, one) for one in value]
    raise wrong_type(name, value, "the path of a file, or a list of them")
