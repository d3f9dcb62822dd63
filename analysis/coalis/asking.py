"""Asking: what the program's commands run, compare, study, sensitivity, calibrate and story do, with values in memory.

Nothing is written unless it is asked for with save() or report(). Ctrl-C ends the runs under way and raises coalis.Interrupted (a
KeyboardInterrupt), whose `result` has what was finished.
"""

from __future__ import annotations

import html
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _coalis
from .errors import Interrupted, ResultError, in_python
from .files import InMemory, Result
from .progress import Ear
from .scenario import Scenario, as_scenario, html_table

if TYPE_CHECKING:
    import pandas
    import xarray
    from matplotlib.figure import Figure

PathLike = str | os.PathLike[str]
ScenarioLike = Scenario | PathLike | Mapping[str, Any]
_FIRST = ("engaged", "never_attended", "goal_attainment", "member_cost", "coordination_cost")


def file_bytes(write: Any) -> bytes:
    """What `write(path)` writes, without a file that stays."""
    in_memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="coalis-", dir=in_memory) as folder:
        path = Path(folder) / "result"
        write(str(path))
        return path.read_bytes()


def save_bytes(path: PathLike, content: bytes, overwrite: bool) -> Path:
    place = Path(path)
    if place.exists() and not overwrite:
        raise ResultError(f"{place}: exists already; choose another name, or overwrite=True")
    with tempfile.NamedTemporaryFile(dir=place.parent, prefix=f".{place.name}.", delete=False) as file:
        file.write(content)
    os.chmod(file.name, 0o644)
    os.replace(file.name, place)
    return place


def ended(result: Any, raised: BaseException | None, done: str) -> Any:
    """The result; or what was raised while it was made, which then has it."""
    if raised is None:
        return result
    if isinstance(raised, KeyboardInterrupt):
        raise Interrupted(f"interrupted: {done}; this exception's `result` has them" if result is not None else done, result)
    raise raised


class Answer:
    """What every answer has: `answer`, its figures as the program's --json has them, and sentences()."""

    _text: str

    @cached_property
    def answer(self) -> dict[str, Any]:
        """All figures, as `--json` of the command prints them (docs/formats/)."""
        found: dict[str, Any] = json.loads(self._json())
        return found

    def _json(self) -> str:
        raise NotImplementedError

    def _said(self) -> str:
        raise NotImplementedError

    def sentences(self, width: int = 100) -> str:
        """The answer for people, as the command prints it, on lines of that width; 0: a paragraph a line."""
        text = in_python(self._said())
        return _coalis.fitted(text, width) if width > 0 else text


class AskedResult(Result, Answer):
    """A result in memory: its groups are those of the file that save() writes, each an xarray.Dataset."""

    def __init__(self, kind: str, native: Any, command: str) -> None:
        self._native = native
        self._command = command
        self._memory = InMemory(self._make_bytes)
        self._came: dict[str, Any] = {}  # from another process, then without `native`
        super().__init__(Path(f"{kind} in memory"), kind, self._memory)

    def _make_bytes(self) -> bytes:
        content = self._came.get("bytes")
        return content or file_bytes(lambda path: self._native.write(path, True, self._command))

    def _json(self) -> str:
        return str(self._came["json"] if self._came else self._native.json)

    def _said(self) -> str:
        return str(self._came["text"] if self._came else self._native.text)

    def save(self, path: PathLike, overwrite: bool = False) -> Path:
        """Writes the file that the command writes with -o (docs/formats/), whole or not at all; /provenance names this call."""
        if self._native is None:
            return save_bytes(path, self._memory.bytes, overwrite)
        self._native.write(os.fspath(path), overwrite, self._command)
        return Path(path)

    def to_dataframe(self, group: str = "outcomes", variables: Sequence[str] | None = None) -> pandas.DataFrame:
        """A group as a table: a row for each replicate (and scenario, month, region, ...), a column for each quantity."""
        from .tables import to_dataframe

        return to_dataframe(self, group, variables)

    def __getstate__(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "bytes": self._memory.bytes,
            "json": self._json(),
            "text": self._said(),
            "command": self._command,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        AskedResult.__init__(self, state["kind"], None, state["command"])
        self._came = state


class Run(AskedResult):
    """Replicates of one scenario.

    run["outcomes"].engaged has the dimension replicate, run["trajectories"] also month (docs/formats/result.md has all groups with
    their dimensions and units). `hashes` (replicate) are those of `coalis run`; `scenario` and `seed` are what was asked.
    """

    def __init__(self, native: Any, command: str, scenario: Scenario, seed: int) -> None:
        super().__init__("run", native, command)
        self.scenario = scenario
        self._seed = seed

    @property
    def seed(self) -> int:
        return self._seed

    @property
    def replicates(self) -> int:
        return len(self.hashes)

    @cached_property
    def hashes(self) -> np.ndarray[Any, np.dtype[np.uint64]]:
        """Of every replicate, over its final state and its outcomes: (replicate), unsigned integers of 64 bits."""
        if self._native is not None:
            return np.asarray(self._native.hashes)
        return np.asarray(self["replicates"].hash.values, dtype=np.uint64)

    @cached_property
    def outcomes(self) -> dict[str, np.ndarray[Any, np.dtype[np.float64]]]:
        """Outcomes by name, each (replicate); NaN is missing. As run["outcomes"], without its labels and without its cost."""
        if self._native is None:
            return {str(name): values.values for name, values in self["outcomes"].data_vars.items()}
        return dict(zip((name for name, _, _, _ in self._native.quantities), self._native.outcomes))

    def plot(self, outcome: str = "engaged", **options: Any) -> Figure:
        """The outcome month by month with bands and single runs (coalis.levels has the options)."""
        from .level_figures import levels

        return levels(self, outcome, **options)

    def summary(self) -> pandas.DataFrame:
        """Mean, Monte Carlo standard error, quantiles over replicates and number of values of every outcome."""
        import pandas

        return pandas.DataFrame(self.answer["outcomes"]).T

    def __getstate__(self) -> dict[str, Any]:
        return {**super().__getstate__(), "scenario": self.scenario, "seed": self._seed}

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__(state)
        self.scenario, self._seed = state["scenario"], state["seed"]

    def _rows(self) -> list[list[str]]:
        found = self.answer["outcomes"]
        return [
            [name, _figure(found[name]["mean"]), _figure(found[name]["se"], 2), f"{_figure(found[name]['q10'])} .. {_figure(found[name]['q90'])}"]
            for name in _FIRST
            if name in found and found[name]["mean"] is not None
        ]

    def __repr__(self) -> str:
        rows = "\n".join(f"  {name:<18} {mean:>9}  s.e. {se:<8} 80 % of replicates {range_}" for name, mean, se, range_ in self._rows())
        return f"Run of '{self.scenario.name}': {self.replicates} replicates, seed {self.seed}\n{rows}"

    def _repr_html_(self) -> str:
        title = f"<b>{html.escape(self.scenario.name)}</b>: {self.replicates} replicates, seed {self.seed}"
        return title + html_table(["outcome", "mean", "s.e.", "80 % of replicates"], self._rows())


class Comparison(AskedResult):
    """Scenarios compared replicate by replicate, with all draws shared; the first is the reference, A.

    comparison["outcomes"].engaged has the dimensions replicate and scenario; ["levels_over_time"] and ["differences_over_time"]
    also month (docs/formats/comparison.md).
    """

    def __init__(self, native: Any, command: str) -> None:
        super().__init__("comparison", native, command)

    def paragraph(self, width: int = 100) -> str:
        """What was compared and what it says, without the tables behind it."""
        return self.sentences(width).split("\n\nB - A")[0]

    @property
    def differences(self) -> dict[str, dict[str, dict[str, Any]]]:
        """Figures by scenario (B, C, ...) and outcome: difference, se, half_width, range80, above, ... as in --json."""
        found: dict[str, dict[str, dict[str, Any]]] = self.answer["differences"]
        return found

    @property
    def replicates(self) -> int:
        return int(self.answer["replicates"])

    @property
    def seed(self) -> int:
        return int(self.answer["seed"])

    def plot(self, outcome: str | None = None, **options: Any) -> Figure:
        """The paired difference month by month (coalis.fan has the options); of an outcome that has no months at the end, as
        dots."""
        from .difference_figures import dotplot, fan

        name = outcome or self._outcome()
        draw = fan if name in self["differences_over_time"].data_vars else dotplot
        return draw(self, name, **options)

    def report(
        self, path: PathLike, *, on: str = "engaged", title: str = "", question: str = "", fit: PathLike = "", overwrite: bool = False
    ) -> Path:
        """Writes a page that a layperson can read, as `coalis report` does. on: the outcome that it answers; fit: a
        POSTERIOR.check.json."""
        command = f"coalis.compare(...).report('{Path(path).name}', on='{on}')"
        with tempfile.TemporaryDirectory(prefix="coalis-") as folder:
            file = Path(folder) / "comparison.h5"
            file.write_bytes(self._memory.bytes)
            text = _coalis.comparison_page(
                str(file),
                headline=on,
                title=title,
                question=question,
                fit=os.fspath(fit),
                command=command,
                epoch=os.environ.get("SOURCE_DATE_EPOCH", ""),
            )
        return save_bytes(path, text.encode(), overwrite)

    def _outcome(self) -> str:
        asked = self.answer.get("precision")
        return str(asked["on"]) if asked and "on" in asked else next(name for name in _FIRST if name in self._named())

    def _named(self) -> dict[str, dict[str, Any]]:
        return next(iter(self.differences.values()))

    def _rows(self) -> list[list[str]]:
        rows = []
        for label, outcomes in self.differences.items():
            for name in [name for name in _FIRST if name in outcomes] or list(outcomes)[:5]:
                d = outcomes[name]
                if d["difference"] is None or d["half_width"] is None:
                    continue
                low, high = d["range80"]
                rows.append(
                    [label, name, _figure(d["reference"]["mean"]), _figure(d["scenario"]["mean"])]
                    + [f"{_figure(d['difference'], sign=True)} ± {_figure(d['half_width'], 2)}", f"{_figure(low)} .. {_figure(high)}"]
                )
        return rows

    _COLUMNS = ("scenario", "outcome", "A", "it", "difference ± 95 %", "80 % of pairs")

    def __repr__(self) -> str:
        named = "\n".join(f"  {s['label']}  {s['name']}: {s['planned_cost']:,.0f} USD a year as planned" for s in self.answer["scenarios"])
        table = [list(self._COLUMNS), *self._rows()]
        widths = [max(len(row[i]) for row in table) for i in range(len(self._COLUMNS))]
        lines = "\n".join("  " + "  ".join(cell.ljust(w) for cell, w in zip(row, widths)).rstrip() for row in table)
        return f"Comparison: {self.replicates} paired replicates, seed {self.seed}\n{named}\n{lines}"

    def _repr_html_(self) -> str:
        named = "".join(f"<li>{html.escape(s['label'])}: {html.escape(s['name'])}</li>" for s in self.answer["scenarios"])
        head = f"<b>{self.replicates} paired replicates, seed {self.seed}</b><ul>{named}</ul>"
        return head + html_table(self._COLUMNS, self._rows())


def _called(function: str, first: str, **options: Any) -> str:
    """The call, for the provenance of files: what is not as usual."""
    said = "".join(f", {name}={value!r}" for name, value in options.items() if value not in (None, "", 0, [], ()))
    return f"{function}({first}{said})"


def _of(scenario: Scenario) -> str:
    changed = f", {scenario._set}" if scenario._set else ""
    return f"coalis.Scenario({scenario._native.name!r}{changed})"


def _figure(value: float, digits: int = 4, sign: bool = False) -> str:
    """So many significant digits, and never an exponent."""
    return np.format_float_positional(value, precision=digits, unique=False, fractional=False, trim="-", sign=sign)


def _texts(names: str | Sequence[str] | None) -> list[str]:
    return [] if names is None else [names] if isinstance(names, str) else [str(name) for name in names]


def run(
    scenario: ScenarioLike,
    replicates: int = 200,
    seed: int = 1,
    *,
    record: str = "standard",
    outcomes: str | Sequence[str] | None = None,
    parameters: PathLike = "",
    threads: int = 0,
    progress: bool | None = None,
) -> Run:
    """Runs replicates 0 to replicates - 1 of a scenario, as `coalis run` does: equal hashes, figures and files.

    record: what each replicate leaves, "outcomes", "trajectories", "standard", "detailed" or "all" (docs/formats/result.md).
    outcomes: more of them by name, as "network" and "association". parameters: a file of parameter sets, of which each replicate
    has one. threads: 0 for all; the bits do not depend on it. progress: None shows a bar where somebody can see it.
    """
    asked = as_scenario(scenario)
    with Ear(progress) as ear:
        native, raised = _coalis.run(
            asked._native,
            replicates=replicates,
            seed=seed,
            record=record,
            outcomes=_texts(outcomes),
            parameters=os.fspath(parameters),
            threads=threads,
            ear=ear,
        )
    command = _called(
        f"{_of(asked)}.run",
        f"replicates={replicates}, seed={seed}, record='{record}'",
        outcomes=_texts(outcomes),
        parameters=os.fspath(parameters),
        threads=threads,
    )
    result = Run(native, command, asked, seed) if native.replicates else None
    found: Run = ended(result, raised, f"{native.replicates} of {replicates} replicates are done")
    return found


def compare(
    *scenarios: ScenarioLike,
    replicates: int = 0,
    seed: int = 1,
    precision: float = 0,
    on: str = "",
    equal_budget: str = "",
    structures: str | Sequence[str] | None = None,
    parameters: PathLike = "",
    draws: int = 0,
    outcomes: str | Sequence[str] | None = None,
    matters: Mapping[str, float] | None = None,
    threads: int = 0,
    progress: bool | None = None,
) -> Comparison:
    """Compares scenarios with the first, replicate by replicate, as `coalis compare` does: figures equal to the last bit.

    replicates: 200 unless said otherwise. precision, on: runs until half the width of the 95 % interval of the mean difference of
    that outcome is so small. equal_budget: "fte", "per_year" or a lever, scaled in the others to the reference's planned cost.
    structures: repeats it under other structures ("engagement", "decision", "influence", "all", or their values). parameters: a
    file of parameter sets, of which `draws` are used. outcomes: those to tell of. matters: differences that matter, by outcome.
    """
    asked = [as_scenario(one) for one in scenarios]
    options: dict[str, Any] = {
        "replicates": replicates,
        "seed": seed,
        "precision": precision,
        "on": on,
        "equal_budget": equal_budget,
        "structures": _texts(structures),
        "parameters": os.fspath(parameters),
        "draws": draws,
        "outcomes": _texts(outcomes),
        "matters": [f"{name}={value!r}" for name, value in (matters or {}).items()],
    }
    with Ear(progress) as ear:
        native, raised = _coalis.compare([one._native for one in asked], threads=threads, ear=ear, **options)
    command = _called("coalis.compare", ", ".join(_of(one) for one in asked), **options)
    result = Comparison(native, command) if native.replicates else None
    found: Comparison = ended(result, raised, f"{native.replicates} paired replicates are done")
    return found
