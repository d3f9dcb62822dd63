"""Asking: what the program's commands run, compare, study, sensitivity, calibrate and story do, with values in memory.

Nothing is written unless it is asked for with save() or report(). Ctrl-C ends the runs under way and raises coalis.Interrupted (a
KeyboardInterrupt), whose `result` has what was finished.
"""

from __future__ import annotations

import copy
import html
import json
import os
import shutil
import tempfile
import threading
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import numpy as np

from . import _coalis
from .arguments import MOST_DRAWS, MOST_REPLICATES, MOST_SEED, MOST_THREADS, above_0, beginning, from_0, names, one_file_if_given, text
from .arguments import text_if_given, whole, whole_if_given, wrong_type
from .arguments import file as file_of
from .errors import AskError, Interrupted, ResultError, did_you_mean, in_python
from .files import Content, InFile, InMemory, Result
from .hdf5_lock import hdf5
from .progress import Ear
from .rules import Asked, asked_of_each, asked_rules, described, experiment
from .scenario import Rows, Scenario, as_scenario, html_table, told_apart

if TYPE_CHECKING:
    import pandas

PathLike = str | os.PathLike[str]
ScenarioLike = Scenario | PathLike | Mapping[str, Any]


class Outcome(NamedTuple):
    """An outcome of a run, and what it is."""

    name: str
    unit: str  # "1" of shares and indices
    matters: float  # the difference that matters
    meaning: str


_FIRST = ("engaged", "never_attended", "goal_attainment", "member_cost", "coordination_cost")


def file_bytes(write: Any) -> bytes:
    """What `write(path)` writes, without a file that stays."""
    in_memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="coalis-", dir=in_memory) as folder:
        path = Path(folder) / "result"
        write(str(path))
        return path.read_bytes()


def save_bytes(path: PathLike, content: bytes, overwrite: bool) -> Path:
    """A file as the program writes them: whole, or not at all."""
    place = file_of("path", path)
    _coalis.write_output(place, content, overwrite)
    return Path(place)


def remove_behind(folder: str) -> None:
    """Removes a folder without its being waited for: Ctrl-C need not wait for the disk. The process ends when it is gone."""
    threading.Thread(target=shutil.rmtree, args=(folder, True)).start()


def ended(result: Any, raised: BaseException | None, done: str) -> Any:
    """The result; or what was raised while it was made, which then has it."""
    if raised is None:
        return result
    if isinstance(raised, KeyboardInterrupt):
        raise Interrupted(f"interrupted: {done}" + ("; this exception's `result` has them" if result is not None else ""), result)
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
        said, most = in_python(self._said()), whole("width", width, 0, 10**6)
        return _coalis.fitted(said, most) if most > 0 else said


class AskedResult(Answer, Result):
    """A result of which everything can be had: asked here and in memory, come from another process, or opened from a file. Its groups are
    those of the file that save() writes, each an xarray.Dataset."""

    def __init__(self, kind: str, native: Any, command: str, path: Path | None = None, content: Content | None = None) -> None:
        self._native = native  # None of one that was not asked here
        self._command = command
        super().__init__(path or Path(f"{kind} in memory"), kind, content or InMemory(self._make_bytes))

    @classmethod
    def of_file(cls, path: Path, kind: str, content: Content) -> Self:
        """What a file holds."""
        other = object.__new__(cls)
        other._open(path, kind, content)
        return other

    def _open(self, path: Path, kind: str, content: Content) -> None:
        AskedResult.__init__(self, kind, None, f"coalis.open_result({str(path)!r})", path, content)

    def _make_bytes(self) -> bytes:
        return file_bytes(lambda path: self._native.write(path, True, self._command))

    def _json(self) -> str:
        return self._told("figures") if self._native is None else str(self._native.json)

    def _said(self) -> str:
        return self._told("sentences") if self._native is None else str(self._native.text)

    def _tells(self) -> bool:
        return self._native is not None or super()._tells()

    def save(self, path: PathLike, overwrite: bool = False) -> Path:
        """Writes the file that the command writes with -o (docs/formats/), whole or not at all; /provenance names this call."""
        place = file_of("path", path)
        if self._native is None:
            return save_bytes(place, self._content.bytes, overwrite)
        with hdf5:
            self._native.write(place, overwrite, self._command)
        return Path(place)

    def _copy_to(self, folder: Path) -> Path:
        if isinstance(self._content, InFile):
            return super()._copy_to(folder)
        file = folder / f"{self.kind}.h5"
        file.write_bytes(self._content.bytes)
        return file

    def __copy__(self) -> Self:
        """Of the same answer, with datasets and arrays of its own."""
        other = object.__new__(type(self))
        vars(other).update({name: value for name, value in vars(self).items() if name not in ("answer", "hashes", "outcomes")}, _read={})
        return other

    def __deepcopy__(self, _: dict[int, Any]) -> Self:
        return copy.copy(self)

    def __getstate__(self) -> dict[str, Any]:
        return {"kind": self.kind, "path": self.path, "bytes": self._content.bytes, "command": self._command}

    def __setstate__(self, state: dict[str, Any]) -> None:
        content: bytes = state["bytes"]
        AskedResult.__init__(self, state["kind"], None, state["command"], state["path"], InMemory(lambda: content))


class Run(AskedResult):
    """Replicates of one scenario.

    run["outcomes"].engaged has the dimension replicate, run["trajectories"] also month (docs/formats/result.md has all groups with
    their dimensions and units). `hashes` (replicate) are those of `coalis run`; `scenario` and `seed` are what was asked.
    """

    def __init__(self, native: Any, command: str, scenario: Scenario, seed: int, rule: Asked = None) -> None:
        super().__init__("run", native, command)
        self.scenario = scenario
        self._seed = seed
        self._rule = rule  # not of one that was not asked here

    def _open(self, path: Path, kind: str, content: Content) -> None:
        super()._open(path, kind, content)
        self._rule = None

    @cached_property
    def scenario(self) -> Scenario:
        """What was asked; of a file the scenario that it holds, every value filled in."""
        return Scenario(str(self.attributes["scenario"]))

    @property
    def seed(self) -> int:
        return super().seed if self._native is None else self._seed

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

    def summary(self) -> pandas.DataFrame:
        """Mean, Monte Carlo standard error, quantiles over replicates and number of values of every outcome."""
        import pandas

        return pandas.DataFrame(self.answer["outcomes"]).T

    def __getstate__(self) -> dict[str, Any]:
        asked = {"scenario": self.scenario} if "scenario" in vars(self) else {}
        return {**super().__getstate__(), "asked": asked}

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__(state)
        vars(self).update(state["asked"], _rule=None)

    def report(self, path: PathLike, *, on: str = "engaged", title: str = "", overwrite: bool = False, **options: Any) -> Path:
        """Writes a page that a layperson can read: what sentences() says, and how the outcome `on` went month by month. The command
        has none of a run; pages that answer a question are those of comparisons and studies."""
        if options:
            raise TypeError(f"report() of a run takes no {', '.join(options)}; it takes on, title, overwrite")
        if text("on", on) not in self.outcomes:
            raise AskError(f"on={on!r}: there is no such outcome; {did_you_mean(on, self.outcomes)}there are {', '.join(self.outcomes)}")
        page = self._page_again(on, title) if self._native is None else self._native.page(on=on, title=text("title", title), command=self._command)
        return save_bytes(path, page.encode(), overwrite)

    def _page_again(self, on: str, title: str) -> str:
        """From what its file holds."""
        if "parameters" in self:
            raise ResultError(f"{self.path}: a page of a run with parameter sets is made where it was run: scenario.run(parameters=...).report(path)")
        level = _coalis.level_of(on)
        kept = "trajectories" in self and level in self["trajectories"]
        return _coalis.run_page(
            self.scenario._native,
            seed=self.seed,
            outcomes={name: np.asarray(values, dtype=float).tolist() for name, values in self.outcomes.items()},
            months=self["trajectories"][level].transpose("replicate", "month").values.astype(float).tolist() if kept else [],
            told=self._told("sentences"),
            on=on,
            title=text("title", title),
            command=self._command,
        )

    def _rows(self) -> list[list[str]]:
        found = self.answer["outcomes"]
        return [
            [name, _figure(found[name]["mean"]), _figure(found[name]["se"], 2), f"{_figure(found[name]['q10'])} .. {_figure(found[name]['q90'])}"]
            for name in _FIRST
            if name in found and found[name]["mean"] is not None
        ]

    def __repr__(self) -> str:
        if not self._tells():
            return Result.__repr__(self)
        rows = "\n".join(f"  {name:<18} {mean:>9}  s.e. {se:<8} 80 % of replicates {range_}" for name, mean, se, range_ in self._rows())
        return f"Run of '{self.answer['scenario']}': {self.replicates} replicates, seed {self.seed}\n{rows}"

    def _repr_html_(self) -> str:
        if not self._tells():
            return f"<pre>{html.escape(repr(self))}</pre>"
        title = f"<b>{html.escape(self.answer['scenario'])}</b>: {self.replicates} replicates, seed {self.seed}"
        return title + html_table(["outcome", "mean", "s.e.", "80 % of replicates"], self._rows())


class _Named(dict[str, Any]):
    """By name; a KeyError says which there are."""

    def __init__(self, content: Mapping[str, Any], of: str, what: str, less: str = "") -> None:
        super().__init__(content)
        self._said = of, what, less

    def __missing__(self, name: Any) -> Any:
        of, what, less = self._said
        raise KeyError(f"{of}: there is no {what} {name!r}{less}; {did_you_mean(name, self)}there are {', '.join(self)}")

    def __reduce__(self) -> tuple[Any, ...]:
        return _Named, (dict(self), *self._said)


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
        found = {label: _Named(one, f"differences of {label}", "outcome") for label, one in self.answer["differences"].items()}
        return _Named(found, "comparison", "scenario", " less A")

    @property
    def replicates(self) -> int:
        return super().replicates if self._native is None else int(self.answer["replicates"])

    @property
    def seed(self) -> int:
        return super().seed if self._native is None else int(self.answer["seed"])

    def _headline(self) -> str:
        if not self._tells():
            return super()._headline()
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
                levels: list[float] = [d["reference"]["mean"], d["scenario"]["mean"]]
                grain = 2.0**-23 * max(abs(level) for level in levels)  # of single precision: what is smaller is rounding
                mean, half, low, high = (0.0 if abs(x) <= grain else x for x in (d["difference"], d["half_width"], *d["range80"]))
                rows.append(
                    [label, name, *map(_figure, levels)]
                    + [f"{_figure(mean, sign=True)} ± {_figure(half, 2)}", f"{_figure(low)} .. {_figure(high)}"]
                )
        return rows

    _COLUMNS = ("scenario", "outcome", "A", "it", "difference ± 95 %", "80 % of pairs")

    def __repr__(self) -> str:
        if not self._tells():
            return Result.__repr__(self)
        since = f" from month {self.answer['from_month']} on" if self.answer["from_month"] else ""
        named = "\n".join(f"  {s['label']}  {s['name']}: {s['planned_cost']:,.0f} USD a year as planned{since}" for s in self.answer["scenarios"])
        table = [list(self._COLUMNS), *self._rows()]
        widths = [max(len(row[i]) for row in table) for i in range(len(self._COLUMNS))]
        lines = "\n".join("  " + "  ".join(cell.ljust(w) for cell, w in zip(row, widths)).rstrip() for row in table)
        return f"Comparison: {self.replicates} paired replicates, seed {self.seed}\n{named}\n{lines}"

    def _repr_html_(self) -> str:
        if not self._tells():
            return f"<pre>{html.escape(repr(self))}</pre>"
        named = "".join(f"<li>{html.escape(s['label'])}: {html.escape(s['name'])}</li>" for s in self.answer["scenarios"])
        head = f"<b>{self.replicates} paired replicates, seed {self.seed}</b><ul>{named}</ul>"
        return head + html_table(self._COLUMNS, self._rows())


def _called(function: str, *said: str, **options: Any) -> str:
    """The call, for the provenance of files: what is not as usual."""
    given = [f"{name}={value!r}" for name, value in options.items() if value not in (None, "", 0, [], ())]
    return f"{function}({', '.join([*said, *given])})"


def _of(scenario: Scenario) -> str:
    changed = f", {scenario._set}" if scenario._set else ""
    return f"coalis.Scenario({scenario._native.name!r}{changed})"


def _figure(value: float, digits: int = 4, sign: bool = False) -> str:
    """So many significant digits, and never an exponent."""
    return np.format_float_positional(value, precision=digits, unique=False, fractional=False, trim="-", sign=sign)


def outcomes() -> Rows:
    """What can be asked for by name: outcomes with their units, the difference that matters, and what they mean."""
    return Rows([Outcome(name, unit, matters, meaning) for name, unit, meaning, matters in _coalis.quantities()], Outcome._fields)


def run(
    scenario: ScenarioLike,
    replicates: int = 200,
    seed: int = 1,
    *,
    record: str = "standard",
    outcomes: str | Sequence[str] | None = None,
    parameters: PathLike | Sequence[PathLike] | None = None,
    rule: Asked = None,
    threads: int = 0,
    progress: bool | None = None,
) -> Run:
    """Runs replicates 0 to replicates - 1 of a scenario, as `coalis run` does: equal hashes, figures and files.

    record: what each replicate leaves, "outcomes", "trajectories", "standard", "detailed" or "all" (docs/formats/result.md).
    outcomes: more of them by name, as "network" and "association". parameters: a file of parameter sets, of which each replicate
    has one. threads: 0 for all; the bits do not depend on it. progress: None shows a bar where somebody can see it.

    rule: a function that decides who attends, in the place of the model's rules (coalis.Event): an experiment, which the name of
    the scenario says from then on. It is called in one thread.
    """
    asked, rules = as_scenario(scenario), asked_rules(rule, parameters)
    said = "" if rule is None else described(rule)
    if rule is not None:
        asked = asked.named(asked.name + experiment(rule))
    options: dict[str, Any] = {
        "replicates": whole("replicates", replicates, 1, MOST_REPLICATES),
        "seed": whole("seed", seed, 0, MOST_SEED),
        "record": text("record", record),
        "outcomes": names("outcomes", outcomes),
        "parameters": one_file_if_given("parameters", parameters),
        "threads": whole("threads", threads, 0, MOST_THREADS),
    }
    with Ear(progress) as ear:
        native, raised = _coalis.run(asked._native, rules=rules, ear=ear, **options)
    usual = [f"{name}={options[name]!r}" for name in ("replicates", "seed", "record")]
    command = _called(f"{_of(asked)}.run", *usual, **{**options, "replicates": 0, "seed": 0, "record": ""}, rule=said)
    done = native.replicates if native else 0
    result = Run(native, command, asked, options["seed"], rule) if native else None
    found: Run = ended(result, raised, f"{done} of {options['replicates']} replicates are done")
    return found


def compare(
    *scenarios: ScenarioLike,
    replicates: int | None = None,
    seed: int = 1,
    precision: float | None = None,
    on: str | None = None,
    options: str | Sequence[str] | None = None,
    from_month: int | str = 0,
    equal_budget: str | None = None,
    budget: float | None = None,
    lever: str | None = None,
    structures: str | Sequence[str] | None = None,
    parameters: PathLike | Sequence[PathLike] | None = None,
    draws: int | None = None,
    outcomes: str | Sequence[str] | None = None,
    matters: Mapping[str, float] | None = None,
    rule: Asked | Sequence[Asked] = None,
    threads: int = 0,
    progress: bool | None = None,
) -> Comparison:
    """Compares scenarios with the first, replicate by replicate, as `coalis compare` does: figures equal to the last bit.

    replicates: 200 unless said otherwise. precision, on: runs until half the width of the 95 % interval of the mean difference of
    that outcome is so small. options: what the first could do otherwise, as coalis.options lists it ("3 hubs") or as --with takes
    it ("half a post: hubs.Office.fte=0.5; without Outreach Day"), each compared with it, too. from_month: what the others change
    begins in that month, "2008-07" or counted from 0. equal_budget: "fte", "per_year" or a lever, scaled in the others to the reference's
    planned cost. budget: USD a year that all are to cost instead, by scaling `lever`, "fte" unless said otherwise.
    structures: repeats it under other structures ("engagement", "decision", "influence", "all", or their values). parameters: a
    file of parameter sets, of which `draws` are used. outcomes: those to tell of. matters: differences that matter, by outcome.

    rule: a function that decides who attends, in all scenarios; or a list with one for each, None for the model's own (coalis.run).
    """
    if len(scenarios) == 1 and isinstance(scenarios[0], (list, tuple)):
        raise TypeError("compare takes scenarios one after the other: coalis.compare(a, b), or coalis.compare(*scenarios)")
    asked = told_apart([as_scenario(one) for one in scenarios])
    each, rules = asked_of_each(rule, len(asked), parameters)
    asked = [one if own is None else one.named(one.name + experiment(own)) for one, own in zip(asked, each)]
    if rules is not None and options:
        raise AskError("rule=: options are compared under the model's own rules; leave out options=")
    if matters is not None and not isinstance(matters, Mapping):
        raise wrong_type("matters", matters, 'differences by outcome, as {"engaged": 0.05}')
    usd, scaled = _budget(equal_budget, budget, lever)
    given: dict[str, Any] = {
        "replicates": whole_if_given("replicates", replicates, 1, MOST_REPLICATES),
        "seed": whole("seed", seed, 0, MOST_SEED),
        "precision": 0.0 if precision is None else above_0("precision", precision),
        "on": text_if_given("on", on, "the name of an outcome"),
        "options": names("options", options),
        "from_month": beginning("from_month", from_month),
        "equal_budget": scaled,
        "budget": usd,
        "structures": names("structures", structures),
        "parameters": one_file_if_given("parameters", parameters),
        "draws": whole_if_given("draws", draws, 1, MOST_DRAWS),
        "outcomes": names("outcomes", outcomes),
        "matters": [f"{name}={from_0('matters', value)!r}" for name, value in (matters or {}).items()],
    }
    with Ear(progress) as ear:
        native, raised = _coalis.compare(
            [one._native for one in asked], threads=whole("threads", threads, 0, MOST_THREADS), rules=rules, ear=ear, **given
        )
    said = [] if rules is None else [None if own is None else described(own) for own in each]
    budgeted: dict[str, Any] = {"equal_budget": "", "lever": scaled} if usd > 0 else {}
    command = _called("coalis.compare", *map(_of, asked), f"seed={given['seed']}", **{**given, **budgeted, "seed": 0}, rule=said)
    result = Comparison(native, command) if native else None
    found: Comparison = ended(result, raised, f"{native.replicates if native else 0} paired replicates are done")
    return found


def _budget(equal_budget: Any, budget: Any, lever: Any) -> tuple[float, str]:
    """USD a year, 0 for the reference's cost, and what is scaled to it, "" for nothing. As the command has it: --equal-budget excludes
    --budget, and --lever needs it."""
    levers = '"fte", "per_year" or a lever'
    of_reference, of_budget = text_if_given("equal_budget", equal_budget, levers), text_if_given("lever", lever, levers)
    usd = 0.0 if budget is None else above_0("budget", budget, ", USD a year")
    if of_reference and budget is not None:
        raise AskError(
            f"equal_budget={equal_budget!r}, budget={budget}: equal_budget excludes budget; leave budget out for the cost of the first, "
            f"or have all cost so much: budget={budget}, lever={equal_budget!r}"
        )
    if of_budget and budget is None:
        raise AskError(f"lever={lever!r}: requires budget, which scales it; for the cost of the first: equal_budget={lever!r}")
    return usd, of_reference or of_budget or ("fte" if usd > 0 else "")
