"""Waves: a replicate as it stood at the ends of a few months, as actor-oriented models (RSiena) observe it.

`coalis export --waves MONTHS --siena FOLDER` makes the files (docs/formats/waves.md); here they are read as labelled data.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas
import xarray

from .arguments import file as file_of, month, whole
from .errors import AskError, ResultError
from .files import Result, require_result
from .hdf5_lock import hdf5
from .program import call_program

_MONTHS_ATTENDED = {"units": "months", "long_name": "months of the last 12 with an event attended"}
_CLASS = {"units": "1", "long_name": "class of commitment, 1 to 5"}


def waves(result: Result, months: str | Sequence[Any], replicates: int | Sequence[int] = (0,)) -> xarray.Dataset:
    """The waves at the ends of months ("2006-06", a date, or a number from 0), of some replicates of a run.

    Runs each of them again, and checks the hash if a wave is at the end of the run. By replicate, wave and
    organisation: `member` (enrolled or dormant), `tie` (to the partner), `attendance` (months of the last 12 with an event
    attended), `commitment` (classes 1 to 5); NaN where it is no member. Throws ResultError.
    """
    if require_result("result", result).kind != "run":
        raise ResultError(f"{result.path}: is a {result.kind}; waves are of a result of `coalis run`")
    numbers = [whole("replicates", one, 0, result.replicates - 1) for one in np.atleast_1d(np.asarray(replicates, dtype=object))]
    if not numbers:
        raise AskError("replicates=[]: takes one or more of them")
    several = [months] if isinstance(months, str) or not isinstance(months, Iterable) else list(months)
    named = [month("months", one) for one in several]
    if not named:
        raise ResultError("months: names none; name one or more, as in ['2007-01', '2007-04']")
    every = []
    with tempfile.TemporaryDirectory() as place:
        file = result._copy_to(Path(place))
        for replicate in numbers:
            folder = Path(place) / str(replicate)
            _write(file, named, folder, replicate)
            every.append(read_waves(folder))
    organisations = sorted(set().union(*(one.organisation.values.tolist() for one in every)))
    labels = {"organisation": organisations, "partner": organisations}
    aligned = [one.reindex(labels, fill_value=_fill(one)) for one in every]
    joined: xarray.Dataset = xarray.concat(aligned, xarray.DataArray(numbers, dims="replicate", name="replicate"))
    joined.attrs.pop("replicate", None)  # it is a dimension
    return joined.assign_attrs(title=result.title, seed=result.seed, model_version=result.model_version)


def read_waves(folder: str | os.PathLike[str]) -> xarray.Dataset:
    """A folder of `coalis export --siena` as labelled data. Throws ResultError."""
    place = Path(file_of("folder", folder))
    try:
        about = dict(line.split(": ", 1) for line in (place / "about.txt").read_text(encoding="utf-8").splitlines())
        if about.get("format") != "coalis-waves" or about.get("format_version") != "1":
            raise ResultError(f"{place}: about.txt does not say coalis-waves, version 1; make it with `coalis export --siena`")
        table = pandas.read_csv(place / "waves.csv")
        actors = pandas.read_csv(place / "attributes.csv", keep_default_na=False)
        numbers = range(1, len(table) + 1)
        ties = np.stack([np.loadtxt(place / f"ties-{k}.txt", dtype=np.int8, ndmin=2) for k in numbers])
        shape = (len(actors), len(table))
        values = {name: np.genfromtxt(place / f"{name}.txt").reshape(shape).T for name in ("attendance", "commitment")}
    except (OSError, ValueError, KeyError) as error:
        raise ResultError(f"{place}: no waves of `coalis export --siena`, or damaged: {error}; export them again") from error
    by_actor = ("wave", "organisation")
    return xarray.Dataset(
        {
            "member": (by_actor, ~np.isnan(values["attendance"])),
            "tie": ((*by_actor, "partner"), ties == 1),
            "attendance": (by_actor, values["attendance"], _MONTHS_ATTENDED),
            "commitment": (by_actor, values["commitment"], _CLASS),
            "region": ("organisation", actors.region.to_numpy(dtype=object)),
        },
        coords={
            "wave": list(numbers),
            "month": ("wave", pandas.to_datetime(table.date).to_numpy()),
            "organisation": actors.organisation.to_numpy(),
            "partner": actors.organisation.to_numpy(),
        },
        attrs=about,
    )


def _write(file: Path, months: list[str], folder: Path, replicate: int) -> None:
    try:
        from . import _coalis
    except ImportError:  # of a package without its compiled part
        call_program("export", file, "--waves", ",".join(months), "--siena", folder, "--replicate", replicate)
    else:
        with hdf5:
            _coalis.waves(str(file), replicate=replicate, months=months, folder=str(folder))


def _fill(data: xarray.Dataset) -> dict[str, Any]:
    """Of an organisation that is no member at any wave of a replicate."""
    return {"member": False, "tie": False, "attendance": np.nan, "commitment": np.nan, "region": ""}
