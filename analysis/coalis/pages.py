"""Pages that a layperson can read, of comparisons."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from . import _coalis
from .arguments import file as file_of, path as path_of, text
from .asking import save_bytes
from .errors import AskError, ResultError, did_you_mean
from .files import Result
from .hdf5_lock import hdf5
from .learning import PosteriorCheck


def write_comparison_page(
    result: Result,
    path: str | os.PathLike[str],
    *,
    on: str,
    title: str,
    question: str,
    fit: str | os.PathLike[str] | PosteriorCheck,
    overwrite: bool,
) -> Path:
    """What Result.report writes."""
    if result.kind != "comparison":
        advice = "ask it again with coalis.study, whose answer has report()" if result.kind == "study" else "compare it with another scenario"
        raise ResultError(f"{result.path}: is a {result.kind}, and this page is of a comparison; {advice}")
    place = file_of("path", path)
    if text("on", on) not in result["outcomes"].data_vars:
        known = [str(name) for name in result["outcomes"].data_vars]
        raise AskError(f"on={on!r}: there is no such outcome; {did_you_mean(on, known)}there are {', '.join(known)}")
    with tempfile.TemporaryDirectory(prefix="coalis-") as folder:
        if isinstance(fit, PosteriorCheck):
            fit = fit.save(Path(folder) / fit._path)
        with hdf5:
            page = _coalis.comparison_page(
                str(result._copy_to(Path(folder))),
                headline=on,
                title=text("title", title),
                question=text("question", question),
                fit=path_of("fit", fit),
                command=f"coalis.compare(...).report({os.path.basename(place)!r}, on={on!r})",
                epoch=os.environ.get("SOURCE_DATE_EPOCH", ""),
            )
    return save_bytes(place, page.encode(), overwrite)
