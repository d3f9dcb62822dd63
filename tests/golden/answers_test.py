"""The shipped coalitions, studies and pages of answers: every study answers in small form, every command that a page shows runs."""

import os
import pathlib
import re
import shlex
import shutil
import subprocess
import tomllib

import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
ROOT = pathlib.Path(__file__).resolve().parents[2]
STUDIES = [path for path in sorted((ROOT / "scenarios" / "studies").glob("*.toml"))
           if tomllib.loads(path.read_text(encoding="utf-8"))["format"] == "study"]  # others have commands of their own
THREE_SIZES = ["{nonprofit=21, public=8, for_profit=1}", "{nonprofit=42, public=16, for_profit=2}", "{nonprofit=84, public=32, for_profit=4}"]


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """A copy of the scenarios, so that runs lie elsewhere."""
    folder = tmp_path_factory.mktemp("tree")
    shutil.copytree(ROOT / "scenarios", folder / "scenarios", ignore=shutil.ignore_patterns("*.h5", "*.runs"))
    return folder


def coalis(folder, *arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=600, cwd=folder)


@pytest.mark.parametrize("study", STUDIES, ids=lambda path: path.stem)
def test_every_study_answers_in_small_form(tree, study):
    answer = coalis(tree, "study", "run", f"scenarios/studies/{study.name}", "--replicates", "3", "--threads", "2")
    assert answer.returncode == 0, answer.stderr
    paragraph = answer.stdout.split("\n\n")[2]
    assert len(paragraph) > 100 and "{" not in paragraph and "±" in answer.stdout
    assert "luck alone" in " ".join(answer.stdout.split()) and "Assumed, not found" in answer.stdout


@pytest.mark.parametrize("study", STUDIES, ids=lambda path: path.stem)
def test_every_study_says_what_it_estimates_and_has_its_section(study):
    text = study.read_text(encoding="utf-8")
    head = "".join(line for line in text.splitlines(keepends=True)[:12] if line.startswith("#"))
    content = tomllib.loads(text)
    page = (ROOT / "docs" / "answers.md").read_text(encoding="utf-8")
    assert f"\n## {content['name']}\n" in page
    part = page.split(f"\n## {content['name']}\n")[1].split("\n## ")[0]
    assert f"coalis study run scenarios/studies/{study.name}\n" in part and content["question"] in part
    if study.stem != "leader-and-meetings":
        assert all(word in head for word in ("Estimand:", "Design:", "Figures:"))


@pytest.mark.parametrize("coalition", ["southwestern-city", "midwestern-city", "citywide-core"])
@pytest.mark.parametrize("members", THREE_SIZES)
def test_coalitions_run_at_three_sizes(tree, coalition, members):
    if members != THREE_SIZES[1]:
        assert members in (ROOT / "scenarios" / f"{coalition}.toml").read_text(encoding="utf-8")
    answer = coalis(tree, "run", f"scenarios/{coalition}.toml", "--replicates", "3", "--no-file", "--quiet", "--set", f"organisations.members={members}")
    size = sum(map(int, re.findall(r"\d+", members)))
    assert answer.returncode == 0 and not answer.stderr, answer.stderr
    assert f"{size} member organisations" in " ".join(answer.stdout.split())


def test_the_template_shows_evidence_under_names_of_its_own(tree):
    answer = coalis(tree, "run", "scenarios/template-statewide.toml", "--replicates", "3", "--no-file", "--quiet")
    assert answer.returncode == 0 and not answer.stderr, answer.stderr
    assert "25 % (14 of 56)" in answer.stdout and "46 % (17 of 37)" in answer.stdout


def commands_of(page):
    return [line.strip() for line in (ROOT / "docs" / page).read_text(encoding="utf-8").splitlines() if line.startswith("    coalis ")]


@pytest.mark.parametrize("command", commands_of("questions.md"))
def test_commands_of_the_questions_run(tree, command):
    words = shlex.split(command)[1:]
    small = {"study": ["--replicates", "3"], "compare": ["--replicates", "8"], "run": ["--replicates", "3", "--no-file"]}
    for option in ("--replicates", "--precision"):
        if option in words:
            at = words.index(option)
            words[at : at + 2] = []
    if "--on" in words:
        words[words.index("--on") : words.index("--on") + 2] = []
    answer = coalis(tree, *words, *small.get(words[0], []))
    assert answer.returncode == 0, answer.stderr
