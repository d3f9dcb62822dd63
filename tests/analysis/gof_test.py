"""Goodness of fit: statistics with answers known by hand, p that is uniform under the model itself, and what was distorted is found."""

from pathlib import Path

import coalis
import numpy as np
import pytest
from coalis.gof_cases import STATISTICS
from coalis.goodness import distances


SOURCE = Path(__file__).resolve().parents[2]


def case(edges, n=4, **known):
    ties = np.zeros((n, n))
    for owner, partner in edges:
        ties[owner, partner] = 1
    return coalis.Case(ties=ties, **known)


def figures(statistic, one):
    return {name: value for name, value in STATISTICS[statistic](one).items() if value}


def test_degrees_triads_and_geodesics_by_hand():
    chain = case([(0, 1), (1, 2), (1, 0), (3, 3)])  # 0 <-> 1 -> 2, and 3 apart, whose tie to itself is none
    assert figures("indegrees", chain) == {"0": 0.25, **{str(most): 1.0 for most in range(1, 9)}}
    assert figures("outdegrees", chain) == {"0": 0.5, "1": 0.75, **{str(most): 1.0 for most in range(2, 9)}}
    assert figures("triads", chain) == {"111U": 1, "102": 1, "012": 1, "003": 1}
    pairs = 12
    assert figures("geodesics", chain) == {"1": 3 / pairs, **{most: 4 / pairs for most in ("2", "3", "4", "5", "any")}}
    assert figures("triads", case([(0, 1), (1, 2), (2, 0)], 3)) == {"030C": 1}
    assert figures("triads", case([(0, 1), (1, 2), (0, 2)], 3)) == {"030T": 1}


def test_attendance_runs_and_regions_by_hand():
    came = np.array([[1, 0, 0, 1], [1, 1, 0, 1], [0, 0, 0, 1], [1, 1, 0, 1], [1, 0, 0, 1]])
    one = coalis.Case(attended=came.sum(axis=0), came=came, region=np.array(["North", "North", "South", "South"], dtype=object))
    assert figures("attendance", one) == {"0": 0.25, "2": 0.25, "4+": 0.5}
    assert figures("runs", one) == {"1": 0.5, "2": 0.5, "4+": 0.25}
    assert figures("attendance_by_region", one) == {"North": 3.0, "South": 2.5}


def test_mahalanobis_distance_is_the_textbooks():
    sample = np.array([[0.0, 0], [2, 0], [0, 2], [2, 2]])  # variances 4/3, no covariance
    np.testing.assert_allclose(distances(sample, np.array([[1.0, 1], [3, 1], [3, 3]])), [0, 3, 6])
    three = np.column_stack([sample, sample.sum(axis=1), np.ones(4)])  # two more figures that say nothing new
    np.testing.assert_allclose(distances(three, np.array([[3.0, 1, 4, 1], [3, 3, 6, 1]])), [3, 6], rtol=1e-9)
    tiny = np.column_stack([sample[:, 0], sample[:, 1] * 1e-9])  # no figure is left out for its unit
    np.testing.assert_allclose(distances(tiny, np.array([[1.0, 3e-9]])), [3])


WRONG_CASES = [
    ({"ties": [[0, np.nan], [1, 0]]}, r"ties: row 0, column 1 \(from 0\) is nan; takes 0 or 1, True or False; 10 and NA stand for .* coalis.read_waves"),
    ({"ties": [[0, 1, 10], [1, 0, 10], [10, 10, 0]]}, "ties: row 0, column 2 .* is 10, and 3 more like it; .* coalis.read_waves"),
    ({"ties": [[0, 0.3], [1, 0]]}, "ties: row 0, column 1 .* is 0.3"),
    ({"ties": [["0", "1"], ["1", "0"]]}, "ties: row 0, column 0 .* is '0', and 3 more"),
    ({"ties": [[0, None], [1, 0]]}, "ties: row 0, column 1 .* is None"),
    ({"ties": [[0, 1]]}, "ties: has 1 rows and 2 columns; give as many"),
    ({"ties": [[0, 1], [1]]}, "ties: its rows are not equally long"),
    ({"ties": [0, 1]}, "ties: has 1 dimension; takes a table, organisation by organisation"),
    ({"ties": np.zeros((0, 0))}, "ties: is of no organisation"),
    ({"attended": [1, np.nan, 2]}, r"attended: row 1 \(from 0\) is nan; takes a whole number of events, 0 or more; leave out"),
    ({"attended": [1, -1]}, "attended: row 1 .* is -1"),
    ({"attended": [0.5, 1]}, "attended: row 0 .* is 0.5"),
    ({"attended": ["3", "1"]}, "attended: row 0 .* is '3', and 1 more"),
    ({"attended": [np.inf]}, "attended: row 0 .* is inf"),
    ({"attended": [True, False]}, "attended: row 0 .* is True"),
    ({"attended": []}, r"attended: is of no organisation; takes a number of events for each organisation, as \[0, 2, 1\]"),
    ({"attended": [[1, 2]]}, "attended: has 2 dimensions"),
    ({"came": [[0, 2]]}, "came: row 0, column 1 .* is 2"),
    ({"came": [[0, np.nan]]}, "came: row 0, column 1 .* is nan"),
    ({"region": ["North", None]}, "region: row 1 .* is None; takes the name of a region, as text; name those that are not known so"),
    ({"region": ["North", ""]}, "region: row 1 .* is ''"),
    ({"region": [1, 2]}, "region: row 0 .* is 1"),
    ({"attended": [1, 2], "region": ["North"]}, "attended of 2, region of 1: give all of the same organisations"),
]


@pytest.mark.parametrize("given, says", WRONG_CASES)
def test_what_would_count_wrongly_is_refused(given, says):
    with pytest.raises(coalis.AskError, match=says):
        coalis.Case(**given)
    with pytest.raises(TypeError, match="ties='x': takes a table"):
        coalis.Case(ties="x")


def test_what_means_the_same_counts_the_same():
    import pandas
    from scipy import sparse

    ties, attended = np.array([[0, 1], [0, 0]]), [0, 2]
    first = coalis.Case(ties=ties, attended=attended, came=[[0, 1], [0, 1]], region=["North", "South"])
    for one in (ties.astype(bool), ties.astype(float), ties.astype(object), sparse.csr_matrix(ties), pandas.DataFrame(ties)):
        assert coalis.Case(one, pandas.Series(attended, dtype=float), [[False, True], [0.0, 1.0]], pandas.Series(["North", "South"])) == first
    assert first.ties.dtype == bool and first.attended.dtype == np.int64 and first.came.dtype == bool
    assert figures("outdegrees", first) == {"0": 0.5, **{str(most): 1.0 for most in range(1, 9)}} and figures("attendance", first) == {"0": 0.5, "2": 0.5}


def test_a_region_that_no_replicate_has_is_refused():
    simulated = [coalis.Case(attended=[k % 3, 1], region=["North", "South"]) for k in range(40)]
    with pytest.raises(coalis.AskError, match="region 'Nroth' of the observed case is none of the replicates; did you mean 'North'. they have North, South"):
        coalis.gof(simulated, coalis.Case(attended=[1, 2], region=["Nroth", "South"]), "attendance_by_region")
    found = coalis.gof(simulated, coalis.Case(attended=[1, 2], region=["North", "South"]), "attendance_by_region")
    assert found["attendance_by_region"].observed.tolist() == [1, 2]


def test_an_export_for_rsiena_is_read_with_what_its_codes_mean(recorded, tmp_path, program):
    program("export", recorded.path, "--waves", "2006-06,2008-06", "--siena", tmp_path / "waves")
    raw = np.loadtxt(tmp_path / "waves" / "ties-1.txt")
    assert (raw == 10).any()
    with pytest.raises(coalis.AskError, match="is 10.0, and .* more like it; .*coalis.read_waves"):
        coalis.Case(ties=raw)
    (one,) = coalis.cases(coalis.read_waves(tmp_path / "waves"), wave=1)
    assert one.ties.sum() == (raw == 1).sum() and len(one.ties) < len(raw)


def random_cases(count, density, seed, n=25):
    draws = np.random.default_rng(seed)
    return [coalis.Case(ties=draws.random((n, n)) < density, attended=draws.poisson(1.5, n)) for _ in range(count)]


@pytest.mark.parametrize("statistic", ["outdegrees", "geodesics", "attendance"])
def test_p_is_uniform_under_the_model_itself(statistic):
    # 150 observed of the model, against 60 replicates each. Kolmogorov-Smirnov at 1 in 1,000: 1.95 / sqrt(150).
    simulate = random_cases(60, 0.06, 1)
    observed = random_cases(150, 0.06, 2)
    p = np.sort([coalis.gof(random_cases(60, 0.06, 100 + k), observed[k], [statistic])[statistic].p for k in range(150)])
    assert np.abs(p - (np.arange(150) + 0.5) / 150).max() < 1.95 / np.sqrt(150)
    assert coalis.gof(simulate, simulate[0], [statistic])[statistic].p > 1 / 61


def test_a_distorted_observation_is_found_by_what_was_distorted():
    simulated = random_cases(100, 0.06, 3)
    denser = coalis.Case(ties=random_cases(1, 0.12, 4)[0].ties, attended=random_cases(1, 0.06, 5)[0].attended)
    found = coalis.gof(simulated, denser, ["outdegrees", "geodesics", "attendance"])
    assert found["outdegrees"].p == found["geodesics"].p == 1 / 101 and found["attendance"].p > 0.05
    assert found["outdegrees"].p_siena == 0
    more = coalis.Case(ties=simulated[0].ties, attended=simulated[0].attended + 2)
    assert coalis.gof(simulated, more, ["attendance"])["attendance"].p == 1 / 101


def test_what_no_replicate_shows_is_found_though_sienagof_does_not_see_it():
    simulated = [coalis.Case(attended=np.array([0, 1, 1, 2] if k % 2 else [0, 0, 1, 2])) for k in range(40)]
    five = coalis.Case(attended=np.array([0, 0, 1, 5]))
    fit = coalis.gof(simulated, five, ["attendance"])["attendance"]
    assert fit.p == 1 / 41 and fit.p_siena > 0.4


@pytest.fixture(scope="module")
def recorded(folder, program):
    scenario = folder.parent / "gof.h5"
    recorded = ("--replicates", 60, "--seed", 8, "--quiet", "--record", "all")
    program("run", SOURCE / "scenarios" / "illinois.toml", "-o", scenario, *recorded)
    return coalis.open_result(scenario)


def test_a_replicate_of_the_run_is_not_told_from_the_others(recorded):
    every = coalis.cases(recorded)
    names = ["indegrees", "outdegrees", "geodesics", "attendance", "runs", "attendance_by_region"]
    p = [fit.p for fit in coalis.gof(every[1:], every[0], names).values()]
    assert len(p) == 6 and min(p) > 0.01
    mean = np.mean([one.ties.sum() for one in every])
    status = recorded["final"].status.values
    assert [len(one.ties) for one in every] == ((status == 1) | (status == 2)).sum(axis=1).tolist() and mean > 20
    table = coalis.gof(every[1:], every[0], names).to_dataframe()
    assert table.loc[("attendance", ["0", "1", "2", "3", "4+"]), "observed"].sum() == pytest.approx(1)


def test_kinds_and_unknown_names(recorded):
    meetings = coalis.cases(recorded, kinds=["meeting"])
    attended = recorded["attendance"].attended.sel(kind="meeting").values
    member = np.isin(recorded["final"].status.values, (1, 2))
    np.testing.assert_array_equal(meetings[3].attended, attended[3][member[3]])
    with pytest.raises(coalis.ResultError, match="no kind 'meetings'; did you mean 'meeting'\\? there are meeting, outreach, training"):
        coalis.cases(recorded, kinds=["meetings"])
    with pytest.raises(coalis.ResultError, match="no statistic 'degree'; did you mean 'indegrees'. there are indegrees"):
        coalis.gof(meetings, meetings[0], ["degree"])
    with pytest.raises(coalis.ResultError, match="10 replicates for 9 figures; it takes twice .* 18 or more"):
        coalis.gof(meetings[:10], meetings[0], ["indegrees"])


def test_runs_need_who_came_month_by_month(run):
    with pytest.raises(coalis.ResultError, match="runs: the observed case has no `came`.*record='all'"):
        coalis.gof(run, coalis.cases(run)[0], ["runs"])


def test_what_is_asked_wrongly_is_said(recorded):
    every = coalis.cases(recorded)
    ties, attended = coalis.Case(ties=every[0].ties), coalis.Case(attended=[0, 1, 2, 3])
    assert list(coalis.gof(every, ties)) == ["indegrees", "outdegrees", "triads", "geodesics"] and list(coalis.gof(every, attended)) == ["attendance"]
    assert list(coalis.gof(every, attended, "attendance")) == ["attendance"] and coalis.gof(every, attended).plot()
    assert every[0] == coalis.cases(recorded)[0] != every[1] and "attended" in repr(every[0]) and len(repr(every[0])) < 80
    for observed, statistics, kind, says in (
        (ties, "attendance", coalis.ResultError, "attendance: the observed case has no `attended`; give it, or leave this statistic out"),
        (coalis.Case(), None, coalis.ResultError, "neither ties nor attendance"),
        ({"ties": ties}, None, TypeError, "observed={.*takes a case"),
        (every[:2], None, TypeError, "name one of them"),
        (every[0], {"mutual": lambda case: "many"}, TypeError, "mutual='many': takes from its function figures by name"),
        (every[0], {"mutual": 3}, TypeError, "takes a function of a case"),
        (every[0], 3, TypeError, "statistics=3: takes a name"),
        (every[0], [], coalis.AskError, r"statistics=\[\]: takes one or more"),
        (every[0], {}, coalis.AskError, "statistics={}: takes one or more"),
    ):
        with pytest.raises(kind, match=says):
            coalis.gof(every, observed, statistics)
    with pytest.raises(TypeError, match="simulated="):
        coalis.gof([1, 2], ties)
    with pytest.raises(coalis.AskError, match="takes one or more cases"):
        coalis.gof([], ties)
    with pytest.raises(coalis.AskError, match="wave=2: a run has no waves"):
        coalis.cases(recorded, wave=2)
    with pytest.raises(coalis.AskError, match="kinds='meeting': waves count months"):
        coalis.cases(recorded.waves("2007-01"), kinds="meeting", wave=1)


def test_a_statistic_may_be_one_number(recorded):
    every = coalis.cases(recorded)
    fit = coalis.gof(every[1:], every[0], {"most": lambda case: case.attended.max()})["most"]
    assert fit.figures == ("most",) and fit.observed[0] == every[0].attended.max()


def test_a_statistic_of_ones_own(recorded):
    every = coalis.cases(recorded)

    def mutual(one):
        return {"share": float((one.ties & one.ties.T).sum() / max(1, one.ties.sum()))}

    found = coalis.gof(every[1:], every[0], {"mutual": mutual})
    assert list(found) == ["mutual"] and found["mutual"].figures == ("share",)


def test_violins_show_what_the_table_says(recorded, tmp_path):
    every = coalis.cases(recorded)
    fit = coalis.gof(every[1:], every[0], ["attendance", "geodesics"])
    figure = fit.plot("attendance")
    axes = figure.axes[0]
    lines = [line.get_ydata() for line in axes.lines if len(line.get_ydata()) == 5 and line.get_linestyle() != "None"]
    table = fit.to_dataframe().loc["attendance"]
    for column in ("q05", "q95", "observed"):
        assert any(np.allclose(line, table[column]) for line in lines), column
    assert len(axes.collections) == 5 and f"p = {fit['attendance'].p:.3f}" in figure.texts[1].get_text()
    assert coalis.save(fit.plot("geodesics", scaled=True), tmp_path / "a.svg").read_bytes() == coalis.save(
        fit.plot("geodesics", scaled=True), tmp_path / "b.svg"
    ).read_bytes()
