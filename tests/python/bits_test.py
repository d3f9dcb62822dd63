"""Runs from Python are those of the program: same hashes, figures and files, for any threads, in other processes, after pickling."""

import json
import multiprocessing
import pickle

import numpy as np
import pytest
from conftest import SCENARIOS

import coalis

REPLICATES = 200


@pytest.fixture(scope="session")
def recorded(program, tmp_path_factory):
    """Results of `coalis run`, by the name of the scenario."""
    folder = tmp_path_factory.mktemp("bits")
    for name, path in SCENARIOS.items():
        program("run", path, "--replicates", REPLICATES, "--seed", 3, "-o", folder / f"{name}.h5", "--quiet")
    return {name: coalis.open_result(folder / f"{name}.h5") for name in SCENARIOS}


def hashes_of(path, threads):
    return coalis.run(path, REPLICATES, 3, threads=threads).hashes


@pytest.mark.parametrize("name", SCENARIOS)
def test_hashes_are_those_of_the_program(name, recorded):
    expected = recorded[name]["replicates"].hash.values.astype(np.uint64)
    assert len(set(expected)) == REPLICATES
    for threads in (0, 1, 2, 3, 5):
        assert (hashes_of(SCENARIOS[name], threads) == expected).all(), threads
    run = coalis.Scenario(SCENARIOS[name]).run(REPLICATES, 3, record="outcomes")
    assert (pickle.loads(pickle.dumps(run)).hashes == expected).all()


def test_hashes_are_the_same_in_spawned_processes(recorded):
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        found = pool.starmap(hashes_of, [(path, 2) for path in SCENARIOS.values()])
    for name, hashes in zip(SCENARIOS, found):
        assert (hashes == recorded[name]["replicates"].hash.values.astype(np.uint64)).all()


def same(a, b):
    assert set(a) == set(b)
    for group in a:
        if group != "provenance":
            assert a[group].identical(b[group]), group


def test_a_run_has_the_data_of_the_file(illinois, recorded, tmp_path):
    run = illinois.run(REPLICATES, 3)
    same(run, recorded["illinois"])
    same(coalis.open_result(run.save(tmp_path / "run.h5")), recorded["illinois"])
    there = pickle.loads(pickle.dumps(run))
    same(there, run)
    same(coalis.open_result(there.save(tmp_path / "there.h5")), run)
    assert there.sentences() == run.sentences() and there.answer == run.answer and there.scenario == illinois
    for name, values in run.outcomes.items():
        assert np.array_equal(values, run["outcomes"][name].values, equal_nan=True)
    with pytest.raises(coalis.ResultError, match="exists"):
        run.save(tmp_path / "run.h5")
    assert run["provenance"].attrs["command"].startswith("coalis.Scenario(")


def without_place(answer):
    return {key: value for key, value in answer.items() if key not in ("file", "scenarios")}


@pytest.mark.parametrize(
    "options, arguments",
    [
        ({"replicates": 60}, ["--replicates", 60]),
        ({"precision": 0.02, "on": "engaged"}, ["--precision", 0.02, "--on", "engaged"]),
        (
            {"replicates": 40, "equal_budget": "fte", "structures": "engagement", "matters": {"engaged": 0.05}},
            ["--replicates", 40, "--equal-budget", "fte", "--structures", "engagement", "--matters", "engaged=0.05"],
        ),
        (
            {"replicates": 40, "parameters": "scenarios/posterior/mixture.csv", "draws": 10, "seed": 4},
            ["--replicates", 40, "--parameters", "scenarios/posterior/mixture.csv", "--draws", 10, "--seed", 4],
        ),
    ],
)
def test_figures_of_a_comparison_are_those_of_the_program(options, arguments, program, monkeypatch):
    monkeypatch.chdir(SCENARIOS["illinois"].parents[1])
    both = [str(SCENARIOS[name]) for name in ("illinois", "illinois-three-hubs")]
    printed = program("compare", *both, "--json", "--quiet", *arguments)
    found = coalis.compare(*both, **options)
    assert without_place(found.answer) == without_place(json.loads(printed))
    assert json.dumps(found.answer["differences"]) == json.dumps(json.loads(printed)["differences"])  # every digit
    assert pickle.loads(pickle.dumps(found)).answer == found.answer


def test_a_comparison_has_the_data_of_the_file(illinois, three_hubs, program, tmp_path):
    both = [SCENARIOS["illinois"], SCENARIOS["illinois-three-hubs"]]
    program("compare", *both, "--replicates", 30, "-o", tmp_path / "file.h5", "--quiet", "--structures", "engagement")
    found = coalis.compare(illinois, three_hubs, replicates=30, structures="engagement")
    same(found, coalis.open_result(tmp_path / "file.h5"))
    same(coalis.open_result(found.save(tmp_path / "saved.h5")), found)


def test_a_run_with_parameter_sets_is_that_of_the_program(illinois, program, tmp_path):
    sets = SCENARIOS["illinois"].parent / "posterior" / "mixture.csv"
    program("run", SCENARIOS["illinois"], "--replicates", 20, "--parameters", sets, "-o", tmp_path / "a.h5", "--quiet")
    same(illinois.run(20, parameters=sets), coalis.open_result(tmp_path / "a.h5"))
