"""The figure of one organisation's life."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure

from .style import FRAME, LOOKS, calendar, frame, label_at_right, last_present, numbers_in_100

if TYPE_CHECKING:
    from .stories import Story

_LINES = ("commitment", "leadership", "progress")


def life(story: Story) -> Figure:
    """What Story.plot draws."""
    data = story.dataset
    month = data.month.values
    figure, (axes,) = frame(
        f"Organisation {story.organisation}",
        "Commitment, and leadership and progress as it sees them, at the end of each month; points of 100.",
        f"Replicate {story.replicate}, seed {story.seed}. Marks on the line of commitment: months in which it attended an event. "
        "Grey: months in which it was no enrolled member. Source: coalis.story.",
    )
    axes.set_ylim(-0.02, 1.02)
    for look, name in zip(LOOKS, _LINES):
        axes.plot(month, data[name].values, color=look.line, linestyle=look.dash, linewidth=1.8)
    came = data.attended.sum("kind").values > 0
    axes.plot(month[came], data.commitment.values[came], LOOKS[0].mark, color=LOOKS[0].line, markersize=5)
    axes.fill_between(month, 0, 1, where=data.status.values != "enrolled", color=FRAME, alpha=0.15, linewidth=0, step="mid")
    if month.size > 1:
        calendar(axes, month)
    numbers_in_100(axes.yaxis, {"units": "1"})
    ends = [(data[name].values, name, look) for look, name in zip(LOOKS, _LINES)]
    label_at_right(axes, [(last_present(values), name, look.text) for values, name, look in ends if np.isfinite(values).any()])
    return figure
