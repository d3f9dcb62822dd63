"""What a command says, it says once, fully and on lines of the window. A user who has a warning in a scenario, a survey of hundreds, a narrow
terminal or a fit that went badly reads sentences that are true and whole."""

import os
import pathlib
import re
import subprocess

import pytest
from plain_words_test import EVENTS, ONE
from terminal_test import in_terminal, words_too_wide

PROGRAM = os.environ["COALIS_PROGRAM"]
SCENARIOS = pathlib.Path(__file__).resolve().parents[2] / "scenarios"
HEAD = f'format = "scenario"\nversion = 2\ninclude = "{SCENARIOS}/illinois.toml"\n'
EVIDENCE = """format = "coalis-evidence"
version = 2
[[item]]
id = "trained"
source = "a poll of our own"
use = "calibrate"
categories = ["yes", "no"]
counts = [50, 100]
n = 150
[[item]]
id = "meetings_attended"
source = "a poll of our own"
use = "calibrate"
categories = ["0", "1", "2", "3", "4 or more"]
counts = [1000, 20, 10, 10, 10]
n = 1050
"""
CALIBRATION = """format = "calibration"
version = 1
name = "c"
scenario = "s.toml"
evidence = "evidence.toml"
engagement = "mixture"
[sampler]
draws = {draws}
seed = 1
prior_runs = {runs}
quantile = 0.5
least_acceptance = 0.05
most_generations = 1
[[parameters]]
path = "parameters.hold_floor"
beta = [2, 6]
source = "a"
[[parameters]]
path = "parameters.win_gain"
uniform = [0, 0.3]
source = "a"
"""


def coalis(folder, *arguments, status=0):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=300, cwd=folder)
    assert done.returncode == status, done.stderr
    return done.stdout, done.stderr


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "s.toml").write_text(HEAD + 'name = "S"\nevidence = "evidence.toml"\n')
    (tmp_path / "evidence.toml").write_text(EVIDENCE)
    return tmp_path


def test_a_warning_is_said_once(tmp_path):
    (tmp_path / "w.toml").write_text(HEAD.replace("illinois", "twins/as-it-is") + 'name = "W"\nevidence = "nowhere.toml"\n')
    sets = SCENARIOS / "posterior"
    _, said = coalis(tmp_path, "distinguish", "w.toml", "--candidate", f"mixture={sets}/mixture.csv", "--candidate", f"trait={sets}/trait.csv",
                     "--replicates", 40, "--organisations", 25, "--months", 6, "--quiet")
    assert said.count("there is no evidence file") == 1


@pytest.mark.parametrize("width", [40, 60, 80])
def test_problems_fit_the_window(tmp_path, width):
    (tmp_path / "w.toml").write_text(HEAD + 'name = "W"\nevidence = "nowhere.toml"\n')
    lines, _ = in_terminal(["check", "w.toml"], width, tmp_path, as_written=True)
    assert any("there is no evidence file" in " ".join(lines[i:i + 3]) for i in range(len(lines)))
    assert words_too_wide(lines, width) == []


@pytest.mark.parametrize("width", [40, 80])
def test_counts_of_hundreds_stay_on_a_line(folder, width):
    lines, _ = in_terminal(["run", "s.toml", "--no-file", "--replicates", "3", "--quiet"], width, folder, as_written=True)
    text = "\n".join(lines)
    assert "33 % (50 of 150)" in text and "95 % (1000 of 1050)" in text
    assert max(map(len, lines)) <= width


def test_a_month_is_not_a_span(tmp_path):
    (tmp_path / "one.toml").write_text(ONE + EVENTS)
    one = ("--replicates", 2, "--quiet")
    run, _ = coalis(tmp_path, "run", "one.toml", "--no-file", *one)
    both, _ = coalis(tmp_path, "compare", "one.toml", "one.toml", *one, "-o", "c.h5")
    coalis(tmp_path, "report", "c.h5", "-o", "c.html")
    page = (tmp_path / "c.html").read_text(encoding="utf-8")
    assert "January 2020: 1 month." in run and "2020-01: 1 month." in both and "is run for 1 month, January 2020, with" in page
    assert not re.search(r"(\w+ \d{4}) to \1", run + both + page)


def test_a_draw_too_few_is_one_error(folder):
    (folder / "c.toml").write_text(CALIBRATION.format(draws=5, runs=600))
    _, said = coalis(folder, "calibrate", "c.toml", "-o", "p.csv", status=2)
    assert said.count("error:") == 1 and "'draws' must be a number from 20" in said


def test_what_a_fit_took_away_is_explained_and_why_it_ended(folder):
    (folder / "c.toml").write_text(CALIBRATION.format(draws=20, runs=40))
    said, _ = coalis(folder, "calibrate", "c.toml", "-o", "p.csv")
    said = " ".join(said.split())
    assert "Variance gone: the share of the prior's variance that the evidence has taken away." in said
    assert ("Below 0 the posterior is wider than the prior" in said) == bool(re.search(r" -\d+ %", said))
    assert "asked for" not in said
    check, _ = coalis(folder, "calibrate", "c.toml", "-o", "p.csv", "--check", "--table", 0)
    assert not re.search(r"\b0\.000\b.*outside|p = 0\.000", check)


def test_one_set_is_no_range_over_sets(folder):
    (folder / "one.csv").write_text("weight,parameters.hold_floor\n1,0.2\n")
    (folder / "two.csv").write_text("weight,parameters.hold_floor\n1,0.2\n1,0.4\n")
    one, _ = coalis(folder, "run", "s.toml", "--replicates", 8, "--parameters", "one.csv", "--quiet")
    two, _ = coalis(folder, "run", "s.toml", "--replicates", 8, "--parameters", "two.csv", "--quiet")
    assert "the same parameter set of one.csv" in one and "over sets" not in one
    two = " ".join(two.split())
    assert "(2 different ones)" in two and "ranges over sets and chance together" in two


def test_nothing_asks_for_what_was_not_written(tmp_path):
    said, _ = coalis(tmp_path, "new", "Ohio coalition")
    template = (tmp_path / "ohio-coalition.toml").read_text(encoding="utf-8")
    for text in (said, template):
        steps = [text.index(step) for step in ("coalis check", "coalis run", "evidence", "calibration file", "coalis calibrate", "--parameters posterior.csv")]
        assert steps == sorted(steps), text
