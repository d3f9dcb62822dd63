"""Scenarios: everything that a run depends on besides seed and replicate."""

from __future__ import annotations

import html
import os
import tomllib
import warnings
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from . import _coalis
from .arguments import names as names_of, path as path_of, wrong_type
from .errors import AskError, Problem, ScenarioError, ScenarioWarning, did_you_mean
from .importing import imported
from .toml_text import document_text, key_text, overrides_of

if TYPE_CHECKING:
    import pandas

    from .asking import Run

_SOURCES = "the path of a scenario, its text, a dict of its tables, or another scenario"
_MOST_CHANGES, _LONG = 2, 30  # that a name says; characters of a value in it

Overrides = Mapping[str, Any] | Sequence[str] | None


class Value(NamedTuple):
    """A key of a scenario with its value, and what it is."""

    path: str  # as in --set: "hubs.Chicago.fte"
    value: Any
    unit: str  # "1" of shares and indices
    origin: str  # "illinois.toml:12", "set here", or "default" with its source: E evidence, C calibrated jointly, A assumption
    meaning: str
    range: str = ""  # "0..1"
    default: str = ""  # as TOML


class Difference(NamedTuple):
    """A key in which two scenarios differ; None where one has no such value."""

    path: str
    a: Any
    b: Any
    unit: str
    meaning: str


class Rows(list[Any]):
    """Named tuples that print as a table."""

    def __init__(self, rows: Sequence[Any], columns: Sequence[str]) -> None:
        super().__init__(rows)
        self.columns = list(columns)

    def _cells(self) -> list[list[str]]:
        return [[_shown(getattr(row, column)) for column in self.columns] for row in self]

    def __repr__(self) -> str:
        table = [self.columns, *self._cells()]
        widths = [min(40, max(len(row[i]) for row in table)) for i in range(len(self.columns))]
        lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in table]
        return "\n".join(lines) if len(table) > 1 else "(nothing)"

    def _repr_html_(self) -> str:
        return html_table(self.columns, self._cells())

    def to_dataframe(self) -> pandas.DataFrame:
        """As a pandas.DataFrame with these columns."""
        import pandas

        return pandas.DataFrame([[getattr(row, column) for column in self.columns] for row in self], columns=self.columns)


def html_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{html.escape(name)}</th>" for name in columns)
    body = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


class Table(Mapping[str, Any]):
    """A table of a scenario: its keys as attributes and items, `unit(key)` and `help(key)` say what they are."""

    _scenario: Scenario
    _path: str
    _content: dict[str, Any]

    def __init__(self, scenario: Scenario, path: str, content: dict[str, Any]) -> None:
        object.__setattr__(self, "_scenario", scenario)
        object.__setattr__(self, "_path", path)
        object.__setattr__(self, "_content", content)

    def __getitem__(self, key: str) -> Any:
        found = self._content.get(key)
        if found is None and key not in self._content:
            raise KeyError(f"{self._path} has no '{key}'; {did_you_mean(key, self._content)}it has {', '.join(self._content)}")
        return Table(self._scenario, f"{self._path}.{key_text(key)}", found) if isinstance(found, dict) else found

    def __getattr__(self, key: str) -> Any:
        if key.startswith("_"):
            raise AttributeError(key)  # asked for before there is any content, by copy and pickle
        if key not in self._content:
            raise AttributeError(f"{self._path} has no '{key}'; {did_you_mean(key, self._content)}it has {', '.join(self._content)}")
        return self[key]

    def __setattr__(self, key: str, value: Any) -> None:
        raise AttributeError(f"a scenario does not change; make another: scenario.with_({{'{self._path}.{key}': {value!r}}})")

    def __iter__(self) -> Iterator[str]:
        return iter(self._content)

    def __len__(self) -> int:
        return len(self._content)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._content]

    def unit(self, key: str) -> str:
        """The unit of a key: "1" of shares and indices."""
        return self._scenario.value(f"{self._path}.{key_text(key)}").unit

    def help(self, key: str) -> str:
        """What a key means, its unit, range and default."""
        return self._scenario.help(f"{self._path}.{key_text(key)}")

    def __repr__(self) -> str:
        return repr(self._scenario.explain(self._path))

    def _repr_html_(self) -> str:
        return self._scenario.explain(self._path)._repr_html_()


class Scenario(Mapping[str, Any]):
    """A scenario, from a file, the text of one, or nested tables, with values changed as `--set` does.

        s = coalis.Scenario("scenarios/illinois.toml", {"hubs.Chicago.fte": 1.0})
        s.hubs.Chicago.fte, s["hubs.Chicago.fte"], s.series["Outreach Day"].per_year
        s.hubs.Chicago.help("fte")
        s.with_({"levers.facilitation": 1}, name="facilitated").run()

    source: a path, the text of a scenario file (TOML; with a line feed in it), a dict of its tables, or another scenario.
    overrides: values by path, also arrays. It is a mapping of its tables, and `in` knows every path. A scenario does not change;
    with_() makes another. Equal ones have the same values in every key; they can be pickled and used as keys. Throws
    ScenarioError, which says everything that is wrong with file, line and column.
    """

    def __init__(self, source: str | os.PathLike[str] | Mapping[str, Any], overrides: Overrides = None) -> None:
        if isinstance(source, Scenario):
            self.__dict__.update((source.with_(overrides) if overrides else source).__dict__)
            return
        self._set = overrides_of(overrides)
        given = [f"{path}={value}" for path, value in self._set.items()]
        if isinstance(source, Mapping):
            self._native = _of_tables(source, given)
        elif isinstance(source, str) and "\n" in source:
            self._native = _coalis.Scenario.parse(source, "text", given)
        else:
            if not isinstance(source, (str, bytes, os.PathLike)):
                raise wrong_type("source", source, _SOURCES)
            name = path_of("source", source)
            if not name:
                raise AskError(f"source='': takes {_SOURCES}")
            self._native = _coalis.Scenario.read(name, given)
        self._warn()

    def _warn(self) -> None:
        for text in self._native.warnings:
            warnings.warn(text, ScenarioWarning, stacklevel=3)

    def with_(self, overrides: Overrides = None, **keys: Any) -> Scenario:
        """Another scenario with these values changed, as if they had been given with the first: by path, those at the top of the
        file (name, description) also as keyword arguments."""
        other = self._with({**overrides_of(overrides), **overrides_of(keys)})
        other._warn()
        return other

    def _with(self, changed: dict[str, str]) -> Scenario:
        other = object.__new__(Scenario)
        other._set = {**self._set, **changed}
        other._native = self._native.with_set([f"{path}={value}" for path, value in other._set.items()])
        return other

    def named(self, name: str) -> Scenario:
        """The same under another name."""
        return self._with(overrides_of({"name": name}))

    # What it holds.

    @cached_property
    def _tables(self) -> dict[str, Any]:
        """The values as nested tables, by name: hubs, Chicago, fte."""
        tables: dict[str, Any] = {}
        for path, value in self._values.items():
            *above, key = _names(path)
            table = tables
            for name in above:
                table = table.setdefault(name, {})
            table[key] = value.value
        return tables

    @cached_property
    def _values(self) -> dict[str, Value]:
        found = {}
        for path, _, _, text, unit, _, range_, initial, source, meaning, origin, parts in self._native.values():
            value = {key: _parsed(part) for key, part in parts} if parts else _parsed(text)
            found[path] = Value(path, value, unit, _origin(origin, source), meaning, range_, initial)
        return found

    def value(self, path: str) -> Value:
        """A key with its value, unit, range, default, origin and meaning."""
        if path not in self._values:
            raise KeyError(f"there is no key '{path}'; {did_you_mean(path, self._values)}Scenario.explain() lists them, as 'hubs.Chicago.fte'")
        return self._values[path]

    def help(self, path: str) -> str:
        """What a key means, its unit, range and default."""
        v = self.value(path)
        parts = [f"unit {v.unit}" if v.unit else "", f"range {v.range}" if v.range else "", f"default {v.default}" if v.default else ""]
        return f"{path} = {_shown(v.value)}: {v.meaning} ({', '.join(part for part in parts if part)})"

    def __getitem__(self, path: str) -> Any:
        if path in self._tables:
            found = self._tables[path]
            return Table(self, path, found) if isinstance(found, dict) else found
        if path in self._values:
            return self._values[path].value
        table, content = self._descend(path)
        return Table(self, table, content)

    def _descend(self, path: str) -> tuple[str, dict[str, Any]]:
        content: Any = self._tables
        try:
            for key in _names(path):
                content = content[key]
            if isinstance(content, dict):
                return path, content
        except (KeyError, TypeError, tomllib.TOMLDecodeError):
            pass
        known = [*self._tables, *self._values]
        raise KeyError(f"there is no '{path}'; {did_you_mean(path, known)}Scenario.explain() lists what there is, as 'hubs.Chicago.fte'")

    def __contains__(self, path: object) -> bool:
        """Whether there is such a table or key: "hubs", "hubs.Chicago", "hubs.Chicago.fte"."""
        try:
            return isinstance(path, str) and self[path] is not None
        except KeyError:
            return False

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def __getattr__(self, key: str) -> Any:
        if key.startswith("_"):
            raise AttributeError(key)
        try:
            return self[key]
        except KeyError:
            raise AttributeError(f"a scenario has no '{key}'; {did_you_mean(key, self._tables)}it has {', '.join(self._tables)}") from None

    def __setattr__(self, key: str, value: Any) -> None:
        if not key.startswith("_"):
            raise AttributeError(f"a scenario does not change; make another: scenario.with_({{'{key}': {value!r}}})")
        object.__setattr__(self, key, value)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._tables]

    @property
    def text(self) -> str:
        """The resolved scenario as TOML, every key filled in: a scenario file."""
        return self._native.text

    @property
    def planned_cost(self) -> float:
        """Coordination as planned, USD a year (docs/model.md, section 8)."""
        return self._native.planned_cost

    def explain(self, *tables: str | Sequence[str]) -> Rows:
        """Every value and where it came from, or those of tables and keys named: "hubs", "hubs.Chicago", "parameters.tie_prob"."""
        paths = [path for one in tables for path in names_of("tables", one)]
        chosen = [v for v in self._values.values() if not paths or any(_within(v.path, path) for path in paths)]
        for path in paths:
            if not any(_within(v.path, path) for v in chosen):
                raise KeyError(f"there is no '{path}'; Scenario.explain() lists what there is")
        return Rows(chosen, ("path", "value", "unit", "origin", "meaning"))

    def diff(self, other: Scenario | str | os.PathLike[str] | Mapping[str, Any]) -> Rows:
        """The values in which this scenario (a) and another (b) differ."""
        rows = [
            Difference(path, _parsed(a), _parsed(b), unit, meaning)
            for path, a, b, unit, meaning in self._native.differences(as_scenario(other)._native)
        ]
        return Rows(rows, ("path", "a", "b", "unit", "meaning"))

    def run(self, replicates: int = 200, seed: int = 1, **options: Any) -> Run:
        """Runs replicates of it; coalis.run has the options."""
        imported("asking")
        from .asking import run

        return run(self, replicates, seed, **options)

    # What it is to Python.

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scenario) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __copy__(self) -> Scenario:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Scenario:
        return self

    def __getstate__(self) -> dict[str, Any]:
        return {"_set": self._set, "_native": self._native}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)

    def _lines(self) -> list[tuple[str, str]]:
        members = sum(self.organisations.members.values())
        calendar = self.calendar
        changed = ", ".join(f"{path} = {value}" for path, value in self._set.items())
        return [
            ("from", self._native.name),
            ("months", f"{calendar.months} from {calendar.start}"),
            ("members", f"{members} organisations in {len(self._tables['regions'])} regions"),
            ("hubs", "; ".join(f"{name} {hub['fte']:g} FTE" for name, hub in self.hubs.items())),
            ("events", "; ".join(f"{name} {series['per_year']:g} a year" for name, series in self.series.items())),
            ("planned cost", f"{self.planned_cost:,.0f} USD a year"),
            *([("changed", changed)] if changed else []),
        ]

    def __repr__(self) -> str:
        lines = "\n".join(f"  {name:<13} {text}" for name, text in self._lines())
        return f"Scenario '{self.name}'\n{lines}"

    def _repr_html_(self) -> str:
        rows = "".join(f"<tr><th>{html.escape(name)}</th><td>{html.escape(text)}</td></tr>" for name, text in self._lines())
        return f"<b>{html.escape(self.name)}</b><table><tbody>{rows}</tbody></table>"


_NAMED = ("regions", "roles", "hubs", "series")  # lists of tables with a name


def _of_tables(tables: Mapping[str, Any], given: list[str]) -> _coalis.Scenario:
    """Of a file's tables; lists also by name, as a Scenario has them. What is wrong is said of the table and key."""
    about = {} if "format" in tables else {"format": "scenario", "version": 2}
    listed = {
        key: [{"name": name, **item} for name, item in value.items()] if key in _NAMED and isinstance(value, Mapping) else value
        for key, value in tables.items()
    } | _travel_of(tables) | _interventions_of(tables)
    text = document_text({**about, **listed})
    try:
        return _coalis.Scenario.parse(text, "dict", given)
    except ScenarioError as error:
        lines = text.splitlines()
        raise ScenarioError([_placed(problem, lines) for problem in error.problems]) from None


def _travel_of(tables: Mapping[str, Any]) -> dict[str, Any]:
    """Hours of travel by region, as a Scenario has them, in the order of the regions."""
    travel, regions = tables.get("travel"), tables.get("regions")
    if not isinstance(travel, Mapping) or not isinstance(hours := travel.get("hours"), Mapping) or regions is None:
        return {}
    names = list(regions) if isinstance(regions, Mapping) else [one.get("name") for one in regions]
    if set(hours) != set(names):
        raise AskError(f"travel.hours: is of {', '.join(map(str, hours))}; give those of all regions, {', '.join(map(str, names))}, and no others")
    return {"travel": {**travel, "hours": [hours[name] for name in names]}}


def _interventions_of(tables: Mapping[str, Any]) -> dict[str, Any]:
    """By number, as a Scenario has them."""
    given = tables.get("interventions")
    return {"interventions": list(given.values())} if isinstance(given, Mapping) else {}


def _placed(problem: Problem, lines: list[str]) -> Problem:
    if problem.file != "dict" or not 1 < problem.line <= len(lines):
        return problem
    table = next((line.strip("[]") for line in reversed(lines[: problem.line]) if line.startswith("[")), "")
    key = lines[problem.line - 1].partition(" = ")[0] if " = " in lines[problem.line - 1] else ""
    place = ".".join(part for part in (table, key) if part)
    return problem._replace(text=problem.text.replace(f"dict:{problem.line}:{problem.column}:", f"dict: {place}:", 1))


def as_scenario(thing: Scenario | str | os.PathLike[str] | Mapping[str, Any]) -> Scenario:
    if isinstance(thing, Scenario):
        return thing
    if isinstance(thing, (str, bytes, os.PathLike, Mapping)):
        return Scenario(thing)
    raise wrong_type("scenario", thing, "a scenario, its path or text, or a dict of its tables")


def told_apart(scenarios: Sequence[Scenario]) -> list[Scenario]:
    """Scenarios made of one by with_(), whose names are the same, under names that say in what they differ."""
    found: list[Scenario] = []
    for one in scenarios:
        first = next((other for other in found if other.name == one.name and other._native.name == one._native.name), None)
        changes = [] if first is None else [_change(d) for d in first.diff(one) if d.path != "description"]
        more = f" and {len(changes) - _MOST_CHANGES} more" if len(changes) > _MOST_CHANGES else ""
        found.append(one.named(f"{one.name}; {', '.join(changes[:_MOST_CHANGES])}{more}") if changes else one)
    return found


def _change(d: Difference) -> str:
    value = _shown(d.b)
    return f"without {d.path}" if d.b is None else f"{d.path} = {value}" if len(value) <= _LONG else f"another {d.path}"


def _names(path: str) -> list[str]:
    """Of a dotted path, quoted ones without their quotes."""
    names: list[str] = []
    content: Any = tomllib.loads(f"[{path}]")
    while isinstance(content, dict) and content:
        (name, content), *_ = content.items()
        names.append(name)
    return names


def _within(path: str, table: str) -> bool:
    return path == table or path.startswith(table + ".")


def _parsed(text: str | None) -> Any:
    if not text:
        return text if text is None else ""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _origin(at: tuple[str, int, int] | None, source: str) -> str:
    if at is None:
        return f"default {source}".strip()
    return f"{at[0]}:{at[1]}" if at[1] > 0 else "set here"


def _shown(value: Any) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


__all__ = ["AskError", "Difference", "Overrides", "Rows", "Scenario", "Table", "Value", "as_scenario", "html_table"]
