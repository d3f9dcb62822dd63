"""Who came, and who will come: `coalis attendance` and `coalis forecast`."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import _coalis
from .arguments import MOST_REPLICATES, MOST_SEED, MOST_THREADS, file as file_of, one_file_if_given, text, whole
from .asking import PathLike, ScenarioLike, _called, _of, ended, save_bytes
from .errors import AskError
from .learning import _Learnt
from .progress import Ear
from .scenario import as_scenario

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

FEWEST_SIMULATED, MOST_SIMULATED, MOST_HELD_OUT = 100, 10_000_000, 1000
FORECASTERS = {"model": "the model", "last_year": "own rate of last year", "beta_binomial": "beta-binomial"}


class Forecast(_Learnt):
    """Who comes to the last meetings of a table, by the model and by two plain rules. `answer` has all figures (docs/formats/forecast.md)."""

    def __init__(self, path: Path, answer: str, said: str, content: bytes, command: str) -> None:
        super().__init__(path, answer, said, content)
        self._command = command

    @property
    def verdict(self) -> list[str]:
        """Who forecasts better, and whether intervals are to be believed: a sentence each."""
        return list(self.answer["verdict"])

    @property
    def scores(self) -> pandas.DataFrame:
        """A row for each of "model", "last_year", "beta_binomial": crps (meetings a member; 0 is perfect), covered and expected (shares of
        members in their 80 % interval, and as it should be), crps_in_all (members), meetings_covered; model_less_this.value, .low, .high:
        the model's crps less that of the rule, with its 95 % interval."""
        import pandas

        return pandas.json_normalize(list(self.answer["scores"].values())).set_index(pandas.Index(self.answer["scores"], name="forecaster"))

    def to_dataframe(self, of: str = "members") -> pandas.DataFrame:
        """A row for each member; with of="meetings" for each held-out meeting. What is known of it (came, of), and the forecasts: mean,
        low and high end of the 80 % interval, its probability, crps, as model.mean, last_year.mean, ..."""
        import pandas

        if of not in ("members", "meetings"):
            raise AskError(f"of={of!r}: choose 'members' or 'meetings'")
        return pandas.DataFrame([_flat({key: value for key, value in one.items() if key != "forecast"} | one["forecast"]) for one in self.answer[of]])

    def plot(self) -> Figure:
        """How many came to each held-out meeting, and what the model and the two rules forecast, with 80 % intervals."""
        from .forecast_figures import in_all

        return in_all(self)

    def report(self, path: PathLike, *, title: str = "", overwrite: bool = False) -> Path:
        """Writes what sentences() says as a page. The command has none of a forecast."""
        named = text("title", title) or f"Who comes next: {self.answer['scenario']}"
        return save_bytes(path, _coalis.story_page(title=named, told=self._said(), command=self._command).encode(), overwrite)


def _flat(tables: Mapping[str, Any]) -> dict[str, Any]:
    """{"before": {"came": 1}} is {"before.came": 1}."""
    found: dict[str, Any] = {}
    for name, value in tables.items():
        found |= {f"{name}.{part}": one for part, one in value.items()} if isinstance(value, Mapping) else {name: value}
    return found


def forecast(
    scenario: ScenarioLike,
    attendance: PathLike,
    *,
    hold_out: int = 2,
    parameters: PathLike | Sequence[PathLike] | None = None,
    replicates: int = 2000,
    seed: int = 1,
    threads: int = 0,
    progress: bool | None = None,
) -> Forecast:
    """Who comes to the last meetings of a table, beside two plain rules, as `coalis forecast` answers: equal figures.

    attendance: CSV, a row an organisation, a column a meeting, 1 or 0 (docs/forecast.md). hold_out: the last so many meetings are held
    out and forecast. parameters: a file of parameter sets, fitted without those meetings. replicates: simulated coalitions, of which
    the nearest twentieth counts. The scenario ends with the table. An interrupted answer begins again.
    """
    asked = as_scenario(scenario)
    given: dict[str, Any] = {
        "hold_out": whole("hold_out", hold_out, 1, MOST_HELD_OUT),
        "parameters": one_file_if_given("parameters", parameters),
        "replicates": whole("replicates", replicates, FEWEST_SIMULATED, min(MOST_SIMULATED, MOST_REPLICATES)),
        "seed": whole("seed", seed, 0, MOST_SEED),
    }
    table = file_of("attendance", attendance)
    with Ear(progress) as ear:
        said, raised = _coalis.forecast(asked._native, attendance=table, threads=whole("threads", threads, 0, MOST_THREADS), ear=ear, **given)
    command = _called("coalis.forecast", _of(asked), repr(table), **given)
    result = Forecast(Path(table), *said, said[0].encode(), command) if said else None
    found: Forecast = ended(result, raised, "nothing is kept")
    return found


class AttendanceCounts(_Learnt):
    """What a table of who came says as evidence: aggregates, no names. `evidence`: the text of the file; `answer`: the same as tables."""

    @property
    def evidence(self) -> str:
        return self._content.decode()

    def to_dataframe(self) -> pandas.DataFrame:
        """A row for each category of each item: item, category, count, and of how many (docs/forecast.md)."""
        import pandas

        rows = []
        for item in self.answer["item"]:
            of = item.get("of", [item.get("n")] * len(item["counts"]))
            counted = zip(item["categories"], item["counts"], of)
            rows += [{"item": item["measures"], "category": name, "count": count, "of": n} for name, count, n in counted]
        return pandas.DataFrame(rows)

    def plot(self) -> Figure:
        """Turnout, meeting by meeting."""
        from .forecast_figures import turnout

        return turnout(self)

    def report(self, path: PathLike, *, title: str = "", overwrite: bool = False) -> Path:
        """Writes what sentences() says as a page. The command has none of counts."""
        command = f"coalis.count_attendance({str(self._path)!r})"
        page = _coalis.story_page(title=text("title", title) or "Who came", told=self._said(), command=command)
        return save_bytes(path, page.encode(), overwrite)


def count_attendance(path: PathLike, *, hold_out: int = 0) -> AttendanceCounts:
    """Counts a table of who came as evidence that can be fitted, as `coalis attendance` does: equal text. hold_out: the last so many
    meetings are left out, to be forecast."""
    table, held = file_of("path", path), whole("hold_out", hold_out, 0, MOST_HELD_OUT)
    members, meetings, evidence = _coalis.count_attendance(table, hold_out=held)
    answer = {"members": members, "meetings": meetings, "hold_out": held, **tomllib.loads(evidence)}
    said = f"{os.path.basename(table)}: {members} members, {meetings} meetings" + (f"; the last {held} are left out" if held else "")
    return AttendanceCounts(Path(table), json.dumps(answer), said, evidence.encode())
