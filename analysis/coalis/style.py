"""What every figure has in common: colours, frame, title, subtitle, note, labels beside what they name, files of equal bytes.

As in the program's own charts, A is blue and solid, B vermillion and dashed; nothing is told by colour alone, and a figure can be
read in grey.
"""

from __future__ import annotations

import math
import os
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib
import matplotlib.dates
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from .arguments import wrong_type
from .files import Result

INK, QUIET, FRAME, GRID = "#1a1a1a", "#555555", "#767676", "#e2e2e2"


@dataclass(frozen=True)
class Look:
    """How one of several things is drawn: colour of lines and marks, of text, dashes, mark."""

    line: str
    text: str
    dash: str | tuple[int, tuple[float, ...]]  # matplotlib's name, or dashes in points
    mark: str


# Those of the program's charts (include/coalis/report/charts/chart_colours.hpp), A first; at most as many things are drawn in one panel.
LOOKS = (
    Look("#0072B2", "#005a8e", "-", "o"),
    Look("#D55E00", "#9c4300", (0, (5, 3)), "s"),
    Look("#00805c", "#00664a", (0, (1.5, 2)), "^"),
    Look("#9b4f83", "#7d3a68", (0, (6, 2, 1.5, 2)), "D"),
    Look("#4d4d4d", "#3d3d3d", (0, (8, 3)), "X"),
    Look("#6b5b00", "#564900", (0, (1, 2, 4, 2)), "P"),
)

# Bands of single runs: ends, words, grey.
BANDS = (
    (0.025, 0.975, "19 in 20 runs", "#e3e6ea"),
    (0.1, 0.9, "8 in 10 runs", "#c3c9d1"),
    (0.25, 0.75, "half the runs", "#939dab"),
)
CHANCE = "Chance alone: one set of parameters, one structure."
_MARGINS = {"left": 0.85, "right": 1.55, "top": 0.85, "bottom": 0.9}  # inches; labels stand in the right one


def frame(
    title: str,
    subtitle: str,
    note: str,
    *,
    panels: int = 1,
    size: tuple[float, float] = (7.5, 4.6),
    right: float = _MARGINS["right"],
    above: float = 0.0,
) -> tuple[Figure, list[Any]]:
    """A figure with its texts, and its panels on equal axes; `right` and `above` are room beside the panels (inches)."""
    width, height = size
    figure = Figure(figsize=size)
    FigureCanvasAgg(figure)
    characters = int(width * 15.5)
    below = textwrap.wrap(note, characters)
    bottom = _MARGINS["bottom"] + 0.15 * max(0, len(below) - 2)
    headings = textwrap.wrap(subtitle, int(width * 13))
    top = _MARGINS["top"] + 0.17 * (len(headings) - 1) + above
    axes = figure.subplots(
        1,
        panels,
        sharex=True,
        sharey=True,
        squeeze=False,
        gridspec_kw={
            "left": _MARGINS["left"] / width,
            "right": 1 - right / width,
            "top": 1 - top / height,
            "bottom": bottom / height,
            "wspace": 0.08,
        },
    )
    figure.text(0.15 / width, 1 - 0.12 / height, title, size=12, weight="bold", va="top", color=INK)
    figure.text(0.15 / width, 1 - 0.42 / height, "\n".join(headings), size=9.5, va="top", color=INK, linespacing=1.25)
    figure.text(0.15 / width, 0.08 / height, "\n".join(below), size=7.5, va="bottom", color=QUIET, linespacing=1.3)
    for panel in axes[0]:
        panel.spines[["top", "right"]].set_visible(False)
        panel.tick_params(labelsize=8.5)
        panel.set_axisbelow(True)
        panel.grid(axis="y", color=GRID, linewidth=0.7)
    return figure, list(axes[0])


def source(results: Sequence[Result], runs: str, interval: str) -> str:
    """The line below a figure: what it was made of, and what its intervals are."""
    first = results[0]
    return (
        f"{runs}, seed {first.seed}, model version {first.model_version}. {interval} "
        f"Source: {', '.join(dict.fromkeys(result.path.name for result in results))}, {first.attributes['source']}."
    )


def in_100(attributes: dict[str, Any]) -> bool:
    """Whether a quantity is a share or an index, which figures and pages say in 100."""
    return str(attributes.get("units", "")) == "1"


def said(attributes: dict[str, Any], value: float, sign: str = "") -> str:
    """A number as figures say it: "5 in 100" of a share of 0.05, "0.5" of what is no share. sign: "+" for a difference."""
    text = f"{100 * value if in_100(attributes) else value:{sign}.3g}".replace("-", "−")
    return f"{text} in 100" if in_100(attributes) else text


def numbers_in_100(axis: Any, attributes: dict[str, Any]) -> None:
    """Prints the numbers of an axis in 100 if its quantity is a share; its data stay shares."""
    if in_100(attributes):
        axis.set_major_formatter(lambda value, _: f"{100 * value:.6g}".replace("-", "−"))


def quantity_label(attributes: dict[str, Any], name: str) -> str:
    unit = str(attributes.get("units", ""))
    return (
        f"{attributes.get('long_name', name)} ({'in 100' if in_100(attributes) else unit})"
        if unit
        else str(attributes.get("long_name", name))
    )


def calendar(axes: Any, months: Any) -> None:
    """An axis of months, with its years and, where there is room, quarters."""
    axes.set_xlim(months[0], months[-1])
    years = len(months) / 12
    axes.xaxis.set_major_locator(
        matplotlib.dates.YearLocator(max(1, math.ceil(years / 8))) if years > 1.5 else matplotlib.dates.MonthLocator(interval=3)
    )
    axes.xaxis.set_major_formatter(matplotlib.dates.DateFormatter("%Y" if years > 1.5 else "%Y-%m"))
    if 1.5 < years < 12:
        axes.xaxis.set_minor_locator(matplotlib.dates.MonthLocator(bymonth=(4, 7, 10)))


def label_at_right(axes: Any, places: Sequence[tuple[float, str, str]]) -> None:
    """Labels (y, text, colour) right of a panel, each at its y or as near as the others leave room; a thin line joins them."""
    low, high = axes.get_ylim()
    height = axes.get_window_extent().height / axes.figure.dpi * 72
    gap = (high - low) * 10.5 / height
    ordered = sorted(places, key=lambda place: place[0])
    at = spread([place[0] for place in ordered], gap, low + gap / 2, high - gap / 2)
    for (y, text, colour), moved in zip(ordered, at):
        axes.annotate(
            text,
            xy=(1, y),
            xycoords=("axes fraction", "data"),
            xytext=(1.035, moved),
            textcoords=("axes fraction", "data"),
            size=8.5,
            color=colour,
            va="center",
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": FRAME, "linewidth": 0.5, "shrinkA": 1, "shrinkB": 0},
        )


def room_at_left(axes: Any, names: Sequence[str]) -> None:
    """Room for names beside the lines of a panel; of several lines the longest counts."""
    longest = max((len(line) for name in names for line in name.split("\n")), default=0)
    left, box = min(0.5, 0.03 + 0.0085 * longest), axes.get_position()
    axes.set_position((left, box.y0, box.x1 - left, box.height))


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Ascending places as near to the wanted (ascending) ones as a gap between each allows, within low..high if they fit."""
    at = list(wanted)
    for i in range(len(at)):
        at[i] = max(at[i], low + i * gap, at[i - 1] + gap if i else low)
    top = high
    for i in reversed(range(len(at))):
        at[i] = min(at[i], top)
        top = at[i] - gap
    return at


def last_present(values: Any) -> float:
    """The last value that is not missing."""
    present = values[~np.isnan(values)]
    return float(present[-1])


def wrapped(text: str, width: int) -> str:
    return "\n".join(textwrap.wrap(text, width))


def limits(values: Sequence[Any], *, room: float = 0.06) -> tuple[float, float]:
    """Ends of an axis that holds all values, with some room."""
    everything = np.concatenate([np.ravel(np.asarray(value, dtype=float)) for value in values])
    low, high = float(np.nanmin(everything)), float(np.nanmax(everything))
    more = (high - low) * room or 0.05 * max(1e-9, abs(high)) or 0.05
    return low - more, high + more


def save(figure: Figure, path: str | os.PathLike[str], dpi: int = 160) -> Path:
    """Writes a figure as .svg, .pdf or .png: text stays text, and equal figures give equal bytes."""
    if not isinstance(figure, Figure):
        raise wrong_type("figure", figure, "a figure of matplotlib")
    place = Path(path)
    metadata: dict[str, None] = {} if place.suffix == ".png" else {"Date" if place.suffix == ".svg" else "CreationDate": None}
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "coalis", "pdf.fonttype": 42}):
        figure.savefig(place, dpi=dpi, metadata=metadata)
    return place
