"""Sizes, types and texts of a file that do not fit each other are an error before anything is read.

A user expects of a file of an older program (one without checksums) that was damaged or made by hand: one line that names the file,
the variable and what is wrong with it; exit status 3; no page, no table, no memory for sizes that are not there, no crash.
"""

import shutil

import h5py
import numpy as np
import pytest

from hdf5_cases import coalis, write_comparison, write_inputs, write_result

TEXT = h5py.string_dtype()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sizes")
    write_inputs(folder)
    for path in (write_result(folder), write_comparison(folder)):
        with h5py.File(path, "r+") as file:
            for thing in [file, *file.values()]: del thing.attrs["content_checksum"]
    return folder


def replaced(name, **options):
    def change(file):
        kind = options.pop("dtype", file[name].dtype)
        del file[name]
        file.create_dataset(name, dtype=kind, **options)
    return change


def removed(name):
    return lambda file: file.__delitem__(name)


def attribute(place, key, value):
    def change(file):
        if key in file[place].attrs: del file[place].attrs[key]
        if value is not None: file[place].attrs[key] = value
    return change


# What is changed, and what the message must name.
RESULT = {
    "fewer outcomes than replicates": (replaced("outcomes/engaged", shape=(2,)), "engaged"),
    "more outcomes than replicates": (replaced("outcomes/engaged", shape=(9,)), "engaged"),
    "no outcomes": (replaced("outcomes/engaged", shape=(0,)), "engaged"),
    "outcomes as a table": (replaced("outcomes/engaged", shape=(3, 2)), "engaged"),
    "outcomes as texts": (replaced("outcomes/engaged", shape=(3,), dtype="S4"), "engaged"),
    "one outcome": (replaced("outcomes/engaged", shape=()), "engaged"),
    "2^40 replicates": (replaced("replicates/replicate", shape=(2**40,), chunks=(64,)), "replicate"),
    "2^40 outcomes": (replaced("outcomes/engaged", shape=(2**40,), chunks=(64,)), "engaged"),
    "2^62 hashes": (replaced("replicates/hash", shape=(2**62,), chunks=(64,)), "hash"),
    "hashes of 32 bits as floats": (replaced("replicates/hash", shape=(3,), dtype="f4"), "hash"),
    "no hashes": (removed("replicates/hash"), "variable"),
    "no replicates": (removed("replicates"), ""),
    "null names of regions": (replaced("names/region", shape=(2,), dtype=TEXT), "region"),
    "no names": (removed("names"), ""),
    "trajectories of other months": (replaced("trajectories/engaged", shape=(3, 5)), "engaged"),
    "organisations that are too many": (replaced("final/organisation", shape=(2**40,), chunks=(64,)), "organisation"),
    "ties that begin before the first": (lambda file: file["ties/edge_start"].__setitem__(1, -5), "shorter"),
    "ties that end after the last": (lambda file: file["ties/edge_count"].__setitem__(2, 2**30), "shorter"),
    "a seed that is a text": (attribute("/", "seed", "7"), "seed"),
    "three seeds": (attribute("/", "seed", np.array([1, 2, 3], dtype="u8")), "seed"),
    "no scenario": (attribute("/", "scenario", None), "attribute"),
    "a scenario that is a number": (attribute("/", "scenario", 3.0), "scenario"),
    "months without a first day": (attribute("trajectories/month", "units", np.string_("days since yesterday")), "first day"),
}
COMPARISON = {
    "fewer outcomes than scenarios": (replaced("outcomes/engaged", shape=(3, 1)), "engaged"),
    "months that are too few": (replaced("level_quantiles_over_time/engaged", shape=(2, 7, 3)), "engaged"),
    "quantiles that are too few": (replaced("difference_quantiles_over_time/engaged", shape=(1, 3, 6)), "engaged"),
    "regions without quantiles": (replaced("difference_quantiles_by_region/engaged", shape=(1, 0, 7, 6)), "engaged"),
    "2^40 replicates over time": (replaced("differences_over_time/engaged", shape=(2**40, 1, 6), chunks=(64, 1, 6)), "engaged"),
    "structures without scenarios": (replaced("structures/engaged", shape=(3, 0)), "engaged"),
    "calibrations that are too few": (replaced("structures/calibration", shape=(1,), dtype=TEXT), ""),
    "null names of scenarios": (replaced("scenarios/scenario", shape=(2,), dtype=TEXT), "scenario"),
    "one scenario": (replaced("scenarios/scenario", data=np.array(["A"], dtype=object), dtype=TEXT), "fewer than two"),
    "outcomes as texts": (replaced("outcomes/commitment", shape=(3, 2), dtype="S8"), "commitment"),
    "no date": (attribute("provenance", "date", np.string_("soon")), "date"),
    "a date in month 77": (attribute("provenance", "date", np.string_("2026-77-01T00:00:00Z")), "date"),
    "a planned cost that is a text": (attribute("scenarios/A", "planned_cost", np.string_("much")), "planned_cost"),
}


def changed(folder, kind, change):
    path = folder / "changed.h5"
    shutil.copy(folder / f"{kind}.h5", path)
    with h5py.File(path, "r+") as file: change(file)
    return path.name


def refuse(folder, named, *command):
    run = coalis(*command, folder=folder)
    assert run.returncode == 3, (command, run.returncode, run.stdout, run.stderr)
    assert run.stderr.startswith("changed.h5: damaged") and named in run.stderr, run.stderr
    assert len(run.stderr.splitlines()) == 1


NOT_IN_TABLES = {"hashes of 32 bits as floats", "no hashes", "no scenario", "a scenario that is a number"}


@pytest.mark.parametrize("name", RESULT)
def test_results(folder, name):
    change, named = RESULT[name]
    path = changed(folder, "result", change)
    refuse(folder, named, *(["verify", path, "--quiet"] if name in NOT_IN_TABLES else ["export", path, "--csv", f"tables of {name}"]))


@pytest.mark.parametrize("name", COMPARISON)
def test_comparisons(folder, name):
    change, named = COMPARISON[name]
    refuse(folder, named, "report", changed(folder, "comparison", change), "-o", "page.html")
    assert not (folder / "page.html").exists(), (folder / "page.html").unlink()
