"""Results as tables: a row for each replicate (and scenario, point, month, region, ...), a column for each quantity."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas
import xarray

from .arguments import names as names_of, text as text_of
from .errors import AskError, ResultError
from .files import Result, require_result


def to_dataframe(result: Result, group: str = "outcomes", variables: str | Sequence[str] | None = None) -> pandas.DataFrame:
    """A group as a tidy pandas.DataFrame; variables: one of its quantities, or several.

    A study's factors stand beside its points. Numbers that stand for names (status, sector, region, role, hub) become the names,
    rows that are strung together (ties, respondents) get their replicate, and organisations of a roster their `name`. A group
    whose quantities have different dimensions, such as /attendance, needs `variables`; they must have the same dimensions.
    """
    data = require_result("result", result)[text_of("group", group)]
    strung = "edge" if group == "ties" else "respondent" if group == "survey/respondents" else ""
    if strung and variables is None:
        variables = [str(name) for name, variable in data.data_vars.items() if variable.dims == (strung,)]
    names = list(data.data_vars) if variables is None else [str(result.quantity(name, group).name) for name in names_of("variables", variables)]
    if variables is not None and not names:
        raise AskError("variables=[]: takes one or more quantities; leave it out for all")
    if not names:
        raise ResultError(f"{result.path}: /{group} holds names and attributes, no quantities")
    shapes = {data[name].dims for name in names}
    if len(shapes) != 1:
        text = "; ".join(
            f"{', '.join(map(str, dims))}: {', '.join(str(name) for name in names if data[name].dims == dims)}"
            for dims in sorted(shapes, key=str)
        )
        raise ResultError(
            f"{result.path}: the quantities of /{group} have different dimensions; choose some with variables=[...] ({text})"
        )
    chosen = data[names]
    labelled = chosen.assign({name: _rounds(_labelled(result, chosen[name])) for name in names})
    table = labelled.to_dataframe(dim_order=[str(dimension) for dimension in shapes.pop()]).reset_index()
    if strung:
        table = table.drop(columns=strung).rename(columns={f"{strung}_replicate": "replicate"})
    called = result["names"].get("organisation") if "names" in result else None
    if called is not None and "organisation" in table:  # with a roster
        table.insert(list(table).index("organisation") + 1, "name", called.values[table["organisation"]])
    if result.kind == "study" and "point" in table:
        table = table.join(result["design"].to_dataframe(), on="point", rsuffix="_of_design")
    return table


# Groups whose numbers are the places of names in /names; -1 or 65535 is none.
_NAMED = {"region": "region", "role": "role", "home_hub": "hub"}


def _labelled(result: Result, values: xarray.DataArray) -> xarray.DataArray:
    """Numbers that stand for names, as names; anything else as it is."""
    if "flag_meanings" in values.attrs:
        meanings = str(values.attrs["flag_meanings"]).split()
        numbers = np.atleast_1d(values.attrs.get("flag_values", np.arange(len(meanings))))
        return _named(values, {int(number): name for number, name in zip(numbers, meanings)})
    if values.name in _NAMED and "names" in result and values.dtype.kind in "iuf":
        names = result["names"][_NAMED[str(values.name)]].values
        return _named(values, {number: str(name) for number, name in enumerate(names)})
    return values


def _rounds(values: xarray.DataArray) -> xarray.DataArray:
    """In double precision, in which a rounded number prints as it was rounded: 0.39, not 0.38999998569488525."""
    return values.astype(np.float64) if values.dtype == np.float32 else values


def _named(values: xarray.DataArray, names: dict[int, str]) -> xarray.DataArray:
    array = np.empty(values.shape, dtype=object)
    numbers = values.values
    array[...] = None
    for number, name in names.items():
        array[numbers == number] = name
    return values.copy(data=array)
