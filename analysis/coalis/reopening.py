"""Answers that the program keeps as JSON, opened again."""

from __future__ import annotations

import json
import os
from pathlib import Path

from . import _coalis
from .arguments import file as file_of
from .choosing import Best
from .errors import ResultError
from .hdf5_lock import hdf5
from .learning import PosteriorCheck, Sensitivity

# What else may be meant, and what in Python reads it.
_ELSEWHERE = {
    "coalis-result": "coalis.open_result",
    "coalis-comparison": "coalis.open_result",
    "coalis-study": "coalis.open_result",
    "coalis-evidence": "coalis.read_evidence",
    "scenario": "coalis.Scenario",
    "study": "coalis.study",
    "sensitivity": "coalis.sensitivity",
    "calibration": "coalis.calibrate",
}


def open_answer(path: str | os.PathLike[str]) -> Best | Sensitivity | PosteriorCheck:
    """Opens what save() of such an answer wrote, or `coalis best -o`, `coalis sensitivity` or `coalis calibrate --check`: the same
    sentences, figures, tables and pages. Throws ResultError."""
    place = Path(file_of("path", path))
    if not place.exists():
        raise ResultError(f"{place}: there is no such file; check the name")
    with hdf5:
        kind, words, read_by = _coalis.what_is(str(place))
    if kind not in ("coalis-best", "coalis-sensitivity", "coalis-check"):
        raise ResultError(f"{place}: {_instead(kind, words, read_by)}")
    if kind == "coalis-best":
        said = _coalis.best_text(str(place))
    else:
        said = _coalis.sensitivity_text(str(place)) if kind == "coalis-sensitivity" else _coalis.check_text(str(place))
    content = place.read_bytes()
    if kind == "coalis-best":
        return Best(place, content.decode(), said, content)
    if kind == "coalis-check":
        return PosteriorCheck(place, content.decode(), said, content)
    answer = {name: value for name, value in json.loads(content).items() if name != "values"}  # of all runs
    return Sensitivity(place, json.dumps(answer), said, content)


def _instead(kind: str, words: str, read_by: str) -> str:
    wanted = "not an answer of coalis.best, sensitivity or check_posterior"
    if kind in _ELSEWHERE:
        return f"it is {words}, {wanted}; {_ELSEWHERE[kind]}(path) reads it"
    if kind:
        return f"it is {words}, {wanted}" + (f"; {read_by}" if read_by else "")
    return f"{f'it is {words}, ' if words else ''}{wanted}; a calibration and a forecast are asked again with coalis.calibrate and coalis.forecast"
