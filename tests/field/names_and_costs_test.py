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
    became = f", scaled to {change['to']:.2g} of a post"
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
    "lever, expected", [("fte", r", scaled to [\d.]+ (?:of a post|posts) in all$"), ("information", r", information (?:scaled|raised) to [\d.]+$")]
)
def test_whatever_is_scaled_is_said(lever, expected):
    arguments = ["--set", "hubs.Chicago.fte=1.2"] if lever == "fte" else ["--set", "levers.information=1", "--set", "costs.information=60000"]
    other = HUBS if lever == "fte" else SOURCE / "scenarios" / "illinois-more-meetings.toml"
    done = coalis("compare", ILLINOIS, other, "--equal-budget", lever, *arguments, "--replicates", "3", "--json", "--quiet")
    assert done.returncode == 0, done.stderr
    reference, scaled = (scenario["name"] for scenario in json.loads(done.stdout)["scenarios"])
    assert not re.search("scaled|raised", reference) and re.search(expected, scaled), scaled


def test_what_costs_the_same_keeps_its_name():
    done = coalis("compare", ILLINOIS, ILLINOIS, "--equal-budget", "fte", "--replicates", "3", "--json", "--quiet")
    assert all("scaled" not in scenario["name"] for scenario in json.loads(done.stdout)["scenarios"])


def test_a_description_is_not_that_of_what_was_before(leader):
    folder, _, answer = leader
    described = re.search(r'^description = "(.*)"', LEADER.read_text(encoding="utf-8"), re.MULTILINE)
    page = folder / "described.html"
    assert coalis("report", folder / "leader.h5", "-o", page).returncode == 0
    assert described and described[1] not in page.read_text(encoding="utf-8")


def test_a_description_is_not_that_of_what_is_changed(tmp_path):
    described = "One part-time coordinator in Chicago"
    other = tmp_path / "other.toml"
    for more, times in (("", 1), ('description = "With somebody who mediates."\n', 1)):
        other.write_text(f'format = "scenario"\nversion = 2\ninclude = "{ILLINOIS}"\nname = "Ours"\n{more}[levers]\nfacilitation = 1\n')
        assert coalis("compare", ILLINOIS, other, "--replicates", "3", "--quiet", "--force", "-o", tmp_path / "c.h5").returncode == 0
        assert coalis("report", tmp_path / "c.h5", "--force", "-o", tmp_path / "c.html").returncode == 0
        page = (tmp_path / "c.html").read_text(encoding="utf-8")
        assert page.count(described) == times and page.count("With somebody who mediates.") == (1 if more else 0)


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
        ("", "scaled to 0.35 of a post"),
        ('[[factors]]\nname = "staff"\npath = "hubs.Chicago.fte"\nvalues = [0.5, 0.7]\nscenarios = ["illinois"]', "staff time scaled to equal planned cost"),
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


TWO = """format = "scenario"
version = 2
name = "Two counties"
description = "Twelve organisations in two counties, nobody paid."
[calendar]
start = "2025-03"
months = 18
[organisations]
members = { nonprofit = 12 }
nonmembers = 1
[[regions]]
name = "North"
share = 0.75
[[regions]]
name = "South"
share = 0.25
[travel]
hours = [[0.5, 1.0], [1.0, 0.5]]
[[roles]]
name = "services"
share = { nonprofit = 1.0 }
[[hubs]]
name = "Empty"
seat = "North"
serves = []
fte = 0.0
[kinds.meeting]
base = 0.66
networking = 1.0
awareness_gain = 0.08
yield = 1.0
[kinds.training]
base = -0.84
networking = 0.5
awareness_gain = 0.3
yield = 0.5
[[series]]
name = "meetings"
kind = "meeting"
hub = "Empty"
audience = "all"
per_year = 8
hours = 3
[[series]]
name = "trainings"
kind = "training"
hub = "Empty"
audience = "hub"
per_year = 2
hours = 4
[environment]
support = 0.5
scarcity = 0.4
restricted = 0.3
cases_per_month = 5.0
"""
LATER = """format = "scenario"
version = 2
include = "two.toml"
name = "{name}"
"""
POST = LATER.format(name="A post") + """
[[interventions]]
set = "hubs.Empty.serves"
value = ["North", "South"]
from = "2025-06"
[[interventions]]
set = "hubs.Empty.fte"
value = 0.5
from = "2025-06"
"""
SAME = LATER.format(name="Members convene") + """
[[interventions]]
set = "hubs.Empty.convenor"
value = "members"
from = "2025-04"
until = "2025-09"
"""


@pytest.fixture(scope="module")
def later(tmp_path_factory):
    """A: nobody is paid and no training is held; B: a post from the fourth month on; C: what changes nothing."""
    folder = tmp_path_factory.mktemp("later")
    for name, text in (("two.toml", TWO), ("post.toml", POST), ("same.toml", SAME)):
        (folder / name).write_text(text, encoding="utf-8")
    done = coalis("compare", *(folder / name for name in ("two.toml", "post.toml", "same.toml")), "--replicates", "21", "--quiet",
                  "--outcomes", "engaged,regional_gap,participation.training", "-o", folder / "later.h5")
    assert done.returncode == 0, done.stderr

    def page(outcome):
        done = coalis("report", folder / "later.h5", "-o", folder / "page.html", "--on", outcome, "--force")
        assert done.returncode == 0, done.stderr
        return one_line(re.sub(r"<[^>]+>", " ", (folder / "page.html").read_text(encoding="utf-8"))).replace("&#39;", "'").replace("&quot;", '"')

    return folder, one_line(done.stdout), page


def test_an_average_says_how_many_months_are_before_the_change(later):
    _, text, page = later
    cost = re.search(r"Cost: B takes ([\d,]+) USD a year more than A as planned \([^)]*\); of the 18 months counted, 3 are before B begins to differ; "
                     r"in the others it is ([\d,]+) USD a year more", text)
    average, since = (float(number.replace(",", "")) for number in cost.groups())
    assert since == pytest.approx(average * 18 / 15, abs=1) and since == pytest.approx(37_500 + 5_400, abs=1)  # half a post, and the events that it calls
    assert "as planned over 18 months, 3 of them before B begins to differ" in text
    hours = page("hours_given")
    assert cost[0] in hours
    assert re.search(r"Of the 18 months counted, 3 are before B begins to differ; in the others it is [\d.]+ hours a year more\.", hours)
    found = re.search(r"Half of the average difference that B makes by the end is there by (\w+ \d+), and stays\. That is month (\d+) of the run, (\d+) months? after the first in which B differs", page("engaged"))
    assert found and int(found[2]) - int(found[3]) == 4


def test_where_no_month_can_be_named_the_one_reason_is_given(later):
    _, _, page = later
    hours = page("hours_given")
    assert 'For B no month can be named: "Hours given" adds up over months, and is not followed from month to month.' in hours
    assert "C and A are the same in every run: there is nothing to show." in hours
    assert "is not clear" not in hours.split("How long until it shows")[1].split("What this cannot tell")[0]


def test_it_is_said_which_of_two_has_no_value(later):
    _, text, _ = later
    assert "Invitations to trainings followed has no value in any run of A (Two counties), so that there is nothing to compare; in B (A post) it is" in text
    assert "Invitations to trainings followed has no value in A (Two counties) nor in C (Members convene): nothing to compare." in text
    assert re.search(r"missing in A(?! and)", text) and "missing in A and C" in text
    assert re.search(r"\d+ runs are left out, where A, B or both have no value\.", text)


def test_shares_of_runs_add_up(later):
    folder, _, _ = later
    for replicates in (7, 200):
        done = coalis("compare", ILLINOIS, LEADER, "--replicates", replicates, "--quiet", "--all")
        table = done.stdout.split("above d")[1].split("d is a difference that matters")[0]
        rows = re.findall(r"(\d+) % +(\d+) % +(\d+) %", table)
        assert len(rows) > 20 and all(sum(map(int, row)) == 100 for row in rows)
