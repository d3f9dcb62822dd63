"""coalis explore --best and --study: options that were worked out, as buttons of the page; what is no such file is said."""
import json
import os
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ["COALIS_PROGRAM"]
SCENARIOS = ROOT / "scenarios"
FEW = ["--budget", "60000", "--points", "8", "--replicates", "20", "--quiet"]


def coalis(*arguments, cwd=None):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=300, cwd=cwd)


@pytest.fixture(scope="module")
def best(tmp_path_factory):
    path = tmp_path_factory.mktemp("best") / "best.json"
    said = coalis("best", SCENARIOS / "illinois.toml", *FEW, "-o", path)
    assert said.returncode == 0, said.stderr
    return path


def choices(page):
    """[(coalition, {"title": ..., "option": [fields]})] of a page."""
    found = []
    for line in page.read_text().splitlines():
        if not line.startswith("choices "):
            continue
        _, coalition, text = line.split(" ", 2)
        fields = [one.split("\t") for one in unquote(text).splitlines()]
        found.append((int(coalition), {"option": [f[1:] for f in fields if f[0] == "option"],
                                       "sentence": [f[1] for f in fields if f[0] == "sentence"],
                                       **{f[0]: f[1] for f in fields if f[0] in ("title", "svg", "same")}}))
    return found


def test_what_money_buys_is_on_the_page(best, tmp_path):
    said = coalis("explore", SCENARIOS / "template-statewide.toml", SCENARIOS / "illinois.toml", "--best", best, "-o", "page.html", cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    [(coalition, of)] = choices(tmp_path / "page.html")
    answer = json.loads(best.read_text())
    assert coalition == 1 and of["title"] == "What money buys: engaged" and of["svg"].startswith("<svg") and of["same"] == ""
    assert of["sentence"][:3] == answer["sentences"] and "Engaged counts any event in twelve months" in " ".join(of["sentence"])
    assert "luck alone was varied." in " ".join(of["sentence"]) and "--" not in " ".join(of["sentence"])
    names = {row["name"]: row for row in answer["options"]}
    assert len(of["option"]) > 1 and all(name in names for _, name, *_ in of["option"])
    assert [number for number, *_ in of["option"]] == [str(i + 1) for i in range(len(of["option"]))]
    for _, name, words, can, *levers in of["option"]:
        row = names[name]
        assert words.startswith(f"{row['planned_cost']:,.0f} USD a year as planned. ")
        if row["changes"] and row["changes"] == [f"staff {float(row['changes'][-1].split()[-1]):g}"]:
            assert can == "can" and levers == [f"staff={float(row['changes'][-1].split()[-1]):g}"]
        if {"common core", "members convene"} & set(row["changes"]):
            assert can == "cannot" and levers == []


def test_an_answer_of_something_else_is_said(best, tmp_path):
    answer = json.loads(best.read_text())
    damaged = tmp_path / "damaged.json"
    damaged.write_text(best.read_text().replace('"planned_cost": ', '"planned_cost": 1', 1))
    other = tmp_path / "illinois.toml"
    text = (SCENARIOS / "illinois.toml").read_text().replace("fte = 0.35", "fte = 0.45")
    other.write_text(text)
    assert text != (SCENARIOS / "illinois.toml").read_text() and answer["scenario"] in text
    wrong = [([SCENARIOS / "template-statewide.toml", "--best", best], 2, "which is not on the page (template-statewide.toml)"),
             ([other, "--best", best], 2, "otherwise than illinois.toml has it now; ask coalis best of that file again"),
             ([SCENARIOS / "illinois.toml", "--best", damaged], 3, "damaged.json"),
             ([SCENARIOS / "illinois.toml", "--best", SCENARIOS / "illinois.toml"], 3, "name a file that coalis best -o has written"),
             ([SCENARIOS / "illinois.toml", "--best", SCENARIOS / "studies/illinois-sensitivity.answer.json"], 3, "name a file that coalis best -o has written"),
             ([SCENARIOS / "illinois.toml", "--best", tmp_path / "none.json"], 3, "none.json")]
    for arguments, code, said in wrong:
        run = coalis("explore", *arguments, "-o", tmp_path / "page.html")
        assert run.returncode == code and said in run.stderr, (arguments, run.returncode, run.stderr)
        assert not (tmp_path / "page.html").exists()


def study(folder, factors, scenario="illinois.toml", more=""):
    path = folder / "study.toml"
    path.write_text(f"""format = "study"
version = 1
name = "Leader and meetings"
question = "Which?"
scenarios = ["{SCENARIOS / scenario}"]
replicates = 10
outcomes = ["engaged"]
{more}
[design]
kind = "full_factorial"
{factors}""")
    return path


STAFF = '[[factors]]\npath = "hubs.Chicago.fte"\nvalues = [0.35, 1.0]\n'


def test_the_options_of_a_study_are_on_the_page(tmp_path):
    factors = STAFF + '[[factors]]\npath = "levers.information"\nvalues = [1, 2]\n[[factors]]\npath = "parameters.tie_prob"\nvalues = [0.1, 0.2]\n'
    said = coalis("explore", SCENARIOS / "illinois.toml", "--study", study(tmp_path, factors), "-o", "page.html", cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    [(coalition, of)] = choices(tmp_path / "page.html")
    assert coalition == 0 and of["title"] == "Leader and meetings" and "svg" not in of
    assert [levers for _, _, _, _, *levers in of["option"]] == [[], ["levers.information=2"],
                                                               ["staff=1"], ["staff=1", "levers.information=2"]]
    assert of["option"][2][1].startswith("Paid coordination, full-time equivalents (Chicago) 1; ")


def test_a_study_that_gives_no_options_is_said(tmp_path):
    world = '[[factors]]\npath = "parameters.tie_prob"\nvalues = [0.1, 0.2]\n'
    many = '[[factors]]\npath = "hubs.Chicago.fte"\nrange = [0.1, 1]\nlevels = 41\n'
    for factors, scenario, said in [(world, "illinois.toml", "varies nothing that levers set; name its scenarios"),
                                    (many, "illinois.toml", "more than 40 options"),
                                    ('[[factors]]\npath = "levers.information"\nvalues = [1, 2]\n', "template-statewide.toml",
                                     "none of the coalitions on the page (illinois.toml)"),
                                    (STAFF.replace("fte", "ftes"), "illinois.toml", "ftes")]:
        run = coalis("explore", SCENARIOS / "illinois.toml", "--study", study(tmp_path, factors, scenario), "-o", tmp_path / "page.html")
        assert run.returncode == 2 and said in run.stderr, (said, run.stderr)
