"""The evidence that a scenario names, beside the figures of its simulated survey (docs/formats/evidence.md)."""

from __future__ import annotations

import math
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

import xarray

from .files import Result, ResultError

_VERSION = 1
_NORMAL_95 = 1.959963984540054

# Items that the simulated survey asks, too: name of its figures, and whether they are counted by category or are one share.
_FIGURES = {
    "meetings_attended": ("meetings", True),
    "outreach_days_attended": ("outreach", True),
    "trained": ("trained", False),
    "goal_attainment_rating": ("goal", True),
    "leadership_rating": ("leadership", True),
    "collaborates_inside": ("inside", False),
    "collaborates_outside": ("outside", False),
}


@dataclass(frozen=True)
class Item:
    """An item of a survey; counts are by category, None where a category is not reported. n is the number of answers."""

    id: str
    measures: str  # the item of the simulated survey that it is compared with
    source: str
    categories: tuple[str, ...]
    counts: tuple[int | None, ...]
    n: int

    def shares(self) -> list[tuple[float, float, float] | None]:
        """By category the share and the ends of its 95 % interval (Wilson); None where it is not reported."""
        return [None if count is None else (count / self.n, *wilson(count, self.n)) for count in self.counts]


def wilson(count: float, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share: `count` of `n`."""
    if n <= 0 or not 0 <= count <= n:
        raise ValueError(f"a count from 0 to n, and n above 0, not {count} of {n}")
    z = _NORMAL_95
    share, middle = count / n, (count / n + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def read_evidence(path: str | os.PathLike[str]) -> dict[str, Item]:
    """The items of an evidence file that report counts, by id. Throws ResultError."""
    place = Path(path)
    try:
        text = tomllib.loads(place.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ResultError(f"{place}: there is no such file; check the name") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ResultError(f"{place}: is no evidence file: {error}") from error
    if text.get("format") != "coalis-evidence":
        raise ResultError(f'{place}: is no evidence file; it must say format = "coalis-evidence"')
    version = text.get("version", 0)
    if version != _VERSION:
        verdict = "too new" if version > _VERSION else "too old"
        advice = "read it with a newer Coalis" if version > _VERSION else "write version = 1 below the format"
        raise ResultError(f"{place}: {verdict}: evidence version {version}; {advice}")
    items = [_item(place, row) for row in text.get("item", []) if "counts" in row]
    return {item.id: item for item in items}


def _item(path: Path, row: dict[str, object]) -> Item:
    categories, counts = row.get("categories", []), row["counts"]
    if not isinstance(categories, list) or not isinstance(counts, list) or len(categories) != len(counts):
        raise ResultError(f"{path}: item '{row.get('id')}': give as many counts as categories")
    known = tuple(None if int(count) < 0 else int(count) for count in counts)
    n = row.get("n", sum(count or 0 for count in known))
    assert isinstance(n, int)
    name = str(row.get("id"))
    return Item(name, str(row.get("measures", name)), str(row.get("source", "")), tuple(map(str, categories)), known, n)


def survey_shares(result: Result, item: str) -> xarray.DataArray:
    """Shares of the simulated survey's answers to an item: replicate (and scenario) by category ("0", "1", ..., or "yes")."""
    if item not in _FIGURES:
        raise ResultError(f"the simulated survey does not ask '{item}'; it asks {', '.join(_FIGURES)}")
    name, counted = _FIGURES[item]
    survey = result["survey"]
    if not counted:
        return survey[name].expand_dims(category=["yes"], axis=-1)
    figures = [str(figure) for figure in survey.data_vars if str(figure).startswith(f"{name}.")]
    shares = xarray.concat(
        [survey[figure].drop_vars("category", errors="ignore") for figure in figures], "category", combine_attrs="drop"
    )
    return shares.assign_coords(category=[figure.split(".")[1] for figure in figures]).transpose(..., "category")
