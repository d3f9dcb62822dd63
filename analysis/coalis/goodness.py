"""Goodness of fit: auxiliary statistics of what was observed, beside those of replicates (as RSiena's sienaGOF)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas
from matplotlib.figure import Figure

from .arguments import names as names_of, wrong_type
from .errors import AskError, ResultError, did_you_mean
from .files import Result
from .gof_cases import STATISTICS, Case, Figures, Unknown, cases
from .observed import Matrix
from .style import FRAME, INK, LOOKS, frame

_USUAL = {"ties": ("indegrees", "outdegrees", "triads", "geodesics"), "attended": ("attendance",)}
_TOLERANCE = float(np.sqrt(np.finfo(float).eps))  # of the generalised inverse, relative to the largest eigenvalue


@dataclass(frozen=True, eq=False)
class Fit:
    """One statistic: figures of the replicates and of what was observed.

    p: how often one of the replicates and the observed, drawn at random, lies at least as far from the centre of all of them as
    the observed does. If the model holds it is uniform, whatever the statistic, and 1/(replicates + 1) at least.
    p_siena: the same with the centre and covariance of the replicates alone, as sienaGOF has it: somewhat too small with few
    replicates for many figures, and blind to a figure in which replicates do not vary.
    distance: the squared Mahalanobis distance of the latter.
    """

    name: str
    figures: tuple[str, ...]
    simulated: Matrix  # replicate by figure
    observed: Matrix  # figure
    distance: float
    p: float
    p_siena: float


class Gof(Mapping[str, Fit]):
    """Fits by the name of their statistic."""

    def __init__(self, fits: Mapping[str, Fit], source: str) -> None:
        self._fits = dict(fits)
        self.source = source

    def __getitem__(self, name: str) -> Fit:
        if name not in self._fits:
            raise ResultError(f"there is no statistic '{name}'; {did_you_mean(name, self._fits)}there are {', '.join(self._fits)}")
        return self._fits[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fits)

    def __len__(self) -> int:
        return len(self._fits)

    def __repr__(self) -> str:
        lines = [f"  {name:<22} p {fit.p:.3f}" for name, fit in self._fits.items()]
        return "\n".join([f"<goodness of fit over {len(next(iter(self.values())).simulated)} replicates", *lines]) + ">"

    def to_dataframe(self) -> pandas.DataFrame:
        """A row for each figure of each statistic: observed, mean, sd and quantiles of the replicates."""
        rows = []
        for name, fit in self._fits.items():
            low, middle, high = np.quantile(fit.simulated, [0.05, 0.5, 0.95], axis=0)
            for k, figure in enumerate(fit.figures):
                values = fit.simulated[:, k]
                spread = {"mean": values.mean(), "sd": values.std(ddof=1), "q05": low[k], "median": middle[k], "q95": high[k]}
                tests = {"distance": fit.distance, "p": fit.p, "p_siena": fit.p_siena}
                rows.append({"statistic": name, "figure": figure, "observed": fit.observed[k]} | spread | tests)
        return pandas.DataFrame(rows).set_index(["statistic", "figure"])

    def plot(self, statistic: str | None = None, *, scaled: bool | None = None) -> Figure:
        """Violins of the replicates of one statistic, the first unless said, the band of their middle 90 %, and the observed figures as a line with their values.

        scaled: every figure from its median, in ranges of its replicates; without it where they differ by more than 50 times.
        """
        return _violins(self[next(iter(self)) if statistic is None else statistic], self.source, scaled)


def gof(
    simulated: Result | Sequence[Case],
    observed: Case,
    statistics: str | Sequence[str] | Mapping[str, Callable[[Case], Figures | float]] | None = None,
) -> Gof:
    """How what was observed lies among the replicates.

    statistics: names (indegrees, outdegrees, triads, geodesics, attendance, runs, attendance_by_region), or functions of a case
    by name, which give figures by name, or one number; without them the first five, as far as the observed case has ties and
    attendance. Of waves: `gof(cases(waves, wave=2), ...)`. Throws ResultError.
    """
    if not isinstance(observed, Case):
        advice = "; name one of them" if isinstance(observed, (list, tuple)) else ""
        raise wrong_type("observed", observed, f"a case: coalis.Case(ties=..., attended=...), or one of coalis.cases(...){advice}")
    if isinstance(simulated, Result):
        replicates = cases(simulated)
    elif isinstance(simulated, (list, tuple)) and all(isinstance(one, Case) for one in simulated):
        replicates = list(simulated)
    else:
        raise wrong_type("simulated", simulated, "a run, or a list of cases (coalis.cases)")
    if not replicates:
        raise AskError("simulated=[]: takes one or more cases")
    _require_known_regions(replicates, observed)
    source = f"{len(replicates)} replicates" + (f" of {simulated.path.name}" if isinstance(simulated, Result) else "")
    functions = _functions(statistics, observed)
    return Gof({name: _fit(name, function, replicates, observed) for name, function in functions.items()}, source)


def _require_known_regions(replicates: Sequence[Case], observed: Case) -> None:
    """A region that no replicate has would count as one in which nobody is."""
    if observed.region is None:
        return
    known = sorted({name for one in replicates if one.region is not None for name in one.region.tolist()})
    unknown = [name for name in observed.region.tolist() if name not in known] if known else []
    if unknown:
        nearest = did_you_mean(unknown[0], known)
        raise AskError(f"region '{unknown[0]}' of the observed case is none of the replicates; {nearest}they have {', '.join(known)}")


def _functions(wanted: Any, observed: Case) -> dict[str, Callable[[Case], Figures | float]]:
    if isinstance(wanted, Mapping):
        for name, function in wanted.items():
            if not callable(function):
                raise wrong_type(f"statistics[{name!r}]", function, "a function of a case")
        if not wanted:
            raise AskError("statistics={}: takes one or more functions of a case by name; leave it out for the usual ones")
        return dict(wanted)
    named = [name for part in observed.known for name in _USUAL.get(part, ())] if wanted is None else names_of("statistics", wanted)
    unknown = [name for name in named if name not in STATISTICS]
    if unknown:
        raise ResultError(f"there is no statistic '{unknown[0]}'; {did_you_mean(unknown[0], STATISTICS)}there are {', '.join(STATISTICS)}")
    if not named and wanted is not None:
        raise AskError("statistics=[]: takes one or more names; leave it out for the usual ones")
    if not named:
        raise ResultError("the observed case has neither ties nor attendance; give coalis.Case(ties=...) or coalis.Case(attended=...)")
    return {name: STATISTICS[name] for name in named}


def _figures_of(name: str, function: Callable[[Case], Figures | float], case: Case, whose: str) -> Figures:
    try:
        found = function(case)
    except Unknown as error:
        more = "; of a run, record='all' keeps who came by month" if error.part == "came" else ""
        raise ResultError(f"{name}: {whose} has no `{error.part}`; give it, or leave this statistic out{more}") from None
    if isinstance(found, Mapping):
        return {str(figure): float(value) for figure, value in found.items()}
    if isinstance(found, (int, float, np.number)):
        return {name: float(found)}
    raise wrong_type(name, found, "from its function figures by name, as {'mutual': 3.0}, or one number")


def _fit(name: str, function: Callable[[Case], Figures | float], replicates: Sequence[Case], observed: Case) -> Fit:
    of_observed = _figures_of(name, function, observed, "the observed case")
    of_replicates = [_figures_of(name, function, case, "a replicate") for case in replicates]
    figures = tuple(dict.fromkeys(figure for one in [of_observed, *of_replicates] for figure in one))
    if len(replicates) < 2 * len(figures):
        few = f"{len(replicates)} replicates for {len(figures)} figures"
        raise ResultError(f"{name}: {few}; it takes twice as many replicates as figures, {2 * len(figures)} or more, or another statistic")
    simulated = np.array([[one.get(figure, 0.0) for figure in figures] for one in of_replicates], dtype=float)
    seen = np.array([of_observed.get(figure, 0.0) for figure in figures], dtype=float)
    if not (np.isfinite(simulated).all() and np.isfinite(seen).all()):
        raise ResultError(f"{name}: a replicate or the observed case has no value; leave it out")
    every = np.vstack([simulated, seen])
    together, alone = distances(every, every), distances(simulated, every)
    p, p_siena = _share_beyond(together, together[-1]), _share_beyond(alone[:-1], alone[-1])
    return Fit(name, figures, simulated, seen, float(alone[-1]), p, p_siena)


def distances(sample: Matrix, points: Matrix) -> Matrix:
    """Squared Mahalanobis distances of points (rows) from the centre of a sample, by the generalised inverse of its covariance.

    Figures are scaled by their deviations first, so that what is not exactly singular does not look so."""
    deviation = sample.std(axis=0, ddof=1)
    scale = np.where(deviation > 1e-12 * np.abs(sample).max(axis=0, initial=0.0), deviation, 1.0)
    inverse = np.linalg.pinv(np.atleast_2d(np.cov(sample / scale, rowvar=False)), rcond=_TOLERANCE, hermitian=True)
    centred = (points - sample.mean(axis=0)) / scale
    result: Matrix = np.einsum("ij,jk,ik->i", centred, inverse, centred)
    return result


def _share_beyond(values: Matrix, border: float) -> float:
    return float(np.mean(values >= border * (1 - 1e-9) - 1e-9))


def _violins(fit: Fit, source: str, scaled: bool | None) -> Figure:
    simulated, observed = fit.simulated, fit.observed
    spread = np.ptp(simulated, axis=0)
    largest, smallest = spread.max(), np.where(spread > 0, spread, np.inf).min()
    if scaled is None:
        scaled = bool(np.isfinite(smallest) and largest > 50 * smallest)
    if scaled:
        middle = np.median(simulated, axis=0)
        unit = np.where(spread > 0, spread, 1.0)
        simulated, observed = (simulated - middle) / unit, (observed - middle) / unit
    figure, (axes,) = frame(
        f"Goodness of fit: {fit.name.replace('_', ' ')}",
        f"p = {fit.p:.3f}. Violins: replicates. Dashed: where their middle 90 % lie. Line: observed."
        + (" Figures from their median, in ranges of the replicates." if scaled else ""),
        f"{source}. Squared Mahalanobis distance {fit.distance:.1f}; p: share of replicates and observed as far from their centre "
        f"or farther; sienaGOF's p: {fit.p_siena:.3f}. Numbers: the observed figures.",
        right=0.3,
        size=(max(6.0, 0.55 * len(fit.figures) + 1.5), 4.4),
    )
    at = np.arange(1, len(fit.figures) + 1)
    varies = spread > 0
    if varies.any():
        columns = [simulated[:, k] for k in np.flatnonzero(varies)]
        for body in axes.violinplot(columns, at[varies], showextrema=False)["bodies"]:
            body.set(facecolor=LOOKS[0].line, edgecolor=LOOKS[0].text, alpha=0.35)
    looks = {"medianprops": {"color": INK}, "boxprops": {"color": FRAME}}
    axes.boxplot(list(simulated.T), positions=at, widths=0.12, showfliers=False, **looks)
    for band in np.quantile(simulated, [0.05, 0.95], axis=0):
        axes.plot(at, band, color=FRAME, linestyle=(0, (3, 3)), linewidth=1)
    axes.plot(at, observed, color=LOOKS[1].line, marker=LOOKS[1].mark, markersize=4, linewidth=1.5)
    for x, y, value in zip(at, observed, fit.observed):
        axes.annotate(f"{value:.3g}", (x, y), (0, 5), textcoords="offset points", ha="center", size=7, color=LOOKS[1].text)
    axes.set_xticks(at, fit.figures)
    return figure
