"""Figures of what an outcome hangs on, and of what was learnt of parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure

from .errors import AskError
from .style import INK, LOOKS, QUIET, frame, numbers_in_100, room_at_left

if TYPE_CHECKING:
    from .learning import Calibration, PosteriorCheck, Sensitivity

_MOST = 12  # bars


def importance(found: Sensitivity, outcome: str | None, scenario: str | None) -> Figure:
    """Dots with 95 % intervals, largest first."""
    table = found.to_dataframe()
    outputs = list(dict.fromkeys((o, s) for o, s, _ in table.index))
    chosen = [(o, s) for o, s in outputs if outcome in (None, o) and scenario in (None, s)]
    if not chosen:
        raise AskError(f"outcome={outcome!r}, scenario={scenario!r}: there are {', '.join(f'{o} of {s}' for o, s in outputs)}")
    measure = "sobol.total" if "sobol.total" in table else "morris.mu_star"
    rows = table.loc[chosen[0]].dropna(subset=[measure]).sort_values(measure, ascending=False)[:_MOST][::-1]
    name = "share of the variance in 100, total order" if measure == "sobol.total" else "mu*, mean size of the effect of a move"
    figure, (axes,) = frame(
        f"What {chosen[0][0]} of {chosen[0][1]} hangs on",
        f"{name}; the {len(rows)} largest.",
        f"{found.answer['points']} points. Whiskers: 95 % intervals. Source: coalis.sensitivity.",
        right=0.3,
    )
    at = np.arange(len(rows))
    axes.hlines(at, rows[f"{measure}_low"], rows[f"{measure}_high"], color=LOOKS[0].line)
    axes.plot(rows[measure], at, LOOKS[0].mark, color=LOOKS[0].line)
    numbers_in_100(axes.xaxis, {"units": "1" if measure == "sobol.total" else ""})
    axes.set_yticks(at, rows.index, size=7.5)
    axes.grid(axis="x")
    room_at_left(axes, [str(name) for name in rows.index])
    return figure


def learnt(found: Calibration) -> Figure:
    """The 90 % interval of the posterior within that of the prior, a line a parameter."""
    table = found.parameters()[::-1]
    low, width = table.prior_5, table.prior_95 - table.prior_5
    figure, (axes,) = frame(
        "What was learnt of each parameter",
        "Median and 90 % interval of the posterior, from the lower (0) to the upper end (1) of the 90 % interval of the prior.",
        f"{found.answer['draws']} draws, {found.answer['runs']} runs. Source: coalis.calibrate.",
        size=(7.5, max(4.6, 0.19 * len(table) + 2)),
        right=0.3,
    )
    at = np.arange(len(table))
    axes.hlines(at, (table.posterior_5 - low) / width, (table.posterior_95 - low) / width, color=LOOKS[0].line)
    axes.plot((table.posterior_50 - low) / width, at, LOOKS[0].mark, color=LOOKS[0].line, markersize=4)
    for end in (0, 1):
        axes.axvline(end, color=QUIET, linewidth=1, linestyle=(0, (1.5, 2)))
    axes.set_yticks(at, table.index, size=7.5, color=INK)
    room_at_left(axes, [str(name) for name in table.index])
    return figure


def fitted(found: PosteriorCheck, use: str) -> Figure:
    """What PosteriorCheck.plot draws."""
    items = [item for item in found.answer["items"] if item["use"] == use]
    if not items:
        raise AskError(f"use={use!r}: there are {', '.join(dict.fromkeys(item['use'] for item in found.answer['items']))}")
    rows = [(f"{item['id']}: {one['name']}", one) for item in items for one in item["categories"]][::-1]
    figure, (axes,) = frame(
        "Does it fit?",
        "Shares in the evidence (squares) on the median and 90 % interval of simulated surveys of the posterior.",
        "Source: coalis.check_posterior.",
        size=(7.5, max(4.6, 0.19 * len(rows) + 2)),
        right=0.3,
    )
    at = np.arange(len(rows))
    after = [one["posterior"] for _, one in rows]
    axes.hlines(at, [one["q05"] for one in after], [one["q95"] for one in after], color=LOOKS[0].line)
    axes.plot([one["q50"] for one in after], at, LOOKS[0].mark, color=LOOKS[0].line, markersize=4)
    seen = [np.nan if one["observed"] is None else one["observed"] for _, one in rows]
    axes.plot(seen, at, LOOKS[1].mark, color=LOOKS[1].line, markersize=4)
    axes.set_xlim(0, 1)
    axes.set_yticks(at, [name for name, _ in rows], size=7, color=INK)
    room_at_left(axes, [name for name, _ in rows])
    return figure
