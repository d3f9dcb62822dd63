"""coalis sensitivity: the file it reads, the result it writes, the same bits for any number of threads, what it refuses."""
import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ["COALIS_PROGRAM"]

STUDY = """
format = "sensitivity"
version = 1
name = "Small"
question = "What does engagement hang on?"
scenarios = ["{root}/scenarios/illinois.toml", "{root}/scenarios/illinois-full-time-leader.toml"]
outcomes = ["engaged", "never_attended"]
replicates = 2
resamples = 100
[morris]
trajectories = 20
[sobol]
points = 16
[[factors]]
path = "parameters.members_per_fte"
range = [40, 400]
[[factors]]
name = "appeal"
path = ["kinds.meeting.base", "kinds.outreach.base"]
range = [-2, 2]
[[factors]]
path = "parameters.beta_mission"
range = [1, 5]
[[factors]]
path = "parameters.partners"
range = [1, 8]
whole = true
[[factors]]
path = "structure.influence"
switch = true
"""


def sensitivity(*arguments):
    return subprocess.run([PROGRAM, "sensitivity", *map(str, arguments), "--quiet"], capture_output=True, text=True, timeout=120)


def written(folder, text, name="study.toml"):
    path = folder / name
    path.write_text(text.format(root=ROOT), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sensitivity")
    study = written(folder, STUDY)
    answer = sensitivity(study, "-o", folder / "result.json", "--json", "--threads", "2")
    assert answer.returncode == 0, answer.stderr
    return study, folder / "result.json", answer.stdout


def test_result_has_what_a_tornado_chart_needs(result):
    answer = json.loads(result[1].read_text())
    assert (answer["format"], answer["version"]) == ("coalis-sensitivity", 1)
    assert [(t["outcome"], t["scenario"]) for t in answer["targets"]] == [
        (o, s) for o in ("engaged", "never_attended") for s in ("A", "B", "B - A")]
    # 20 trajectories of 5 + 1 points, of 3 groups and a factor of none + 1; 16 x (2 + 5 factors + 1 group of two)
    assert answer["points"] == 20 * 6 + 20 * 5 + 16 * 8
    first = answer["targets"][0]
    assert [i["input"] for i in first["sobol"]][:2] == ["parameters.members_per_fte", "appeal"]
    assert first["sobol"][1]["high_end"] > first["sobol"][1]["low_end"], "appeal raises engagement"
    assert first["morris"][1]["mu"] > 0 and first["morris"][1]["mu_star"]["low"] <= first["morris"][1]["mu_star"]["value"]
    groups = [i["input"] for i in first["sobol"] if i["group"]]
    assert groups == ["commitment"] and first["morris_groups"][1]["mu"] is None
    shares = first["seed"]
    assert abs(shares["parameters"] + shares["seed"] + shares["both"] - 1) < 1e-9


def test_difference_is_that_of_the_two_scenarios(result):
    answer = json.loads(result[1].read_text())
    a, b, difference = answer["targets"][:3]
    assert abs(b["mean"] - a["mean"] - difference["mean"]) < 1e-9


def test_same_bits_for_any_number_of_threads_and_from_the_file(result):
    study, path, out = result
    for threads in (1, 3):
        assert sensitivity(study, "--json", "--restart", "--threads", threads).stdout == out
    assert sensitivity(study, "--json", "--from", path).stdout == out


@pytest.mark.parametrize("old, new, member", [
    ("range = [40, 400]", "range = [40, 401]", "factors"),
    ("trajectories = 20", "trajectories = 21", "morris"),
    ("replicates = 2", "replicates = 2\nseed = 3", "seed"),
    ("illinois-full-time-leader", "illinois-three-hubs", "scenarios"),
    ('"engaged", ', "", "outcomes"),
])
def test_a_result_of_another_design_is_refused(result, tmp_path, old, new, member):
    answer = sensitivity(written(tmp_path, STUDY.replace(old, new)), "--from", result[1])
    assert answer.returncode == 3 and "another design" in answer.stderr and member in answer.stderr


def test_what_is_no_result_is_refused(result, tmp_path):
    study, path, _ = result
    other = "not a result of coalis sensitivity"
    for text, reason in (("{", "is no JSON"), ("[]", f"it is JSON that does not say what it is, {other}"),
                         (path.read_text()[:-200], "is cut off"),
                         (path.read_text().replace("coalis-sensitivity", "coalis-check", 1),
                          f"it is an answer of coalis calibrate --check, {other}"),
                         (path.read_text().replace('"version": 1', '"version": 2', 1), "too new"),
                         (result[2], "without values")):
        (tmp_path / "bad.json").write_text(text)
        answer = sensitivity(study, "--from", tmp_path / "bad.json")
        assert answer.returncode == 3 and reason in answer.stderr, answer.stderr
    answer = sensitivity(study, "--from", tmp_path / "none.json")
    assert answer.returncode == 3 and "none.json: cannot be read: there is no such file" in answer.stderr
    assert sensitivity(study, "-o", path).returncode == 3, "never replaced unasked"


@pytest.mark.parametrize("old, new, reason", [
    ("trajectories = 20", "trajectories = 19", "trajectories"),
    ("trajectories = 20", "levels = 5", "odd"),
    ("points = 16", "points = 100", "power of 2"),
    ("points = 16", "point = 16", "points"),
    ("[morris]\ntrajectories = 20\n[sobol]\npoints = 16\n", "", "no method"),
    ('format = "sensitivity"', 'format = "study"', "sensitivity"),
    ("version = 1", "version = 2", "too new"),
    ("members_per_fte", "members_per_ftes", "members_per_fte"),
    ("range = [40, 400]", "range = [40, 4000000000]", "members_per_fte"),
    ("range = [40, 400]", "range = [40, 400]\nlevels = 3", "levels"),
    ("illinois-full-time-leader", "illinois-none", "illinois-none"),
    ('name = "Small"', 'name = "Small"\nrecord = "all"', "record"),
])
def test_bad_input_is_said_before_the_first_run(tmp_path, old, new, reason):
    assert old in STUDY
    answer = sensitivity(written(tmp_path, STUDY.replace(old, new)))
    assert answer.returncode == 2 and reason in answer.stderr, answer.stderr
    assert "study.toml:" in answer.stderr


def test_cost_is_said_without_a_run(result):
    answer = sensitivity(result[0], "--cost")
    assert answer.returncode == 0 and "348 points x 2 scenarios x 2 replicates = 1392 runs" in answer.stdout


def test_shipped_study_is_right():
    answer = sensitivity(ROOT / "scenarios/studies/illinois-sensitivity.toml", "--cost")
    assert answer.returncode == 0, answer.stderr
