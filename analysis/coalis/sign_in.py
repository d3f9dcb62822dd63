"""What sign-in sheets say: how alike a member's meetings are, and how long it stays one who comes."""

from __future__ import annotations

from typing import Any

import pandas

from .observed import came_of


def intraclass_correlation(came: Any) -> float:
    """Intraclass correlation of came or not, by member (one-way analysis of variance, Shrout and Fleiss 1979, ICC(1)).

    came: meeting by member, 1 or True where it came, else 0 or False, as `coalis.Case.came`. 0: members do not differ by more than chance; 1: each comes always
    or never. NaN with one meeting or member, or if all came or none.
    """
    sheet = came_of(came)
    meetings, members = sheet.shape
    if meetings < 2 or members < 2:
        return float("nan")
    shares = sheet.mean(axis=0)
    between = meetings * float(((shares - shares.mean()) ** 2).sum()) / (members - 1)
    within = meetings * float((shares * (1 - shares)).sum()) / (members * (meetings - 1))
    total = between + (meetings - 1) * within
    return (between - within) / total if total > 0 else float("nan")


def persistence(came: Any) -> pandas.DataFrame:
    """Share that came, of those that came `lag` meetings ago (`after_coming`) and of those that did not (`after_staying_away`).

    came: as for `intraclass_correlation`. A row a lag, all pairs of meetings that far apart together; NaN where there are none. Members that
    differ and stay as they are keep the distance between the two at every lag; where coming itself makes one come, it narrows with the lag.
    """
    sheet = came_of(came)
    rows = []
    for lag in range(1, sheet.shape[0]):
        before, now = sheet[:-lag], sheet[lag:]
        rows.append((lag, *(float(now[which].mean()) if which.any() else float("nan") for which in (before, ~before))))
    return pandas.DataFrame(rows, columns=["lag", "after_coming", "after_staying_away"]).set_index("lag")
