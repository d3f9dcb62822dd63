"""The figure of a study: an outcome against a factor, the dose."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas
import xarray
from matplotlib.figure import Figure

from .errors import ResultError, did_you_mean
from .files import Result, require_result
from .paired import half_width
from .style import BANDS, CHANCE, INK, LOOKS, frame, in_100, label_at_right, limits, numbers_in_100, quantity_label, source


def dose_response(
    study: Result, factor: str, outcome: str, *, by: str | None = None, where: Mapping[str, Any] | None = None
) -> Figure:
    """An outcome against a factor of a study; by: a second factor, a line a value; where: fixed values of the others."""
    if require_result("study", study).kind != "study":
        raise ResultError(f"{study.path}: is a {study.kind}; dose and response need a merged result of `coalis study run`")
    design = study["design"].to_dataframe()
    factors = [str(name) for name in design.columns if name not in ("key", "parameter_file") and design[name].nunique() > 1]
    for name in [factor, *([by] if by else []), *(where or {})]:
        if name not in design.columns:
            raise ResultError(f"{study.path}: has no factor '{name}'; {did_you_mean(name, factors)}it has {', '.join(factors)}")
    for name, value in (where or {}).items():
        design = design[design[name] == value]
    loose = [name for name in factors if name not in (factor, by) and design[name].nunique() > 1]
    if loose or design.empty:
        raise ResultError(
            f"{study.path}: say with where={{...}} at which value of {', '.join(loose or factors)} (none has the one given)"
            if design.empty
            else f"{study.path}: also varies {', '.join(loose)}; give by= or where={{...}}"
        )
    values = study.quantity(outcome)
    lines = [("", design)] if by is None else list(design.groupby(by))
    if len(lines) > len(LOOKS):
        raise ResultError(
            f"{study.path}: '{by}' has {len(lines)} values, which is more than {len(LOOKS)} lines; choose some with where="
        )
    interval = "Whiskers: 95 % Monte Carlo interval of the mean." + (
        " Bands: where so many of the runs lie." if by is None else ""
    )
    held = "".join(f" {name} = {value}." for name, value in (where or {}).items())
    figure, (axes,) = frame(
        f"{outcome} against {factor}",
        f"{quantity_label(values.attrs, outcome)}, mean of the runs" + (f", by {by}" if by else "") + f".{held}",
        source([study], f"{study.replicates} runs at each point", f"{interval} {CHANCE}"),
    )
    places: list[tuple[float, str, str]] = []
    seen: list[Any] = []
    for look, (value, points) in zip(LOOKS, lines):
        places.append(
            _dose_line(
                axes,
                look,
                points,
                factor,
                values,
                "mean" if by is None else f"{by} {value:g}" if not isinstance(value, str) else _named(study, by, value),
            )
        )
        runs = values.sel(point=points.index.values).values
        if by is None:
            places += _dose_bands(axes, points, factor, values)
            seen.append(np.nanquantile(runs, [0.025, 0.975], axis=1))
        seen.append(np.nanmean(runs, axis=1))
    axes.set_ylim(*limits(seen, room=0.12 if by else 0.06))
    label_at_right(axes, places)
    axes.set_xlabel(factor, size=9)
    numbers_in_100(axes.yaxis, values.attrs)
    axes.set_ylabel(outcome + (", in 100" if in_100(values.attrs) else ""), size=9)
    return figure


def _named(study: Result, by: str, value: str) -> str:
    """A scenario by its own name, not by that of its file; any other value as it is."""
    if by != "scenario" or "scenarios" not in study:
        return value
    kept = study["scenarios"]
    texts = {str(file): str(text) for file, text in zip(kept["scenario"].values, kept["text"].values)}
    names = {file: str(tomllib.loads(text).get("name", "")) for file, text in texts.items()}
    return names[value] if names.get(value) and len(set(names.values())) == len(names) else value


def _dose_line(
    axes: Any, look: Any, points: pandas.DataFrame, factor: str, values: xarray.DataArray, name: str
) -> tuple[float, str, str]:
    ordered = points.sort_values(factor)
    runs = values.sel(point=ordered.index.values)
    mean = runs.mean("replicate").values
    counts = runs.notnull().sum("replicate").values
    errors = runs.std("replicate", ddof=1).values / np.sqrt(counts)
    half = [half_width(float(se), int(count)) for se, count in zip(errors, counts, strict=True)]
    axes.errorbar(
        ordered[factor].values,
        mean,
        half,
        color=look.line,
        linestyle=look.dash,
        marker=look.mark,
        markersize=5,
        capsize=3,
        linewidth=1.6,
        zorder=3,
    )
    return float(mean[-1]), name, look.text


def _dose_bands(axes: Any, points: pandas.DataFrame, factor: str, values: xarray.DataArray) -> list[tuple[float, str, str]]:
    ordered = points.sort_values(factor)
    runs = values.sel(point=ordered.index.values)
    places = []
    for low, high, words, grey in BANDS:
        lower, upper = runs.quantile([low, high], "replicate").values
        axes.fill_between(ordered[factor].values, lower, upper, color=grey, linewidth=0)
        places.append((float(upper[-1]), words, INK))
    return places
