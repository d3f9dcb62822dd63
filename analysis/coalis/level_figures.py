"""Figures of run results: levels month by month, and the simulated survey's answers beside the evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from .evidence import Item, survey_shares, wilson
from .files import Result, ResultError
from .style import CHANCE, INK, LOOKS, calendar, frame, label_at_right, last_present, limits, quantity_label, source, wrapped


def levels(
    results: Sequence[Result],
    outcome: str,
    *,
    evidence: Mapping[str, tuple[int, int]] | None = None,
    single_runs: int = 12,
    names: Sequence[str] | None = None,
) -> Figure:
    """An outcome month by month, a panel a run result, on equal axes: median, where 80 % of the runs lie, a dozen single runs.

    evidence: what was observed, as {"2008-12": (count, n)}: a dot with its 95 % interval. names: as of `attendance`.
    """
    for result in results:
        if result.kind != "run":
            raise ResultError(f"{result.path}: is a {result.kind}, which holds no levels by month; give results of `coalis run`")
        result.quantity(outcome, "trajectories")
    runs = ", ".join(dict.fromkeys(str(result.replicates) for result in results))
    attributes = results[0].quantity(outcome, "trajectories").attrs
    figure, panels = frame(
        outcome,
        quantity_label(attributes, outcome) + ".",
        source(
            results,
            f"{runs} runs each",
            f"Band: where 8 in 10 runs lie, month by month; thin lines: the first {single_runs} runs. {CHANCE}"
            + (" Dot: evidence with its 95 % interval (Wilson)." if evidence else ""),
        ),
        panels=len(results),
        size=(max(7.5, 3.2 * len(results)), 4.4),
        right=1.35,
        above=0.2,
    )
    every = [result.quantity(outcome, "trajectories") for result in results]
    bounds: list[Any] = [values.quantile([0.1, 0.9], "replicate").values for values in every]
    bounds += [values.isel(replicate=slice(single_runs)).values for values in every]
    bounds += [wilson(count, n) for count, n in (evidence or {}).values()]
    for number, (axes, result, values) in enumerate(zip(panels, results, every)):
        look = LOOKS[number % len(LOOKS)]
        month = values.month.values
        low, middle, high = values.astype(float).quantile([0.1, 0.5, 0.9], "replicate").values
        axes.fill_between(month, low, high, color=look.line, alpha=0.2, linewidth=0)
        for one in values.isel(replicate=slice(single_runs)).values:
            axes.plot(month, one, color="#A0A0A0", linewidth=0.5)
        axes.plot(month, middle, color=look.line, linestyle=look.dash, linewidth=2)
        for date, (count, n) in (evidence or {}).items():
            below, above = wilson(count, n)
            axes.errorbar(
                [np.datetime64(f"{date}-01")],
                [count / n],
                [[count / n - below], [above - count / n]],
                fmt="D",
                color="black",
                markersize=5,
                capsize=3,
                linewidth=1,
            )
        axes.set_title(
            names[number] if names else f"{'ABCDEF'[number % 6]}  {wrapped(result.title, 34)}",
            size=9,
            loc="left",
            color=look.text,
        )
        calendar(axes, month)
        axes.set_ylim(*limits(bounds))
    label_at_right(panels[-1], [(last_present(middle), "median", look.text), (last_present(high), "8 in 10 runs", INK)])
    panels[0].set_ylabel(outcome, size=9)
    return figure


def attendance(
    results: Sequence[Result] | Result,
    evidence: Mapping[str, Item],
    item: str = "meetings_attended",
    *,
    names: Sequence[str] | None = None,
) -> Figure:
    """The simulated survey's answers to an item beside the evidence, a panel a run result, on equal axes.

    names: what to call the results, instead of their titles.
    """
    shown = [results] if isinstance(results, Result) else list(results)
    if item not in evidence:
        raise ResultError(f"the evidence has no item '{item}' with counts; it has {', '.join(evidence)}")
    observed = evidence[item]
    figure, panels = frame(
        item.replace("_", " ").capitalize(),
        f"Share of the answers to the item. Bars: simulated. Diamonds: evidence, {observed.n} answers ({observed.source}).",
        source(
            shown,
            f"{', '.join(dict.fromkeys(str(result.replicates) for result in shown))} runs each",
            f"Bars: mean of the runs, whiskers: where 8 in 10 runs lie. {CHANCE} Diamonds: 95 % interval (Wilson).",
        ),
        panels=len(shown),
        size=(max(6.0, 2.9 * len(shown)), 4.4),
        right=0.3,
        above=0.2,
    )
    for number, (axes, result) in enumerate(zip(panels, shown)):
        shares = survey_shares(result, item)
        low, high = shares.quantile([0.1, 0.9], "replicate").values
        middle = shares.mean("replicate").values
        x = np.arange(shares.sizes["category"], dtype=float)
        axes.bar(x, middle, width=0.72, color=LOOKS[0].line, alpha=0.45, edgecolor=LOOKS[0].line)
        axes.errorbar(
            x - 0.16, middle, [middle - low, high - middle], fmt="none", ecolor=LOOKS[0].text, elinewidth=1.5, capsize=2
        )
        for at, share in enumerate(observed.shares()[: x.size]):
            if share is not None:
                axes.errorbar(
                    [at + 0.16],
                    [share[0]],
                    [[share[0] - share[1]], [share[2] - share[0]]],
                    fmt="D",
                    color="black",
                    markersize=5,
                    capsize=3,
                    elinewidth=1,
                )
        labels = [str(category) for category in shares.category.values]
        more = len(labels) > 1
        axes.set_xticks(x, [*labels[:-1], f"{labels[-1]}+"] if more and item.endswith("_attended") else labels)
        axes.set_title(wrapped(names[number] if names else result.title, 30), size=9, loc="left", color=INK)
    panels[0].set_ylabel("share of the answers", size=9)
    panels[0].set_ylim(bottom=0)
    return figure
