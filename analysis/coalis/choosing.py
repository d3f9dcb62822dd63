"""What a coalition could do otherwise, and what of it is best for some money: `coalis options` and `coalis best`."""

from __future__ import annotations

import json
import math
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from . import _coalis
from .arguments import MOST_SEED, MOST_THREADS, above_0, beginning, file_if_given, from_0, names, paths, text, whole, whole_if_given
from .asking import PathLike, ScenarioLike, _called, _of, ended, save_bytes
from .errors import AskError
from .learning import _Learnt
from .progress import Ear
from .scenario import Rows, as_scenario

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

MOST_OPTION_DRAWS, MOST_POINTS, LEAST_FIGURES, MOST_FIGURES = 10_000, 5_000, 20, 1_000_000


class Possible(NamedTuple):
    """What a coalition could do otherwise."""

    name: str  # as compare(options=) takes it
    costs_more: float | None  # than as it is, as planned, USD a year; below 0: less; None if it makes no sense
    planned_cost: float | None  # of the coalition with it, in all, USD a year; None if it makes no sense
    meaning: str
    reason: str  # why it makes no sense for the coalition; "" if it does


def options(scenario: ScenarioLike) -> Rows:
    """What the coalition could do otherwise, what it is, and what it costs: more than as it is, as `coalis options` prints it, and in all,
    as its --json has it."""
    listed = json.loads(_coalis.options(as_scenario(scenario)._native))

    def more(cost: float | None) -> float | None:  # the command's rounding: no cents of a difference of two dollars
        return None if cost is None else float(math.floor(cost + 0.5) - math.floor(listed["cost"] + 0.5))

    rows = [Possible(one["name"], more(one["cost"]), one["cost"], one["meaning"], one["reason"] or "") for one in listed["options"]]
    return Rows(rows, Possible._fields)


class Best(_Learnt):
    """What to do with some money, and how sure that is. `answer` has all figures (docs/formats/best.md)."""

    @property
    def choice(self) -> dict[str, Any]:
        """The option that is chosen: its name, its changes as compare(options=) takes them, planned cost, gain and regret."""
        found: dict[str, Any] = self.answer["options"][self._step["choice"]]
        return found

    @property
    def as_good(self) -> list[dict[str, Any]]:
        """Those that new runs do not tell from the best, the choice among them."""
        return [self.answer["options"][place] for place in self._step["not_told_apart"]]

    @property
    def _step(self) -> dict[str, Any]:
        found: dict[str, Any] = self.answer["steps"][self.answer["budget_step"]]
        return found

    def to_dataframe(self) -> pandas.DataFrame:
        """A row for each option that was left by the race, as it is first; levels and differences in the outcome's own unit."""
        import pandas

        rows = [{key: value for key, value in one.items() if key not in ("by_structure", "shown")} for one in self.answer["options"]]
        return pandas.json_normalize(rows)

    def plot(self) -> Figure:
        """What each option within the budget gains, best first, twelve at most; filled: what is not told from the best."""
        from .choosing_figures import gains

        return gains(self)

    def report(self, path: PathLike, *, title: str = "", overwrite: bool = False) -> Path:
        """Writes a page that a layperson can read, as `coalis report` does."""
        with tempfile.TemporaryDirectory(prefix="coalis-") as folder:
            file = self.save(Path(folder) / "best.json")
            page = _coalis.best_page(str(file), name=file.name, title=text("title", title), command=self.answer["command"])
        return save_bytes(path, page.encode(), overwrite)


def best(
    scenario: ScenarioLike,
    budget: float,
    *,
    aim: str = "engaged",
    guards: str | Sequence[str] | Mapping[str, float] | None = None,
    parameters: PathLike | Sequence[PathLike] | None = None,
    structures: str | Sequence[str] | None = None,
    draws: int | None = None,
    from_month: int | str = 0,
    points: int = 120,
    replicates: int = 500,
    seed: int = 1,
    keep: PathLike | None = None,
    threads: int = 0,
    progress: bool | None = None,
) -> Best:
    """What to do with so many USD a year for coordination, as `coalis best` answers: equal figures.

    aim: the outcome that is to be as good as it can be. guards: outcomes that must not get clearly worse, or a dict of them with
    the harm that is allowed, in the outcome's unit. parameters: files of parameter sets, one for each structure they were fitted
    under, of which `draws` are used (50 if not said). structures: also under others ("engagement", "decision", "influence", "all", or values).
    from_month: options begin in this month, "2008-07" or counted from 0. points: combinations of the first round. replicates: new runs of each
    option that is left, for the figures. keep: a file that has what is done until the answer is there; whatever interrupts it, the same call
    goes on from it, as the command does with `-o` (its best.state.json); without it an interrupted answer begins again.
    """
    asked, money = as_scenario(scenario), above_0("budget", budget, ", USD a year")
    allowed = [f"{name}={from_0('guards', harm)!r}" for name, harm in guards.items()] if isinstance(guards, Mapping) else names("guards", guards)
    given: dict[str, Any] = {
        "aim": text("aim", aim),
        "guards": allowed,
        "parameters": paths("parameters", parameters),
        "structures": names("structures", structures),
        "draws": whole_if_given("draws", draws, 2, MOST_OPTION_DRAWS),
        "from_month": beginning("from_month", from_month),
        "points": whole("points", points, 1, MOST_POINTS),
        "replicates": whole("replicates", replicates, LEAST_FIGURES, MOST_FIGURES),
        "seed": whole("seed", seed, 0, MOST_SEED),
    }
    command = _called("coalis.best", _of(asked), f"{money:g}", **given)
    kept = file_if_given("keep", keep)
    with Ear(progress, "runs") as ear:
        said, raised = _coalis.best(asked._native, budget=money, keep=kept, command=command, threads=whole("threads", threads, 0, MOST_THREADS), ear=ear, **given)
    result = Best(Path(asked.name), *said, said[0].encode()) if said else None
    found: Best = ended(result, raised, f"{kept} has what is done, and the same call goes on" if kept else 'nothing is kept (keep="FILE" keeps what is done)')
    return found
