"""What a study says of its parameters and rules holds at the points that it is said of. A user who varies a parameter, or a rule, expects
that the answer does not call all of it calibrated: `run` of such a point says "not fitted"."""

import os
import pathlib
import re
import subprocess

import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
SCENARIOS = pathlib.Path(__file__).resolve().parents[2] / "scenarios"
STUDY = """format = "study"
version = 1
name = "s"
question = "What does it change?"
scenarios = ["{scenario}"]
replicates = 2
outcomes = ["engaged"]
[design]
kind = "full_factorial"
{factors}
[answer]
{structures}
text = "{{level}}"
[[answer.figures]]
name = "level"
figure = "level"
outcome = "engaged"
at = {{ {at} }}
"""
FACTOR = '[[factors]]\nname = "{}"\npath = "{}"\nvalues = {}\n'


def answer(folder, factors, at, structures=""):
    text = STUDY.format(scenario=SCENARIOS / "illinois.toml", factors="".join(FACTOR.format(*f) for f in factors), at=at, structures=structures)
    (folder / "s.toml").write_text(text)
    done = subprocess.run([PROGRAM, "study", "run", "s.toml", "--quiet"], capture_output=True, text=True, cwd=folder, timeout=300)
    assert done.returncode == 0, done.stderr
    return " ".join(done.stdout.split())


FTE = ("fte", "hubs.Chicago.fte", "[0.35, 1.0]")


def test_policies_alone_are_calibrated(tmp_path):
    said = answer(tmp_path, [FTE], "fte = 1.0")
    assert "parameters and rules, which are calibrated to one survey or assumed. " in said


@pytest.mark.parametrize("factor, why", [(("turnover", "parameters.turnover", "[0.041666666666666664, 0.05]"), "parameters.turnover"),
                                         (("rule", "structure.decision", '["benefit_cost", "threshold"]'), "structure.decision")])
def test_points_with_other_parameters_or_rules_are_not(tmp_path, factor, why):
    said = answer(tmp_path, [FTE, factor], "fte = 1.0, " + factor[0] + " = " + factor[2].strip("[]").split(", ")[1])
    assert f"points assumed as they are there (not fitted to this coalition: {why} " in said
    assert "which are calibrated to one survey or assumed. " not in said


@pytest.mark.parametrize("tie, said_of_mixture", [("[0.142, 0.9]", "calibrated at 2 of its 4 points"), ("[0.1, 0.9]", "not calibrated")])
def test_a_structure_is_calibrated_at_the_points_where_it_is(tmp_path, tie, said_of_mixture):
    """0.142 is what was fitted."""
    said = answer(tmp_path, [("engagement", "structure.engagement", '["mixture", "trait"]'), ("tie", "parameters.tie_prob", tie), FTE],
                  f"tie = {tie[1:].split(',')[0]}, fte = 1.0", 'structures = "engagement"')
    assert f"mixture is {said_of_mixture}, trait is not calibrated" in said


def test_a_study_without_an_answer_says_what_stands_behind_it(tmp_path):
    text = STUDY[:STUDY.index("[answer]")].format(scenario=SCENARIOS / "illinois.toml", factors=FACTOR.format(*FTE) +
                                                  FACTOR.format("tie", "parameters.tie_prob", "[0.142, 0.9]"))
    (tmp_path / "s.toml").write_text(text.replace('["engaged"]', '["engaged", "coordination_cost"]'))
    done = subprocess.run([PROGRAM, "study", "run", "s.toml", "--quiet"], capture_output=True, text=True, cwd=tmp_path, timeout=300)
    assert done.returncode == 0, done.stderr
    assert ("Ranges are of luck alone. They do not cover parameters and rules, which are calibrated to one survey or assumed, and at 2 of 4 points"
            in " ".join(done.stdout.split())), done.stdout
    columns = re.findall(r"^ +(\d+\.\d+) +(\d+\.\d+) +(\d+\.\d+) +\d ", done.stdout, re.M)
    assert len(columns) == 4 and {len(number.split(".")[1]) for row in columns for number in row} == {3}


def test_a_footnote_has_words(tmp_path):
    text = STUDY.format(scenario=SCENARIOS / "illinois.toml", factors=FACTOR.format(*FTE), at="fte = 1.0", structures="")
    text += """[[answer.figures]]
name = "d"
figure = "difference"
outcome = "planned_cost"
at = { fte = 1.0 }
from = { fte = 0.35 }
[[answer.figures]]
name = "e"
figure = "difference"
outcome = "attended_per_member.outreach"
at = { fte = 1.0 }
from = { fte = 0.35 }
percent = true
"""
    (tmp_path / "s.toml").write_text(text)
    done = subprocess.run([PROGRAM, "study", "run", "s.toml", "--quiet"], capture_output=True, text=True, cwd=tmp_path, timeout=300)
    assert done.returncode == 0, done.stderr
    assert re.search(r"at least what matters \(\d+ for planned cost, \d+ percentage points for Outreach Days attended\)", " ".join(done.stdout.split())), done.stdout


def test_letters_on_a_page_are_of_options_alone(tmp_path):
    factors = FACTOR.format(*FTE) + FACTOR.format("meetings a year", "series.meetings.per_year", "[2, 4, 12]")
    (tmp_path / "s.toml").write_text(STUDY[:STUDY.index("[answer]")].format(scenario=SCENARIOS / "illinois.toml", factors=factors)
                                     .replace('["engaged"]', '["engaged", "planned_cost"]'))
    for command in (("study", "run", "s.toml", "--quiet"), ("report", "s.toml", "-o", "s.html", "--on", "engaged")):
        done = subprocess.run([PROGRAM, *command], capture_output=True, text=True, cwd=tmp_path, timeout=300)
        assert done.returncode == 0, done.stderr
    page = " ".join(re.sub(r"<[^>]+>", " ", (tmp_path / "s.html").read_text()).split())
    assert "A (0.35 of a post in Chicago, 2 meetings a year)" in page and not re.search(r"\b[A-D] \((2|4|12)\b", page)
    assert " 12 meetings a year " in page
