"""What is said about evidence comes from what the parameters were fitted to, not from an evidence file that lies beside. A user expects
"fitted" of Illinois and of its policies, and of no other coalition, of no changed value, and of no hand-written parameter set."""

import html
import json
import os
import pathlib
import subprocess

import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
SCENARIOS = pathlib.Path(__file__).resolve().parents[2] / "scenarios"
FITTED = "low confidence; the model was fitted to one cross-sectional survey of one coalition"
OF_ILLINOIS = "not fitted to this coalition: the parameters are those of Illinois"


def call(*arguments):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return " ".join(done.stdout.split())  # lines are wrapped


def compare(a, b, *more):
    return call("compare", SCENARIOS / a, SCENARIOS / b, "--replicates", 3, "--quiet", "--outcomes", "engaged", *more)


@pytest.mark.parametrize("policy", ["illinois-full-time-leader", "illinois-three-hubs", "illinois-members", "illinois-push"])
def test_policies_of_illinois(policy):
    assert FITTED in compare("illinois.toml", policy + ".toml")


def test_the_world_without_the_coalition_has_a_changed_parameter():
    said = compare("illinois.toml", "illinois-no-coalition.toml")
    assert "B is not fitted to this coalition: parameters.visibility_0 differs from what was fitted, to Illinois" in said and FITTED not in said


def test_a_shock_is_no_policy():
    said = compare("illinois.toml", "illinois-funding-shock.toml")
    assert "B is not fitted as it is: environment.scarcity differs from what was fitted, to Illinois" in said and FITTED not in said


@pytest.mark.parametrize("sets", [(), ("--parameters", SCENARIOS / "posterior/mixture.csv")])
@pytest.mark.parametrize("change", ["environment.support=0.1", "environment.scarcity=0.9", "environment.cases_per_month=11", "organisations.nonmembers=30"])
def test_another_world_is_not_fitted(change, sets):
    """Nobody can choose it, so that it is no question about the coalition that was fitted. The posterior does not say its world: the program
    knows that of Illinois."""
    said = compare("illinois.toml", "illinois-full-time-leader.toml", "--set", change, *sets)
    assert f"not fitted as it is: {change.split('=')[0]}" in said and FITTED not in said and "about this coalition" not in said
    assert ("from what mixture.csv was fitted with" if sets else "from what was fitted, to Illinois") in said


@pytest.mark.parametrize("change, said_of_it", [
    (("calendar.months=60", 'survey.month="2008-12"'), "(asked in December 2008; what comes after December 2008 is extrapolated)"),
    (("calendar.months=60",), "(asked in December 2008 and simulated for May 2010; what comes after December 2008 is extrapolated)"),
    (('survey.month="2008-06"',), "(asked in December 2008 and simulated for June 2008)"), (("calendar.months=24",), "(asked in December 2008 and simulated for May 2007)")])
@pytest.mark.parametrize("sets", [(), ("--parameters", SCENARIOS / "posterior/mixture.csv")])
def test_a_longer_run_is_what_was_fitted_and_more(change, said_of_it, sets):
    said = compare("illinois.toml", "illinois-full-time-leader.toml", *(word for one in change for word in ("--set", one)), *sets)
    assert said_of_it in said and "not fitted" not in said, said


@pytest.mark.parametrize("text", ["parameters.hold_floor=0.9", "kinds.meeting.base=1"])
def test_what_the_sets_hold_is_not_set_beside(text):
    for command in (["run", SCENARIOS / "illinois.toml", "--no-file"], ["compare", SCENARIOS / "illinois.toml", SCENARIOS / "illinois-push.toml"]):
        run = subprocess.run([PROGRAM, *map(str, command), "--replicates", "2", "--parameters", str(SCENARIOS / "posterior/mixture.csv"), "--set", text],
                             capture_output=True, text=True)
        assert run.returncode == 2 and f"--set {text}: error: the parameter sets of" in run.stderr and "go before it; leave the option out" in run.stderr, run.stderr


@pytest.mark.parametrize("change", ["levers.information=2", "series.meetings.per_year=12", "hubs.Chicago.serves=[]", "costs.fte=90000", "regions.North.recruitment=0"])
def test_policies_and_prices_are(change):
    assert FITTED in compare("illinois.toml", "illinois-full-time-leader.toml", "--set", change)


@pytest.mark.parametrize("other", ["template-statewide", "midwestern-city", "citywide-core"])
def test_other_coalitions(other):
    said = compare(other + ".toml", other + ".toml")
    assert OF_ILLINOIS in said and "was fitted to" not in said and "medium" not in said


@pytest.mark.parametrize("change, why", [("organisations.members.nonprofit=95", OF_ILLINOIS),
                                         ("parameters.tie_prob=0.3", "parameters.tie_prob differs from what was fitted, to Illinois"),
                                         ("kinds.meeting.base=0.5", "kinds differ from what was fitted, to Illinois"),
                                         ("structure.engagement=trait", "structure.engagement differs from what was fitted")])
def test_what_is_changed_is_not_fitted(change, why):
    said = compare("illinois.toml", "illinois-full-time-leader.toml", "--set", change)
    assert why in said and FITTED not in said


def test_structures_of_another_coalition_are_not_calibrated():
    answer = json.loads(compare("template-statewide.toml", "template-statewide.toml", "--structures", "engagement,decision", "--json"))
    assert {v["calibration"] for v in answer["structures"]["variants"]} == {"not calibrated"}


def test_parameter_sets_say_what_they_were_fitted_to(tmp_path):
    shipped = compare("illinois.toml", "illinois-full-time-leader.toml", "--parameters", SCENARIOS / "posterior/mixture.csv")
    assert "the model was fitted to 7 items of evidence.toml about this coalition" in shipped
    other = compare("template-statewide.toml", "template-statewide.toml", "--parameters", SCENARIOS / "posterior/mixture.csv")
    assert "not fitted to this coalition: the parameters of mixture.csv were fitted to illinois.toml (Illinois, as it was)" in other
    (tmp_path / "hand.csv").write_text("parameters.tie_prob\n0.1\n0.2\n")
    hand = compare("illinois.toml", "illinois-full-time-leader.toml", "--parameters", tmp_path / "hand.csv")
    assert "not known to be fitted to this coalition: hand.csv does not say what its parameters were fitted to" in hand


@pytest.mark.parametrize("scenario, sets, said", [
    ("illinois", False, FITTED), ("template-statewide", False, OF_ILLINOIS), ("illinois", True, "the model was fitted to 7 items of evidence.toml about this coalition"),
    ("midwestern-city", True, "not fitted to this coalition: the parameters of mixture.csv were fitted to illinois.toml (Illinois, as it was)")])
def test_the_best_use_of_a_budget_says_what_stands_behind_it(scenario, sets, said, tmp_path):
    of_sets = ("--parameters", SCENARIOS / "posterior/mixture.csv", "--draws", 2) if sets else ()
    text = call("best", SCENARIOS / f"{scenario}.toml", "--budget", 60000, "--points", 1, "--replicates", 20, *of_sets, "-o", tmp_path / "b.json", "--quiet")
    call("report", tmp_path / "b.json", "-o", tmp_path / "b.html")
    page = " ".join(html.unescape((tmp_path / "b.html").read_text(encoding="utf-8")).split())
    assert said in text and said in page and text.count("Evidence: ") == 1 and page.count("Evidence: ") == 2  # one for deciders
    evidence = json.loads((tmp_path / "b.json").read_text())["evidence"]
    assert (evidence["sites"] > 0) == ("not fitted" not in said) and evidence["basis"] in said + text


def test_a_study_of_another_coalition(tmp_path):
    study = tmp_path / "s.toml"
    study.write_text(f"""format = "study"
version = 1
name = "s"
question = "What does staff time change?"
scenarios = ["{SCENARIOS / 'template-statewide.toml'}"]
replicates = 4
outcomes = ["engaged"]
[design]
kind = "full_factorial"
[[factors]]
name = "engagement"
path = "structure.engagement"
values = ["mixture", "trait"]
[[factors]]
name = "fte"
path = "hubs.Office.fte"
values = [0.5, 1.0]
[answer]
structures = "engagement"
text = "{{level}}"
[[answer.figures]]
name = "level"
figure = "level"
outcome = "engaged"
at = {{ fte = 1.0 }}
""")
    said = " ".join(call("study", "run", study, "--quiet").split()) + " ".join(call("study", "answer", study).split())
    assert "mixture is not calibrated, trait is not calibrated" in said
    assert "they were not fitted to this coalition (defaults are those of Illinois)" in said and "calibrated to one survey" not in said
