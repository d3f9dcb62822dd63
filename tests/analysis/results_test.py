"""The Python package opens what the program writes, has the program's figures to the last bit, and refuses the rest."""

import json
import math
import os
import shutil
import tomllib
from pathlib import Path

import coalis
import h5py
import numpy as np
import pandas
import pytest

SOURCE = Path(__file__).resolve().parents[2]
SCENARIOS = [
    SOURCE / "scenarios" / name for name in ("illinois.toml", "illinois-full-time-leader.toml", "illinois-three-hubs.toml")
]
REPLICATES, SEED, MONTHS = 21, 5, 43


def test_files_say_what_they_are(run, compared, study):
    assert [result.kind for result in (run, compared, study)] == ["run", "comparison", "study"]
    assert [result.replicates for result in (run, compared, study)] == [REPLICATES, REPLICATES, 6]
    assert [result.seed for result in (run, compared, study)] == [SEED, SEED, 3]
    assert run.title == "Illinois, as it was" and run.model_version == "1.0"
    assert "'Illinois, as it was': 21 replicates, seed 5" in repr(run)


def test_package_and_program_have_one_version(run):
    project = tomllib.loads((SOURCE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == run.attributes["program_version"]


def test_every_group_opens_and_is_labelled(run, compared, study):
    for result in (run, compared, study):
        assert "outcomes" in result and "outcome" not in result
        for group in result:
            for name, values in result[group].data_vars.items():
                if values.dtype.kind == "f" and "replicate" in values.dims:
                    assert values.attrs["long_name"], f"{result.path}: {group}/{name}"
    assert dict(run["trajectories"].sizes) == {"replicate": REPLICATES, "month": MONTHS}
    assert str(run["trajectories"].month.values[0])[:7] == "2005-06"
    assert list(compared["outcomes"].scenario.values) == ["A", "B", "C"]
    assert dict(study["outcomes"].sizes) == {"point": 6, "replicate": 6}


def test_scenarios_are_the_resolved_ones(run, compared, study):
    assert run.scenarios()["Illinois, as it was"]["calendar"] == {"start": "2005-06", "months": MONTHS}
    assert [len(scenario["hubs"]) for scenario in compared.scenarios().values()] == [1, 1, 3]
    assert [scenario["name"] for scenario in study.scenarios().values()] == ["Illinois, as it was"]


def figures(said):
    """The row that the package has for what the program said of an outcome."""
    levels = {"reference": said["reference"]["mean"], "scenario_level": said["scenario"]["mean"]}
    ranges = {
        f"{name}_{end}": said[name][i] for name in ("range50", "range80", "range95") for i, end in enumerate(("low", "high"))
    }
    plain = (
        "difference",
        "se",
        "half_width",
        "clear",
        "sd",
        "median",
        "matters",
        "above",
        "within",
        "below",
        "unpaired",
        "unpaired_se",
        "variance_reduction",
        "pairs",
        "left_out",
    )
    return levels | ranges | {name: said[name] for name in plain}


def test_paired_figures_are_the_programs_to_the_last_bit(compared, folder):
    answer = json.loads((folder / "answer.json").read_text(encoding="utf-8"))["differences"]
    table = coalis.summarise_pairs(compared)
    assert len(table) == sum(len(outcomes) for outcomes in answer.values()) > 50
    checked = 0
    for label, outcomes in answer.items():
        for outcome, said in outcomes.items():
            row = table.loc[(label, outcome)]
            for name, value in figures(said).items():
                assert (
                    math.isnan(row[name]) if value is None else row[name] == value
                ), f"{label} {outcome} {name}: {row[name]} not {value}"
                checked += 1
    assert checked > 1000
    assert table.loc[("B", "engaged"), "matters"] == 0.05 and table.loc[("B", "goal_attainment"), "matters"] == 0.03


def test_two_runs_give_the_figures_of_their_comparison(run, compared, folder):
    other = coalis.open_result(folder / "b.h5")
    table = coalis.summarise_pairs(run, other=other, matters={"engaged": 0.05})
    expected = coalis.summarise_pairs(compared).loc["B"]
    np.testing.assert_array_equal(table.loc[other.title], expected)
    differences = coalis.paired_differences(run, other)
    np.testing.assert_array_equal(differences.engaged, coalis.paired_differences(compared).engaged.sel(scenario="B"))
    over_time = coalis.paired_differences(run, other, group="trajectories").engaged
    np.testing.assert_array_equal(over_time, compared["differences_over_time"].engaged.sel(scenario="B"))


def test_swapping_mirrors_every_figure():
    draws = np.random.default_rng(20)  # 200 random comparisons
    for size in draws.integers(1, 40, 200):
        a, b = draws.normal(size=(2, size)).round(1)
        a[draws.random(size) < 0.1] = np.nan
        one, two = coalis.summarise_two(a, b, 0.3), coalis.summarise_two(b, a, 0.3)
        for name in ("difference", "median", "unpaired"):
            np.testing.assert_array_equal(getattr(one, name), -getattr(two, name))
        for name in ("range50", "range80", "range95"):
            np.testing.assert_array_equal(getattr(one, name), [-x for x in reversed(getattr(two, name))])
        np.testing.assert_array_equal([one.above, one.within, one.below, one.se], [two.below, two.within, two.above, two.se])


def test_points_of_a_study_are_paired(study):
    differences = coalis.paired_differences(study, reference=2)
    assert list(differences.point.values) == [0, 1, 3, 4, 5]
    outcomes = study["outcomes"].engaged
    np.testing.assert_array_equal(differences.engaged.sel(point=4), outcomes.sel(point=4) - outcomes.sel(point=2))


def test_tables_are_those_of_the_export(run, folder, program):
    program("export", run.path, "--csv", folder / "tables")

    def exported(name):
        return pandas.read_csv(folder / "tables" / f"{name}.csv", float_precision="round_trip")

    np.testing.assert_array_equal(coalis.to_dataframe(run).engaged, exported("outcomes").query("outcome == 'engaged'").value)
    organisations, table = exported("organisations"), coalis.to_dataframe(run, "final")
    for column in ("replicate", "organisation", "region", "role", "sector", "status", "type", "home_hub"):
        assert list(table[column]) == list(organisations[column]), column
    np.testing.assert_array_equal(table.commitment, organisations.commitment.astype("float32"))
    ties, edges = exported("ties"), coalis.to_dataframe(run, "ties")
    np.testing.assert_array_equal(edges[["replicate", "owner", "partner"]], ties[["replicate", "owner", "partner"]])
    attended = coalis.to_dataframe(run, "attendance", ["attended"])
    assert attended.attended.sum() == exported("attendance").attended.sum() > 0
    answers, respondents = coalis.to_dataframe(run, "survey/respondents"), exported("respondents")
    np.testing.assert_array_equal(
        answers[["replicate", "meetings"]].astype(float), respondents[["replicate", "meetings"]].astype(float)
    )


def test_factors_stand_beside_the_points_of_a_study(study):
    table = coalis.to_dataframe(study)
    assert len(table) == 36
    means = table.groupby(["hubs.Chicago.fte", "levers.facilitation"]).engaged.mean()
    np.testing.assert_allclose(means[1.0, 0.0], study["outcomes"].engaged.sel(point=4).mean())


def test_survey_stands_beside_the_evidence(run):
    evidence = coalis.read_evidence(SOURCE / "scenarios" / "evidence.toml")
    assert evidence["meetings_attended"].counts == (23, 10, 10, 3, 18) and evidence["meetings_attended"].n == 64
    shares = coalis.survey_shares(run, "meetings_attended")
    assert shares.dims == ("replicate", "category") and list(shares.category.values) == ["0", "1", "2", "3", "4"]
    np.testing.assert_allclose(shares.sum("category"), 1)
    np.testing.assert_array_equal(shares.sel(category="3"), run["survey"]["meetings.3"])
    share, low, high = evidence["meetings_attended"].shares()[0]
    assert share == 23 / 64 and (round(low, 4), round(high, 4)) == (0.2529, 0.4818)  # R: prop.test(23, 64, correct = FALSE)


def test_evidence_of_ones_own_says_what_it_measures(run):
    evidence = coalis.read_evidence(SOURCE / "scenarios" / "template-evidence.toml")
    assert {item.measures for item in evidence.values()} == {"meetings_attended", "leadership_rating", "trained"}
    figure = coalis.attendance(run, evidence, "meetings_attended")
    diamonds = [one.get_ydata()[0] for one in figure.axes[0].lines if one.get_marker() == "D"]
    np.testing.assert_allclose(diamonds, np.array([14, 9, 8, 6, 19]) / 56)


def changed(path, folder, attribute, value):
    copy = folder / f"{attribute}-{value}-{path.name}"
    shutil.copy(path, copy)
    with h5py.File(copy, "r+") as file:
        if value is None:
            del file.attrs[attribute]
        else:
            file.attrs[attribute] = value
    return copy


@pytest.mark.parametrize("name", ["a.h5", "compared.h5", "doses.h5"])
@pytest.mark.parametrize(
    "version, verdict",
    [
        (0, "too old: it has format version 0, this package reads 1 to [12]; make it again"),
        (3, "too new: it has format version 3, this package reads 1 to [12]; read it with a newer"),
    ],
)
def test_other_versions_are_refused(folder, tmp_path, name, version, verdict):
    copy = changed(folder / name, tmp_path, "format_version", np.int32(version))
    with pytest.raises(coalis.ResultError, match=verdict):
        coalis.open_result(copy)


def test_what_is_no_result_is_refused(folder, tmp_path):
    text = tmp_path / "scenario.toml"
    text.write_text("name = 'x'", encoding="utf-8")
    cut = tmp_path / "cut.h5"
    cut.write_bytes((folder / "a.h5").read_bytes()[:100_000])
    for path, verdict in [
        (tmp_path / "none.h5", "there is no such file; check the name"),
        (tmp_path, "is a folder; name a result file"),
        (text, "not a Coalis file; result files are written by `coalis run`"),
        (cut, "truncated or damaged; copy it again"),
        (changed(folder / "a.h5", tmp_path, "format", "other"), "not a Coalis file, though it is HDF5"),
        (changed(folder / "a.h5", tmp_path, "format", None), "not a Coalis file, though it is HDF5"),
    ]:
        with pytest.raises(coalis.ResultError) as error:
            coalis.open_result(path)
        assert str(error.value).startswith(f"{path}: ") and verdict in str(error.value)


def test_errors_say_what_there_is(run, compared, study, folder, program, tmp_path):
    program(
        "run", SCENARIOS[1], "-o", folder / "other-seed.h5", "--replicates", "3", "--seed", "6", "--quiet", "--record", "outcomes"
    )
    other = coalis.open_result(folder / "other-seed.h5")
    (tmp_path / "new.toml").write_text('format = "coalis-evidence"\nversion = 4\n', encoding="utf-8")
    for call, verdict in [
        (lambda: run["network"], "there is no group 'network'; it was not recorded"),
        (lambda: other["ties"], "there is no group 'ties'; it was not recorded"),
        (lambda: run.quantity("engagedd"), "/outcomes has no 'engagedd'; it has events_held.meeting"),
        (lambda: coalis.paired_differences(run), "give a second run of the same seed"),
        (lambda: coalis.paired_differences(run, other), "its seed is 6, that of .* is 5; replicates share their draws only if"),
        (lambda: coalis.paired_differences(compared, run), "is a comparison, which holds its own pairs"),
        (lambda: coalis.paired_differences(compared, group="differences_over_time"), "holds differences already"),
        (lambda: coalis.paired_differences(compared, reference="D"), "there is no scenario 'D'; there are A, B, C"),
        (lambda: coalis.summarise_pairs(study), "needs a comparison, or two runs"),
        (lambda: coalis.summarise_pairs(compared, ["engage"]), "has no 'engage'"),
        (lambda: coalis.to_dataframe(run, "attendance"), "choose some with variables="),
        (lambda: coalis.to_dataframe(run, "provenance"), "holds names and attributes, no quantities"),
        (lambda: coalis.survey_shares(run, "age"), "does not ask 'age'; it asks meetings_attended"),
        (lambda: coalis.read_evidence(tmp_path / "none.toml"), "there is no such file"),
        (lambda: coalis.read_evidence(SCENARIOS[0]), "is no evidence file"),
        (lambda: coalis.read_evidence(tmp_path / "new.toml"), "too new: evidence version 4"),
    ]:
        with pytest.raises(coalis.ResultError, match=verdict):
            call()


def test_what_was_changed_is_not_read(folder, tmp_path):
    changed = shutil.copy(folder / "a.h5", tmp_path / "changed.h5")
    with h5py.File(changed, "r+") as file:
        file["outcomes/engaged"][3] = 0.99
    result = coalis.open_result(changed)
    with pytest.raises(coalis.ResultError, match="/outcomes is not what was written"):
        result["outcomes"]
    assert result["trajectories"].sizes["replicate"] == REPLICATES


@pytest.mark.parametrize("elsewhere", ["external", "pipe", "virtual", "link to a file", "soft link"])
def test_values_in_another_file_are_not_read(folder, tmp_path, elsewhere):
    """As the program refuses them: what such a file names may be a secret, or a pipe that never ends."""
    (tmp_path / "secret.bin").write_bytes(np.full(64, 0.5).tobytes())
    os.mkfifo(tmp_path / "pipe")
    place = Path(shutil.copy(folder / "a.h5", tmp_path / "made.h5"))
    with h5py.File(place, "r+") as file:
        shape = file["outcomes/engaged"].shape
        del file["outcomes/engaged"]
        if elsewhere in ("external", "pipe"):
            target = str(tmp_path / ("pipe" if elsewhere == "pipe" else "secret.bin"))
            file.create_dataset("outcomes/engaged", shape, dtype="f8", external=[(target, 0, 8 * shape[0])])
        elif elsewhere == "virtual":
            layout = h5py.VirtualLayout(shape, "f8")
            layout[...] = h5py.VirtualSource(folder / "a.h5", "outcomes/engaged", shape=shape)
            file.create_virtual_dataset("outcomes/engaged", layout)
        elif elsewhere == "link to a file":
            file["outcomes/engaged"] = h5py.ExternalLink(str(folder / "a.h5"), "/outcomes/engaged")
        else:
            file["outcomes/engaged"] = h5py.SoftLink("/outcomes/never_attended")
    says = "links that lead elsewhere" if "link" in elsewhere else "/outcomes/engaged has its values in another file"
    with pytest.raises(coalis.ResultError, match=says):
        coalis.open_result(place)
