"""Figures of a paired difference: the fan over time, and the dotplot at the end of the run."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray
from matplotlib.figure import Figure

from .arguments import from_0
from .errors import ResultError, did_you_mean
from .files import Result, require_result
from .paired import beyond, difference_that_matters, grain_of, paired_differences, quantile
from .style import BANDS, CHANCE, FRAME, INK, LOOKS, QUIET
from .style import calendar, frame, in_100, label_at_right, last_present, limits, numbers_in_100, quantity_label, said, source

_DOTS = 50


def _contrast(result: Result, other: Result | None, scenario: str | None, outcome: str) -> tuple[str, str]:
    """The label of the scenario that the reference is subtracted from, and a subtitle: what is measured, what both are called."""
    label, first, second = _titles(result, other, scenario)
    return label, f"{quantity_label(result.quantity(outcome).attrs, outcome)}. A: {first}. {label}: {second}."


def _titles(result: Result, other: Result | None, scenario: str | None) -> tuple[str, str, str]:
    require_result("result", result)
    if result.kind == "run" and other is not None:
        return "B", result.title, other.title
    if result.kind != "comparison":
        raise ResultError(f"{result.path}: a figure of a difference needs a comparison, or two runs of the same seed")
    labels = [str(label) for label in result["outcomes"].scenario.values]
    if scenario is None and len(labels) > 2:
        raise ResultError(f"{result.path}: compares {', '.join(labels)}; say which with scenario=, as in scenario='{labels[1]}'")
    chosen = scenario or labels[1]
    if chosen not in labels[1:]:
        raise ResultError(
            f"{result.path}: there is no scenario '{chosen}' to show; {did_you_mean(chosen, labels[1:])}there are {', '.join(labels[1:])}"
        )
    first, second = (str(result[f"scenarios/{label}"].attrs["title"]) for label in (labels[0], chosen))
    return chosen, first, second


def _matters_note(d: float, attributes: dict[str, Any]) -> str:
    return (f" Between the dotted lines (±{said(attributes, d)}): too small to matter." if d else "") + f" {CHANCE}"


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
    label, subtitle = _contrast(result, other, scenario, outcome)
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
    d = difference_that_matters(result, outcome) if matters is None else from_0("matters", matters)
    attributes = result.quantity(outcome).attrs
    left_out = all_months.size - month.size
    figure, (axes,) = frame(
        f"{label} minus A: {outcome}",
        subtitle,
        source(
            _results(result, other),
            f"{result.replicates} paired runs",
            "Bands: where so many of the paired runs lie, month by month."
            + (f" {left_out} months without a value are left out." if left_out else "")
            + _matters_note(d, attributes),
        ),
    )
    calendar(axes, all_months)
    axes.set_ylim(*limits([*values.values(), [-d, d, 0]], room=0.12))
    places = [(0.0, "no difference", QUIET)]
    below = last_present(values[0.5]) < 0
    for low, high, words, grey in BANDS:
        axes.fill_between(month, values[low], values[high], color=grey, linewidth=0)
        places.append((last_present(values[low if below else high]), words, INK))
    axes.plot(month, values[0.5], color=INK, linewidth=2, marker="o" if left_out else None, markersize=4)
    places.append((last_present(values[0.5]), f"median {said(attributes, last_present(values[0.5]), '+')}", INK))
    axes.axhline(0, color=INK, linewidth=1)
    for end in (-d, d) if d > 0 else ():
        axes.axhline(end, color=INK, linewidth=1, linestyle=(0, (1.5, 2)))
    for y, align, look, words in ((0.985, "top", LOOKS[1], f"▲ {label} higher"), (0.015, "bottom", LOOKS[0], "▼ A higher")):
        axes.text(0.01, y, words, transform=axes.transAxes, size=9, weight="bold", color=look.text, va=align)
    _mark_interventions(axes, result, other, label)
    label_at_right(axes, places)
    numbers_in_100(axes.yaxis, attributes)
    axes.set_ylabel(f"{label} minus A" + (", in 100" if in_100(attributes) else ""), size=9)
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
            axes.axvline(at, color=FRAME, linewidth=0.9, linestyle=(0, (4, 2)))
            axes.text(at, 0.9, " " + "\n ".join(texts), transform=axes.get_xaxis_transform(), size=7, color=QUIET, va="center")


def dotplot(
    result: Result, outcome: str, *, other: Result | None = None, scenario: str | None = None, matters: float | None = None
) -> Figure:
    """The difference at the end as 50 marks, each 1 in 50 of the paired runs (quantiles; Kay et al. 2016), and counts of runs.

    Below 50 runs each mark is one run.
    """
    label, subtitle = _contrast(result, other, scenario, outcome)
    differences = _pick(paired_differences(result, other), result, outcome, label).values.astype(float)
    present = np.sort(differences[~np.isnan(differences)])
    if present.size == 0:
        raise ResultError(f"{result.path}: '{outcome}' has no value in any pair; nothing to draw")
    d = difference_that_matters(result, outcome) if matters is None else from_0("matters", matters)
    attributes = result.quantity(outcome).attrs
    grain = _grain(result, other, outcome, label)
    few = present.size <= _DOTS
    dots = present if few else np.array([quantile(present, (i + 0.5) / _DOTS) for i in range(_DOTS)])
    left_out = differences.size - present.size
    figure, (axes,) = frame(
        f"{label} minus A at the end: {outcome}",
        subtitle,
        source(
            _results(result, other),
            f"{present.size} paired runs" + (f", {left_out} left out (no value)" if left_out else ""),
            ("Each mark is one run." if few else f"Each of the {_DOTS} marks stands for 1 in {_DOTS} of the runs.")
            + _matters_note(d, attributes),
        ),
        right=0.3,
        above=0.25,
        size=(7.5, 4.6),
    )
    axes.grid(visible=False)
    width = _column_width(dots, d)
    columns = _columns(dots, d, width, grain)
    kinds = beyond(dots, d, grain)
    stack = _stacked(columns)
    low, high = min(columns.min(), -d, 0) - 1.5 * width, max(columns.max(), d, 0) + 1.5 * width
    box = axes.get_window_extent()
    points = box.width / figure.dpi * 72, box.height / figure.dpi * 72
    diameter = min(points[0] * width / (high - low), points[1] * 0.86 / (stack.max() + 1), 16.0)
    axes.set_xlim(low, high)
    axes.set_ylim(0, points[1] / diameter)
    runs = beyond(present, d, grain)
    more = f" by more than {said(attributes, d)}" if d else ""
    for x, align, kind, mark, sign, colour, text, words in (
        (0.0, "left", -1, "o", "●", LOOKS[0].line, LOOKS[0].text, f"A higher{more}"),
        (0.5, "center", 0, "D", "◇", QUIET, QUIET, "too small to matter" if d else "the same"),
        (1.0, "right", 1, "s", "■", LOOKS[1].line, LOOKS[1].text, f"{label} higher{more}"),
    ):
        those = kinds == kind
        side = diameter * (0.58 if mark == "D" else 0.8)
        axes.scatter(columns[those], stack[those] + 0.5, side * side, "white" if mark == "D" else colour, mark, edgecolor=colour)
        count = f"{int((runs == kind).sum())} of {present.size} runs\n{sign} {words}"
        axes.text(x, 1.0, count, transform=axes.transAxes, ha=align, va="bottom", size=9, color=text)
    axes.axvline(0, color=INK, linewidth=1, zorder=0)
    for end in (-d, d) if d > 0 else ():
        axes.axvline(end, color=INK, linewidth=1, linestyle=(0, (1.5, 2)), zorder=0)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    numbers_in_100(axes.xaxis, attributes)
    axes.set_xlabel(f"{label} minus A" + (", in 100" if in_100(attributes) else ""), size=9)
    return figure


def _grain(result: Result, other: Result | None, outcome: str, label: str) -> float:
    """That of the levels whose difference is drawn."""
    levels = result["outcomes"][outcome]
    if result.kind == "comparison":
        levels = levels.sel(scenario=[levels.scenario.values[0], label])
    both = [levels] if other is None else [levels, other["outcomes"][outcome]]
    return max(grain_of(values.values.astype(float)) for values in both)


def _column_width(dots: Any, d: float) -> float:
    """About 20 columns over the dots; where possible the ends of -d..d fall between columns."""
    wanted = float(np.ptp(dots)) / 20 or (abs(float(dots[0])) / 20 or 1.0)
    if d <= 0 or 2 * d < wanted / 2:
        return wanted
    return d / (max(0, round(d / wanted - 0.5)) + 0.5)


def _columns(dots: Any, d: float, width: float, grain: float) -> Any:
    """Centre of each dot's column: with a d multiples of the width around 0, without one nothing but 0 stands at 0."""
    shift = 0.5 if d > 0 and width <= 2 * d * (1 + 1e-9) else 0.0
    return np.sign(dots) * np.maximum(0, np.ceil((np.abs(dots) - grain) / width - shift - 1e-9)) * width


def _stacked(columns: Any) -> Any:
    """How many dots lie below each in its column; the dots ascend."""
    seen: dict[float, int] = {}
    heights = []
    for column in np.round(columns, 12):
        heights.append(seen.get(column, 0))
        seen[column] = heights[-1] + 1
    return np.array(heights)
