"""docs/model.md and README.md say what the program says."""
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

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


@pytest.mark.parametrize("page", ["README.md", "docs/reading-an-answer.md"])
def test_numbers_of_the_readme_are_made_by_commands(page):
    """In prose a number is a figure that scripts/generate-docs fills in, or one of those that define a word or name a thing."""
    text = re.sub(r"<!-- begin demo -->.*?<!-- end demo -->|<!-- figure [a-z-]+ -->.*?<!-- end -->|^```.*?^```$", "", (ROOT / page).read_text(encoding="utf-8"),
                  flags=re.DOTALL | re.MULTILINE)
    prose = "\n".join(line for line in text.splitlines() if not line.startswith(("    ", "|")))
    prose = re.sub(r"`[^`]*`|\([^()]*\.(?:md|html|svg)\)|\]\([^)]*\)", "", prose)
    defined = {"Debian 12", "June 2005", "December 2008", "Below 0", "1 in 50", "50 marks", "19 in 20", "middle 80 %", "10th", "90th", "2008", "200 times",
               "section 9", "Apache-2.0", "HDF5"}
    for words in defined:
        prose = prose.replace(words, "")
    assert re.findall(r".*\d.*", prose) == []


def test_tables_are_whole():
    """A blank line would end a table: what follows it would be no rows."""
    for page in [*ROOT.glob("docs/**/*.md"), ROOT / "README.md", ROOT / "analysis" / "README.md"]:
        lines = page.read_text(encoding="utf-8").split("\n")
        for i, line in enumerate(lines):
            begins = line.startswith("|") and not (i and lines[i - 1].startswith("|"))
            assert not begins or re.fullmatch(r"\|[-| :]+\|", lines[i + 1]), f"{page}:{i + 1}: {line}"


def test_decisions_have_numbers_of_their_own_and_a_row_each():
    folder = ROOT / "docs" / "decisions"
    files = sorted(file.name for file in folder.glob("0*.md"))
    rows = re.findall(r"^\| \[(\d{4})\]\(([^)]+)\) \|", (folder / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert [file[:4] for file in files] == [number for number, _ in rows] and files == [file for _, file in rows]
    assert len({number for number, _ in rows}) == len(rows)
    assert [file for file in files if not (folder / file).read_text(encoding="utf-8").startswith(f"# {file[:4]} ")] == []


def keys_of(table):
    schema = subprocess.run([os.environ["COALIS_PROGRAM"], "schema"], capture_output=True, text=True, check=True).stdout
    return list(json.loads(schema)["properties"][table]["properties"])


def test_every_parameter_and_lever_stands_in_the_equations():
    odd = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    by_hand = re.sub(r"<!-- begin (\S+) -->.*?<!-- end \1 -->", "", odd, flags=re.DOTALL)
    keys, costs = keys_of("parameters") + [f"levers.{key}" for key in keys_of("levers")], by_hand.split("\n## 8 ")[1].split("\n## ")[0]
    assert len(keys) > 100 and [key for key in keys if not re.search(rf"(?<!\w){re.escape(key)}(?!\w)", by_hand)] == []
    assert [key for key in keys_of("levers") if not re.search(rf"\b{key}\b", costs)] == []


def test_every_lever_is_an_option_and_has_a_cost():
    options = (ROOT / "docs" / "options.md").read_text(encoding="utf-8")
    named = {"information": "twice the bulletins"}
    assert [key for key in keys_of("levers") if f"`{named.get(key, key.replace('_', ' '))}`" not in options] == []
    assert [key for key in keys_of("levers") if key not in keys_of("costs")] == []


def test_every_key_of_a_difference_is_described():
    answer = subprocess.run([os.environ["COALIS_PROGRAM"], "compare", "scenarios/illinois.toml", "scenarios/illinois-three-hubs.toml", "--replicates", "2",
                             "--quiet", "--json"], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    page = (ROOT / "docs" / "formats" / "comparison.md").read_text(encoding="utf-8")
    said = json.loads(answer)
    keys = [*said, *said["differences"]["B"]["engaged"]]
    assert len(keys) > 30 and [key for key in keys if f"`{key}`" not in page] == []


def test_every_chart_is_explained_and_drawn_of_usual_and_hard_data():
    page = (ROOT / "docs" / "charts.md").read_text(encoding="utf-8")
    pictures = [path.name for path in (ROOT / "tests" / "golden" / "charts").glob("*.svg")]
    assert len(pictures) > 10 and [name for name in pictures if f"golden/charts/{name})" not in page] == []
    charts = re.findall(r"^std::string svg\(const (\w+)&\);", (ROOT / "include/coalis/report/charts/charts.hpp").read_text(encoding="utf-8"), re.MULTILINE)
    for examples in ("chart_examples", "chart_hard_examples"):
        drawn = (ROOT / "tests" / "support" / f"{examples}.cpp").read_text(encoding="utf-8")
        assert charts and [chart for chart in charts if not re.search(rf"\b{chart}\b", drawn)] == [], examples
