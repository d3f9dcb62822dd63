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
    return TypeError(f"{name}={reprlib.repr(value)}: takes {takes}, not {_kind_of(value)}")


def _kind_of(value: Any) -> str:
    if value is None:
        return "None"
    kind = type(value).__name__
    return f"{'an' if kind[0].lower() in 'aeio' else 'a'} {kind}"


def whole(name: str, value: Any, low: int, high: int) -> int:
    """A whole number; 1e5 is one, True is none."""
    takes = f"a whole number from {low} to {high}"
    if isinstance(value, bool) or not (isinstance(value, numbers.Real) or hasattr(value, "__index__")):
        raise wrong_type(name, value, takes)
    is_whole = hasattr(value, "__index__") or (math.isfinite(value) and float(value).is_integer())
    if not is_whole or not low <= int(value) <= high:
        raise AskError(f"{name}={value}: takes {takes}")
    return int(value)


def whole_if_given(name: str, value: Any, low: int, high: int) -> int:
    """None is as usual, which is 0 to the library; an explicit 0 is a number like others."""
    return 0 if value is None else whole(name, value, low, high)


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


def above_0(name: str, value: Any, of: str = "") -> float:
    found = number(name, value)
    if math.isfinite(found) and found > 0:
        return found
    raise AskError(f"{name}={value}: takes a number above 0{of}")


def from_0(name: str, value: Any) -> float:
    """As differences that matter are."""
    found = number(name, value)
    if math.isfinite(found) and found >= 0:
        return found
    raise AskError(f"{name}={value}: takes a number, 0 or more")


def text(name: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    raise wrong_type(name, value, "text")


def text_if_given(name: str, value: Any, takes: str) -> str:
    """None is none, which is "" to the library."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise wrong_type(name, value, takes)
    if not value:
        raise AskError(f"{name}='': takes {takes}; leave it out for none")
    return value


def path(name: str, value: Any) -> str:
    """Of a file, or ""."""
    if isinstance(value, (str, bytes, os.PathLike)):
        return os.fsdecode(value)
    raise wrong_type(name, value, "the path of a file")


def file(name: str, value: Any) -> str:
    """The path of a file that there must be, or is to be made."""
    found = path(name, value)
    if not found:
        raise AskError(f"{name}='': takes the path of a file")
    return found


def file_if_given(name: str, value: Any) -> str:
    """None is none, which is "" to the library."""
    return "" if value is None else file(name, value)


def one_file_if_given(name: str, value: Any) -> str:
    """Also as a list of one, as it is where several are taken."""
    if isinstance(value, (list, tuple)) and len(value) < 2:
        return file(name, value[0]) if value else ""
    if isinstance(value, (list, tuple)):
        raise AskError(f"{name}: names {len(value)} files; one is taken here, several by coalis.best and coalis.study")
    return file_if_given(name, value)


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
    """One file, or several; None is none."""
    if value is None:
        return []
    if isinstance(value, (str, bytes, os.PathLike)):
        return [file(name, value)]
    if isinstance(value, Iterable):
        return [file(name, one) for one in value]
    raise wrong_type(name, value, "the path of a file, or a list of them")
