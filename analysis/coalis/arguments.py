"""Arguments, looked at before anything is done: what is of a wrong type is a TypeError, what is out of range an AskError, and both name
the argument and say what it takes."""

from __future__ import annotations

import math
import numbers
import os
import reprlib
from collections.abc import Iterable
from typing import Any, NoReturn

from .errors import AskError

MOST_REPLICATES = 2**32 - 1
MOST_SEED = 2**64 - 1
MOST_THREADS = 1024
MOST_DRAWS = 2**31 - 1
LAST_MONTH = 1_199  # of a scenario, from 0
_MONTH = 'a month, as "2008-07", a date, or its number from 0'


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
    """A month of a run: "2008-07", a date in it (also of NumPy and pandas), or its number from 0; what the run has, the library says."""
    if isinstance(value, str):
        return value
    date = getattr(value, "values", value)  # of an array of xarray with one value
    if hasattr(date, "astype") and getattr(getattr(date, "dtype", None), "kind", "") == "M" and getattr(date, "ndim", 1) == 0:
        text = str(date.astype("datetime64[M]"))
        return _no_month(name, value) if text == "NaT" else text
    if all(isinstance(getattr(value, part, None), int) for part in ("year", "month")):
        return f"{value.year:04}-{value.month:02}"
    if type(value).__name__ == "NaTType":
        return _no_month(name, value)
    if isinstance(value, bool) or not (isinstance(value, numbers.Real) or hasattr(value, "__index__")):
        raise wrong_type(name, value, _MONTH)
    return str(whole(name, value, 0, LAST_MONTH))


def beginning(name: str, value: Any) -> str:
    """The month from which on something is so; "" is the first."""
    said = month(name, value)
    return "" if said == "0" else said


def _no_month(name: str, value: Any) -> NoReturn:
    raise AskError(f"{name}={value}: takes {_MONTH}")


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


def file(name: str, value: Any) -> str:
    """The path of a file that there must be, or is to be made."""
    found = path(name, value)
    if not found:
        raise AskError(f"{name}='': takes the path of a file")
    return found


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
