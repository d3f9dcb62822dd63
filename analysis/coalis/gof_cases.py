"""What goodness of fit is judged by: a network of ties and attendance, simulated or observed, and statistics of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray

from .arguments import names as names_of, wrong_type
from .errors import AskError, ResultError, did_you_mean
from .files import Result
from .observed import Matrix, attended_of, came_of, regions_of, ties_of

Figures = dict[str, float]


@dataclass(frozen=True, eq=False, repr=False)
class Case:
    """One replicate, or what was observed. Rows and columns are the same organisations in the same order; what is not known is
    None, and statistics of it are not to be had.

    ties: organisation by organisation, 1 or True where the row has a tie to the column, else 0 or False.
    attended: number of events by organisation, whole, 0 or more.
    came: gathering by organisation, 1 or True where it came, else 0 or False; gatherings are in their order.
    region: name of the region by organisation.

    All else is an AskError: files for RSiena have 10 where one was no member, which coalis.read_waves knows.
    """

    ties: Matrix | None = None
    attended: Matrix | None = None
    came: Matrix | None = None
    region: Matrix | None = None

    def __post_init__(self) -> None:
        looked_at = {"ties": ties_of, "attended": attended_of, "came": came_of, "region": regions_of}
        for name, look in looked_at.items():
            if (value := getattr(self, name)) is not None:
                object.__setattr__(self, name, look(value))
        sizes = {name: getattr(self, name).shape[-1] for name in self.known}
        if len(set(sizes.values())) > 1:
            said = ", ".join(f"{name} of {size}" for name, size in sizes.items())
            raise AskError(f"{said}: give all of the same organisations, in the same order")

    @property
    def known(self) -> tuple[str, ...]:
        """What is known of it."""
        return tuple(name for name in ("ties", "attended", "came", "region") if getattr(self, name) is not None)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Case):
            return NotImplemented
        return self.known == other.known and all(np.array_equal(getattr(self, name), getattr(other, name)) for name in self.known)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        count = getattr(self, self.known[0]).shape[-1] if self.known else 0
        return f"<Case of {count} organisations: {', '.join(self.known) or 'nothing known'}>"


def cases(data: Result | xarray.Dataset, *, kinds: str | Sequence[str] | None = None, wave: int | None = None) -> list[Case]:
    """A case a replicate: of a run as it ended (`record="standard"`; `runs` need "all"), of members, or of one of the `waves`.

    kinds: of the events that `attended` counts, of a run; all without. wave: of waves, from 1. Gatherings are the months in which anyone
    came to an event.
    """
    if isinstance(data, Result):
        if wave is not None:
            raise AskError(f"wave={wave}: a run has no waves; leave it out, or give those of run.waves([...])")
        return _cases_of_run(data, None if kinds is None else names_of("kinds", kinds))
    if not isinstance(data, xarray.Dataset) or "wave" not in data.dims:
        raise wrong_type("data", data, "a run, or waves of one (run.waves([...]))")
    if kinds is not None:
        raise AskError(f"kinds={kinds!r}: waves count months with an event of any kind; leave it out")
    if wave is None or wave not in data.wave.values:
        raise ResultError(f"wave={wave}: say which one of {', '.join(map(str, data.wave.values))}, as in wave=2")
    at = data.sel(wave=wave)
    if "replicate" not in at.dims:
        at = at.expand_dims("replicate")
    found = []
    for k in range(at.sizes["replicate"]):
        one = at.isel(replicate=k)
        member = _members(one.member.values.astype(bool), f"wave {wave}", at.replicate.values[k] if "replicate" in at.coords else k)
        found.append(
            Case(
                ties=one.tie.values[np.ix_(member, member)],
                attended=one.attendance.values[member],
                region=one.region.values[member],
            )
        )
    return found


def _cases_of_run(result: Result, kinds: Sequence[str] | None) -> list[Case]:
    if result.kind != "run" or not {"ties", "final", "attendance"} <= set(result):
        raise ResultError(f"{result.path}: needs ties, final states and attendance: a run with record='standard' or more")
    status, ties = result["final"].status.values, result["ties"]
    names = result["names"].region.values
    attended = result["attendance"].attended
    unknown = [kind for kind in kinds or () if kind not in attended.kind.values]
    if unknown:
        known = ", ".join(map(str, attended.kind.values))
        raise ResultError(f"{result.path}: there is no kind '{unknown[0]}'; {did_you_mean(unknown[0], attended.kind.values)}there are {known}")
    counts = (attended if kinds is None else attended.sel(kind=list(kinds))).sum("kind").values
    months = result["organisation_trajectories"].attended.values if "organisation_trajectories" in result else None
    found = []
    for k, (start, count) in enumerate(zip(ties.edge_start.values, ties.edge_count.values)):
        member = _members((status[k] == 1) | (status[k] == 2), str(result.path), k)
        matrix = np.zeros((member.size, member.size), dtype=bool)
        matrix[ties.owner.values[start : start + count], ties.partner.values[start : start + count]] = True
        came = None if months is None else months[k][:, member][months[k].any(axis=1)]
        region = names[result["final"].region.values[k][member]]
        found.append(Case(matrix[np.ix_(member, member)], counts[k][member], came, region))
    return found


def _members(member: Matrix, where: str, replicate: Any) -> Matrix:
    if not member.any():
        raise ResultError(f"{where}: replicate {replicate} has no member left, of which nothing could be said; leave it out")
    return member


class Unknown(ResultError):
    """A statistic needs what is not known of a case."""

    def __init__(self, part: str) -> None:
        super().__init__(f"a case without `{part}` has no such statistic")
        self.part = part


def indegrees(case: Case) -> Figures:
    """Shares of organisations with at most so many ties to them."""
    return _degrees(_ties(case).sum(axis=0))


def outdegrees(case: Case) -> Figures:
    """Shares of organisations with at most so many ties of their own."""
    return _degrees(_ties(case).sum(axis=1))


def triads(case: Case) -> Figures:
    """Numbers of triads of the sixteen kinds (Davis and Leinhardt)."""
    import networkx

    ties = _ties(case)
    graph = networkx.DiGraph()
    graph.add_nodes_from(range(len(ties)))
    graph.add_edges_from(np.argwhere(ties).tolist())
    return {name: float(count) for name, count in networkx.triadic_census(graph).items()}


def geodesics(case: Case) -> Figures:
    """Shares of ordered pairs with a path of at most 1 to 5 ties, and of any length."""
    from scipy.sparse import csgraph, csr_matrix

    ties = _ties(case)
    distance = csgraph.shortest_path(csr_matrix(ties), unweighted=True)
    pairs = distance[~np.eye(len(ties), dtype=bool)]
    return {str(most): float(np.mean(pairs <= most)) if pairs.size else np.nan for most in (1, 2, 3, 4, 5)} | {
        "any": float(np.mean(np.isfinite(pairs))) if pairs.size else np.nan
    }


def attendance(case: Case) -> Figures:
    """Shares of organisations that attended 0, 1, 2, 3, and 4 or more events."""
    counts = _part(case, "attended")
    return {str(k): float(np.mean(counts == k)) for k in range(4)} | {"4+": float(np.mean(counts >= 4))}


def runs(case: Case) -> Figures:
    """Runs of 1, 2, 3, and 4 or more gatherings attended one after the other, per organisation."""
    came = _part(case, "came")
    edge = np.zeros((1, came.shape[1]), dtype=np.int8)
    steps = np.diff(np.concatenate([edge, came.astype(np.int8), edge]), axis=0).T
    lengths = np.nonzero(steps == -1)[1] - np.nonzero(steps == 1)[1]
    each = max(1, came.shape[1])
    return {str(k): np.count_nonzero(lengths == k) / each for k in (1, 2, 3)} | {"4+": np.count_nonzero(lengths >= 4) / each}


def attendance_by_region(case: Case) -> Figures:
    """Events attended per organisation of each region; 0 in one without organisations."""
    counts, region = _part(case, "attended"), _part(case, "region")
    return {str(name): float(np.mean(counts[region == name])) for name in sorted(set(region.tolist()))}


def _ties(case: Case) -> Matrix:
    ties = _part(case, "ties")
    apart: Matrix = ties & ~np.eye(len(ties), dtype=bool)
    return apart


def _degrees(degrees: Matrix) -> Figures:
    return {str(most): float(np.mean(degrees <= most)) for most in range(9)}


def _part(case: Case, name: str) -> Matrix:
    value = getattr(case, name)
    if value is None:
        raise Unknown(name)
    return np.asarray(value)


STATISTICS: dict[str, Callable[[Case], Figures]] = {
    one.__name__: one for one in (indegrees, outdegrees, triads, geodesics, attendance, runs, attendance_by_region)
}
