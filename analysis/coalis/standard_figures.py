"""The standard figure of a result, by what it is."""

from __future__ import annotations

from typing import Any

from matplotlib.figure import Figure

from .difference_figures import dotplot, fan
from .dose_figures import dose_response
from .errors import ResultError
from .files import Result
from .level_figures import levels


def standard_figure(result: Result, *wanted: str, **options: Any) -> Figure:
    """What Result.plot draws."""
    named: dict[str, Any] = dict(zip(("factor", "outcome") if result.kind == "study" else ("outcome",), wanted)) | options
    if len(wanted) > (2 if result.kind == "study" else 1):
        raise TypeError(f"plot() of a {result.kind} takes {'a factor and ' if result.kind == 'study' else ''}an outcome, not {wanted}")
    if result.kind == "study":
        return _of_study(result, **named)
    outcome = named.pop("outcome", None) or result._headline()
    if not isinstance(outcome, str):
        raise TypeError(f"outcome={outcome!r}: takes the name of one outcome")
    if result.kind == "run":
        return levels(result, outcome, **named)
    draw = fan if outcome in result["differences_over_time"].data_vars else dotplot
    return draw(result, outcome, **named)


def _of_study(study: Result, factor: str | None = None, outcome: str | None = None, **options: Any) -> Figure:
    design = study["design"].to_dataframe()
    varied = [str(name) for name in design.columns if name not in ("key", "parameter_file") and design[name].nunique() > 1]
    if not varied:
        raise ResultError(f"{study.path}: no factor varies; nothing to draw")
    name = factor or varied[0]
    others = {other: design[other].iloc[0] for other in varied if other not in (name, options.get("by"))}
    where = {**others, **options.pop("where", {})}
    return dose_response(study, name, outcome or str(next(iter(study["outcomes"].data_vars))), where=where, **options)
