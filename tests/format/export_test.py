"""`coalis export` writes the numbers that xarray reads, describes every column, and never overwrites."""
import os
import subprocess
from pathlib import Path

import numpy as np
import pandas
import pytest
import xarray

ROOT = Path(__file__).resolve().parents[2]
REPLICATES, SEED = 5, 5


def coalis(*arguments):
    return subprocess.run([os.environ["COALIS_PROGRAM"], *map(str, arguments)], capture_output=True, text=True)


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    path = tmp_path_factory.mktemp("export") / "illinois.h5"
    run = coalis("run", ROOT / "scenarios" / "illinois.toml", "-o", path, "--replicates", REPLICATES, "--seed", SEED, "--record", "all")
    assert run.returncode == 0, run.stderr
    return path


@pytest.fixture(scope="module")
def folder(result):
    folder = result.parent / "tables"
    export = coalis("export", result, "--csv", folder)
    assert export.returncode == 0, export.stderr
    return folder


def table(folder, name):
    return pandas.read_csv(folder / f"{name}.csv", float_precision="round_trip")


def opened(result, group):
    with xarray.open_dataset(result, group=group, engine="netcdf4") as data:
        return data.load()


def test_every_table_is_there_and_begins_with_point_replicate_seed(folder):
    names = {path.stem for path in folder.iterdir()}
    assert names == {"outcomes", "trajectories", "trajectories_by_region", "survey", "respondents", "attendance", "organisations", "ties",
                     "organisation_trajectories", "data-dictionary"}
    for name in names - {"data-dictionary"}:
        data = table(folder, name)
        assert list(data.columns[:3]) == ["point", "replicate", "seed"]
        assert set(data.point) == {0} and set(data.seed) == {SEED} and set(data.replicate) == set(range(REPLICATES))


@pytest.mark.parametrize("name, label", [("outcomes", "outcome"), ("survey", "figure")])
def test_figures(result, folder, name, label):
    wide = table(folder, name).pivot(index="replicate", columns=label, values="value")
    data = opened(result, name)
    assert set(wide.columns) == set(data.data_vars)
    for variable in data.data_vars:
        np.testing.assert_array_equal(wide[variable], data[variable])


def test_trajectories(result, folder):
    long, data = table(folder, "trajectories"), opened(result, "trajectories")
    assert len(long) == REPLICATES * data.sizes["month"] * len(data.data_vars)
    assert list(long.date.unique()) == [str(month)[:7] for month in data.month.values]
    for variable, rows in long.groupby("quantity"):
        values = rows.pivot(index="replicate", columns="month", values="value")
        np.testing.assert_array_equal(values.astype("float32"), data[variable])


def test_trajectories_by_region(result, folder):
    long, data = table(folder, "trajectories_by_region"), opened(result, "trajectories_by_region")
    for (variable, region), rows in long.groupby(["quantity", "region"]):
        values = rows.pivot(index="replicate", columns="month", values="value")
        np.testing.assert_array_equal(values.astype("float32"), data[variable].sel(region=region))
    assert len(long) == REPLICATES * data.sizes["month"] * data.sizes["region"] * len(data.data_vars)


def test_attendance(result, folder):
    long, data = table(folder, "attendance"), opened(result, "attendance")
    for kind, rows in long.groupby("kind"):
        np.testing.assert_array_equal(rows.pivot(index="replicate", columns="organisation", values="attended"),
                                      data.attended.sel(kind=kind))


def test_organisations(result, folder):
    wide, data, names = table(folder, "organisations"), opened(result, "final"), opened(result, "names")
    for variable in data.data_vars:
        values = wide.pivot(index="replicate", columns="organisation", values=variable)
        if variable in ("region", "role"):
            np.testing.assert_array_equal(values, names[variable].values[data[variable].astype(int)])
        elif variable in ("sector", "status", "type"):
            meanings = np.array(data[variable].attrs["flag_meanings"].split())
            np.testing.assert_array_equal(values, meanings[data[variable].astype(int)])
        elif variable != "home_hub":
            np.testing.assert_array_equal(values.astype("float32"), data[variable].astype("float32"))


def test_organisation_trajectories(result, folder):
    long, data = table(folder, "organisation_trajectories"), opened(result, "organisation_trajectories")
    last = long[(long.replicate == REPLICATES - 1) & (long.month == 42)].sort_values("organisation")
    for variable in ("commitment", "tie_strength", "hours_given"):
        np.testing.assert_array_equal(last[variable].astype("float32"), data[variable][-1, -1])


def test_ties_and_respondents(result, folder):
    edges, data = table(folder, "ties"), opened(result, "ties")
    np.testing.assert_array_equal(edges.replicate, data.edge_replicate)
    for column in ("owner", "partner", "strength"):
        np.testing.assert_array_equal(edges[column].astype(data[column].dtype), data[column])
    answers, data = table(folder, "respondents"), opened(result, "survey/respondents")
    for column in ("organisation", "meetings", "goal", "inside"):
        np.testing.assert_array_equal(answers[column].astype("float32"), data[column].astype("float32"))


def test_dictionary_describes_every_column_and_quantity(folder):
    dictionary = table(folder, "data-dictionary")
    assert list(dictionary.columns) == ["table", "column", "unit", "meaning"] and dictionary.meaning.notna().all()
    described = set(zip(dictionary.table, dictionary.column))
    labels = {"outcomes": "outcome", "survey": "figure", "trajectories": "quantity", "trajectories_by_region": "quantity"}
    for name in set(dictionary.table):
        data = table(folder, name)
        assert {(name, column) for column in data.columns} <= described
        if name in labels:
            assert {(name, f"{labels[name]}={value}") for value in data[labels[name]].unique()} <= described


def test_nothing_is_overwritten_without_force(result, tmp_path):
    (tmp_path / "ties.csv").write_text("mine")
    refused = coalis("export", result, "--csv", tmp_path)
    assert refused.returncode == 3 and "ties.csv: exists already" in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["ties.csv"] and (tmp_path / "ties.csv").read_text() == "mine"
    assert coalis("export", result, "--csv", tmp_path, "--force").returncode == 0
    assert (tmp_path / "ties.csv").read_text() != "mine"


def test_parts_that_were_not_recorded_leave_no_table(tmp_path):
    small = tmp_path / "small.h5"
    coalis("run", ROOT / "scenarios" / "illinois.toml", "-o", small, "--replicates", "2", "--record", "outcomes")
    assert coalis("export", small, "--csv", tmp_path / "tables").returncode == 0
    assert {path.stem for path in (tmp_path / "tables").iterdir()} == {"outcomes", "survey", "respondents", "data-dictionary"}


def test_errors_say_what_to_do(tmp_path, result):
    missing = coalis("export", tmp_path / "no.h5", "--csv", tmp_path / "tables")
    assert missing.returncode == 3 and "there is no such file" in missing.stderr
    (tmp_path / "file").write_text("")
    wrong = coalis("export", result, "--csv", tmp_path / "file")
    assert wrong.returncode == 3 and "is no folder" in wrong.stderr
