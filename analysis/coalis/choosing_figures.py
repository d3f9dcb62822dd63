"""The figure of what is best for some money."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure

from .style import INK, LOOKS, QUIET, frame, room_at_left, wrapped

if TYPE_CHECKING:
    from .choosing import Best


def gains(found: Best) -> Figure:
    """What Best.plot draws."""
    answer = found.answer
    shown = [(place, one) for place, one in enumerate(answer["options"]) if one["planned_cost"] <= answer["budget"] or place == 0]
    shown = sorted(shown, key=lambda placed: float(placed[1]["gain"]["mean"]))[-12:]
    as_good = set(found._step["not_told_apart"])
    figure, (axes,) = frame(
        f"What {answer['budget']:,.0f} USD a year buy",
        f"Gain in {answer['aim']} against as it is; filled: what new runs do not tell from the best.",
        f"{answer['scenario']}; {answer['replicates']:,} runs of each, seed {answer['seed']}, model version {answer['model_version']}. Whiskers: "
        "intervals that hold together at 95 %. Source: coalis.best.",
        size=(7.5, max(4.0, 0.36 * len(shown) + 2)),
        right=0.3,
    )
    for at, (place, one) in enumerate(shown):
        mean, half = one["gain"]["mean"], one["gain"]["half_width"] or 0
        axes.hlines(at, mean - half, mean + half, color=LOOKS[0].line)
        axes.plot(mean, at, LOOKS[0].mark, color=LOOKS[0].line, fillstyle="full" if place in as_good else "none")
    axes.axvline(0, color=QUIET, linewidth=1, linestyle=(0, (1.5, 2)))
    names = [wrapped(one["name"], 44) for _, one in shown]
    axes.set_yticks(np.arange(len(shown)), names, size=7, color=INK)
    room_at_left(axes, names)
    return figure
