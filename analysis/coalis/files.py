"""Opening what the program writes: results of runs, comparisons, merged results of studies (docs/formats/)."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from .arguments import path as path_of, wrong_type
from .errors import ResultError

if TYPE_CHECKING:
    import pandas
    import xarray
    from matplotlib.figure import Figure

    from .learning import PosteriorCheck

# What a file says it is; what wrote it; the versions that are read.
_FORMATS = {
    "coalis-result": ("run", "coalis run", 1, 2),
    "coalis-comparison": ("comparison", "coalis compare", 1, 1),
    "coalis-study": ("study", "coalis study run", 1, 1),
}
_HDF5 = b"\x89HDF\r\n\x1a\n"


class Content(Protocol):
    """Where the groups of a result are."""

    @property
    def attributes(self) -> dict[str, Any]: ...
    @property
    def groups(self) -> tuple[str, ...]: ...
    def read(self, group: str) -> xarray.Dataset: ...


class InFile:
    """In a file, whose content is compared with its checksums."""

    def __init__(self, path: Path, attributes: dict[str, Any], groups: tuple[str, ...]) -> None:
        self.path, self.attributes, self.groups = path, attributes, groups

    def read(self, group: str) -> xarray.Dataset:
        return _read(self.path, group)


class InMemory:
    """In the bytes of such a file, which are made when they are first needed."""

    def __init__(self, make: Callable[[], bytes]) -> None:
        self._make = make

    @cached_property
    def bytes(self) -> bytes:
        return self._make()

    def _open(self) -> Any:
        import netCDF4

        return netCDF4.Dataset("memory", memory=self.bytes)

    @cached_property
    def attributes(self) -> dict[str, Any]:
        with self._open() as file:
            return {name: file.getncattr(name) for name in file.ncattrs()}

    @cached_property
    def groups(self) -> tuple[str, ...]:
        with self._open() as file:
            return tuple(_groups(file))

    def read(self, group: str) -> xarray.Dataset:
        import xarray

        with self._open() as file:
            store = xarray.backends.NetCDF4DataStore(file, group=group)
            return xarray.open_dataset(store).load()


class Result(Mapping[str, "xarray.Dataset"]):
    """A result file: its groups by name, each an xarray.Dataset in memory, read when first asked for.

    What is read is compared with its checksum, unless h5py or xxhash is missing or the file is of an older program.
    result["outcomes"].engaged has the dimension replicate, in a comparison also scenario, in a study also point; `month` is a
    date.
    """

    def __init__(self, path: Path, kind: str, content: Content) -> None:
        self.path = path
        self.kind = kind  # "run", "comparison" or "study"
        self._content = content
        self._read: dict[str, xarray.Dataset] = {}

    @property
    def attributes(self) -> dict[str, Any]:
        """Those of the root."""
        return self._content.attributes

    @property
    def _groups(self) -> tuple[str, ...]:
        return self._content.groups

    def __getitem__(self, group: str) -> xarray.Dataset:
        group = group.strip("/")
        if group not in self._groups:
            raise ResultError(
                f"{self.path}: there is no group '{group}'; it was not recorded (record=, on the command line --record; docs/formats/) or has another name; "
                f"there are {', '.join(self._groups)}"
            )
        if group not in self._read:
            self._read[group] = self._content.read(group)
        return self._read[group]

    def __contains__(self, group: object) -> bool:
        return group in self._groups

    def __iter__(self) -> Iterator[str]:
        return iter(self._groups)

    def __len__(self) -> int:
        return len(self._groups)

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same, wherever they are and whoever made them: all but the provenance."""
        if not isinstance(other, Result):
            return NotImplemented
        sums = [str(one.attributes.get("content_checksum", "")) for one in (self, other)]
        if self.kind != other.kind or all(sums):
            return self.kind == other.kind and sums[0] == sums[1]
        return tuple(self) == tuple(other) and all(self[name].identical(other[name]) for name in self if name != "provenance")

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        groups = ", ".join(self._groups)
        return f"<coalis {self.kind} '{self.title}': {self.replicates} replicates, seed {self.seed}, groups {groups}>"

    @property
    def title(self) -> str:
        return str(self.attributes["title"])

    @property
    def seed(self) -> int:
        return int(self.attributes["seed"])

    @property
    def model_version(self) -> str:
        return str(self.attributes["model_version"])

    @property
    def replicates(self) -> int:
        """Replicates of each scenario or point."""
        return int(self["outcomes"].sizes["replicate"])

    def scenarios(self) -> dict[str, dict[str, Any]]:
        """The resolved scenarios as nested tables, every key filled in; labels A, B, ... in a comparison, names otherwise."""
        texts: dict[str, str]
        if self.kind == "run":
            texts = {self.title: str(self.attributes["scenario"])}
        elif self.kind == "comparison":
            labels = [str(label) for label in self["outcomes"].scenario.values]
            texts = {label: str(self[f"scenarios/{label}"].attrs["scenario"]) for label in labels}
        else:
            text = self["scenarios"].text
            texts = {str(name): str(value) for name, value in zip(text.scenario.values, text.values)}
        return {label: tomllib.loads(text) for label, text in texts.items()}

    def quantity(self, name: str, group: str = "outcomes") -> xarray.DataArray:
        """One quantity of a group; an unknown name is an error that lists the known ones."""
        data = self[group]
        if name not in data.data_vars:
            raise ResultError(
                f"{self.path}: /{group} has no '{name}'; it has {', '.join(str(known) for known in data.data_vars)}"
            )
        return data[name]

    def to_dataframe(self, group: str = "outcomes", variables: str | Sequence[str] | None = None) -> pandas.DataFrame:
        """A group as a table: a row for each replicate (and scenario, month, region, ...), a column for each quantity."""
        from .tables import to_dataframe

        return to_dataframe(self, group, variables)

    def plot(self, *names: str, **options: Any) -> Figure:
        """The standard figure.

        Of a run: plot(outcome="engaged"), month by month with bands and single runs (coalis.levels has the options). Of a
        comparison: plot(outcome), the paired difference month by month (coalis.fan), or as dots what has no months at the end. Of
        a study: plot(factor, outcome), an outcome against a factor (coalis.dose_response), the first of each unless said.
        """
        from .standard_figures import standard_figure

        return standard_figure(self, *names, **options)

    def report(
        self,
        path: str | os.PathLike[str],
        *,
        on: str = "engaged",
        title: str = "",
        question: str = "",
        fit: str | os.PathLike[str] | PosteriorCheck = "",
        overwrite: bool = False,
    ) -> Path:
        """Writes a page that a layperson can read of a comparison, as `coalis report` does. on: the outcome that it answers; fit: what
        check_posterior() gives, or a POSTERIOR.check.json."""
        try:
            from .pages import write_comparison_page
        except ImportError as error:
            raise ResultError(f"{self.path}: this copy of the package has no compiled part; use `coalis report`") from error

        return write_comparison_page(self, path, on=on, title=title, question=question, fit=fit, overwrite=overwrite)

    def _headline(self) -> str:
        return "engaged"

    def _copy_to(self, folder: Path) -> Path:
        """A file that holds it, made in this folder if there is none."""
        return self.path

    def waves(self, months: str | Sequence[Any], replicates: int | Sequence[int] = (0,)) -> xarray.Dataset:
        """See coalis.waves."""
        from .wave_data import waves

        return waves(self, months, replicates)


def require_result(name: str, value: Any) -> Result:
    """The argument, if it is a result."""
    if isinstance(value, Result):
        return value
    raise wrong_type(name, value, "a result, of coalis.run, compare, study or open_result")


def open_result(path: str | os.PathLike[str]) -> Result:
    """Opens a file that `coalis run`, `coalis compare -o` or `coalis study run` wrote. Throws ResultError."""
    import netCDF4

    place = Path(path_of("path", path))
    _check_readable(place)
    _check_own_values(place)
    try:
        with netCDF4.Dataset(place) as file:
            attributes = {name: file.getncattr(name) for name in file.ncattrs()}
            groups = tuple(_groups(file))
    except OSError as error:
        raise ResultError(f"{place}: truncated or damaged; copy it again or run the scenario again") from error
    kind = _checked_kind(place, attributes)
    _check(place, "/")
    return Result(place, kind, InFile(place, attributes, groups))


def _check_readable(path: Path) -> None:
    if not path.exists():
        raise ResultError(f"{path}: there is no such file; check the name")
    if path.is_dir():
        raise ResultError(f"{path}: is a folder; name a result file")
    try:
        with path.open("rb") as file:
            begins = file.read(len(_HDF5))
    except OSError as error:
        raise ResultError(f"{path}: cannot be read; check its permissions") from error
    if begins != _HDF5:
        raise ResultError(f"{path}: not a Coalis file; result files are written by {_writers()}")


def _writers() -> str:
    return ", ".join(f"`{command}`" for _, command, _, _ in _FORMATS.values())


def _checked_kind(path: Path, attributes: dict[str, Any]) -> str:
    if attributes.get("format") not in _FORMATS:
        raise ResultError(f"{path}: not a Coalis file, though it is HDF5; result files are written by {_writers()}")
    kind, command, oldest, newest = _FORMATS[attributes["format"]]
    version = int(attributes["format_version"])
    reads = f"it has format version {version}, this package reads {oldest} to {newest}"
    if version < oldest:
        raise ResultError(f"{path}: too old: {reads}; make it again with `{command}`, or read it with an older Coalis")
    if version > newest:
        raise ResultError(f"{path}: too new: {reads}; read it with a newer Coalis")
    return kind


def _groups(parent: Any, above: str = "") -> Iterator[str]:
    for name, group in parent.groups.items():
        yield above + name
        yield from _groups(group, above + name + "/")


def _check_own_values(path: Path) -> None:
    from .content import ContentError, require_own_values

    try:
        require_own_values(path)
    except ContentError as error:
        raise ResultError(f"{path}: {error}; copy the file again or run the scenario again") from error
    except (OSError, RuntimeError, KeyError) as error:
        raise ResultError(f"{path}: truncated or damaged; copy it again or run the scenario again") from error


def _check(path: Path, section: str) -> None:
    from .content import ContentError, check_content

    try:
        check_content(path, section)
    except (ContentError, OSError, RuntimeError, KeyError) as error:
        raise ResultError(f"{path}: damaged: {error}; copy it again or run the scenario again") from error


def _read(path: Path, group: str) -> xarray.Dataset:
    import xarray

    _check(path, group.split("/")[0])
    try:
        with xarray.open_dataset(path, group=group, engine="netcdf4") as data:
            return data.load()
    except (OSError, RuntimeError) as error:
        raise ResultError(f"{path}: damaged in /{group}: {error}; copy it again or run the scenario again") from error
