"""One organisation's life in a replicate, month by month."""

from __future__ import annotations

import html
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import _coalis
from .arguments import MOST_REPLICATES, MOST_SEED, text, whole, wrong_type
from .asking import Answer, PathLike, Run, ScenarioLike, _called, _of, save_bytes
from .errors import AskError, ResultError
from .files import Result
from .rules import EXPERIMENT, Asked, asked_rules, described, experiment
from .scenario import Scenario, as_scenario

if TYPE_CHECKING:
    import pandas
    import xarray
    from matplotlib.figure import Figure

_STATUS = ("nonmember", "enrolled", "dormant", "withdrawn")
_QUANTITIES = (
    ("hours", "h", "hours given to the coalition, travel included"),
    ("disagreed", "1", "whether it had contested contacts"),
    ("grant", "1", "1 won, -1 lost, 0 no round or out of it"),
    ("needs_met", "victims", "needs met of victims that it serves"),
    ("commitment", "1", "commitment at the end of the month"),
    ("leadership", "1", "leadership perceived at the end of the month"),
    ("progress", "1", "progress perceived at the end of the month"),
)


class Story(Answer):
    """One organisation's life. `dataset`: its state by month; `hash`: of the whole run."""

    def __init__(self, told: dict[str, Any], organisation: int, replicate: int, seed: int, command: str) -> None:
        self._told, self._command = told, command
        self.organisation, self.replicate, self.seed = organisation, replicate, seed

    @property
    def hash(self) -> int:
        return int(self._told["hash"])

    def _said(self) -> str:
        return str(self._told["text"])

    def _json(self) -> str:
        import json

        return json.dumps(self._told)

    @cached_property
    def dataset(self) -> xarray.Dataset:
        """hours (h), commitment, leadership, progress (0 to 1), ... by month; invited and attended by month and kind."""
        import numpy as np
        import xarray

        months = self._told["months"]
        first = np.datetime64(self._told["start"], "M")
        month = [np.datetime64(first + int(m[0]), "ns") for m in months]
        columns = {name: i for i, name in enumerate(("month", "status", "invited", "attended", *[q[0] for q in _QUANTITIES]))}
        data: dict[str, Any] = {"status": ("month", [_STATUS[m[1]] for m in months], {"long_name": "status at the end of the month"})}
        for name, meaning in (("invited", "events to which it was invited"), ("attended", "events attended")):
            values = np.array([m[columns[name]] for m in months], dtype=np.int32).reshape(len(months), len(self._told["kinds"]))
            data[name] = (("month", "kind"), values, {"units": "events", "long_name": meaning})
        for name, unit, meaning in _QUANTITIES:
            data[name] = ("month", np.array([m[columns[name]] for m in months], dtype=float), {"units": unit, "long_name": meaning})
        return xarray.Dataset(data, {"month": month, "kind": self._told["kinds"]})

    def to_dataframe(self) -> pandas.DataFrame:
        """A row for each month."""
        table = self.dataset.drop_dims("kind").to_dataframe()
        for kind in self._told["kinds"]:
            table[f"attended.{kind}"] = self.dataset.attended.sel(kind=kind).values
        return table.reset_index()

    def save(self, path: PathLike, overwrite: bool = False) -> Path:
        """Writes what the command prints."""
        return save_bytes(path, (self.sentences(80) + "\n").encode(), overwrite)

    def report(self, path: PathLike, *, title: str = "", overwrite: bool = False) -> Path:
        """Writes what sentences() says as a page. The command has none of a story."""
        named = text("title", title) or f"Organisation {self.organisation} in replicate {self.replicate}"
        page = _coalis.story_page(title=named, told=self._said(), command=self._command)
        return save_bytes(path, page.encode(), overwrite)

    def plot(self) -> Figure:
        """Commitment, and leadership and progress as it sees them, month by month; marks where it attended an event."""
        from .story_figures import life

        return life(self)

    def __eq__(self, other: object) -> bool:
        """Whether both tell the same."""
        if not isinstance(other, Story):
            return NotImplemented
        return all(self._told[part] == other._told[part] for part in ("hash", "start", "kinds", "months")) and (
            (self.organisation, self.replicate, self.seed) == (other.organisation, other.replicate, other.seed)
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return self.sentences(100)

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(self.sentences(100))}</pre>"


def story(
    of: ScenarioLike | Result,
    organisation: int | str,
    replicate: int = 0,
    *,
    seed: int | None = None,
    first: int = 0,
    last: int | None = None,
    rule: Asked = None,
) -> Story:
    """The life of one organisation in a replicate, run again from its seed, as `coalis story` tells it.

    of: a scenario, or a run (Run, or a result file that open_result opened), which has its own seed and whose hash must come out
    again. organisation: its number, members first, or its name in a roster. first, last: months told, from 0; all without. rule: decides who
    attends, as in coalis.run; a Run under one has it.
    """
    replicate = whole("replicate", replicate, 0, MOST_REPLICATES)
    scenario, recorded = _scenario_of(of, replicate)
    own = of._rule if rule is None and isinstance(of, Run) else rule
    if own is not None and recorded is None:
        scenario = scenario.named(scenario.name + experiment(own))
    if recorded is not None and seed is not None:
        raise AskError("seed=: a run has its own seed; leave it out")
    chosen = of.seed if isinstance(of, Result) else 1 if seed is None else whole("seed", seed, 0, MOST_SEED)
    if isinstance(organisation, str):
        number = scenario._native.organisation_named(organisation)
        if number < 0:
            raise AskError(f"organisation={organisation!r}: the scenario has no organisation of that name; its roster has the names")
    else:
        if organisation is None or isinstance(organisation, (list, tuple)):
            raise wrong_type("organisation", organisation, "its number, members first, or its name in a roster")
        number = whole("organisation", organisation, -(2**31), 2**31 - 1)
    months = scenario.calendar.months
    begin, end = whole("first", first, 0, months - 1), months - 1 if last is None else whole("last", last, 0, months - 1)
    if begin > end:
        raise AskError(f"first={first}, last={end}: the last month told comes before the first")
    told = _coalis.story(
        scenario._native, seed=chosen, replicate=replicate, organisation=number, first=begin, last=end, recorded=recorded is not None,
        rules=asked_rules(own, None),
    )  # fmt: skip
    if recorded is not None and told["hash"] != recorded:
        why = "its run had another rule of attendance; give it with rule=" if EXPERIMENT in scenario.name else "see coalis verify"
        raise ResultError(f"replicate {replicate} could not be replayed: its hash is another one; {why}")
    said = "" if own is None else described(own)
    command = _called("coalis.story", _of(scenario), str(number), replicate=replicate, seed=chosen, first=begin, rule=said)
    return Story(told, number, replicate, chosen, command)


def _scenario_of(of: ScenarioLike | Result, replicate: int) -> tuple[Scenario, int | None]:
    if not isinstance(of, Result):
        return as_scenario(of), None
    if of.kind != "run":
        raise AskError(f"{of.path}: is a {of.kind}; a story is of a run or a scenario")
    if "parameters" in of:
        raise AskError(f"{of.path}: has parameter sets; use `coalis story`")
    hashes = of.hashes if isinstance(of, Run) else of["replicates"].hash.values
    if not 0 <= replicate < len(hashes):
        raise AskError(f"replicate={replicate}: there are {len(hashes)}, numbered from 0")
    scenario = of.scenario if isinstance(of, Run) else Scenario(str(of.attributes["scenario"]))
    return scenario, int(hashes[replicate])
