"""The answer of a study: what is wrong is said before the first run, at its place; what is said is what the runs say."""

import json
import os
import pathlib
import subprocess

import numpy as np
import pytest
import xarray

PROGRAM = os.environ["COALIS_PROGRAM"]
SOURCE = pathlib.Path(__file__).resolve().parents[2]
SCENARIOS = SOURCE / "scenarios"

STUDY = """format = "study"
version = 1
name = "test"
question = "Do hubs help at equal cost?"
scenarios = ["{scenarios}/illinois.toml", "{scenarios}/illinois-three-hubs.toml"]
equal_budget = "fte"
replicates = 12
outcomes = ["engaged", "planned_cost"]
record = "trajectories"
[design]
kind = "full_factorial"
[[factors]]
name = "size"
settings = [
  {{ name = "small", set = ["organisations.members={{nonprofit=30, public=6}}", "organisations.entry_window=20"] }},
  {{ name = "as it is", set = [] }},
]
[[factors]]
path = "structure.engagement"
values = ["mixture", "trait"]
[answer]
text = "Hubs {{hubs: raise | lower | do not clearly change}} it: {{hubs}}, half of it in month {{when}}; cost {{cost}}."
structures = "structure.engagement"
[[answer.figures]]
name = "hubs"
figure = "difference"
outcome = "engaged"
at = {{ scenario = "illinois-three-hubs", size = "small" }}
from = {{ scenario = "illinois" }}
[[answer.figures]]
name = "cost"
figure = "difference"
outcome = "planned_cost"
at = {{ scenario = "illinois-three-hubs" }}
from = {{ scenario = "illinois" }}
[[answer.figures]]
name = "when"
figure = "half_month"
outcome = "engaged"
at = {{ size = "small" }}
from = {{ size = "as it is" }}
[[answer.figures]]
name = "form"
figure = "best"
outcome = "engaged"
along = "scenario"
"""


def study(folder, text=STUDY):
    path = folder / "s.toml"
    path.write_text(text.format(scenarios=SCENARIOS))
    return path


def coalis(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    path = study(tmp_path_factory.mktemp("answer"))
    run = coalis("study", "run", path, "--threads", "2")
    assert run.returncode == 0, run.stderr
    return path, run.stdout


def test_figures_are_paired_differences_of_the_runs(done):
    path, _ = done
    answer = json.loads(coalis("study", "answer", path, "--json").stdout)
    with xarray.open_dataset(path.with_suffix(".h5"), group="outcomes", engine="netcdf4") as data:
        engaged, cost = data.engaged.values.reshape(2, 2, 2, -1), data.planned_cost.values  # scenario, size, structure, replicate
    figures = {(f["name"], f["structure"]): f for f in answer["figures"]}
    assert answer["replicates"] == 12 and len(figures) == 8
    for s, structure in enumerate(["mixture", "trait"]):
        difference = engaged[1, 0, s] - engaged[0, 0, s]
        found = figures["hubs", structure]
        assert found["mean"] == pytest.approx(difference.mean(), abs=1e-12)
        assert found["se"] == pytest.approx(difference.std(ddof=1) / np.sqrt(12), abs=1e-12)
        assert found["above"] == pytest.approx((difference > 0.03).mean())
    assert np.ptp(cost) < 1e-6 * cost.mean()  # equal budget holds at every size and structure
    assert "+" not in figures["cost", "mixture"]["text"]


def test_run_and_answer_print_the_same(done):
    path, printed = done
    answer = coalis("study", "answer", path).stdout
    assert answer in printed
    words = " ".join(answer.split())
    assert "Do mixture and trait agree?" in words and "12 paired runs" in words and "Assumed, not found" in words
    fewer = coalis("study", "answer", path, "--replicates", "5").stdout
    assert "5 paired runs" in " ".join(fewer.split())


def test_without_runs_it_says_so(tmp_path):
    answer = coalis("study", "answer", study(tmp_path))
    assert answer.returncode == 1 and "no replicate is done yet" in answer.stderr


@pytest.mark.parametrize("find, replace, where, problem", [
    ('outcome = "engaged"\nat = {{ scenario', 'outcome = "engagd"\nat = {{ scenario', "27:11", "there is no outcome 'engagd'"),
    ('scenario = "illinois-three-hubs", size', 'scenario = "illinois-hubs", size', "28:19", "does not take the value"),
    ('size = "small" }}\nfrom = {{ size', 'siz = "small" }}\nfrom = {{ size', "40:8", "there is no factor 'siz'"),
    ('figure = "best"', 'figure = "bets"', "44:10", "there is no kind of figure 'bets'"),
    ('from = {{ scenario = "illinois" }}\n[[answer.figures]]\nname = "cost"', '[[answer.figures]]\nname = "cost"', "24:",
     "a difference needs 'from'"),
    ("{{hubs}}, half", "{{hub}}, half", "22:8", "there is no figure 'hub'"),
    ("raise | lower |", "raise |", "22:8", "'hubs' has 2 wordings"),
    ('record = "trajectories"', 'record = "outcomes"', "36:", "half_month needs the months of the runs"),
    ('equal_budget = "fte"', 'equal_budget = "money"', "6:16", "equal_budget: there is no 'money'"),
    ('structures = "structure.engagement"', 'structures = "engagement"', "23:14", "there is no factor 'engagement'"),
    ('from = {{ size = "as it is" }}', 'from = {{ size = "small" }}', "36:", "'from' is the same as 'at'"),
    ('"organisations.entry_window=20"', '"organisations.entry_widow=20"', "15:3", "unknown key 'entry_widow'"),
    ('path = "structure.engagement"\n', 'path = "structure.engagement"\nscenarios = ["ohio"]\n', "20:14", "'ohio' is no scenario of the study"),
    ('name = "small"', 'title = "small"', "15:3", "a setting has a name and a list 'set'"),
])
def test_what_is_wrong_is_said_at_its_place_before_the_first_run(tmp_path, find, replace, where, problem):
    assert find in STUDY
    path = study(tmp_path, STUDY.replace(find, replace, 1))
    answer = coalis("study", "run", path)
    assert answer.returncode == 2, answer.stdout
    assert any(f"s.toml:{where}" in line and problem in line for line in answer.stderr.splitlines()), answer.stderr
    assert not path.with_suffix(".runs").exists()
