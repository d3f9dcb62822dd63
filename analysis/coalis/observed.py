"""What was observed, looked at before it counts: an error says which entry, what it takes, and what to do."""

from __future__ import annotations

import numbers
import reprlib
from typing import Any

import numpy as np

from .arguments import wrong_type
from .errors import AskError

Matrix = np.ndarray[Any, np.dtype[Any]]

_TIES = "10 and NA stand for who was no member: coalis.read_waves(folder) knows them, and coalis.cases(waves, wave=1) makes cases of it"
_CAME = "leave out members or meetings of which it is not known"


def ties_of(value: Any) -> Matrix:
    """Organisation by organisation, True where the row has a tie to the column."""
    found = _zeros_and_ones("ties", value, _TIES)
    if found.shape[0] != found.shape[1]:
        raise AskError(f"ties: has {found.shape[0]} rows and {found.shape[1]} columns; give as many, both the same organisations in the same order")
    return found


def came_of(value: Any) -> Matrix:
    """Meeting by member, True where it came."""
    return _zeros_and_ones("came", value, _CAME)


def attended_of(value: Any) -> Matrix:
    """Whole numbers of events, by organisation."""
    found = _array("attended", value, 1, "a number of events for each organisation, as [0, 2, 1]")
    bad = [k for k, one in enumerate(found.tolist()) if not _is_count(one)]
    if bad:
        raise _wrong_entry("attended", found, bad, "a whole number of events, 0 or more", "leave out organisations of which it is not known")
    return found.astype(np.int64)


def regions_of(value: Any) -> Matrix:
    """Names, by organisation."""
    found = _array("region", value, 1, 'the name of a region for each organisation, as ["North", "South"]')
    bad = [k for k, one in enumerate(found.tolist()) if not (isinstance(one, str) and one)]
    if bad:
        raise _wrong_entry("region", found, bad, "the name of a region, as text", 'name those that are not known so, too: "not known"')
    return np.array([str(one) for one in found.tolist()], dtype=object)


def _zeros_and_ones(name: str, value: Any, advice: str) -> Matrix:
    shape = "organisation by organisation" if name == "ties" else "meeting by organisation"
    found = _array(name, value, 2, f"a table, {shape}, of 0 and 1, as [[0, 1], [1, 0]]")
    if found.dtype.kind == "b":
        return found
    flat = found.ravel()
    if found.dtype.kind in "iuf":
        bad = np.flatnonzero((flat != 0) & (flat != 1)).tolist()
    else:
        bad = [k for k, one in enumerate(flat.tolist()) if not _is_yes_or_no(one)]
    if bad:
        raise _wrong_entry(name, found, bad, "0 or 1, True or False", advice)
    return found.astype(bool)


def _array(name: str, value: Any, dimensions: int, takes: str) -> Matrix:
    """Of lists, and of arrays of numpy, scipy, xarray and pandas."""
    try:
        found = np.asarray(value.toarray() if hasattr(value, "toarray") else value)
    except ValueError as error:  # rows of several lengths
        raise AskError(f"{name}: its rows are not equally long; takes {takes}") from error
    if found.ndim == 0:
        raise wrong_type(name, value, takes)
    if found.ndim != dimensions:
        raise AskError(f"{name}: has {found.ndim} dimension{'s' if found.ndim > 1 else ''}; takes {takes}")
    if found.shape[-1] == 0:
        raise AskError(f"{name}: is of no organisation; takes {takes}")
    return found


def _is_yes_or_no(one: Any) -> bool:
    return isinstance(one, (bool, np.bool_)) or isinstance(one, numbers.Real) and one in (0, 1)


def _is_count(one: Any) -> bool:
    return isinstance(one, numbers.Real) and not isinstance(one, bool) and 0 <= float(one) < 2**53 and float(one).is_integer()


def _wrong_entry(name: str, values: Matrix, bad: list[int], takes: str, advice: str) -> AskError:
    at = np.unravel_index(bad[0], values.shape)
    place = f"row {at[0]}, column {at[1]}" if values.ndim == 2 else f"row {at[0]}"
    others = f", and {len(bad) - 1} more like it" if len(bad) > 1 else ""
    entry = reprlib.repr(values.ravel().tolist()[bad[0]])
    return AskError(f"{name}: {place} (from 0) is {entry}{others}; takes {takes}; {advice}")
