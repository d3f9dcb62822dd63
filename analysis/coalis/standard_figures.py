"""The standard figure of a result, by what it is."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from matplotlib.figure import Figure

from .arguments import text, wrong_type
from .difference_figures import dotplot, fan
from .dose_figures import dose_response
from .errors import ResultError, did_you_mean
from .files import Result
from .level_figures import levels


def standard_figure(result: Result, *names: str, **options: Any) -> Figure:
    """What Result.plot draws."""
    for name in names:
        if not isinstance(name, str):
            raise wrong_type("outcome", name, "the name of one outcome")
    if result.kind == "study":
        return _of_study(result, names, **options)
    asked = [*names, *([options.pop("outcome")] if options.get("outcome") is not None else [])]
    if len(asked) > 1:
        raise TypeError(f"plot() of a {result.kind} takes one outcome, not {asked}")
    options.pop("outcome", None)
    outcome = text("outcome", asked[0]) if asked else result._headline()
    if result.kind == "run":
        draw: Callable[..., Figure] = levels
    else:
        draw = fan if outcome in result["differences_over_time"].data_vars else dotplot
    _require_options(draw, options, "plot() of a " + result.kind)
    return draw(result, outcome, **options)


def _require_options(draw: Callable[..., Figure], options: Mapping[str, Any], called: str) -> None:
    known = [name for name, one in inspect.signature(draw).parameters.items() if one.kind is one.KEYWORD_ONLY]
    for name in options:
        if name not in known:
            raise TypeError(f"{called} takes no {name}; {did_you_mean(name, known)}it takes outcome, {', '.join(known)}")


def _of_study(study: Result, names: tuple[str, ...], factor: str | None = None, outcome: str | None = None, **options: Any) -> Figure:
    design = study["design"].to_dataframe()
    varied = [str(name) for name in design.columns if name not in ("key", "parameter_file") and design[name].nunique() > 1]
    if not varied:
        raise ResultError(f"{study.path}: no factor varies; nothing to draw")
    factor, outcome = _told_apart(study, varied, names, factor, outcome)
    name = factor or varied[0]
    where = options.pop("where", None) or {}
    if not isinstance(where, Mapping):
        raise wrong_type("where", where, 'values of the other factors, as {"fte": 0.35}')
    others = {other: design[other].iloc[0] for other in varied if other not in (name, options.get("by"))}
    _require_options(dose_response, options, "plot() of a study")
    return dose_response(study, name, outcome or next(iter(_outcomes(study))), where={**others, **where}, **options)


def _outcomes(study: Result) -> list[str]:
    return [str(name) for name in study["outcomes"].data_vars]


def _told_apart(
    study: Result, varied: list[str], names: tuple[str, ...], factor: str | None, outcome: str | None
) -> tuple[str | None, str | None]:
    """Which of the names is the factor and which the outcome, in whatever order they come."""
    outcomes = _outcomes(study)
    for name in names:
        if factor is None and name in varied and (name not in outcomes or outcome is not None or len(names) > 1):
            factor = name
        elif outcome is None and name in outcomes:
            outcome = name
        elif name in varied or name in outcomes:
            raise TypeError(f"plot() of a study takes one factor and one outcome; {name!r} is one too many")
        else:
            raise ResultError(
                f"{study.path}: '{name}' is no outcome and no factor; {did_you_mean(name, [*outcomes, *varied])}"
                f"outcomes are {', '.join(outcomes)}; factors are {', '.join(varied)}"
            )
    return factor, outcome
