"""Every group of a comparison file opens with xarray's netcdf4 engine and agrees with the result files of its scenarios."""

import json
import os
import pathlib
import subprocess

import netCDF4
import numpy as np
import pytest
import xarray

SOURCE = pathlib.Path(__file__).resolve().parents[2]
SCENARIOS = [SOURCE / "scenarios" / name for name in ("illinois.toml", "illinois-full-time-leader.toml", "illinois-three-hubs.toml")]
REPLICATES = 12
MONTHS = 43


def coalis(*arguments):
    return subprocess.run([os.environ["COALIS_PROGRAM"], *arguments], check=True, capture_output=True, text=True).stdout


def compare(path, *more):
    return coalis("compare", *SCENARIOS, "-o", path, "--replicates", str(REPLICATES), "--seed", "5", "--json", *more)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("comparison")


@pytest.fixture(scope="module")
def path(folder):
    (folder / "answer.json").write_text(compare(folder / "three.h5"), encoding="utf-8")
    return folder / "three.h5"


@pytest.fixture(scope="module")
def runs(folder):
    for number, scenario in enumerate(SCENARIOS):
        coalis("run", scenario, "-o", folder / f"{number}.h5", "--replicates", str(REPLICATES), "--seed", "5", "--record",
               "detailed", "--quiet")
    return [folder / f"{number}.h5" for number in range(len(SCENARIOS))]


def opened(path, group):
    with xarray.open_dataset(path, group=group, engine="netcdf4") as data:
        return data.load()


@pytest.mark.parametrize("group, sizes", [
    ("outcomes", {"replicate": REPLICATES, "scenario": 3}),
    ("differences_over_time", {"replicate": REPLICATES, "scenario": 2, "month": MONTHS}),
    ("differences_by_region", {"replicate": REPLICATES, "scenario": 2, "region": 6, "month": MONTHS}),
    ("difference_quantiles_over_time", {"scenario": 2, "quantile": 7, "month": MONTHS}),
    ("difference_quantiles_by_region", {"scenario": 2, "region": 6, "quantile": 7, "month": MONTHS}),
])
def test_dimensions(path, group, sizes):
    data = opened(path, group)
    assert dict(data.sizes) == sizes
    assert list(data.scenario.values) == ["A", "B", "C"][-sizes["scenario"]:]
    for name, variable in data.data_vars.items():
        assert variable.attrs.get("long_name") and variable.attrs.get("units"), f"{group}/{name}"
    for dimension in sizes:
        assert dimension in data.coords


def test_root_and_scenarios_tell_what_was_compared(path):
    root = opened(path, "/").attrs
    assert (root["format"], root["format_version"], root["seed"]) == ("coalis-comparison", 1, 5)
    for label, scenario in zip("ABC", SCENARIOS):
        attributes = opened(path, f"scenarios/{label}").attrs
        assert "[calendar]" in attributes["scenario"] and attributes["title"] and attributes["planned_cost"] > 0
    assert opened(path, "scenarios/A").attrs["title"] == "Illinois, as it was"
    assert set(opened(path, "provenance").attrs) >= {"command", "compiler", "host", "date", "threads"}


def test_levels_and_differences_are_those_of_the_runs(path, runs):
    levels = opened(path, "outcomes")
    for number, run in enumerate(runs):
        outcomes = opened(run, "outcomes")
        assert list(outcomes.data_vars) == list(levels.data_vars)
        for name in outcomes.data_vars:
            np.testing.assert_array_equal(levels[name].isel(scenario=number), outcomes[name], err_msg=name)
    for group, source in (("differences_over_time", "trajectories"), ("differences_by_region", "trajectories_by_region")):
        differences = opened(path, group)
        reference = opened(runs[0], source)
        for number, run in enumerate(runs[1:]):
            other = opened(run, source)
            for name in reference.data_vars:
                np.testing.assert_array_equal(differences[name].isel(scenario=number), other[name] - reference[name], err_msg=name)


def test_quantiles_are_those_of_the_differences(path):
    for kind in ("over_time", "by_region"):
        differences = opened(path, f"differences_{kind}")
        quantiles = opened(path, f"difference_quantiles_{kind}")
        for name in ("engaged", "commitment", "participation.meeting", "never_attended"):
            expected = differences[name].astype("float64").quantile(quantiles["quantile"], dim="replicate", skipna=True)
            np.testing.assert_allclose(quantiles[name], expected.transpose(*quantiles[name].dims), rtol=1e-5, atol=1e-7, err_msg=name)


def test_answer_is_that_of_the_file(path, folder):
    answer = json.loads((folder / "answer.json").read_text(encoding="utf-8"))
    levels = opened(path, "outcomes")
    for label in "BC":
        for name, said in answer["differences"][label].items():
            difference = (levels[name].sel(scenario=label) - levels[name].sel(scenario="A")).dropna("replicate")
            if said["pairs"] == 0:
                continue
            np.testing.assert_allclose(said["difference"], difference.mean(), rtol=1e-9, atol=1e-12)
            np.testing.assert_allclose(said["range80"], difference.quantile([.1, .9]), rtol=1e-9, atol=1e-12)


def test_bytes_are_equal_but_for_provenance(path, folder):
    for threads in ("1", "3"):
        compare(folder / f"threads{threads}.h5", "--threads", threads)
    for path_of in (folder / "threads1.h5", folder / "threads3.h5"):
        with netCDF4.Dataset(path_of) as one, netCDF4.Dataset(path) as two:
            assert list(one.groups) == list(two.groups)
    one, two = ((folder / f"threads{threads}.h5").read_bytes() for threads in ("1", "3"))
    assert len(one) == len(two)
    differ = [at for at, (a, b) in enumerate(zip(one, two)) if a != b]
    assert len(differ) < 200  # command, date and threads, which are of equal length
