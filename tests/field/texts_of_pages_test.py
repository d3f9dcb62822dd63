"""Texts of a report's page. A reader sees names and sentences as they were written: "the model's own", R&D; never the characters by
which HTML stands for them."""
import html
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"


def coalis(folder, *arguments):
    run = subprocess.run([os.environ["COALIS_PROGRAM"], *map(str, arguments)], capture_output=True, text=True, cwd=folder)
    assert run.returncode == 0, run.stderr
    return " ".join(run.stdout.split())


def seen(page):
    """What a reader sees of a page: without tags, each entity once made a character."""
    text = re.sub(r"<style.*?</style>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", " ", text))


def test_a_page_of_fits(tmp_path):
    check = json.loads((SCENARIOS / "posterior/mixture.check.json").read_text(encoding="utf-8"))
    check["posterior"] = "R&D's.csv"
    (tmp_path / "check.json").write_text(json.dumps(check), encoding="utf-8")
    coalis(tmp_path, "report", "check.json", "-o", "page.html")
    text = seen(tmp_path / "page.html")
    assert "mixture (R&D's.csv): The model explains the survey: coalitions that it makes look like this one." in text
    assert not re.search(r"&(#\d+|amp|lt|gt|quot);", text)


def test_a_page_of_a_comparison_with_its_fit(tmp_path):
    shutil.copytree(SCENARIOS, tmp_path / "scenarios", ignore=shutil.ignore_patterns("studies", "*.runs"))
    coalis(tmp_path, "compare", "scenarios/illinois.toml", "scenarios/illinois-three-hubs.toml", "--parameters",
           "scenarios/posterior/mixture.csv", "--draws", "4", "--replicates", "8", "--outcomes", "engaged", "--quiet", "-o", "c.h5")
    coalis(tmp_path, "report", "c.h5", "-o", "page.html", "--title", "R&D's <plan>", "--fit", "scenarios/posterior/mixture.check.json")
    text = seen(tmp_path / "page.html")
    assert "R&D's <plan>" in text and "The model explains the survey: coalitions that it makes look like this one." in text
    assert not re.search(r"&(#\d+|amp|lt|gt|quot);", text)


KEY = re.compile(r'(?<![\w."])(?:hubs|series|kinds|regions|roles|levers|environment|structure|parameters|costs|organisations|interventions)\.[\w"]+')
LATER = """format = "scenario"
version = 2
include = "{root}/illinois.toml"
name = "Later"
description = "A full post from 2006 on"
[parameters]
tie_prob = 0.2
[[hubs]]
name = "North and Central"
seat = "Central"
serves = []
fte = 0.2
[[interventions]]
set = "hubs.Chicago.fte"
value = 1.2
from = "2006-01"
[[interventions]]
set = "levers.information"
value = 2.0
from = "2006-06"
until = "2007-01"
ramp = 3
"""
SENSITIVITY = """format = "sensitivity"
version = 1
name = "s"
question = "What does it hang on?"
scenarios = ["{root}/illinois.toml", "{root}/illinois-full-time-leader.toml"]
outcomes = ["engaged", "strife", "planned_cost"]
replicates = 2
resamples = 100
[morris]
trajectories = 20
[sobol]
points = 16
[[factors]]
path = "parameters.beta_mission"
range = [1, 5]
[[factors]]
path = "kinds.meeting.base"
range = [-1, 1]
"""


def without_code(page):
    """As seen() of a page, but for its commands."""
    text = re.sub(r"<code>.*?</code>|<style.*?</style>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " | ", text)).split())


def test_a_page_has_words_where_the_file_has_keys(tmp_path):
    """What is set otherwise, what is changed during the run, what evidence does not support, what was not fitted, what a budget changed."""
    (tmp_path / "later.toml").write_text(LATER.format(root=SCENARIOS))
    for more in ([], ["--equal-budget", "fte"]):
        coalis(tmp_path, "compare", SCENARIOS / "illinois.toml", "later.toml", "--replicates", 4, "--quiet", "-o", "c.h5", *more)
        coalis(tmp_path, "report", "c.h5", "-o", "c.html", "--force")
        page = without_code(tmp_path / "c.html")
        assert KEY.findall(page) == [] and "{ set" not in page and ": intervention" not in page
        (tmp_path / "c.h5").unlink()
        if more:
            continue
        for words in ("Paid coordination, full-time equivalents (Chicago), from January 2006 | | as it is | | 1.2 |",
                      "Bulletins to the enrolled, June 2006 to December 2006 | | as it is | | 2, in 3 months |",
                      'Hub "North and Central" | | none | | Region in which it sits: Central',
                      "Probability that a contact strengthens a tie | | 0.142 | | 0.2 |",
                      "B: Paid coordination, full-time equivalents (Chicago)",
                      '"Probability that a contact strengthens a tie" differs from what was fitted',
                      '"Paid coordination, full-time equivalents (Chicago)" lies outside what evidence supports'):
            assert words in page, words


def test_a_page_of_sensitivity_is_for_people(tmp_path):
    (tmp_path / "s.toml").write_text(SENSITIVITY.format(root=SCENARIOS))
    said = coalis(tmp_path, "sensitivity", "s.toml", "--quiet", "-o", "s.json")
    coalis(tmp_path, "report", "s.json", "-o", "s.html")
    page = without_code(tmp_path / "s.html")
    luck = re.findall(r"Of the variance of one run: inputs .*? % of the variance is left of luck\.", said)
    assert luck and all(sentence in page for sentence in luck)  # the terminal's words
    moved = re.search(r"What was moved \|.*?(?=Where this comes from)", page[page.index("Its key in the scenario"):].replace("Its key in the scenario", "What was moved |", 1))
    assert len(KEY.findall(moved[0])) == 2 and KEY.findall(page.replace(moved[0].removeprefix("What was moved |"), "")) == []
    assert "A: Illinois, as it was" in page and "B: Illinois, full-time leader" in page and "illinois.toml" not in page
    assert "Weight of mission alignment in the appeal of an event" in page and "Appeal of an event of this kind (meeting)" in page
    assert not re.search(r"(?<![\w.])-\d|\u22120(?:\.0*)?(?![.\d])|\d\.\d USD", page)  # a minus is a minus, no zero has one, dollars are whole
    assert re.search(r"It is \d\d,\d{3} USD a year at every point", page) and "Engaged, B \u2212 A" in page
    assert re.search(r"On average over the ranges \+\d+\.\d in 100;", page)
    for scenario in json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))["targets"]:
        assert scenario["much_chance"] == bool(scenario["varies"] and scenario["seed"]["left"] > 0.25)
    warned = page.count("Much of this is chance: effects and total indices are too large.")
    assert warned == sum(t["much_chance"] for t in json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))["targets"]) > 0


def test_names_have_no_low_and_no_high(tmp_path):
    """A post that can be chosen and a rule that has a name are inputs, not parameters, and a rule has no ends."""
    factors = SENSITIVITY.split("[morris]")[0] + """[sobol]
points = 16
[[factors]]
path = "hubs.Chicago.fte"
range = [0.2, 1]
[[factors]]
path = "structure.engagement"
switch = true
"""
    (tmp_path / "s.toml").write_text(factors.format(root=SCENARIOS))
    said = coalis(tmp_path, "sensitivity", "s.toml", "--quiet", "-o", "s.json")
    coalis(tmp_path, "report", "s.json", "-o", "s.html")
    page = without_code(tmp_path / "s.html")
    ends = {share["input"]: "low_end" in share for share in json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))["targets"][0]["sobol"]}
    assert ends["hubs.Chicago.fte"] and not ends["structure.engagement"]
    assert "Without a lowest and a highest value, as its values are names: How commitment comes about." in page
    assert "Parameters were moved" not in page and "a parameter" not in page and "not what works" not in page + said
    assert "mu*" not in said and "First order:" in said  # of what was asked for


def test_a_wide_text_moves_no_column(tmp_path):
    (tmp_path / "other.toml").write_text(f'format = "scenario"\nversion = 2\ninclude = "{SCENARIOS}/illinois.toml"\nname = "Other"\n'
                                         'description = "A text that is much wider than the column in which it stands"\n')
    run = [os.environ["COALIS_PROGRAM"], "diff", SCENARIOS / "illinois.toml", tmp_path / "other.toml"]
    lines = subprocess.run(run, capture_output=True, text=True, check=True).stdout.splitlines()
    head = next(line for line in lines if line.startswith("value"))
    for meaning in ("Title of the scenario.", "What the scenario is, in a sentence."):
        assert any(line.endswith(meaning) and line.index(meaning) == head.index("meaning") for line in lines), lines
