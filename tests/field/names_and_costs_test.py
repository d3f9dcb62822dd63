"""Names and costs after --equal-budget. A user compares "Full-time coordinator" with a third of a post at equal planned cost: the
coordinator is then no longer full-time, so wherever it is named stands what it was scaled to. Equal planned costs are not equal
costs: events that are not held cost nothing, so what was spent is printed beside, with its error."""

import json
import os
import pathlib
import re
import subprocess

import h5py
import numpy as np
import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
SOURCE = pathlib.Path(__file__).resolve().parents[2]
ILLINOIS = SOURCE / "scenarios" / "illinois.toml"
LEADER = SOURCE / "scenarios" / "illinois-full-time-leader.toml"
HUBS = SOURCE / "scenarios" / "illinois-three-hubs.toml"


def coalis(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=False)


def one_line(text):
    return " ".join(text.split())


@pytest.fixture(scope="module")
def leader(tmp_path_factory):
    folder = tmp_path_factory.mktemp("leader")
    options = ["compare", ILLINOIS, LEADER, "--equal-budget", "fte", "--replicates", "40", "--quiet"]
    done = coalis(*options, "-o", folder / "leader.h5")
    assert done.returncode == 0, done.stderr
    answer = json.loads(coalis(*options, "--json").stdout)
    return folder, done.stdout, answer


def test_a_scaled_scenario_is_named_by_what_it_became(leader):
    folder, text, answer = leader
    # The post of the intervention: the third of a post that it replaces from the first month on is never staffed.
    [change] = answer["scenarios"][1]["budget"]["changes"]
    assert change["path"] == "hubs.Chicago.fte" and change["from"] == 1
    became = f", scaled to {change['to']:.3g} FTE"
    name = answer["scenarios"][1]["name"]
    assert name.endswith(became), name
    before = name.removesuffix(became)
    page = folder / "leader.html"
    assert coalis("report", folder / "leader.h5", "-o", page).returncode == 0
    for said in (one_line(text), json.dumps(answer), page.read_text(encoding="utf-8")):
        assert name in said
        assert not re.search(re.escape(before) + r"(?!, scaled to)", said), "named as it was before"
    with h5py.File(folder / "leader.h5") as file:
        assert file["scenarios/B"].attrs["title"].decode() == name


@pytest.mark.parametrize(
    "lever, expected", [("fte", r", scaled to [\d.]+ FTE in all$"), ("information", r", information scaled to [\d.]+$")]
)
def test_whatever_is_scaled_is_said(lever, expected):
    arguments = ["--set", "hubs.Chicago.fte=1.2"] if lever == "fte" else ["--set", "levers.information=1", "--set", "costs.information=60000"]
    other = HUBS if lever == "fte" else SOURCE / "scenarios" / "illinois-more-meetings.toml"
    done = coalis("compare", ILLINOIS, other, "--equal-budget", lever, *arguments, "--replicates", "3", "--json", "--quiet")
    assert done.returncode == 0, done.stderr
    reference, scaled = (scenario["name"] for scenario in json.loads(done.stdout)["scenarios"])
    assert "scaled" not in reference and re.search(expected, scaled), scaled


def test_what_costs_the_same_keeps_its_name():
    done = coalis("compare", ILLINOIS, ILLINOIS, "--equal-budget", "fte", "--replicates", "3", "--json", "--quiet")
    assert all("scaled" not in scenario["name"] for scenario in json.loads(done.stdout)["scenarios"])


def test_costs_incurred_stand_beside_equal_planned_costs(tmp_path):
    done = coalis("compare", ILLINOIS, HUBS, "--equal-budget", "fte", "--replicates", "60", "--quiet", "-o", tmp_path / "hubs.h5")
    assert done.returncode == 0, done.stderr
    page = tmp_path / "hubs.html"
    assert coalis("report", tmp_path / "hubs.h5", "-o", page).returncode == 0
    with h5py.File(tmp_path / "hubs.h5") as file:
        costs = file["outcomes/coordination_cost"][()].astype(float)
    difference = costs[:, 1] - costs[:, 0]
    half = 2.00099538 * difference.std(ddof=1) / np.sqrt(60)  # Student's t with 59 degrees of freedom
    expected = f"in the runs B spends {abs(difference.mean()):,.0f} ± {half:,.0f} USD a year {'less' if difference.mean() < 0 else 'more'} than A"
    assert abs(difference.mean()) > half, "the case would show nothing"
    for said in (one_line(done.stdout), one_line(page.read_text(encoding="utf-8"))):
        assert expected in said, expected
        assert re.search(r"members' own time and travel, which is not part of it: [\d,]+ USD a year in B, [\d,]+ in A \(", said.replace("&#39;", "'"))


STUDY = """format = "study"
version = 1
name = "test"
question = "For the same money?"
scenarios = ["{illinois}", "{leader}"]
replicates = 12
outcomes = ["engaged", "planned_cost"]
equal_budget = "fte"
[design]
kind = "full_factorial"
{factors}
[answer]
text = "A leader makes a difference of {{d}}; highest with {{best}}."
[[answer.figures]]
name = "d"
figure = "difference"
outcome = "engaged"
at = {{ scenario = "illinois-full-time-leader" }}
from = {{ scenario = "illinois" }}
[[answer.figures]]
name = "best"
figure = "best"
outcome = "engaged"
along = "scenario"
"""


@pytest.mark.parametrize(
    "factors, named",
    [
        ("", "scaled to 0.35 FTE"),
        ('[[factors]]\nname = "staff"\npath = "hubs.Chicago.fte"\nvalues = [0.5, 0.7]\nscenarios = ["illinois"]', "fte scaled to equal planned cost"),
    ],
)
def test_studies_name_and_cost_them_too(tmp_path, factors, named):
    study = tmp_path / "budget.toml"
    study.write_text(STUDY.format(illinois=ILLINOIS, leader=LEADER, factors=factors), encoding="utf-8")
    done = coalis("study", "run", study, "--quiet")
    assert done.returncode == 0, done.stderr
    text = one_line(coalis("study", "answer", study).stdout)
    assert named in text, text
    assert "Planned costs are equal, costs incurred need not be:" in text
    assert re.search(r"spends (exactly as much|about as much|[\d,]+( ± [\d,]+)? USD a year)", text)
    page = tmp_path / "page.html"
    assert coalis("report", study, "-o", page).returncode == 0
    assert "scaled to" in page.read_text(encoding="utf-8")
