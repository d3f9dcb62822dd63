"""coalis best: what to do with some money, as a coordinator asks and reads it."""
import json
import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ["COALIS_PROGRAM"]
ILLINOIS = ROOT / "scenarios" / "illinois.toml"
FEW = ["--budget", "60000", "--points", "8", "--replicates", "40"]


def coalis(*arguments, cwd=None):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=300, cwd=cwd)


def test_three_sentences_a_table_and_a_page(tmp_path):
    said = coalis("best", ILLINOIS, *FEW, "--guard", "goal_attainment", "-o", "best.json", cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    answer = json.loads((tmp_path / "best.json").read_text())
    text = " ".join(said.stdout.split())
    for sentence in answer["sentences"]:
        assert " ".join(sentence.split()) in text
    assert "nan" not in text and "_" not in " ".join(answer["sentences"])
    step = answer["steps"][answer["budget_step"]]
    chosen = answer["options"][step["choice"]]
    assert chosen["planned_cost"] <= 60000 and step["choice"] in step["not_told_apart"]
    assert answer["options"][0]["name"] == "as it is" and answer["options"][0]["changes"] == []
    again = coalis("best", ILLINOIS, *FEW, "--guard", "goal_attainment", "-o", "best.json", cwd=tmp_path)
    assert again.returncode == 3  # it exists
    page = coalis("report", "best.json", "-o", "best.html", cwd=tmp_path)
    assert page.returncode == 0, page.stderr
    html = (tmp_path / "best.html").read_text()
    assert "<svg" in html and "Would one regret it?" not in html and "was not asked" in html and "<script" not in html


def test_the_changes_of_an_answer_are_those_of_compare(tmp_path):
    answer = json.loads(coalis("best", ILLINOIS, *FEW, "--json", "--quiet").stdout)
    chosen = answer["options"][answer["steps"][answer["budget_step"]]["choice"]]
    changes = "; ".join(chosen["changes"])
    said = coalis("compare", ILLINOIS, "--with", f"chosen: {changes}", "--replicates", "20", "--outcomes", "planned_cost", "--json", "--quiet")
    assert said.returncode == 0, said.stderr
    assert json.loads(said.stdout)["scenarios"][1]["planned_cost"] == pytest.approx(chosen["planned_cost"])


@pytest.mark.parametrize("wrong, said", [
    (["--for", "engagd"], "--for engagd: there is no such outcome"),
    *((["--guard", f"withdrawn={harm}"], "the harm must be a number") for harm in ("a lot", "nan", "inf", "-1", "0x1", "1e999", "")),
    (["--guard", "withdrawn=0,5"], "write a decimal point, as in withdrawn=0.5"),
    (["--guard", "withdrawn,5"], "--guard 5: there is no such outcome"),
    (["--from-month", "43"], "--from-month 43: the run has the months June 2005 to December 2008 (0 to 42)"),
    (["--from-month", "2009-07"], "--from-month 2009-07: the run has the months"),
    (["--parameters", ROOT / "scenarios/posterior/trait.csv"], "none was fitted under the structure of")])
def test_what_is_wrong_is_said_before_the_first_run(wrong, said):
    answer = coalis("best", ILLINOIS, "--budget", "60000", *wrong)
    assert answer.returncode == 2 and said in answer.stderr, answer.stderr


def test_too_little_money_is_said_with_what_it_takes():
    answer = coalis("best", ILLINOIS, "--budget", "1000")
    assert answer.returncode == 2 and re.search(r"--budget 1000: whatever is chosen, .* costs \d+ USD a year or more", answer.stderr), answer.stderr


def test_from_a_month_on_the_past_is_as_it_was():
    answer = json.loads(coalis("best", ILLINOIS, *FEW, "--from-month", "2007-06", "--json", "--quiet").stdout)
    assert answer["from_month"] == 24 and answer["months"] == 43
    gains = [option["gain"]["mean"] for option in answer["options"][1:]]
    whole = json.loads(coalis("best", ILLINOIS, *FEW, "--json", "--quiet").stdout)
    assert answer["options"][0]["aim"] == whole["options"][0]["aim"]  # what is done now is the same run
    assert gains and max(gains) > 0


def test_what_members_give_after_a_month_is_of_the_time_after_it():
    run = ["best", ILLINOIS, *FEW, "--json", "--quiet", "--from-month", "31"]
    answer = json.loads(coalis(*run).stdout)
    chosen = answer["options"][answer["steps"][answer["budget_step"]]["choice"]]
    members = chosen["shown"][answer["shown"].index("member_cost")]["mean"]
    said = json.loads(coalis("compare", ILLINOIS, "--from-month", "31", "--with", "chosen: " + "; ".join(chosen["changes"]), "--replicates", "40",
                             "--json", "--quiet").stdout)
    assert members == pytest.approx(said["differences"]["B"]["member_cost"]["difference"] * 43 / 12, rel=0.15)
    assert all(option["best"] <= 1 for option in answer["options"])


def test_little_money_is_enough_where_members_can_convene():
    answer = coalis("best", ROOT / "scenarios" / "template-statewide.toml", "--budget", "14300", "--points", "4", "--replicates", "20", "--quiet")
    assert answer.returncode == 0 and "worse by" in answer.stdout and "which costs 51,800 USD a year" in " ".join(answer.stdout.split()), answer.stdout


def test_where_little_time_is_left_that_is_said():
    text = " ".join(coalis("best", ILLINOIS, *FEW, "--from-month", "2008-07", "--quiet").stdout.split())
    assert "Engaged counts 12 months, 6 of them before the options begin: what they bring in a whole year is not seen." in text
    assert "with at most 60,000 USD a year from July 2008 on, " in text and "Options begin in July 2008" in text
    assert "of them before the options begin" not in coalis("best", ILLINOIS, *FEW, "--from-month", "2008-01", "--quiet").stdout
