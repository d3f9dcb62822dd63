"""Studies: many runs by a design, as `coalis study run` does them."""

from __future__ import annotations

import html
import os
import shutil
import tempfile
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from . import _coalis
from .arguments import MOST_REPLICATES, MOST_THREADS, file as file_of, paths, whole, whole_if_given
from .asking import AskedResult, PathLike, ended, remove_behind, save_bytes
from .errors import AskError, ResultError
from .files import Content, Result
from .progress import Ear
from .rules import Asked, asked_rules, described, experiment


class Study(AskedResult):
    """A study: its groups are those of its merged result (docs/formats/study-result.md), with the dimensions point and replicate.

    `answer` has the figures of its question, sentences() the paragraph that they make. Of one that was interrupted, all of them are of
    the replicates that are done at every point, as if no more had been asked for.
    """

    def __init__(self, native: Any, command: str, path: Path, missing: int) -> None:
        super().__init__("study", native, command)
        self._file = path
        self._missing = missing  # runs

    def _open(self, path: Path, kind: str, content: Content) -> None:
        super()._open(path, kind, content)
        self._file, self._missing = path, 0

    def save(self, path: PathLike, overwrite: bool = False) -> Path:
        """Writes the merged result, as the command does, whole or not at all; unlike the command it replaces none that is there already."""
        place = file_of("path", path)
        if not overwrite and os.path.lexists(place):
            raise ResultError(f"{place}: exists already; choose another name, or overwrite=True")
        return super().save(place, overwrite)

    def report(self, path: PathLike, *, overwrite: bool = False, **options: Any) -> Path:
        """Writes a page that a layperson can read, as `coalis report` does."""
        if options:
            raise TypeError(f"report() of a study takes no {', '.join(options)}")
        if self._native is None:
            raise ResultError(
                f"{self._file}: a page of a study is made where it was run; ask it again with coalis.study, whose answer has report(), or use "
                "`coalis report STUDY.toml`"
            )
        from datetime import datetime, timezone

        date = datetime.now(timezone.utc).strftime("%Y-%m-%d")
        page = self._native.page(self._command, date, os.environ.get("SOURCE_DATE_EPOCH", ""))
        return save_bytes(path, page.encode(), overwrite)

    def paragraph(self, width: int = 100) -> str:
        """The answer in sentences, without the figures behind it."""
        parts = self.sentences(width).split("\n\n")[1:3]
        return "\n\n".join(part for part in parts if not part.startswith("±"))

    def __repr__(self) -> str:
        if not self._tells():
            return Result.__repr__(self)
        return f"Study {self._file}\n{self.sentences(100)}"

    def _repr_html_(self) -> str:
        said = self.sentences(100) if self._tells() else repr(self)
        return f"<b>{html.escape(str(self._file))}</b><pre>{html.escape(said)}</pre>"

    def __getstate__(self) -> dict[str, Any]:
        return {**super().__getstate__(), "file": self._file, "missing": self._missing}

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__(state)
        self._file, self._missing = state["file"], state["missing"]


def study(
    path: PathLike,
    *,
    parameters: PathLike | Sequence[PathLike] | None = None,
    replicates: int | None = None,
    keep: bool = False,
    rule: Asked = None,
    threads: int = 0,
    progress: bool | None = None,
) -> Study:
    """Does the runs of a study file, as `coalis study run` does.

    parameters: files of parameter sets. replicates: the first so many instead of the study's number. keep: runs are kept in
    STUDY.runs beside the study, where they and those of the command line are found again; without it nothing stays. rule: a
    function that decides who attends at all points, as in coalis.run; its runs are not kept.
    """
    file, files = file_of("path", path), paths("parameters", parameters)
    wanted, used = whole_if_given("replicates", replicates, 1, MOST_REPLICATES), whole("threads", threads, 0, MOST_THREADS)
    rules = asked_rules(rule, files)
    if keep and rules:
        raise AskError("keep=True: runs under a rule are no runs of the study, and are not kept with them; leave it out")
    folder = "" if keep else tempfile.mkdtemp(prefix="coalis-")
    try:
        with Ear(progress, "runs") as ear:
            native, missing, raised = _coalis.study(
                file, parameters=files, replicates=wanted, folder=folder, threads=used, rules=rules, experiment=experiment(rule), ear=ear
            )
        said = "" if rule is None else f", rule={described(rule)!r}"
        command = f"coalis.study({file!r}, parameters={files}, replicates={wanted}{said})"
        found = native and Study(native, command, Path(file), missing)
    except BaseException:
        if folder:
            remove_behind(folder)
        raise
    if folder and found is None:  # whether it is true would take its file: a mapping is by its length
        remove_behind(folder)
    elif folder:
        weakref.finalize(native, shutil.rmtree, folder, ignore_errors=True)
    done = f"{missing} of {native.runs} runs are missing, {native.replicates} replicates are done at every point" if native else "nothing was run"
    result: Study = ended(found, raised, done)
    return result
