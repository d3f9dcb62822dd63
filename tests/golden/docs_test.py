"""docs/model.md and README.md say what the program says."""
import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_generated_parts_are_current():
    run = subprocess.run([sys.executable, str(ROOT / "scripts" / "generate-docs"), "--check"], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


def test_page_and_figures_of_the_fit_are_current():
    run = subprocess.run([sys.executable, str(ROOT / "scripts" / "generate-fit-docs"), "--check"], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


def test_pictures_of_pages_are_there():
    pages = [*ROOT.glob("docs/*.md"), ROOT / "README.md"]
    linked = [(page, path) for page in pages for path in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", page.read_text(encoding="utf-8"))]
    assert len(linked) > 10
    assert [f"{page}: {path}" for page, path in linked if not (page.parent / path).is_file()] == []


def test_every_outcome_is_defined_in_the_odd_and_no_other():
    answer = subprocess.run([os.environ["COALIS_PROGRAM"], "run", "scenarios/illinois.toml", "--replicates", "2", "--json"],
                            capture_output=True, text=True, check=True, cwd=ROOT).stdout
    section = (ROOT / "docs" / "model.md").read_text(encoding="utf-8").split("\n## 9 ")[1].split("\n## ")[0]
    defined = set()
    for names in re.findall(r"^\| ([a-z_.KIND, ]+) \|", section, re.MULTILINE):
        for name in names.split(", "):
            defined |= {name.replace("KIND", kind) for kind in ("meeting", "outreach", "training")} if "KIND" in name else {name}
    asked_for = {name for name in defined if name.startswith(("network.", "association."))}  # tests/property/network_outcomes_test.py
    assert asked_for and defined - {"name"} - asked_for == set(json.loads(answer)["outcomes"])


def test_what_the_program_says_is_assumed_is_in_the_odd():
    answer = subprocess.run([os.environ["COALIS_PROGRAM"], "run", "scenarios/illinois.toml", "--replicates", "2", "--json", "--quiet"],
                            capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assumed = json.loads(answer)["assumed"]
    odd = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    assert assumed and [line for line in assumed if f"- {line}" not in odd] == []
