"""Studies: many runs by a design, as `coalis study run` does them."""

from __future__ import annotations

import html
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import _coalis
from .asking import AskedResult, PathLike, ended, save_bytes
from .errors import ResultError
from .progress import Ear

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Study(AskedResult):
    """A study: its groups are those of its merged result (docs/formats/study-result.md), with the dimensions point and replicate.

    `answer` has the figures of its question, sentences() the paragraph that they make.
    """

    def __init__(self, native: Any, command: str, path: Path, folder: Any, missing: int) -> None:
        super().__init__("study", native, command)
        self._file = path
        self._folder = folder  # of the runs, for as long as they are needed
        self._missing = missing

    def _make_bytes(self) -> bytes:
        self._require_all()
        return super()._make_bytes()

    def save(self, path: PathLike, overwrite: bool = False) -> Path:
        """Writes the merged result, as `coalis study run -o` does."""
        self._require_all()
        return super().save(path, overwrite)

    def _require_all(self) -> None:
        if self._missing:
            raise ResultError(f"{self._file}: {self._missing} runs are missing; do them by asking again with keep=True")

    def report(self, path: PathLike, *, overwrite: bool = False) -> Path:
        """Writes a page that a layperson can read, as `coalis report` does."""
        if self._native is None:
            raise ResultError(f"{self._file}: the study came from another process; make the page where it was run")
        from datetime import datetime, timezone

        date = datetime.now(timezone.utc).strftime("%Y-%m-%d")
        text = self._native.page(self._command, date, os.environ.get("SOURCE_DATE_EPOCH", ""))
        return save_bytes(path, text.encode(), overwrite)

    def plot(self, factor: str | None = None, outcome: str | None = None, **options: Any) -> Figure:
        """An outcome against a factor (coalis.dose_response has the options); the first of each unless said otherwise."""
        from .dose_figures import dose_response

        design = self["design"].to_dataframe()
        varied = [str(name) for name in design.columns if name not in ("key", "parameter_file") and design[name].nunique() > 1]
        name = factor or varied[0]
        others = {other: design[other].iloc[0] for other in varied if other not in (name, options.get("by"))}
        return dose_response(
            self, name, outcome or str(next(iter(self["outcomes"].data_vars))), where={**others, **options.pop("where", {})}, **options
        )

    def paragraph(self, width: int = 100) -> str:
        """The answer in sentences, without the figures behind it."""
        parts = self.sentences(width).split("\n\n")[1:3]
        return "\n\n".join(part for part in parts if not part.startswith("±"))

    def __repr__(self) -> str:
        return f"Study {self._file}\n{self.sentences(100)}"

    def _repr_html_(self) -> str:
        return f"<b>{html.escape(str(self._file))}</b><pre>{html.escape(self.sentences(100))}</pre>"

    def __getstate__(self) -> dict[str, Any]:
        return {**super().__getstate__(), "file": self._file}

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__(state)
        self._file, self._folder, self._missing = state["file"], None, 0


def study(
    path: PathLike,
    *,
    parameters: PathLike | Sequence[PathLike] = (),
    replicates: int = 0,
    keep: bool = False,
    threads: int = 0,
    progress: bool | None = None,
) -> Study:
    """Does the runs of a study file, as `coalis study run` does.

    parameters: files of parameter sets. replicates: the first so many instead of the study's number. keep: runs are kept in
    STUDY.runs beside the study, where they and those of the command line are found again; without it nothing stays.
    """
    files = [os.fspath(parameters)] if isinstance(parameters, (str, os.PathLike)) else [os.fspath(file) for file in parameters]
    folder = None if keep else tempfile.TemporaryDirectory(prefix="coalis-")
    with Ear(progress, "runs") as ear:
        native, missing, raised = _coalis.study(
            os.fspath(path),
            parameters=files,
            replicates=replicates,
            folder=folder.name if folder else "",
            threads=threads,
            ear=ear,
        )
    command = f"coalis.study({os.fspath(path)!r}, parameters={files}, replicates={replicates})"
    result: Study = ended(Study(native, command, Path(path), folder, missing), raised, f"{missing} of {native.runs} runs are missing")
    return result
