"""Figures of runs: levels month by month, and the simulated survey's answers beside the evidence; a panel a run or scenario."""

from __future__ import annotations

import math
import numbers
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import xarray
from matplotlib.figure import Figure

from .evidence import Item, survey_shares, wilson
from .arguments import month as month_of
from .errors import AskError, ResultError
from .files import Result, require_result
from .style import CHANCE, INK, LOOKS
from .style import calendar, frame, in_100, label_at_right, last_present, limits, numbers_in_100, quantity_label, source, wrapped

Panels = list[tuple[str, xarray.DataArray]]  # what it is called, its values


def _panels(results: Sequence[Result], values_of: Callable[[Result], xarray.DataArray], names: Sequence[str] | None) -> Panels:
    """A panel a run, and one a scenario of a comparison."""
    panels: Panels = []
    for result in results:
        values = values_of(result)
        if "scenario" in values.dims:
            titles = {str(label): str(result[f"scenarios/{label}"].attrs["title"]) for label in values.scenario.values}
            panels += [(title, values.sel(scenario=label)) for label, title in titles.items()]
        else:
            panels.append((result.title, values))
    if len(panels) > len(LOOKS):
        raise ResultError(f"{len(panels)} panels are more than one figure can hold; show at most {len(LOOKS)} at a time")
    if names is None:
        return [
            (f"{'ABCDEF'[number]}  {title}" if len(panels) > 1 else title, values)
            for number, (title, values) in enumerate(panels)
        ]
    if len(names) != len(panels):
        raise ValueError(f"{len(panels)} panels need as many names, not {len(names)}")
    return [(name, values) for name, (_, values) in zip(names, panels)]


def _as_list(results: Sequence[Result] | Result) -> list[Result]:
    several = [results] if isinstance(results, Result) or not isinstance(results, Sequence) else results
    return [require_result("results", one) for one in several]


def _runs(results: Sequence[Result]) -> str:
    return f"{', '.join(dict.fromkeys(str(result.replicates) for result in results))} runs each"


def _evidence_mark(axes: Any, at: Any, share: float, low: float, high: float) -> None:
    errors = [[share - low], [high - share]]
    axes.errorbar([at], [share], errors, fmt="D", color="black", markersize=5, capsize=3, linewidth=1, zorder=4)


def levels(
    results: Sequence[Result] | Result,
    outcome: str,
    *,
    evidence: Mapping[str, tuple[int, int]] | None = None,
    single_runs: int = 12,
    names: Sequence[str] | None = None,
) -> Figure:
    """An outcome month by month, on equal axes: median, where 80 % of the runs lie, a dozen single runs.

    evidence: what was observed, as {"2008-12": (count, n)}: a dot with its 95 % interval. names: as of `attendance`.
    """
    shown = _as_list(results)
    if not shown:
        raise AskError("results=[]: takes one or more of them")
    every = [
        (name, values.dropna("month", how="all"))
        for name, values in _panels(shown, lambda result: _levels(result, outcome), names)
    ]
    if not all(values.sizes["month"] for _, values in every):
        raise ResultError(f"{shown[0].path}: '{outcome}' has no value in any month of a panel; nothing to draw")
    every_month = _levels(shown[0], outcome).month.values
    figure, panels = frame(
        outcome,
        quantity_label(every[0][1].attrs, outcome) + ".",
        source(
            shown,
            _runs(shown),
            f"Band: where 8 in 10 runs lie, month by month; thin lines: the first {single_runs} runs. {CHANCE}"
            + (" Dot: evidence with its 95 % interval (Wilson)." if evidence else ""),
        ),
        panels=len(every),
        size=(max(7.5, 3.2 * len(every)), 4.4),
        right=1.35,
        above=0.2,
    )
    marks = {_observed_in(date): _counted(date, counted) for date, counted in (evidence or {}).items()}
    bounds: list[Any] = [values.quantile([0.1, 0.9], "replicate").values for _, values in every]
    bounds += [values.isel(replicate=slice(single_runs)).values for _, values in every]
    for axes, look, (name, values) in zip(panels, LOOKS, every):
        month = values.month.values
        low, middle, high = values.astype(float).quantile([0.1, 0.5, 0.9], "replicate").values
        axes.fill_between(month, low, high, color=look.line, alpha=0.2, linewidth=0)
        axes.plot(month, values.isel(replicate=slice(single_runs)).transpose("month", ...).values, color="#A0A0A0", linewidth=0.5)
        gaps = look.mark if month.size < every_month.size else None
        axes.plot(month, middle, color=look.line, linestyle=look.dash, linewidth=2, marker=gaps, markersize=4)
        for at, mark in marks.items():
            _evidence_mark(axes, at, *mark)
        axes.set_title(wrapped(name, 34), size=9, loc="left", color=look.text)
        calendar(axes, every_month)
        axes.set_ylim(*limits([*bounds, list(marks.values()) or [[np.nan]]]))
    label_at_right(panels[-1], [(last_present(middle), "median", look.text), (last_present(high), "8 in 10 runs", INK)])
    numbers_in_100(panels[0].yaxis, every[0][1].attrs)
    panels[0].set_ylabel(outcome + (", in 100" if in_100(every[0][1].attrs) else ""), size=9)
    return figure


def _observed_in(date: Any) -> np.datetime64:
    said = month_of("evidence", date)
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", said):
        raise AskError(f"evidence={{{date!r}: ...}}: is no month; write it as 2008-07 (January is 01)")
    return np.datetime64(f"{said}-01")


def _counted(date: Any, counted: Any) -> tuple[float, float, float]:
    """Share and its 95 % interval."""
    right = isinstance(counted, (tuple, list)) and len(counted) == 2 and all(isinstance(one, numbers.Real) for one in counted)
    if not right or not 0 <= counted[0] <= counted[1] or not 0 < counted[1] < math.inf:
        raise AskError(f"evidence={{{date!r}: {counted!r}}}: takes how many, and of how many, as (46, 115)")
    return (counted[0] / counted[1], *wilson(*counted))


def _levels(result: Result, outcome: str) -> xarray.DataArray:
    """By replicate (scenario) and month."""
    group = {"run": "trajectories", "comparison": "levels_over_time"}.get(result.kind, "trajectories")
    if group not in result:
        raise ResultError(f"{result.path}: holds no levels by month; give results of `coalis run --record trajectories` or more")
    return result.quantity(outcome, group)


def attendance(
    results: Sequence[Result] | Result,
    evidence: Mapping[str, Item],
    item: str = "meetings_attended",
    *,
    names: Sequence[str] | None = None,
) -> Figure:
    """The simulated survey's answers to an item beside the evidence, on equal axes.

    item: an id of the evidence, or the item of the survey that it measures. names: what to call the panels, instead of the titles
    of runs or scenarios.
    """
    shown = _as_list(results)
    observed = next((one for one in evidence.values() if item in (one.id, one.measures)), None)
    if observed is None:
        raise ResultError(f"the evidence has no item '{item}' with counts; it has {', '.join(evidence)}")
    asked = observed.measures
    every = _panels(shown, lambda result: survey_shares(result, asked), names)
    figure, panels = frame(
        item.replace("_", " ").capitalize(),
        f"Of the answers to the item, in 100. Bars: simulated. Diamonds: evidence, {observed.n} answers ({observed.source}).",
        source(
            shown,
            _runs(shown),
            f"Bars: mean of the runs, whiskers: where 8 in 10 runs lie. {CHANCE} Diamonds: 95 % interval (Wilson).",
        ),
        panels=len(every),
        size=(max(6.0, 2.9 * len(every)), 4.4),
        right=0.3,
        above=0.2,
    )
    look = LOOKS[0]
    for axes, (name, shares) in zip(panels, every):
        low, high = shares.quantile([0.1, 0.9], "replicate").values
        middle = shares.mean("replicate").values
        x = np.arange(shares.sizes["category"], dtype=float)
        axes.bar(x, middle, width=0.72, color=look.line, alpha=0.45, edgecolor=look.line)
        axes.errorbar(x - 0.16, middle, [middle - low, high - middle], fmt="none", ecolor=look.text, elinewidth=1.5, capsize=2)
        for at, share in zip(x, observed.shares()):
            if share is not None:
                _evidence_mark(axes, at + 0.16, *share)
        labels = [str(category) for category in shares.category.values]
        axes.set_xticks(x, [*labels[:-1], f"{labels[-1]}+"] if asked.endswith("_attended") else labels)
        axes.set_title(wrapped(name, 30), size=9, loc="left", color=INK)
    numbers_in_100(panels[0].yaxis, {"units": "1"})
    panels[0].set_ylabel("of the answers, in 100", size=9)
    panels[0].set_ylim(bottom=0)
    return figure
