"""Figures of who came, and of who was forecast to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure

from .style import INK, LOOKS, frame, label_at_right

if TYPE_CHECKING:
    from .forecasting import AttendanceCounts, Forecast


def in_all(found: Forecast) -> Figure:
    """What Forecast.plot draws."""
    from .forecasting import FORECASTERS

    table, answer = found.to_dataframe("meetings"), found.answer
    figure, (axes,) = frame(
        "Who comes next",
        "Members that came to the meetings held out, and 80 % intervals of what was forecast.",
        f"{answer['replicates']:,} simulated coalitions, the nearest {answer['nearest']:,} count; seed {answer['seed']}, model version "
        f"{answer['model_version']}. Source: coalis.forecast.",
    )
    at = np.arange(len(table), dtype=float)
    for k, (key, name) in enumerate(FORECASTERS.items()):
        look, places = LOOKS[k], at + 0.18 * (k - 1)
        axes.vlines(places, table[f"{key}.low"], table[f"{key}.high"], color=look.line, linewidth=1.8)
        axes.plot(places, table[f"{key}.mean"], look.mark, color=look.line)
    axes.hlines(table.came, at - 0.32, at + 0.32, color=INK, linewidth=2.2)
    axes.set_xticks(at, table.meeting)
    axes.set_ylim(0, max(1.0, 1.05 * float(table.of.max())))
    last = table.iloc[-1]
    labels = [(float(last[f"{key}.mean"]), name, LOOKS[k].text) for k, (key, name) in enumerate(FORECASTERS.items())]
    label_at_right(axes, [*labels, (float(last.came), "came", INK)])
    return figure


def turnout(found: AttendanceCounts) -> Figure:
    """What AttendanceCounts.plot draws."""
    table = found.to_dataframe()
    table = table[table.item == "attendance_by_meeting"]
    figure, (axes,) = frame(
        "Who came",
        "Share of the members on the list that came, meeting by meeting.",
        f"{found.sentences()}. Source: coalis.count_attendance.",
        right=0.3,
    )
    axes.plot(np.arange(len(table)), (table["count"] / table.of).values, LOOKS[0].mark, color=LOOKS[0].line)
    axes.set_xticks(np.arange(len(table)), table.category, rotation=45 if len(table) > 8 else 0, size=7.5)
    axes.set_ylim(0, 1)
    return figure
