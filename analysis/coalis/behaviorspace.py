"""Tables as NetLogo's BehaviorSpace writes them: results as one, and one as the design of a study.

Six lines say what the table is; the seventh names the columns: [run number], the parameters, [step], the reporters. Every field
is in quotes. NetLogo 6.0 to 6.3 write no "Table version" in the first line; both are read.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas

from .arguments import file as file_of
from .errors import ResultError
from .files import Result, require_result
from .tables import to_dataframe

_RUN, _STEP = "[run number]", "[step]"
_ABOVE = 6  # lines before the names of the columns


def write_behaviorspace(result: Result, path: str | os.PathLike[str], *, every_step: bool = False) -> Path:
    """Writes the outcomes of a run, comparison or merged study as a table of BehaviorSpace.

    Runs are numbered from 1, point by point and replicate by replicate; parameters are the study's factors, or the scenario;
    then `seed` and `replicate`, which give any run again. A run has a step a month: the reporters are outcomes at the last
    one, or with every_step the quantities by month (`record="trajectories"`) at each. A missing value is an empty field.
    Throws ResultError.
    """
    place = Path(file_of("path", path))
    require_result("result", result)
    if place.exists():
        raise ResultError(f"{place}: exists already; remove it or name another")
    group = _by_month_of(result) if every_step else "outcomes"
    reporters = [str(name) for name, values in result[group].data_vars.items() if "replicate" in values.dims]
    table = to_dataframe(result, group, reporters)
    parameters = [name for name in ("scenario", *_factors(result)) if name in table]
    if result.kind == "run":
        table["scenario"], parameters = result.title, ["scenario"]
    table["seed"] = result.seed
    labels = ["point" if "point" in table else "scenario", "replicate"]
    if every_step:
        table = table.sort_values([*labels, "month"], kind="stable")
        table[_STEP] = table.groupby(labels, sort=False).cumcount() + 1
    else:
        table = table.sort_values(labels, kind="stable")
        table[_STEP] = _months_of(result, table)
    table[_RUN] = table.groupby(labels, sort=False).ngroup() + 1
    columns = [_RUN, *parameters, "seed", "replicate", _STEP, *reporters]
    _write(place, _head(result), columns, table[columns].itertuples(index=False))
    return place


def read_behaviorspace(path: str | os.PathLike[str]) -> pandas.DataFrame:
    """A table of BehaviorSpace, a row a step; numbers, true and false are read as such.

    `attrs` has version, model, experiment, date. Throws ResultError for what is no such table, as its spreadsheet form, and for
    lines of another length.
    """
    place = Path(file_of("path", path))
    try:
        with place.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file))
    except OSError as error:
        raise ResultError(f"{place}: cannot be read: {error.strerror}; check the name") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise ResultError(f"{place}: no table of BehaviorSpace: {error}") from error
    if len(lines) <= _ABOVE or not lines[0] or not lines[0][0].startswith("BehaviorSpace results"):
        raise ResultError(f"{place}: no table of BehaviorSpace; it begins with 'BehaviorSpace results'")
    columns = lines[_ABOVE]
    if columns[:1] != [_RUN] or _STEP not in columns:
        raise ResultError(
            f"{place}:{_ABOVE + 1}: a table has {_RUN} first, and {_STEP}; this may be a spreadsheet: save the experiment's table"
        )
    rows = [(number, line) for number, line in enumerate(lines[_ABOVE + 1 :], _ABOVE + 2) if line]
    for number, line in rows:
        if len(line) != len(columns):
            raise ResultError(f"{place}:{number}: has {len(line)} fields, the names of the columns are {len(columns)}")
    table = pandas.DataFrame([line for _, line in rows], columns=columns)
    for column in table:
        table[column] = _values(table[column])
    about = [line[0] if line else "" for line in lines[1:4]]
    table.attrs.update(version=lines[0][0], model=about[0], experiment=about[1], date=about[2])
    return table


def write_design(
    table: pandas.DataFrame,
    path: str | os.PathLike[str],
    paths: Mapping[str, str | None],
    *,
    values: Mapping[str, Mapping[Any, Any]] | None = None,
) -> Path:
    """The settings of a table of BehaviorSpace as the design of a study (`[design] kind = "table"`), each once, in order.

    paths: the scenario's key of every parameter, as {"coordinator-fte": "hubs.Chicago.fte"}; one with None is left out, as of
    a random seed. Parameters that are not named are left out if they never vary, else an error. values: what to write for a
    value of a parameter, as {"fast?": {True: 1, False: 0}}. Throws ResultError.
    """
    place = Path(file_of("path", path))
    if place.exists():
        raise ResultError(f"{place}: exists already; remove it or name another")
    known = list(table.columns[1 : list(table.columns).index(_STEP)])
    unknown = [name for name in paths if name not in known]
    if unknown:
        raise ResultError(f"the table has no parameter '{unknown[0]}'; it has {', '.join(known)}")
    varying = [name for name in known if name not in paths and table[name].nunique(dropna=False) > 1]
    if varying:
        raise ResultError(f"'{varying[0]}' varies and has no key of the scenario; name it in paths, None if it is no setting")
    keys = {name: key for name, key in paths.items() if key is not None}
    points = table[list(keys)].drop_duplicates()
    for name, meaning in (values or {}).items():
        strange = [value for value in points[name].unique() if value not in meaning]
        if strange:
            raise ResultError(f"'{name}' has the value {strange[0]}, for which values= has none")
        points[name] = points[name].map(meaning)
    with place.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(keys.values())
        out.writerows([_text(value) for value in row] for row in points.itertuples(index=False))
    return place


def _by_month_of(result: Result) -> str:
    group = "levels_over_time" if result.kind == "comparison" else "trajectories"
    if group not in result:
        raise ResultError(f"{result.path}: holds nothing by month; record trajectories")
    return group


def _factors(result: Result) -> list[str]:
    if result.kind != "study":
        return []
    design = result["design"]
    return [str(name) for name in design.data_vars if name not in ("scenario", "key", "parameter_file")]


def _months_of(result: Result, table: pandas.DataFrame) -> Any:
    """The length of a run, by the scenario of the row."""
    months = [int(scenario["calendar"]["months"]) for scenario in result.scenarios().values()]
    if len(set(months)) == 1:
        return months[0]
    by_scenario = {label: int(scenario["calendar"]["months"]) for label, scenario in result.scenarios().items()}
    return table["scenario"].map(by_scenario)


def _head(result: Result) -> list[list[Any]]:
    date = str(result["provenance"].attrs.get("date", "")) if "provenance" in result else ""
    return [
        [f"BehaviorSpace results (Coalis {result.attributes['program_version']})", "Table version 2.0"],
        [result.path.name],
        [result.title],
        [date],
        ["min-pxcor", "max-pxcor", "min-pycor", "max-pycor"],
        [0, 0, 0, 0],
    ]


def _write(path: Path, head: list[list[Any]], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        out.writerows([*head, columns])
        out.writerows([_text(value) for value in row] for row in rows)


def _text(value: Any) -> str:
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    if value is None or (isinstance(value, (float, np.floating)) and np.isnan(value)):
        return ""
    if isinstance(value, (float, np.floating)):
        number = float(value)
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
    return str(value)


def _values(texts: pandas.Series) -> Any:
    """Numbers if all are (an empty field is missing), true and false if all are, else the texts."""
    if set(texts) <= {"true", "false"}:
        return texts == "true"
    try:
        numbers = np.array([float(text) if text else np.nan for text in texts])  # pandas' own reading may miss the last bit
    except ValueError:
        return texts
    whole = all(text.lstrip("-").isdigit() and len(text) < 16 for text in texts)
    return numbers.astype(np.int64) if whole else numbers
