"""scripts/difference-coverage: surveys are counted as the program counts them, distances are the program's, and ranges hold what they should where that
is known."""
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import numpy as np
import pytest

import coalis

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def script():
    loader = SourceFileLoader("difference_coverage", str(ROOT / "scripts" / "difference-coverage"))
    module = module_from_spec(spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


def made_up(script, cells, differences):
    return script.Coalitions({"trained": np.asarray(cells)}, {name: np.asarray(differences, dtype=float) for name in script.OUTCOMES}, {"trained": 1.0})


def test_the_evidence_is_that_of_the_fits(script):
    assert script.evidence() == {"recruitment": [14, 11, 17, 73], "meetings_attended": [23, 10, 10, 3, 18], "trained": [39, 32],
                                 "collaborates_inside": [21, 26], "collaborates_outside": [20, 27], "goal_attainment_rating": [4, 14, 30, 5],
                                 "leadership_rating": [5, 16, 17, 12]}


def test_deviance_is_that_of_the_fits(script):
    # The values of tests/unit/distance_test.cpp.
    assert script.deviance(np.array([10, 30]), np.array([[15, 25], [5, 15], [0, 0]])).tolist() == pytest.approx(
        [2 * (10 * np.log(10 / 12.5) + 30 * np.log(30 / 27.5) + 15 * np.log(15 / 12.5) + 25 * np.log(25 / 27.5)), 0, np.inf])
    table = made_up(script, [[15, 25]], [0])
    table.effects = {"trained": 2.0}
    assert script.distances({"trained": [10, 30]}, table)[0] == pytest.approx(script.deviance(np.array([10, 30]), np.array([[15, 25]]))[0] / 2)


def test_surveys_are_counted_as_the_program_counts_them(script, tmp_path):
    table, happened = script.simulated("trait", 40, tmp_path, script.priors().program())
    survey = coalis.open_result(tmp_path / "illinois.h5")["survey"]
    for item, first in (("meetings_attended", "meetings"), ("goal_attainment_rating", "goal"), ("leadership_rating", "leadership")):
        counts = table.cells[item]
        shares = np.stack([survey[f"{first}.{k}"].values for k in range(5)], axis=1)
        if counts.shape[1] == 4:
            shares = np.column_stack([shares[:, :3], shares[:, 3:].sum(axis=1)])
        np.testing.assert_allclose(counts / counts.sum(axis=1, keepdims=True), shares, atol=1e-9)
    for item, name in (("trained", "trained"), ("collaborates_inside", "inside"), ("collaborates_outside", "outside")):
        np.testing.assert_allclose(table.cells[item][:, 0] / table.cells[item].sum(axis=1), survey[name].values, atol=1e-9)
    assert (table.cells["recruitment"].sum(axis=1) == 115).all() and (table.cells["recruitment"][:, 3] == survey.returned.values).all()
    assert happened.shape == (40,) and 0 < happened.sum() < 40


def test_sets_are_within_the_ranges_of_keys(script):
    sets = script.sets_within_ranges(12400)  # of 13,650 drawn one has too many chance contacts
    assert {len(values) for values in sets.values()} == {12400} and sets["parameters.contact_rate"].max() <= 0.666
    assert script.priors().prior_sets(13650)["parameters.contact_rate"].max() > 0.666


def test_no_truth_is_in_a_table(script):
    every = made_up(script, [[k, k] for k in range(100)], range(100))
    truths, table = script.split(every, np.arange(100) % 2 == 0, 5, 20)
    assert truths.cells["trained"][:, 0].tolist() == [0, 2, 4, 6, 8] and table.cells["trained"][:, 0].tolist() == list(range(20, 60, 2))
    with pytest.raises(SystemExit, match="only 50 of 100"):
        script.split(every, np.arange(100) % 2 == 0, 5, 46)


def test_the_nearest_are_shared_by_all_tables(script):
    rows = script.nearest([np.array([5.0, 1.0] + [9.0] * 48), np.array([2.0, 9.0] + [9.0] * 48)])  # 2 of 100
    assert [one.tolist() for one in rows] == [[1], [0]] and script.weights(rows).tolist() == [0.5, 0.5]


def test_a_range_holds_what_it_should_where_the_survey_says_nothing(script):
    """Differences that have nothing to do with surveys: coverage is nominal and no range is narrower. 4 standard errors of 400 truths, and of the 100
    nearest of a table, each time the same."""
    random = np.random.default_rng(5)
    make = lambda n: made_up(script, random.integers(10, 40, (n, 2)), random.normal(size=n))  # noqa: E731
    truths, tables = make(400), {"mixture": make(5000), "trait": make(5000)}
    found, shares = script.tried(truths, tables)
    for name in ("mixture", "trait", script.AVERAGED):
        for level in script.NOMINAL:
            held, width = found[name, "engaged", level]
            assert abs(held - level) < 4 * np.sqrt(level * (1 - level) * (1 / 400 + 1 / 100)) and width == pytest.approx(1, abs=0.12)
    assert shares.sum(axis=1) == pytest.approx(1) and shares.mean(axis=0) == pytest.approx(0.5, abs=0.05)


def test_what_the_survey_tells_narrows_the_range_and_names_the_structure(script):
    random = np.random.default_rng(6)

    def make(n, shift):
        level = random.integers(20, 180, n)
        return made_up(script, np.stack([level, 200 - level], axis=1), level / 100 + shift + random.normal(scale=0.05, size=n))

    truths, tables = make(100, 0), {"mixture": make(5000, 0), "trait": make(5000, 3)}
    found, _ = script.tried(truths, tables)
    assert found["mixture", "engaged", 0.8][1] < 0.3 and found["mixture", "engaged", 0.8][0] > 0.65
    assert found["trait", "engaged", 0.95][0] == 0  # the wrong structure, and nothing in the survey says so
    assert found[script.AVERAGED, "engaged", 0.95][0] > 0.9  # at the price of a wide range
