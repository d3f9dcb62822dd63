"""What else could we do, and what does it cost: a coordinator lists options and compares some without writing a file. What they expect is that
the list is true of their coalition, that each option does what it says and nothing else, and that the same money is the same money."""

import json
import os
import pathlib
import re
import subprocess

import h5py
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
    assert "a sum is --budget 60000" in " ".join(coalis("compare", file, "--with", "2 hubs", "--equal-budget", "60000", code=2).split())
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
    assert later["from_month"] == 21 and whole["from_month"] == 0
    now = later["scenarios"][0]["planned_cost"]
    # Costs are those of the time after it: of two hubs more, two Outreach Days more each; staff was never changed.
    before = whole["scenarios"][0]["planned_cost"]
    assert then["full-time leader"]["planned_cost"] - now == pytest.approx(costs["full-time leader"]["planned_cost"] - before, rel=1e-9)
    assert then["3 hubs"]["planned_cost"] - now == pytest.approx(2 * 300 * 2, rel=1e-9)
    for label in "BC":
        assert later["differences"][label]["engaged"]["reference"] == whole["differences"][label]["engaged"]["reference"]
        assert later["differences"][label]["never_attended"]["difference"] != whole["differences"][label]["never_attended"]["difference"]
    text = " ".join(coalis("compare", file, *options_, "--from-month", "2007-03", "--replicates", "4", "--quiet").split())
    assert "USD a year as planned from March 2007 on)" in text and "Until March 2007 all are the reference; what they change begins then." in text
    assert text.count("USD a year from March 2007 on") == 3 and "in the runs of that time B spends" in text
    equal, same = compared(file, *options_, "--from-month", "21", "--equal-budget", "fte")
    assert [s["planned_cost"] for s in equal["scenarios"]] == pytest.approx([now] * 3, rel=1e-9)
    assert "as planned from March 2007 on" in equal["notices"][2]
    kept = tmp_path / "c.h5"
    coalis("compare", file, *options_, "--from-month", "21", "--replicates", "4", "--quiet", "-o", kept)
    assert "reproduced" in coalis("verify", kept)
    page = tmp_path / "c.html"
    coalis("report", kept, "-o", page)
    assert "USD a year from March 2007 on." in page.read_text()
    for wrong in ("43", "2009-01", "2005-05", "-1"):
        said = " ".join(coalis("compare", file, *options_, f"--from-month={wrong}", code=2).split())
        assert f"--from-month {wrong}: the run has the months June 2005 to December 2008 (0 to 42); write one of them (as 2005-06 or 0)" in said
    for wrong in ("2008-7", "2008/07", "July 2008", "2008-13", "2008-00", " 2008-07", "2008-07-01", "1e1", "1.0", "March"):
        said = " ".join(coalis("compare", file, *options_, f"--from-month={wrong}", code=2).split())
        assert f"'{wrong}' is no month; write it as 2005-06 (January is 01), or as its number from 0" in said
    message = coalis("compare", file, file, "--from-month", "21", "--with", "x: parameters.tie_prob=0.5", code=2)
    assert "parameters cannot change on the way" in " ".join(message.split())


def test_a_sum_of_money_from_a_month_on(tmp_path):
    """45,000 USD a year from July 2008 on: spent is what was spent until then, and 45,000 a year in the six months after it."""
    file, kept = SCENARIOS / "illinois.toml", tmp_path / "c.h5"
    options_ = ["--with", "3 hubs", "--with", "full-time leader", "--with", "monthly meetings"]
    now = json.loads(coalis("compare", file, "--with", "3 hubs", "--from-month", "2008-07", "--replicates", "8", "--quiet", "--json"))
    was = now["differences"]["B"]["planned_cost"]["reference"]["mean"] * 43 / 12 - now["scenarios"][0]["planned_cost"] / 2
    run = [*options_, "--from-month", "2008-07", "--budget", "45000"]
    answer, scenarios = compared(file, *run)
    assert [s["planned_cost"] for s in answer["scenarios"]] == pytest.approx([45_000] * 4, abs=1e-6)
    assert answer["differences"]["B"]["planned_cost"]["reference"]["mean"] * 43 / 12 == pytest.approx(was + 22_500, abs=0.1)
    for label in "BCD":
        assert answer["differences"][label]["planned_cost"]["scenario"]["mean"] * 43 / 12 == pytest.approx(was + 22_500, abs=0.1)
    assert compared(file, *options_, "--from-month", "37", "--budget", "45000")[0]["differences"] == answer["differences"]
    # Until then all are one, month by month.
    coalis("compare", file, *run, "--replicates", "8", "--quiet", "-o", kept)
    assert "reproduced" in coalis("verify", kept)
    with h5py.File(kept) as found:
        assert found["scenarios"].attrs["from_month"] == 37 and found["scenarios/B"].attrs["planned_cost_from"] == pytest.approx(45_000)
        over_time = found["differences_over_time/engaged"][:]
    assert over_time.shape[-1] == 43 and not over_time[..., :37].any() and over_time[..., 37:].any()


def test_a_sum_from_a_month_on_is_what_one_writes_by_hand(tmp_path):
    file = SCENARIOS / "illinois.toml"
    answer, _ = compared(file, "--with", "full-time leader", "--with", "twice the bulletins", "--from-month", "2008-07", "--budget", "45000")
    head = f'format = "scenario"\nversion = 2\ninclude = "{file}"\n'
    by_hand = []
    for scenario in answer["scenarios"]:
        (change,) = scenario["budget"]["changes"]
        assert change["path"] == "hubs.Chicago.fte"
        text = head + f'name = "{scenario["label"]}"\n[[interventions]]\nset = "hubs.Chicago.fte"\nvalue = {change["to"]!r}\nfrom = "2008-07"\n'
        by_hand.append(tmp_path / f'{scenario["label"]}.toml')
        by_hand[-1].write_text(text)
    (bulletins,) = options(file)["twice the bulletins"]["differences"]
    by_hand[2].write_text(by_hand[2].read_text() + f'[[interventions]]\nset = "{bulletins["path"]}"\nvalue = {bulletins["b"]!r}\nfrom = "2008-07"\n')
    again = json.loads(coalis("compare", *by_hand, "--replicates", "8", "--quiet", "--json"))
    for label in "BC":
        for outcome, figures in answer["differences"][label].items():
            for figure in ("reference", "scenario", "difference"):
                assert again["differences"][label][outcome][figure] == figures[figure], (label, outcome)


def test_money_from_a_month_on_where_staff_comes_bit_by_bit(tmp_path):
    """A raise over a year is under way when the options begin, and begins again with them: the sum is right all the same."""
    file = tmp_path / "rising.toml"
    file.write_text(f'format = "scenario"\nversion = 2\ninclude = "{SCENARIOS / "illinois.toml"}"\nname = "Rising"\n'
                    '[[interventions]]\nset = "hubs.Chicago.fte"\nvalue = 0.8\nfrom = "2008-01"\nramp = 12\n')
    answer, _ = compared(file, "--with", "facilitation", "--from-month", "2008-07", "--budget", "50000")
    assert [s["planned_cost"] for s in answer["scenarios"]] == pytest.approx([50_000] * 2, abs=1e-6)
