"""Options and worlds. A user asks which way to run a coalition is best. `reinforcement` is a rule of the model, a parameter is a
number of the world: nobody can choose them, so no answer, frontier or ranking offers them. They are shown side by side."""

import json
import os
import pathlib
import re
import subprocess

import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
SOURCE = pathlib.Path(__file__).resolve().parents[2]
ILLINOIS = SOURCE / "scenarios" / "illinois.toml"

STUDY = """format = "study"
version = 1
name = "test"
question = "What is best?"
scenarios = [{scenarios}]
{top}
replicates = 6
outcomes = ["engaged", "planned_cost"]
[design]
kind = "full_factorial"
[[factors]]
name = "staff"
path = "hubs.Chicago.fte"
values = [0.35, 0.7, 1.0]
[[factors]]
name = "world"
{world}
[answer]
text = "Highest with {{best}}."
[[answer.figures]]
name = "best"
figure = "best"
outcome = "engaged"
along = "{along}"
"""
STRUCTURES = 'path = "structure.engagement"\nvalues = ["mixture", "reinforcement"]'
PARAMETER = 'path = "parameters.tie_prob"\nvalues = [0.1, 0.2]'
SETTINGS = 'settings = [{ name = "poor", set = ["environment.scarcity=0.8"] }, { name = "rich", set = ["environment.scarcity=0.1"] }]'
POSTS = 'settings = [{ name = "few", set = ["organisations.nonmembers=20", "levers.recruitment=0"] }, { name = "many", set = ["organisations.nonmembers=20", "levers.recruitment=2"] }]'


def coalis(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=False)


def study(folder, world=STRUCTURES, along="staff", scenarios=(ILLINOIS,), top=""):
    path = folder / "options.toml"
    names = ", ".join(f'"{s}"' for s in scenarios)
    path.write_text(STUDY.format(scenarios=names, top=top, world=world, along=along), encoding="utf-8")
    return path


def page_of(path):
    page = path.with_suffix(".html")
    done = coalis("report", path, "-o", page)
    assert done.returncode == 0, done.stderr
    return page.read_text(encoding="utf-8")


def frontiers(html):
    return [re.sub(r"<[^>]*>", "\n", svg) for svg in re.findall(r"<svg.*?</svg>", html, re.DOTALL) if "against planned cost" in svg]


@pytest.mark.parametrize("world, values", [(STRUCTURES, ("commitment is partly given, partly earned", "commitment is earned")), (PARAMETER, ("0.1", "0.2")), (SETTINGS, ("poor", "rich"))])
def test_a_frontier_is_of_options_once_for_each_world(tmp_path, world, values):
    path = study(tmp_path, world)
    assert coalis("study", "run", path, "--quiet").returncode == 0
    drawn = frontiers(page_of(path))
    assert len(drawn) == 2
    for frontier, value in zip(drawn, values, strict=True):
        frontier = " ".join(frontier.split())
        assert f"world {value}" in frontier, "which world it is"
        listed = frontier[frontier.index("No other option costs less") :]
        assert "world" not in listed.split("Source")[0], "an option is named by what nobody can choose"
        for other in values:
            assert other == value or f"world {other}" not in frontier


def test_what_can_be_chosen_makes_one_frontier(tmp_path):
    path = study(tmp_path, POSTS)
    assert coalis("study", "run", path, "--quiet").returncode == 0
    drawn = frontiers(page_of(path))
    assert len(drawn) == 1 and "world many" in drawn[0]


@pytest.mark.parametrize("world", [STRUCTURES, PARAMETER, SETTINGS])
def test_nothing_is_best_among_worlds(tmp_path, world):
    done = coalis("study", "run", study(tmp_path, world, along="world"), "--quiet")
    assert done.returncode == 2
    assert re.search(r"options\.toml:\d+:\d+: error: nobody can choose 'world', so that none of its values is the best", done.stderr), done.stderr
    assert not (tmp_path / "options.runs").exists()


def test_a_file_may_say_what_can_be_chosen(tmp_path):
    assert coalis("study", "run", study(tmp_path, PARAMETER + "\npolicy = true", along="world"), "--quiet").returncode == 0
    assert len(frontiers(page_of(tmp_path / "options.toml"))) == 1
    hidden = study(tmp_path, POSTS + "\npolicy = false", along="world")
    assert "nobody can choose 'world'" in coalis("study", "run", hidden, "--quiet").stderr


def test_structures_stand_side_by_side_unless_figures_name_them(tmp_path):
    path = study(tmp_path)
    done = coalis("study", "run", path, "--quiet")
    assert done.returncode == 0, done.stderr
    answer = json.loads(coalis("study", "answer", path, "--json").stdout)
    assert [figure["structure"] for figure in answer["figures"]] == ["mixture", "reinforcement"]
    assert "Do mixture and reinforcement agree?" in answer["agreement"]


def test_scenarios_are_options_or_cases(tmp_path):
    cities = [SOURCE / "scenarios" / "midwestern-city.toml", SOURCE / "scenarios" / "southwestern-city.toml"]
    world = 'path = "levers.information"\nvalues = [0, 1]'
    text = STUDY.replace('name = "staff"\npath = "hubs.Chicago.fte"\nvalues = [0.35, 0.7, 1.0]', 'name = "online"\npath = "levers.online_access"\nvalues = [0, 1]')
    path = tmp_path / "cities.toml"
    names = ", ".join(f'"{c}"' for c in cities)
    path.write_text(text.format(scenarios=names, top='scenarios_are = "cases"', world=world, along="scenario"), encoding="utf-8")
    assert "nobody can choose 'scenario'" in coalis("study", "run", path, "--quiet").stderr
    path.write_text(text.format(scenarios=names, top='scenarios_are = "cases"', world=world, along="world"), encoding="utf-8")
    assert coalis("study", "run", path, "--quiet").returncode == 0
    assert len(frontiers(page_of(path))) == 2
    path.write_text(text.format(scenarios=names, top='scenarios_are = "towns"', world=world, along="world"), encoding="utf-8")
    assert "scenarios_are: there is no 'towns'" in coalis("study", "run", path, "--quiet").stderr
    # Scenarios that differ in the world alone are cases without a word.
    trait = tmp_path / "trait.toml"
    trait.write_text(f'format = "scenario"\nversion = 1\ninclude = "{ILLINOIS}"\nname = "trait"\n[structure]\nengagement = "trait"\n', encoding="utf-8")
    alone = study(tmp_path, POSTS, along="scenario", scenarios=(ILLINOIS, trait))
    assert "nobody can choose 'scenario'" in coalis("study", "run", alone, "--quiet").stderr


def test_a_comparison_of_worlds_says_so(tmp_path):
    trait = tmp_path / "trait.toml"
    trait.write_text(f'format = "scenario"\nversion = 1\ninclude = "{ILLINOIS}"\nname = "trait"\n[structure]\nengagement = "trait"\n', encoding="utf-8")
    notices = json.loads(coalis("compare", ILLINOIS, trait, "--replicates", "3", "--json", "--quiet").stdout)["notices"]
    assert any("what nobody can choose (structure.engagement): their difference is not that of a policy" in n for n in notices), notices
    hubs = SOURCE / "scenarios" / "illinois-three-hubs.toml"
    notices = json.loads(coalis("compare", ILLINOIS, hubs, "--replicates", "3", "--json", "--quiet").stdout)["notices"]
    assert not any("nobody can choose" in n for n in notices), notices
