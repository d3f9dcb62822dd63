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
    assert "mixture (R&D's.csv): The survey could be one of the model's own." in text
    assert not re.search(r"&(#\d+|amp|lt|gt|quot);", text)


def test_a_page_of_a_comparison_with_its_fit(tmp_path):
    shutil.copytree(SCENARIOS, tmp_path / "scenarios", ignore=shutil.ignore_patterns("studies", "*.runs"))
    coalis(tmp_path, "compare", "scenarios/illinois.toml", "scenarios/illinois-three-hubs.toml", "--parameters",
           "scenarios/posterior/mixture.csv", "--draws", "4", "--replicates", "8", "--outcomes", "engaged", "--quiet", "-o", "c.h5")
    coalis(tmp_path, "report", "c.h5", "-o", "page.html", "--title", "R&D's <plan>", "--fit", "scenarios/posterior/mixture.check.json")
    text = seen(tmp_path / "page.html")
    assert "R&D's <plan>" in text and "The survey could be one of the model's own." in text
    assert not re.search(r"&(#\d+|amp|lt|gt|quot);", text)
