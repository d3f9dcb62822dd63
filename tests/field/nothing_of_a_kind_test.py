"""A coalition may have none of something: every writer and reader takes a length of 0.

A user expects of two coalitions without a region in common, of one without hubs, events, kinds, non-members or ties, of one month
and one replicate: files, tables and pages as of any other, with empty tables where there is nothing, and nothing left behind.
"""

import h5py
import netCDF4
import pytest
import xarray

from hdf5_cases import SIX_MONTHS, coalis, succeed, write_inputs


def without(text, start, end=None):
    """The text without the tables from `start` to before `end`."""
    first = text.index(start)
    return text[:first] + (text[text.index(end, first):] if end else "")


NO_SERIES = without(SIX_MONTHS, "[[series]]", "[levers]")
NO_KINDS = without(SIX_MONTHS, "[kinds.meeting]", "[levers]")
NO_HUBS = without(SIX_MONTHS, "[[hubs]]", "[levers]")
ELSEWHERE = SIX_MONTHS.replace('"N"', '"East"').replace('"S"', '"West"')
CASES = {
    "no series": NO_SERIES,
    "no kinds": NO_KINDS,
    "no hubs": NO_HUBS,
    "no non-members": SIX_MONTHS.replace("nonmembers = 4", "nonmembers = 0"),
    "one sector": SIX_MONTHS.replace("public = 3, for_profit = 1", "public = 0, for_profit = 0"),
    "one month": SIX_MONTHS.replace("months = 6", "months = 1"),
    "no events held": SIX_MONTHS.replace("per_year = 12", "per_year = 0"),
    "one organisation": SIX_MONTHS.replace("nonprofit = 10, public = 3, for_profit = 1", "nonprofit = 1, public = 0, for_profit = 0")
    .replace("nonmembers = 4", "nonmembers = 0"),
}


def nothing_left(folder):
    return not [path for path in folder.rglob("*") if path.name.endswith(".part")]


def read_groups(path, groups=None):
    """Every group opens as netCDF-4 does."""
    with h5py.File(path) as file:
        names = []
        file.visititems(lambda name, thing: names.append(name) if isinstance(thing, h5py.Group) else None)
    with netCDF4.Dataset(path) as file:  # opened once: as xarray.open_dataset(path, group=name), five times as fast
        for name in names: xarray.open_dataset(xarray.backends.NetCDF4DataStore(file[name])).load()


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("replicates", [1, 2])
def test_a_run_and_what_is_made_of_it(tmp_path, name, replicates):
    (tmp_path / "a.toml").write_text(CASES[name])
    check = coalis("check", "a.toml", folder=tmp_path)
    if check.returncode == 2: pytest.skip(f"such a scenario is refused: {check.stderr.splitlines()[0]}")
    succeed("run", "a.toml", "-o", "a.h5", "--replicates", replicates, "--record", "all", "--quiet", folder=tmp_path)
    read_groups(tmp_path / "a.h5")
    succeed("verify", "a.h5", "--quiet", folder=tmp_path)
    succeed("export", "a.h5", "--csv", "tables", folder=tmp_path)
    succeed("export", "a.h5", "--graphml", "a.graphml", "--edges", "edges.csv", folder=tmp_path)
    succeed("story", "a.h5", "--organisation", 0, folder=tmp_path)
    succeed("compare", "a.toml", "a.toml", "-o", "c.h5", "--replicates", replicates, "--quiet", folder=tmp_path)
    read_groups(tmp_path / "c.h5")
    succeed("report", "c.h5", "-o", "page.html", folder=tmp_path)
    assert nothing_left(tmp_path)


@pytest.mark.parametrize("name", [name for name in CASES if name != "no hubs"])
def test_a_study(tmp_path, name):
    write_inputs(tmp_path)
    (tmp_path / "small.toml").write_text(CASES[name])
    succeed("study", "run", "study.toml", "--quiet", folder=tmp_path)
    read_groups(tmp_path / "study.h5")
    succeed("study", "export", "study.toml", "--csv", "tables", folder=tmp_path)


def test_two_coalitions_without_a_region_in_common(tmp_path):
    (tmp_path / "a.toml").write_text(SIX_MONTHS)
    (tmp_path / "b.toml").write_text(ELSEWHERE)
    succeed("compare", "a.toml", "b.toml", "-o", "c.h5", "--replicates", 3, "--quiet", folder=tmp_path)
    with h5py.File(tmp_path / "c.h5") as file:
        assert file["differences_by_region/engaged"].shape == (3, 1, 0, 6)
        assert file["difference_quantiles_by_region/engaged"].shape == (1, 0, 7, 6)
        assert file["differences_by_region/replicate"][...].tolist() == [0, 1, 2]
    read_groups(tmp_path / "c.h5")
    succeed("report", "c.h5", "-o", "page.html", folder=tmp_path)
    assert nothing_left(tmp_path)
