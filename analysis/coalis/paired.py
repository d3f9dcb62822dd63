"""Paired differences, replicate by replicate, with the program's figures.

Equal to those of `coalis compare --json` to the last bit: the same sums in the same order, quantiles of type 7, the upper ones
as negated lower ones of the negated differences, so that swapping two scenarios mirrors every figure (docs/decisions/0006).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas
import xarray

from .arguments import from_0, names as names_of, wrong_type
from .errors import AskError, ResultError, did_you_mean
from .files import Result, require_result

Values = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Summary:
    """A quantity over replicates; NaN is missing and left out. se is the Monte Carlo standard error of the mean."""

    mean: float
    se: float
    sd: float
    n: int


@dataclass(frozen=True)
class PairedSummary:
    """A quantity of two scenarios. Differences are other - reference, over the replicates in which both have a value."""

    reference: Summary
    scenario: Summary
    difference: float
    se: float
    half_width: float  # of the 95 % interval of the mean difference (Student's t)
    clear: int  # sign of the mean difference if its interval excludes 0, else 0
    sd: float
    median: float
    range50: tuple[float, float]  # where the middle 50 % of the replicates lie
    range80: tuple[float, float]
    range95: tuple[float, float]
    matters: float  # d, the difference that matters
    above: float  # share of the pairs with a difference > d
    within: float
    below: float
    unpaired: float
    unpaired_se: float
    variance_reduction: float  # (var A + var B) / var(B - A) over the pairs
    pairs: int
    left_out: int


def quantile(ordered: Sequence[float] | Values, probability: float) -> float:
    """Type 7 of Hyndman and Fan (1996) of ascending values without missing ones; NaN without values."""
    if len(ordered) == 0:
        return math.nan
    position = probability * (len(ordered) - 1)
    below = math.floor(position)
    low = float(ordered[below])
    if below + 1 == len(ordered):
        return low
    return low + (position - below) * (float(ordered[below + 1]) - low)


@lru_cache(maxsize=1024)
def student_quantile(free: int) -> float:
    """The 97.5 % quantile of Student's t with `free` degrees of freedom, to 8 decimals as in the program; NaN below 1.

    Abramowitz and Stegun: the closed form 26.7.3 and 26.7.4, solved by bisection; for many degrees 26.7.5.
    """
    if free < 1:
        return math.nan
    x = 1.959963984540054  # of the normal distribution
    if free >= 400:
        terms = (
            (x**3 + x) / 4,
            (5 * x**5 + 16 * x**3 + 3 * x) / 96,
            (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384,
            (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92160,
        )
        return round(x + math.fsum(term / free ** (i + 1) for i, term in enumerate(terms)), 8)
    low, high = 1.0, 13.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _student_within(middle, free) < 0.95 else (low, middle)
    return round((low + high) / 2, 8)


def _student_within(t: float, free: int) -> float:
    """Probability of -t..t."""
    angle = math.atan(t / math.sqrt(free))
    cosine, sine = math.cos(angle), math.sin(angle)
    odd = free % 2
    term = cosine if odd else 1.0
    total = term if free > 1 else 0.0
    for k in range(3 if odd else 2, free - 1, 2):
        term *= cosine * cosine * (k - 1) / k
        total += term
    return 2 / math.pi * (angle + sine * total) if odd else sine * total


def half_width(se: float, values: int) -> float:
    """Half the width of the nominal 95 % interval of a mean of so many independent values; NaN below two."""
    return student_quantile(values - 1) * se if values > 1 else math.nan


def grain_of(values: Values) -> float:
    """What single precision, in which outcomes are recorded, cannot tell apart between values of this size."""
    finite = np.abs(values[np.isfinite(values)])
    return 2.0**-23 * float(finite.max()) if finite.size else 0.0


def beyond(differences: Values, matters: float, grain: float) -> Values:
    """1 above what matters, -1 below, else 0; no further from the border than the grain is on it, and so not beyond."""
    return np.where(differences > matters + grain, 1.0, np.where(differences < -matters - grain, -1.0, 0.0))


def _clear(mean: float, half: float, grain: float) -> int:
    return int(beyond(np.asarray([mean]), 0.0, grain)[0]) if abs(mean) > half else 0


def _sum(values: Values) -> float:
    """In the order of the replicates, as the program adds up; numpy's own sum is pairwise."""
    return float(np.add.accumulate(values)[-1]) if values.size else 0.0


def _present(values: Iterable[float]) -> Values:
    array = np.asarray(values, dtype=np.float64)
    return array[~np.isnan(array)]


def summarise(values: Iterable[float]) -> Summary:
    """Mean, Monte Carlo standard error, standard deviation and number of the values that are not missing."""
    present = _present(values)
    n = int(present.size)
    mean = _sum(present) / n if n else math.nan
    sd = math.sqrt(_sum((present - mean) * (present - mean)) / (n - 1)) if n > 1 else math.nan
    return Summary(mean, sd / math.sqrt(n) if n else math.nan, sd, n)


def _range(up: Values, down: Values, tail: float) -> tuple[float, float]:
    return quantile(up, tail), -quantile(down, tail)


def summarise_two(reference: Iterable[float], other: Iterable[float], matters: float = 0.0) -> PairedSummary:
    """The figures of two scenarios; values are by replicate, in the same order, NaN is missing."""
    a, b = (np.asarray(values, dtype=np.float64) for values in (reference, other))
    if a.shape != b.shape or a.ndim != 1:
        raise AskError(f"reference, other: a value for each replicate, the same in both, not {a.shape} and {b.shape}; give two lists of one length")
    both = ~(np.isnan(a) | np.isnan(b))
    differences = b[both] - a[both]
    pairs = int(differences.size)
    level_a, level_b, found = summarise(a), summarise(b), summarise(differences)
    up, down = np.sort(differences), np.sort(-differences)
    if pairs and up[0] == up[-1]:  # all equal: no rounding in their mean passes for variation
        found = Summary(float(differences[0]), 0.0, 0.0, pairs) if pairs > 1 else found
    sd_a, sd_b = summarise(a[both]).sd, summarise(b[both]).sd
    grain = max(grain_of(a[both]), grain_of(b[both]))
    half, side = half_width(found.se, pairs), beyond(differences, matters, grain)

    def share(which: Any) -> float:
        return float(np.count_nonzero(which)) / pairs if pairs else math.nan

    return PairedSummary(
        reference=level_a,
        scenario=level_b,
        difference=found.mean,
        se=found.se,
        half_width=half,
        clear=_clear(found.mean, half, grain),
        sd=found.sd,
        median=0.5 * (quantile(up, 0.5) - quantile(down, 0.5)),
        range50=_range(up, down, 0.25),
        range80=_range(up, down, 0.1),
        range95=_range(up, down, 0.025),
        matters=matters,
        above=share(side > 0),
        within=share(side == 0),
        below=share(side < 0),
        unpaired=level_b.mean - level_a.mean,
        unpaired_se=math.sqrt(level_a.se * level_a.se + level_b.se * level_b.se),
        variance_reduction=(sd_a * sd_a + sd_b * sd_b) / (found.sd * found.sd) if found.sd > 0 else math.nan,
        pairs=pairs,
        left_out=int(a.size) - pairs,
    )


def _check_same_draws(a: Result, b: Result) -> None:
    for what in ("seed", "model_version"):
        if getattr(a, what) != getattr(b, what):
            raise ResultError(
                f"{b.path}: its {what.replace('_', ' ')} is {getattr(b, what)}, that of {a.path} is {getattr(a, what)}; "
                f"replicates share their draws only if both are equal: run both with the same program and --seed"
            )


def paired_differences(
    result: Result, other: Result | None = None, *, group: str = "outcomes", reference: str | int | None = None
) -> xarray.Dataset:
    """Differences replicate by replicate, as a dataset of the same names.

    A comparison: scenarios minus the reference (its first scenario, or the label given). Two runs: `other` minus `result`, over
    the replicates that both have. A study: points minus the reference point (0, or the number given); all points share draws.
    """
    require_result("result", result)
    if other is not None:
        require_result("other", other)
    if result.kind == "run":
        if other is None or other.kind != "run":
            raise ResultError(f"{result.path}: a run has nothing to be paired with; give a second run of the same seed")
        _check_same_draws(result, other)
        first, second = xarray.align(_numbers(result[group]), _numbers(other[group]), join="inner")
        if first.sizes["replicate"] == 0:
            raise ResultError(f"{other.path}: has no replicate in common with {result.path}")
        difference: xarray.Dataset = second - first
        return difference
    if other is not None:
        raise ResultError(f"{result.path}: is a {result.kind}, which holds its own pairs; only runs take a second file")
    if result.kind == "comparison" and group.startswith("difference"):
        raise ResultError(f"{result.path}: /{group} holds differences already")
    dimension = "scenario" if result.kind == "comparison" else "point"
    data = _numbers(result[group])
    labels = list(data[dimension].values)
    chosen = labels[0] if reference is None else reference
    if chosen not in labels:
        raise ResultError(f"{result.path}: there is no {dimension} '{chosen}'; {did_you_mean(chosen, labels)}there are {', '.join(map(str, labels))}")
    others = [label for label in labels if label != chosen]
    differences: xarray.Dataset = data.sel({dimension: others}) - data.sel({dimension: chosen}, drop=True)
    return differences


def _numbers(data: xarray.Dataset) -> xarray.Dataset:
    return data[[name for name, variable in data.data_vars.items() if variable.dtype.kind == "f"]]


def summarise_pairs(
    result: Result,
    outcomes: str | Sequence[str] | None = None,
    *,
    other: Result | None = None,
    matters: Mapping[str, float] | None = None,
) -> pandas.DataFrame:
    """The figures of a comparison, or of two runs, a row for each scenario and outcome; columns as in `coalis compare --json`.

    matters: differences that matter by outcome, instead of those in the file.
    """
    require_result("result", result)
    if matters is not None and not isinstance(matters, Mapping):
        raise wrong_type("matters", matters, 'differences by outcome, as {"engaged": 0.05}')
    if result.kind == "comparison":
        if other is not None:
            raise ResultError(f"{result.path}: is a comparison, which holds its own pairs; only runs take a second file")
        levels = result["outcomes"]
        labels = [str(label) for label in levels.scenario.values]
        pairs = {label: (levels.sel(scenario=labels[0]), levels.sel(scenario=label)) for label in labels[1:]}
    elif result.kind == "run" and other is not None and require_result("other", other).kind == "run":
        _check_same_draws(result, other)
        both = xarray.align(result["outcomes"], other["outcomes"], join="inner")
        pairs = {other.title: (both[0], both[1])}
    else:
        raise ResultError(f"{result.path}: needs a comparison, or two runs of the same seed")
    names = [str(name) for name in result["outcomes"].data_vars] if outcomes is None else names_of("outcomes", outcomes)
    if not names:
        raise AskError("outcomes=[]: takes one or more of them; leave it out for all")
    for name in [*names, *(matters or {})]:
        result.quantity(name)
    chosen = {name: from_0("matters", value) for name, value in (matters or {}).items()}
    rows = []
    for label, (first, second) in pairs.items():
        for name in names:
            d = chosen[name] if name in chosen else difference_that_matters(result, name)
            rows.append({"scenario": label, "outcome": name} | _row(summarise_two(first[name].values, second[name].values, d)))
    return pandas.DataFrame(rows).set_index(["scenario", "outcome"])


def difference_that_matters(result: Result, outcome: str) -> float:
    """In the unit of the outcome; 0 if the file has none."""
    return float(result.quantity(outcome).attrs.get("difference_that_matters", 0.0))


def _row(s: PairedSummary) -> dict[str, float]:
    row: dict[str, float] = {"reference": s.reference.mean, "scenario_level": s.scenario.mean}
    for name in ("difference", "se", "half_width", "clear", "sd", "median"):
        row[name] = getattr(s, name)
    for name in ("range50", "range80", "range95"):
        row[f"{name}_low"], row[f"{name}_high"] = getattr(s, name)
    for name in ("matters", "above", "within", "below", "unpaired", "unpaired_se", "variance_reduction", "pairs", "left_out"):
        row[name] = getattr(s, name)
    return row
