"""The evidence that a scenario names, beside the figures of its simulated survey (docs/formats/evidence.md)."""

from __future__ import annotations

import math
import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import xarray

from .arguments import file as file_of
from .errors import ResultError
from .files import Result

_OLDEST, _VERSION = 1, 3
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
    lowest: str = ""  # category at the low end of a rating
    own: bool = False  # counted in bins or a window of its own

    def in_survey_order(self) -> list[int | None]:
        """Counts by the simulated survey's own categories; None where one is not reported. Categories are matched by name; throws
        ResultError for an item that has others: `coalis run` counts the survey in these."""
        name, counted = _FIGURES[self.measures]
        places = [self._place(category) for category in self.categories] if counted else self._yes_no()
        if self.own or None in places or len(set(places)) < len(places):
            raise ResultError(
                f"the item '{self.id}' has categories of its own ({', '.join(self.categories)}); coalis run shows them beside the survey"
            )
        counts: list[int | None] = [None] * (5 if counted else 1)
        for place, count in zip(places, self.counts):
            if place is not None and place < len(counts):
                counts[place] = count
        return counts

    def _yes_no(self) -> list[int | None]:
        return [{"yes": 0, "no": 1}.get(category.lower()) for category in self.categories]

    def _place(self, category: str) -> int | None:
        if self.measures.endswith("_rating") and self.lowest:
            place = self.categories.index(category)
            return place if self.lowest == self.categories[0] else len(self.categories) - 1 - place
        if self.measures.endswith("_rating") and len(self.categories) != 5:
            return None
        number = re.fullmatch(r"(\d+)( \(.*\))?", category)
        if number and int(number[1]) <= (4 if self.measures.endswith("_rating") else 3):
            return int(number[1])
        return 4 if category.lower() in ("4 or more", "4+", ">3", "> 3", "more than 3", "at least 4") else None

    def shares(self) -> list[tuple[float, float, float] | None]:
        """By the survey's own category the share and the ends of its 95 % interval (Wilson); None where it is not reported."""
        return [None if count is None else (count / self.n, *wilson(count, self.n)) for count in self.in_survey_order()]


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
    place = Path(file_of("path", path))
    try:
        text = tomllib.loads(place.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ResultError(f"{place}: there is no such file; check the name") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ResultError(f"{place}: is no evidence file: {error}") from error
    if text.get("format") != "coalis-evidence":
        raise ResultError(f'{place}: is no evidence file; it must say format = "coalis-evidence"')
    version = text.get("version", 0)
    if not _OLDEST <= version <= _VERSION:
        verdict = "too new" if version > _VERSION else "too old"
        advice = "read it with a newer Coalis" if version > _VERSION else "write version = 2 below the format"
        raise ResultError(f"{place}: {verdict}: evidence version {version}; {advice}")
    # Shares of those who came, of lists, are no answers to the survey.
    items = [_item(place, row) for row in text.get("item", []) if "counts" in row and "of" not in row]
    return {item.id: item for item in items}


def _item(path: Path, row: dict[str, object]) -> Item:
    categories, counts = row.get("categories", []), row["counts"]
    if not isinstance(categories, list) or not isinstance(counts, list) or len(categories) != len(counts):
        raise ResultError(f"{path}: item '{row.get('id')}': give as many counts as categories")
    known = tuple(None if int(count) < 0 else int(count) for count in counts)
    n = row.get("n", sum(count or 0 for count in known))
    assert isinstance(n, int)
    name = str(row.get("id"))
    own = any(key in row for key in ("bins", "last_months", "since"))
    return Item(name, str(row.get("measures", name)), str(row.get("source", "")), tuple(map(str, categories)), known, n,
                str(row.get("lowest", "")), own)


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
