"""Waves, goodness of fit and tables of BehaviorSpace of a run in memory: as those of the file that the program writes."""

import coalis
import numpy as np
import pytest
import xarray


@pytest.fixture(scope="module")
def run(illinois):
    return illinois.run(replicates=24, seed=5, record="all", progress=False)


def test_waves_are_those_of_the_file(run, illinois, tmp_path, monkeypatch):
    months, replicates = ["2006-06", np.datetime64("2006-09"), 42], [0, 7]
    monkeypatch.delenv("COALIS_PROGRAM", raising=False)  # the program is not needed
    waves = run.waves(months, replicates)
    of_file = coalis.open_result(run.save(tmp_path / "run.h5")).waves(months, replicates)
    xarray.testing.assert_identical(waves, of_file)
    last, status = waves.sel(replicate=7, wave=3), run["final"].status.sel(replicate=7).values
    assert last.organisation.values[last.member.values.astype(bool)].tolist() == np.flatnonzero(np.isin(status, (1, 2))).tolist()


def test_waves_that_cannot_be(run, illinois):
    with pytest.raises(coalis.ResultError, match="2012-01: the run has the months June 2005 to December 2008"):
        run.waves(["2012-01"])
    with pytest.raises(coalis.AskError, match="replicates=24: takes a whole number from 0 to 23"):
        run.waves(["2006-06"], [24])
    with pytest.raises(coalis.ResultError, match="comes before or with the wave before it"):
        run.waves(["2006-06", "2006-06"])


def test_fit_and_tables_of_a_run_in_memory(run, tmp_path):
    every = coalis.cases(run)
    fit = coalis.gof(every[1:], every[0], ["attendance", "runs"])
    assert min(one.p for one in fit.values()) > 0.01
    table = coalis.read_behaviorspace(coalis.write_behaviorspace(run, tmp_path / "table.csv"))
    np.testing.assert_array_equal(table.engaged, run["outcomes"].engaged.values)
    assert table.attrs["experiment"] == run.title
