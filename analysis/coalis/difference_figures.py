"""Figures of a paired difference: the fan over time, and the dotplot at the end of the run."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray
from matplotlib.figure import Figure

from .files import Result, ResultError
from .paired import difference_that_matters, paired_differences, quantile
from .style import (
    BANDS,
    BLUE,
    CHANCE,
    GREY,
    LIGHT,
    TEXT,
    VERMILLION,
    calendar,
    frame,
    label_at_right,
    last_present,
    limits,
    quantity_label,
    source,
)

_DOTS = 50


def _contrast(result: Result, other: Result | None, scenario: str | None) -> tuple[str, str, str]:
    """The label of the scenario that the reference is subtracted from, and what both are called."""
    if result.kind == "run" and other is not None:
        return "B", result.title, other.title
    if result.kind != "comparison":
        raise ResultError(f"{result.path}: a figure of a difference needs a comparison, or two runs of the same seed")
    labels = [str(label) for label in result["outcomes"].scenario.values]
    if scenario is None and len(labels) > 2:
        raise ResultError(f"{result.path}: compares {', '.join(labels)}; say which with scenario=, as in scenario='{labels[1]}'")
    chosen = scenario or labels[1]
    if chosen not in labels[1:]:
        raise ResultError(f"{result.path}: there is no scenario '{chosen}' to show; there are {', '.join(labels[1:])}")
    first, second = (str(result[f"scenarios/{label}"].attrs["title"]) for label in (labels[0], chosen))
    return chosen, first, second


def _pick(data: xarray.Dataset, result: Result, outcome: str, label: str) -> xarray.DataArray:
    result.quantity(outcome)
    if outcome not in data.data_vars:
        raise ResultError(f"{result.path}: '{outcome}' is no quantity by month; there are {', '.join(map(str, data.data_vars))}")
    values = data[outcome]
    return values.sel(scenario=label) if "scenario" in values.dims else values


def _results(result: Result, other: Result | None) -> list[Result]:
    return [result] if other is None else [result, other]


def fan(
    result: Result, outcome: str, *, other: Result | None = None, scenario: str | None = None, matters: float | None = None
) -> Figure:
    """The paired difference of an outcome over time: median and where 50, 80 and 95 % of the paired runs lie, month by month."""
    label, first, second = _contrast(result, other, scenario)
    probabilities = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975]
    if other is None:
        over_time = _pick(result["difference_quantiles_over_time"], result, outcome, label).sel(quantile=probabilities)
    else:
        pairs = _pick(paired_differences(result, other, group="trajectories"), result, outcome, label)
        over_time = pairs.astype(float).quantile(probabilities, "replicate")
    all_months = over_time.month.values
    over_time = over_time.dropna("month", how="all")
    month = over_time.month.values
    if month.size == 0:
        raise ResultError(f"{result.path}: '{outcome}' has no value in any month of any pair; nothing to draw")
    values = {p: over_time.sel(quantile=p).values.astype(float) for p in probabilities}
    d = difference_that_matters(result, outcome) if matters is None else matters
    attributes = result.quantity(outcome).attrs
    left_out = all_months.size - month.size
    figure, (axes,) = frame(
        f"{label} minus A: {outcome}",
        f"{quantity_label(attributes, outcome)}. A: {first}. {label}: {second}.",
        source(
            _results(result, other),
            f"{result.replicates} paired runs",
            "Bands: where so many of the paired runs lie, month by month."
            + (f" {left_out} months without a value are left out." if left_out else "")
            + (f" Hatched: within ±{d:g}, too small to matter." if d else "")
            + f" {CHANCE}",
        ),
    )
    calendar(axes, all_months)
    axes.set_ylim(*limits([*values.values(), [-d, d, 0]]))
    places = [(0.0, "too small to matter" if d else "no difference", "#555555")]
    if d > 0:
        axes.axhspan(-d, d, facecolor="none", edgecolor=LIGHT, hatch="////", linewidth=0)
    for low, high, words, alpha in BANDS:
        axes.fill_between(month, values[low], values[high], color=BLUE, alpha=alpha, linewidth=0)
        places.append((last_present(values[high]), words, TEXT))
    axes.plot(month, values[0.5], color=BLUE, linewidth=2, marker="o" if left_out else None, markersize=4)
    places.append((last_present(values[0.5]), "median", BLUE))
    axes.axhline(0, color=TEXT, linewidth=1)
    _mark_interventions(axes, result, other, label)
    label_at_right(axes, places)
    axes.set_ylabel(f"{label} minus A", size=9)
    return figure


def _mark_interventions(axes: Any, result: Result, other: Result | None, label: str) -> None:
    """A line where an intervention of either scenario begins or ends within the run."""
    tables = result.scenarios()
    compared = {
        "A": next(iter(tables.values())),
        label: tables[label] if other is None else next(iter(other.scenarios().values())),
    }
    start, end = axes.get_xlim()
    marks: dict[str, list[str]] = {}
    for name, scenario in compared.items():
        for change in scenario.get("interventions", []):
            marks.setdefault(str(change["from"]), []).append(f"{name}: {change['set']} = {change['value']}")
            marks.setdefault(str(change.get("until", "")), []).append(f"{name}: end of {change['set']}")
    for date, texts in sorted(marks.items()):
        if not date:
            continue
        at = axes.convert_xunits(np.datetime64(f"{date}-01"))
        if start < at < end:
            axes.axvline(at, color=GREY, linewidth=0.9, linestyle=":")
            axes.text(at, 0.99, " " + "\n ".join(texts), transform=axes.get_xaxis_transform(), size=7, color="#555555", va="top")


def dotplot(
    result: Result, outcome: str, *, other: Result | None = None, scenario: str | None = None, matters: float | None = None
) -> Figure:
    """50 dots, each standing for one in 50 of the paired runs: quantiles of the difference at the horizon (Kay et al. 2016)."""
    label, first, second = _contrast(result, other, scenario)
    differences = _pick(paired_differences(result, other), result, outcome, label).values.astype(float)
    present = np.sort(differences[~np.isnan(differences)])
    if present.size == 0:
        raise ResultError(f"{result.path}: '{outcome}' has no value in any pair; nothing to draw")
    d = difference_that_matters(result, outcome) if matters is None else matters
    dots = np.array([quantile(present, (i + 0.5) / _DOTS) for i in range(_DOTS)])
    attributes = result.quantity(outcome).attrs
    left_out = differences.size - present.size
    figure, (axes,) = frame(
        f"{label} minus A at the end: {outcome}",
        f"{quantity_label(attributes, outcome)}. A: {first}. {label}: {second}.",
        source(
            _results(result, other),
            f"{present.size} paired runs" + (f", {left_out} left out (no value)" if left_out else ""),
            f"Each dot is one in {_DOTS} of them (quantiles of the difference). {CHANCE}",
        ),
        right=0.3,
        size=(7.5, 4.5),
    )
    axes.grid(visible=False)
    width = _column_width(dots, d)
    columns = _columns(dots, d, width)
    kinds = np.where(dots > d, 1, np.where(dots < -d, -1, 0))
    stack = _stacked(columns)
    low, high = min(columns.min(), -d, 0) - 1.5 * width, max(columns.max(), d, 0) + 1.5 * width
    box = axes.get_window_extent()
    points = box.width / figure.dpi * 72, box.height / figure.dpi * 72
    diameter = min(points[0] * width / (high - low), points[1] * 0.86 / (stack.max() + 1), 16.0)
    axes.set_xlim(low, high)
    axes.set_ylim(0, points[1] / diameter)
    for kind, marker, face, edge in ((-1, "s", VERMILLION, VERMILLION), (0, "o", "white", GREY), (1, "o", BLUE, BLUE)):
        those = kinds == kind
        side = 0.78 if marker == "s" else 0.88
        axes.scatter(
            columns[those],
            stack[those] + 0.5,
            s=(side * diameter) ** 2,
            marker=marker,
            facecolor=face,
            edgecolor=edge,
            linewidth=1,
        )
    axes.axvline(0, color=TEXT, linewidth=1, zorder=0)
    if d > 0:
        axes.axvspan(-d, d, facecolor="none", edgecolor=LIGHT, hatch="////", linewidth=0, zorder=0)
    for x, align, kind, words, colour in (
        (0.0, "left", -1, f"■ {label} lower" + (f" by more than {d:g}" if d else ""), "#A84A00"),
        (0.5, "center", 0, "○ too small to matter" if d else "○ the same", "#555555"),
        (1.0, "right", 1, f"● {label} higher" + (f" by more than {d:g}" if d else ""), BLUE),
    ):
        axes.text(
            x,
            1.0,
            f"{int((kinds == kind).sum())} of {_DOTS}\n{words}",
            transform=axes.transAxes,
            ha=align,
            va="bottom",
            size=9,
            color=colour,
        )
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(f"{label} minus A", size=9)
    return figure


def _column_width(dots: Any, d: float) -> float:
    """About 20 columns over the dots; where possible the ends of -d..d fall between columns."""
    wanted = float(np.ptp(dots)) / 20 or (abs(float(dots[0])) / 20 or 1.0)
    if d <= 0 or 2 * d < wanted / 2:
        return wanted
    return d / (max(0, round(d / wanted - 0.5)) + 0.5)


def _columns(dots: Any, d: float, width: float) -> Any:
    """Centre of each dot's column: with a d multiples of the width around 0, without one nothing but 0 stands at 0."""
    shift = 0.5 if d > 0 and width <= 2 * d * (1 + 1e-9) else 0.0
    return np.sign(dots) * np.maximum(0, np.ceil(np.abs(dots) / width - shift - 1e-9)) * width


def _stacked(columns: Any) -> Any:
    """How many dots lie below each in its column; the dots ascend."""
    seen: dict[float, int] = {}
    heights = []
    for column in np.round(columns, 12):
        heights.append(seen.get(column, 0))
        seen[column] = heights[-1] + 1
    return np.array(heights)
