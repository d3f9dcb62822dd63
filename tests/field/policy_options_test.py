"""What else could we do, and what does it cost: a coordinator lists options and compares some without writing a file. What they expect is that
the list is true of their coalition, that each option does what it says and nothing else, and that the same money is the same money."""

import json
import os
import pathlib
import re
import subprocess

import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
SCENARIOS = pathlib.Path(__file__).resolve().parents[2] / "scenarios"


def coalis(*arguments, code=0):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=300)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout if code == 0 else done.stderr


def options(file, *more):
    return {o["name"]: o for o in json.loads(coalis("options", file, "--json", *more))["options"]}


def compared(file, *arguments):
    answer = json.loads(coalis("compare", file, "--replicates", "8", "--quiet", "--json", *arguments))
    return answer, {s["name"]: s for s in answer["scenarios"]}


@pytest.fixture
def own(tmp_path):
    """`coalis new`, with a second office and a lost interest in bulletins."""
    file = tmp_path / "ours.toml"
    coalis("new", "Our coalition", "-o", file)
    return file


@pytest.mark.parametrize("name", ["template-statewide", "illinois", "southwestern-city", "own"])
def test_every_option_that_is_listed_can_be_compared_and_costs_what_is_said(name, own):
    file = own if name == "own" else SCENARIOS / f"{name}.toml"
    listed = options(file)
    sensible = [o for o in listed.values() if o["reason"] is None]
    assert len(sensible) >= 6 and all(o["differences"] for o in sensible)
    answer, scenarios = compared(file, *[a for o in sensible for a in ("--with", o["name"])])
    first = answer["scenarios"][0]["planned_cost"]
    for o in sensible:
        assert scenarios[o["name"]]["planned_cost"] == pytest.approx(o["cost"], rel=1e-12)
    text = coalis("options", file)
    for o in listed.values():
        assert o["name"] in text
        if o["reason"]:
            assert f'{o["name"]}: {o["reason"]}'[:60] in text
    assert first > 0


def test_the_list_is_of_this_coalition():
    illinois, city = options(SCENARIOS / "illinois.toml"), options(SCENARIOS / "southwestern-city.toml")
    assert "nobody is left" in illinois["recruitment"]["reason"]
    assert city["monthly meetings"]["reason"] == "it is so already"
    assert options(SCENARIOS / "citywide-core.toml")["2 hubs"]["reason"] == "all organisations are in one region"
    assert "6 hubs" in illinois and "3 hubs" not in city and "2 hubs" in city
    # As illinois-full-time-leader.toml has it.
    assert [(d["path"], d["a"], d["b"]) for d in illinois["full-time leader"]["differences"]] == [("hubs.Chicago.fte", 0.35, 1.0)]


def test_an_option_is_the_file_that_says_the_same():
    file = SCENARIOS / "illinois.toml"
    answer, _ = compared(file, SCENARIOS / "illinois-full-time-leader.toml", "--with", "full-time leader",
                         "--with", "by hand: hubs.Chicago.fte=1")
    assert [s["label"] for s in answer["scenarios"]] == ["A", "B", "C", "D"]
    assert [s.get("with") for s in answer["scenarios"]] == [None, None, "full-time leader", "by hand: hubs.Chicago.fte=1"]
    for outcome, figures in answer["differences"]["B"].items():
        for label in "CD":
            assert answer["differences"][label][outcome]["difference"] == figures["difference"]


def test_without_takes_away_and_run_applies_all(tmp_path):
    file, result = SCENARIOS / "template-statewide.toml", tmp_path / "r.h5"
    answer, scenarios = compared(file, "--without", "Outreach Day")
    assert scenarios["without Outreach Day"]["planned_cost"] == pytest.approx(answer["scenarios"][0]["planned_cost"] - 2000)
    text = coalis("run", file, "--replicates", "2", "--quiet", "-o", result, "--with", "2 hubs", "--with", "monthly meetings",
                  "--without", "trainings")
    assert text.startswith("A statewide coalition, 2 hubs, monthly meetings, without trainings\n")
    assert "2 hubs" in text.splitlines()[2] + text.splitlines()[3] and re.search(r"  training +0\.0 ", text)
    assert "reproduced" in coalis("verify", result)


def test_one_budget_for_all_or_the_reason_why_not():
    file = SCENARIOS / "template-statewide.toml"
    answer, _ = compared(file, "--with", "monthly meetings", "--with", "2 hubs", "--budget", "60000")
    assert [s["planned_cost"] for s in answer["scenarios"]] == pytest.approx([60_000] * 3, abs=1e-6)
    assert answer["notices"][0].startswith("A was changed to what it may cost: hubs.Office.fte 0.5 to ")
    answer, _ = compared(file, "--with", "full-time leader", "--budget", "90000", "--lever", "per_year")
    assert [s["planned_cost"] for s in answer["scenarios"]] == pytest.approx([90_000] * 2, abs=1e-6)
    assert "even without any staff it costs" in coalis("compare", file, "--with", "2 hubs", "--budget", "4000", code=2)
    assert "fte costs nothing" in coalis("compare", file, "--with", "members convene", "--budget", "60000", code=2)
    assert "--lever bulletins" in coalis("compare", file, "--with", "2 hubs", "--budget", "60000", "--lever", "bulletins", code=2)
    coalis("compare", file, "--with", "2 hubs", "--lever", "fte", code=2)
    coalis("compare", file, "--with", "2 hubs", "--budget", "60000", "--equal-budget", "fte", code=2)


@pytest.mark.parametrize("text, said", [
    ("half: hubs.Ofice.fte=0.5", "did you mean 'Office'?"),
    ("2 hub; ", "a change is empty"),
    ("full time leader", "did you mean 'full-time leader'?"),
    ("5 hubs", "there are 4 regions"),
    ("missing.toml", "missing.toml"),
    ("hubs.Office.fte=1e9", "hubs.Office.fte=1e9"),
])
def test_what_is_wrong_with_an_option_is_said_before_a_run(text, said, tmp_path):
    output = tmp_path / "c.h5"
    message = coalis("compare", SCENARIOS / "template-statewide.toml", "--with", text, "-o", output, code=2)
    assert said in message and "Traceback" not in message
    assert not output.exists()


def test_engaged_favours_more_events_and_that_is_said():
    file = SCENARIOS / "template-statewide.toml"
    run = ["compare", file, "--replicates", "40", "--quiet", "--outcomes", "engaged,engaged_steadily,enrolled,hours_per_goal"]
    text = " ".join(coalis(*run, "--with", "24 meetings a year").split())
    assert "Engaged favours more events, whatever they bring: an organisation is invited to so many a year: 9 in A, 27 in B." in text
    assert "Engaged favours" not in coalis(*run, "--with", "full-time leader")
    figures = json.loads(coalis(*run, "--json", "--with", "24 meetings a year"))["differences"]["B"]
    assert set(figures) >= {"engaged_steadily", "hours_per_goal", "enrolled"}
    assert figures["engaged_steadily"]["difference"] < figures["engaged"]["difference"]


def test_the_answer_has_participation_attainment_and_burden():
    text = coalis("compare", SCENARIOS / "template-statewide.toml", "--replicates", "4", "--quiet", "--with", "2 hubs")
    for outcome in ("engaged", "goal_attainment", "hours_given"):
        assert f"\n{outcome} " in text


def test_a_comparison_of_options_is_kept_reported_and_verified(tmp_path):
    kept, page = tmp_path / "c.h5", tmp_path / "c.html"
    coalis("compare", SCENARIOS / "template-statewide.toml", "--replicates", "8", "--quiet", "-o", kept,
           "--with", "two offices: 2 hubs; staff 0.75", "--with", "members convene", "--budget", "70000", "--lever", "per_year")
    assert "reproduced" in coalis("verify", kept)
    coalis("report", kept, "-o", page)
    html = page.read_text()
    assert "two offices" in html and "--with" in html


def test_options_that_begin_on_the_way(tmp_path):
    file = SCENARIOS / "illinois.toml"
    options_ = ["--with", "full-time leader", "--with", "3 hubs"]
    whole, costs = compared(file, *options_)
    later, then = compared(file, *options_, "--from-month", "21")
    now = later["scenarios"][0]["planned_cost"]
    # 43 months, 22 of them with the option; Illinois met more often in its first year, which new hubs have no part in then.
    assert then["full-time leader"]["planned_cost"] - now == pytest.approx((costs["full-time leader"]["planned_cost"] - now) * 22 / 43, rel=1e-9)
    assert then["3 hubs"]["planned_cost"] - now == pytest.approx(2 * 300 * 2 * 22 / 43, rel=1e-9)
    for label in "BC":
        assert later["differences"][label]["engaged"]["reference"] == whole["differences"][label]["engaged"]["reference"]
        assert later["differences"][label]["never_attended"]["difference"] != whole["differences"][label]["never_attended"]["difference"]
    text = " ".join(coalis("compare", file, *options_, "--from-month", "21", "--replicates", "4", "--quiet").split())
    assert "43 months, 21 of them before B begins to differ" in text and "21 of them before C begins to differ" in text
    equal, same = compared(file, *options_, "--from-month", "21", "--equal-budget", "fte")
    assert [s["planned_cost"] for s in equal["scenarios"]] == pytest.approx([now] * 3, rel=1e-9)
    assert "for the time that differs" in equal["notices"][1]
    kept = tmp_path / "c.h5"
    coalis("compare", file, *options_, "--from-month", "21", "--replicates", "4", "--quiet", "-o", kept)
    assert "reproduced" in coalis("verify", kept)
    assert "--from-month 43: illinois has 43 months".split(":")[0] in coalis("compare", file, *options_, "--from-month", "43", code=2)
    assert "which --budget would change" in coalis("compare", file, *options_, "--from-month", "21", "--budget", "60000", code=2)
    message = coalis("compare", file, file, "--from-month", "21", "--with", "x: parameters.tie_prob=0.5", code=2)
    assert "parameters cannot change on the way" in " ".join(message.split())
