"""Rounding that contradicts. A reader sees one number said in several places, and words beside it: they must not contradict each
other. What is called not clear has an interval with 0 in it, what has none is clear; what is said to matter is not less than what
matters; the chart's number and the text's are the same, or say which they are."""

import json
import os
import pathlib
import re
import subprocess

import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
SOURCE = pathlib.Path(__file__).resolve().parents[2]
ILLINOIS = SOURCE / "scenarios" / "illinois.toml"
RAISE = SOURCE / "scenarios" / "illinois-small-raise.toml"
LEADER = SOURCE / "scenarios" / "illinois-full-time-leader.toml"
HUBS = SOURCE / "scenarios" / "illinois-three-hubs.toml"


def coalis(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=False)


def one_line(text):
    return " ".join(text.split())


STUDY = """format = "study"
version = 1
name = "test"
question = "Does it change anything?"
scenarios = ["{illinois}"]
replicates = 40
outcomes = ["engaged"]
[design]
kind = "full_factorial"
[[factors]]
name = "staff"
path = "hubs.Chicago.fte"
values = [0.35, 0.5, 1.0]
[answer]
text = "It {{d: raises | lowers | does not clearly change{fourth}}} the share engaged ({{d}})."
[[answer.figures]]
name = "d"
figure = "difference"
outcome = "engaged"
at = {{ staff = 1.0 }}
from = {{ staff = 0.35 }}
matters = {matters}
"""


@pytest.mark.parametrize("fourth", ["", " | hardly changes"])
@pytest.mark.parametrize("matters", ["0.01", "0.9"])
def test_clear_and_mattering_are_two_things(tmp_path, matters, fourth):
    path = tmp_path / "study.toml"
    path.write_text(STUDY.format(illinois=ILLINOIS, matters=matters, fourth=fourth), encoding="utf-8")
    assert coalis("study", "run", path, "--quiet").returncode == 0
    answer = json.loads(coalis("study", "answer", path, "--json").stdout)
    mean, half = (float(x) for x in re.search(r"\(\+([\d.]+) ± ([\d.]+)", answer["answer"]).groups())
    assert mean > half, "the case would show nothing"
    assert "not clearly" not in answer["answer"], answer["answer"]
    small = mean < float(matters)
    if fourth:
        assert ("hardly changes" in answer["answer"]) == small
        assert "would matter" not in answer["answer"]
    else:
        assert "raises" in answer["answer"]
        assert ("less than the 0.9 that would matter" in answer["answer"]) == small
    assert answer["figures"][0]["verdict"] == ("higher, but less than what matters" if small else "higher")


@pytest.mark.parametrize("other", [RAISE, LEADER, HUBS])
@pytest.mark.parametrize("replicates", ["3", "10", "200"])
def test_words_follow_from_the_numbers(other, replicates):
    done = coalis("compare", ILLINOIS, other, "--replicates", replicates, "--json", "--quiet")
    assert done.returncode == 0, done.stderr
    for outcome, d in json.loads(done.stdout)["differences"]["B"].items():
        if d["pairs"] == 0 or (d["difference"] == 0 and not d["sd"]):
            continue
        excludes = d["half_width"] is not None and abs(d["difference"]) > d["half_width"] and d["clear"] != 0
        assert (d["clear"] != 0) == excludes, outcome
        assert ("do not differ clearly" in d["sentences"]) == (d["clear"] == 0), (outcome, d["sentences"])
        # "3 more" beside "differ by 3 at most" only where it is 3.
        changed = re.search(r"^After \d+ months? B \([^)]*\) \w+ ([\d.,]+) ", d["sentences"])
        at_most = re.search(r"differ by ([\d.,]+) ", d["sentences"])
        if changed and at_most and changed[1] == at_most[1]:
            assert abs(abs(d["difference"]) - d["matters"]) < 1e-6, (outcome, d["sentences"])


def test_the_chart_says_the_average_that_the_text_says(tmp_path):
    assert coalis("compare", ILLINOIS, LEADER, "--replicates", "60", "-o", tmp_path / "c.h5", "--quiet").returncode == 0
    page = tmp_path / "page.html"
    assert coalis("report", tmp_path / "c.h5", "-o", page).returncode == 0
    html = one_line(page.read_text(encoding="utf-8"))
    amount = re.search(r"keeps ([\d.]+) more organisations in 100 engaged", html)[1]
    chart = re.search(r"On average \+([\d.]+) organisations in 100; median \+([\d.]+); 8 in 10 runs", html)
    assert chart and chart[1] == amount, (amount, chart and chart[0])
    assert "no clear difference" not in re.search(r"<svg.*?</svg>", html)[0], "of single runs that is another question"
