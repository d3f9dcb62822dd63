"""What an outcome hangs on, and what evidence says about uncertain parameters: `coalis sensitivity` and `coalis calibrate`."""

from __future__ import annotations

import html
import io
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import _coalis
from .arguments import MOST_THREADS, file as file_of, file_if_given, path as path_of, text, whole, wrong_type
from .asking import Answer, PathLike, _called, ended, remove_behind, save_bytes
from .errors import AskError
from .progress import Ear

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

USUAL_TABLE, MOST_TABLE = 1_000_000, 100_000_000  # runs from the prior, of coverage


class _Learnt(Answer):
    """Holds what it says and the content of its file, so that it can go to another process."""

    def __init__(self, path: Path, answer: str, said: str, content: bytes) -> None:
        self._path, self._answer, self._text, self._content = path, answer, said, content

    def _json(self) -> str:
        return self._answer

    def _said(self) -> str:
        return self._text

    def save(self, path: PathLike, overwrite: bool = False) -> Path:
        """Writes the file that the command writes."""
        return save_bytes(path, self._content, overwrite)

    def __eq__(self, other: object) -> bool:
        """Whether both say the same, down to the last digit."""
        if not isinstance(other, _Learnt):
            return NotImplemented
        ours, theirs = ({**one.answer, "content": ""} for one in (self, other))  # the checksum of a file, with its blanks
        return type(self) is type(other) and ours == theirs

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"{type(self).__name__} {self._path}\n{self.sentences(100)}"

    def _repr_html_(self) -> str:
        return f"<b>{html.escape(str(self._path))}</b><pre>{html.escape(self.sentences(100))}</pre>"


class Sensitivity(_Learnt):
    """Which parameters, and which sides of the model, an outcome or a difference hangs on."""

    def to_dataframe(self) -> pandas.DataFrame:
        """A row for each output and factor: Morris' mu_star and sigma, Sobol' first and total order where they were asked for."""
        import pandas

        rows: dict[tuple[str, str, str], dict[str, Any]] = {}
        for target in self.answer["targets"]:
            for part, values in target.items():
                for effect in values if isinstance(values, list) else []:
                    if isinstance(effect, dict) and "input" in effect:
                        row = rows.setdefault((target["outcome"], target["scenario"], effect["input"]), {})
                        row.update(_numbers(part.removesuffix("_groups"), effect))
        index = pandas.MultiIndex.from_tuples(list(rows), names=["outcome", "scenario", "input"])
        return pandas.DataFrame(list(rows.values()), index=index)

    def plot(self, outcome: str | None = None, scenario: str | None = None) -> Figure:
        """The largest effects on an output, the first unless said otherwise: total order (Sobol'), or mu* (Morris)."""
        from .learning_figures import importance

        return importance(self, outcome, scenario)

    def report(self, path: PathLike, *, title: str = "", overwrite: bool = False) -> Path:
        """Writes a page that a layperson can read, as `coalis report` does."""
        name = self._path.with_suffix(".json").name
        with tempfile.TemporaryDirectory(prefix="coalis-") as folder:
            file = Path(folder) / name
            file.write_bytes(self._content)
            text = _coalis.sensitivity_page(str(file), name=name, title=title, command=f"coalis.sensitivity({str(self._path)!r})")
        return save_bytes(path, text.encode(), overwrite)


def _numbers(part: str, effect: dict[str, Any]) -> dict[str, float]:
    """The numbers of an effect by name, those with an interval also with its ends: sobol.total, sobol.total_low, ..."""
    found: dict[str, float] = {}
    for name, value in effect.items():
        if isinstance(value, dict) and "value" in value:
            found |= {f"{part}.{name}{'' if end == 'value' else '_' + end}": number for end, number in value.items()}
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            found[f"{part}.{name}"] = value
    return found


class PosteriorCheck(_Learnt):
    """Does a posterior fit, what does it leave open, are its intervals to be believed? As `coalis calibrate --check` answers."""

    def to_dataframe(self) -> pandas.DataFrame:
        """A row for each figure of the evidence: observed, and what the posterior says of it, with p."""
        import pandas

        return pandas.json_normalize(self.answer["items"])

    def plot(self, use: str = "calibrate") -> Figure:
        """Observed shares on the 90 % intervals of the posterior's; use="validate": of the items that were held out."""
        from .learning_figures import fitted

        return fitted(self, use)

    def report(self, path: PathLike, *, title: str = "", overwrite: bool = False) -> Path:
        """Writes a page that a layperson can read, as `coalis report POSTERIOR.check.json` does."""
        with tempfile.TemporaryDirectory(prefix="coalis-") as folder:
            file = self.save(Path(folder) / self._path.name)
            command = f"coalis.check_posterior({str(self._path)!r}).report({os.path.basename(path_of('path', path))!r})"
            page = _coalis.fit_page([str(file)], title=text("title", title), command=command)
        return save_bytes(path, page.encode(), overwrite)


class Calibration(_Learnt):
    """A posterior: parameter sets with weights, and what was learnt of each parameter."""

    _nuisance: str | None = None

    def check(
        self, *, table: int = USUAL_TABLE, elsewhere: PathLike | None = None, threads: int = 0, progress: bool | None = None
    ) -> PosteriorCheck:
        """Checks it against the evidence: coalis.check_posterior has the options. The calibration's file must still be there."""
        with tempfile.TemporaryDirectory(prefix="coalis-") as folder:
            posterior = self.save(Path(folder) / self._path.with_suffix(".posterior.csv").name)
            return check_posterior(
                self._path, posterior, nuisance=self._nuisance, table=table, elsewhere=elsewhere, threads=threads, progress=progress
            )

    def report(self, path: PathLike, *, title: str = "", checked: PosteriorCheck | None = None, overwrite: bool = False) -> Path:
        """Writes a page that a layperson can read: of the check given, or of one without coverage, which takes seconds."""
        found = self.check(table=0) if checked is None else checked
        if not isinstance(found, PosteriorCheck):
            raise wrong_type("checked", checked, "what check() gives")
        return found.report(path, title=title, overwrite=overwrite)

    def to_dataframe(self) -> pandas.DataFrame:
        """A row for each set: its weight, its distance and the values of its parameters, in their units."""
        import pandas

        return pandas.read_csv(io.BytesIO(self._content), comment="#")

    def parameters(self) -> pandas.DataFrame:
        """What was learnt: the 90 % intervals of prior and posterior by parameter, the share of the variance that is gone."""
        import pandas

        return pandas.DataFrame(self.answer["parameters"]).set_index("path")

    def plot(self) -> Figure:
        """Prior and posterior of every parameter, on the scale of its prior."""
        from .learning_figures import learnt

        return learnt(self)


def sensitivity(
    path: PathLike, *, keep: bool = False, restart: bool = False, threads: int = 0, progress: bool | None = None
) -> Sensitivity:
    """Does the runs of a sensitivity file, as `coalis sensitivity` does.

    keep: runs are kept in STUDY.runs beside the file, where they and those of the command line are found again; restart: those
    kept there are removed first.
    """
    file, used = file_of("path", path), whole("threads", threads, 0, MOST_THREADS)
    folder = "" if keep else tempfile.mkdtemp(prefix="coalis-")
    try:
        with Ear(progress, "runs") as ear:
            place = os.path.join(folder, "runs") if folder else ""
            native, kept, raised = _coalis.sensitivity(file, folder=place, restart=bool(restart), threads=used, ear=ear)
    finally:
        if folder:
            remove_behind(folder)
    result = native and Sensitivity(Path(file), native.json, native.text, native.file_text.encode())
    found: Sensitivity = ended(result, raised, _stands(kept, keep))
    return found


def _stands(kept: str, keep: bool) -> str:
    return "nothing was run" if not kept else kept if keep else "nothing is kept (keep=True keeps runs)"


def calibrate(
    path: PathLike,
    *,
    from_: PathLike | None = None,
    nuisance: str | None = None,
    keep: bool = False,
    restart: bool = False,
    threads: int = 0,
    progress: bool | None = None,
) -> Calibration:
    """Samples the posterior of a calibration file, as `coalis calibrate` does, until it stops.

    from_: a posterior of other evidence, as one of Illinois, that is weighted anew by this evidence first; if that suffices, which
    sentences() says, nothing is sampled.
    nuisance: "prior" or "fixed" instead of what the file says. keep: the posterior and the state of the sampling are kept beside
    the file, where they and those of the command line are found again; restart: begins again whatever is there.
    """
    said_of_it = _nuisance_of(nuisance)
    place, used = Path(file_of("path", path)), whole("threads", threads, 0, MOST_THREADS)
    with tempfile.TemporaryDirectory(prefix="coalis-") as folder, Ear(progress, "generations") as ear:
        posterior = place.with_suffix(".posterior.csv") if keep else Path(folder) / "posterior.csv"
        said, raised = _coalis.calibrate(
            str(place),
            posterior=str(posterior),
            state=str(posterior.with_suffix(".state.json")) if keep else "",
            given=file_if_given("from_", from_),
            nuisance=said_of_it,
            restart=bool(restart),
            command=_called("coalis.calibrate", repr(str(place)), from_=file_if_given("from_", from_)),
            threads=used,
            ear=ear,
        )
        content = posterior.read_bytes() if said else b""
    result = Calibration(place, *said, content) if said else None
    if result:
        result._nuisance = nuisance
    found: Calibration = ended(result, raised, "what is done is kept" if keep else "nothing is kept (keep=True keeps the state)")
    return found


def check_posterior(
    path: PathLike,
    posterior: PathLike | None = None,
    *,
    nuisance: str | None = None,
    table: int = USUAL_TABLE,
    elsewhere: PathLike | None = None,
    threads: int = 0,
    progress: bool | None = None,
) -> PosteriorCheck:
    """Checks the posterior of a calibration file, as `coalis calibrate --check` does.

    posterior: its file; without it the calibration's name with .posterior.csv beside it. table: runs of the table from which
    coverage is computed, a million unless said otherwise, which takes minutes; 0 leaves it out. elsewhere: the scenario of another
    coalition, to be compared by direction.
    """
    place = Path(file_of("path", path))
    of = place.with_suffix(".posterior.csv") if posterior is None else Path(file_of("posterior", posterior))
    with Ear(progress, "runs") as ear:
        said, raised = _coalis.check(
            str(place),
            posterior=str(of),
            nuisance=_nuisance_of(nuisance),
            table=whole("table", table, 0, MOST_TABLE),
            elsewhere=file_if_given("elsewhere", elsewhere),
            threads=whole("threads", threads, 0, MOST_THREADS),
            ear=ear,
        )
    result = PosteriorCheck(Path(of.with_suffix(".check.json").name), *said, said[0].encode()) if said else None
    found: PosteriorCheck = ended(result, raised, "nothing is kept")
    return found


def _nuisance_of(name: str | None) -> str:
    if name not in (None, "prior", "fixed"):
        raise AskError(f"nuisance={name!r}: choose 'prior' or 'fixed', or leave it out")
    return name or ""
