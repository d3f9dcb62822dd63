"""The documents of a publishable model name what is there: docs/trace.md (TRACE), docs/odd-d.md (ODD+D), links of pages, CITATION.cff."""
import datetime
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ELEMENTS = ["Problem formulation", "Model description", "Data evaluation", "Conceptual model evaluation", "Implementation verification",
            "Model output verification", "Model analysis", "Model output corroboration"]  # Grimm et al. 2014, table 1
CONCEPTS = ["Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction", "Sensing", "Interaction", "Stochasticity",
            "Collectives", "Observation"]  # Grimm et al. 2020
# Müller et al. 2013, table 1: how many guiding questions each part has.
QUESTIONS = {"I.i": 2, "I.ii": 5, "I.iii": 1, "II.i": 5, "II.ii": 8, "II.iii": 2, "II.iv": 5, "II.v": 3, "II.vi": 4, "II.vii": 2, "II.viii": 2,
             "II.ix": 1, "II.x": 2, "III.i": 2, "III.ii": 3, "III.iii": 1, "III.iv": 3}


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def generate(*arguments):
    return subprocess.run([sys.executable, str(ROOT / "scripts" / "generate-trace"), *map(str, arguments)], capture_output=True, text=True)


def test_trace_is_current_and_all_that_it_names_is_there():
    run = generate("--check")
    assert run.returncode == 0, run.stdout + run.stderr


def test_trace_has_its_eight_elements():
    assert re.findall(r"^## \d (.+)$", read("docs/trace.md"), re.MULTILINE) == ELEMENTS


@pytest.mark.parametrize("line, said", [
    ('section = "docs/model.md # 12 Nowhere"', "docs/model.md has no section '12 Nowhere'"),
    ('section = "docs/gone.md # Gone"', "there is no file docs/gone.md"),
    ('file = "scenarios/gone.toml"', "there is no file scenarios/gone.toml"),
    ('test = "tests/unit/gone_test.cpp"', "there is no file tests/unit/gone_test.cpp"),
    ('test = "tests/support/folder.cpp"', "tests/support/folder.cpp has no tests"),
    ('test = "tests/verification/traces_test.cpp :: Trace.Gone"', "has no test Trace.Gone"),
    ('command = "coalis prophesy"', "'coalis prophesy': there is no such command"),
    ('command = "coalis schedule --backwards"', "there is no option --backwards"),
    ('command = "coalis compare scenarios/illinois.toml --struct"', "there is no option --struct"),
    ('command = "coalis check scenarios/gone.toml"', "there is no scenarios/gone.toml"),
    ('command = "coalis study undo scenarios/studies/meet-or-hire.toml"', "there is no such command"),
    ('command = "scripts/gone"', "there is no file scripts/gone"),
    ('command = "scripts/mutate --gone"', "there is no option --gone"),
    ('command = "ctest -L gone"', "there is no such label"),
    ('table = "gone"', "there is no table gone"),
    ('because = "so"', "a claim has no key because"),
    ("", "'It holds': nothing is behind it"),
])
def test_a_claim_with_nothing_behind_it_is_refused(tmp_path, line, said):
    source = tmp_path / "claims.toml"
    source.write_text(f'[[element]]\nname = "N"\nquestion = "Q"\ntext = "T"\n[[element.claim]]\nsays = "It holds"\n{line}\n', encoding="utf-8")
    run = generate("--source", source, "--check")
    assert run.returncode == 2 and run.stderr.startswith("claims.toml: ") and said in run.stderr


def test_design_concepts_are_complete():
    section = read("docs/model.md").split("\n## 4 ")[1].split("\n## ")[0]
    named = re.findall(r"^\*\*([A-Z][a-z ]+)\.\*\* \S", section, re.MULTILINE)
    assert [name for name in named if name in CONCEPTS] == CONCEPTS


def test_every_question_of_odd_d_has_an_answer():
    rows = re.findall(r"^\| ([IVX]+\.[ivx]+)\.([a-h]) \| ([^|]+\?) \| ([^|]+) \|$", read("docs/odd-d.md"), re.MULTILINE)
    assert [(part, letter) for part, letter, _, _ in rows] == [(part, "abcdefgh"[i]) for part, n in QUESTIONS.items() for i in range(n)]
    assert [letter for _, letter, _, answer in rows if not answer.strip()] == []


def anchors(text):
    found = set()
    for heading in re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE), re.MULTILINE):
        heading = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        found.add(re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-"))
    return found


def test_links_of_pages_lead_somewhere():
    wrong, count = [], 0
    for page in [*ROOT.glob("docs/**/*.md"), ROOT / "README.md", ROOT / "analysis" / "README.md"]:
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", text)):
            if "://" in target:
                continue
            count += 1
            name, _, heading = target.partition("#")
            path = page.parent / name if name else page
            if not path.exists() or (heading and path.suffix == ".md" and heading not in anchors(path.read_text(encoding="utf-8"))):
                wrong.append(f"{page.relative_to(ROOT)}: {target}")
    assert count > 200 and wrong == []


def citation():
    return dict(re.findall(r'^([a-z-]+): "?([^"\n>]+)"?$', read("CITATION.cff"), re.MULTILINE))


def test_what_is_cited_is_this_program():
    said = citation()
    version = subprocess.run([os.environ["COALIS_PROGRAM"], "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    assert said["version"] == version == re.search(r"project\(coalis VERSION ([\d.]+)", read("CMakeLists.txt"))[1]
    assert said["license"] == "Apache-2.0" and "Apache License" in read("LICENSE")
    assert datetime.date.fromisoformat(said["date-released"]) >= datetime.date(2026, 11, 30)
    assert set(said) >= {"cff-version", "message", "title", "type", "version", "license", "date-released"}
