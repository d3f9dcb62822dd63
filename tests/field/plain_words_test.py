"""Sentences about the smallest coalition, and about numbers of every size.

One month, one region, one hub, one member, one replicate: nobody should read "1 months" or "1 regions", a sentence with a hole in it, "nan" or
"2.935e+04".
"""
import html
import json
import os
import pathlib
import re
import subprocess

import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
ROOT = pathlib.Path(__file__).resolve().parents[2]

ONE = """format = "scenario"
version = 1
name = "One"
calendar = { start = "2020-01", months = 1 }
travel = { hours = [[0.5]] }
[organisations]
members = { nonprofit = 1 }
[[regions]]
name = "Here"
share = 1
[[roles]]
name = "services"
share = { nonprofit = 1, public = 1, for_profit = 1 }
[[hubs]]
name = "Centre"
seat = "Here"
serves = ["Here"]
fte = 0.5
[environment]
support = 0.5
scarcity = 0.4
restricted = 0.3
cases_per_month = 5
"""
EVENTS = """[kinds.meeting]
base = 0.5
networking = 1
awareness_gain = 0.1
yield = 1
always_held = true
[[series]]
name = "Open day"
kind = "meeting"
hub = "Centre"
audience = "all"
per_year = 12
hours = 3
"""
STUDY = """format = "study"
version = 1
name = "s"
question = "What comes of it?"
scenarios = ["one.toml"]
replicates = 1
outcomes = ["engaged", "coordination_cost", "never_attended"]
[design]
kind = "full_factorial"
[[factors]]
path = "hubs.Centre.fte"
values = [0.5]
"""
SENSITIVITY = """format = "sensitivity"
version = 1
name = "x"
question = "What does it hang on?"
scenarios = ["one.toml"]
outcomes = ["commitment", "coordination_cost"]
replicates = 1
resamples = 100
[morris]
trajectories = 20
[sobol]
points = 16
[[factors]]
path = "hubs.Centre.fte"
range = [0.1, 1]
"""
EVIDENCE = """format = "coalis-evidence"
version = 1
[[item]]
id = "meetings_attended"
source = "a"
use = "calibrate"
categories = ["0", "1", "2", "3", "4 or more"]
counts = [1, 0, 0, 0, 0]
n = 1
"""
CALIBRATION = """format = "calibration"
version = 1
name = "c"
scenario = "one.toml"
evidence = "evidence.toml"
engagement = "mixture"
[sampler]
draws = 20
seed = 1
prior_runs = 40
quantile = 0.5
least_acceptance = 0.05
most_generations = 1
[[parameters]]
path = "parameters.hold_floor"
beta = [2, 6]
source = "a"
"""
FAULTS = {
    "a plural of one": r"(?<![\d.,/:-])\b1 (?:(?:paired|other|weighted|more|simulated|member|parameter) )*"
                       r"(?!(?:series|is|was|has|does|differs|as|across|less|its|plus|times)\b)[a-z]+(?:ings|ies|[a-rt-z]s)\b",
    "nan": r"\bnan\b",
    "an exponent": r"\d[eE][+-]\d",
    "a hole": r"[a-z,] {2,}(?:to|of|and|is|was|in|for|with|by) |\(\)|: \.|, \.| ,",
}


def coalis(folder, *arguments, status=(0,)):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=120, cwd=folder)
    assert done.returncode in status, done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("one")
    (folder / "one.toml").write_text(ONE + EVENTS)
    (folder / "more.toml").write_text(ONE.replace('name = "One"', 'name = "More"').replace("fte = 0.5", "fte = 1") + EVENTS)
    (folder / "none.toml").write_text(ONE)
    for name, text in (("study", STUDY), ("sensitivity", SENSITIVITY), ("evidence", EVIDENCE), ("calibration", CALIBRATION)):
        (folder / f"{name}.toml").write_text(text)
    coalis(folder, "run", "one.toml", "-o", "one.h5", "--replicates", "1")
    coalis(folder, "compare", "one.toml", "more.toml", "-o", "both.h5", "--replicates", "1")
    coalis(folder, "study", "run", "study.toml")
    coalis(folder, "calibrate", "calibration.toml", "-o", "posterior.csv")
    return folder


def sentences(text):
    """Without the columns of tables: their rows stand together and have several gaps. No cell is a sentence with a gap."""
    lines = text.splitlines()
    gaps = [0, *(len(re.findall(r"\S {2,}\S", line)) for line in lines), 0]
    in_table = [gaps[i] > 1 and max(gaps[i - 1], gaps[i + 1]) > 1 for i in range(1, len(lines) + 1)]
    return "\n".join(part for line, rows in zip(lines, in_table) for part in re.split(r" {2,}" if rows else r" {3,}", line))


@pytest.mark.parametrize("command", [
    "run one.toml --no-file --replicates 1", "run one.toml --no-file --replicates 1 --all", "run none.toml --no-file --replicates 1 --all",
    "run one.toml --replicates 1 --parameters posterior.csv", "compare one.toml more.toml --replicates 1 --all",
    "compare one.toml more.toml --replicates 2 --structures engagement", "compare one.toml more.toml --replicates 1 --parameters posterior.csv --draws 1",
    "compare one.toml one.toml --replicates 1 --equal-budget fte",
    "story one.toml --organisation 0", "story none.toml --organisation 0", "check one.toml none.toml", "explain one.toml hubs", "diff one.toml more.toml",
    "study status study.toml", "study run study.toml", "study run study.toml --quiet", "study export study.toml --csv tables", "plan study.toml",
    "sensitivity sensitivity.toml --cost", "sensitivity sensitivity.toml --restart", "verify one.h5", "verify one.h5 --sample 1",
    "calibrate calibration.toml -o posterior.csv --check --table 0", "calibrate calibration.toml -o posterior.csv",
    "export one.h5 --graphml ties.graphml --force", "export one.h5 --csv tables", "study export study.toml --csv tables --force",
])
def test_of_one_there_is_one(folder, command):
    text = coalis(folder, *command.split(), status=(0, 1))
    for fault, pattern in FAULTS.items():
        assert [m[0] for m in re.finditer(pattern, sentences(text))] == [], (fault, text)


@pytest.mark.parametrize("command", ["compare one.toml more.toml --replicates 1 --json", "run one.toml --replicates 1 --json"])
def test_no_hole_in_a_sentence_of_the_json(folder, command):
    def texts(value):
        if isinstance(value, dict):
            return [t for v in value.values() for t in texts(v)]
        return [t for v in value for t in texts(v)] if isinstance(value, list) else [value] if isinstance(value, str) else []

    for text in texts(json.loads(coalis(folder, *command.split()))):
        for fault, pattern in FAULTS.items():
            assert not re.search(pattern, text), (fault, text)
        assert "  " not in text, text


def test_pages_have_no_plural_of_one(folder):
    for file in ("both.h5", "study.toml"):
        coalis(folder, "report", file, "-o", "page.html", "--force")
        page = re.sub(r"<style.*?</style>", "", (folder / "page.html").read_text(), flags=re.S)
        text = re.sub(r"<[^>]+>", " | ", page)
        assert [m[0] for m in re.finditer(FAULTS["a plural of one"] + "|" + FAULTS["nan"], text)] == []


NO_VALUE = {  # no needs of victims; no meetings; nothing but the first month of organisations that nothing happens to
    "no needs": ("cases_per_month = 5", "cases_per_month = 0"),
    "no meetings": ("per_year = 12", "per_year = 0"),
}
NO_NUMBER = r"(?<![\w-])[-+\u2212]?(?:nan|inf|infinity)\b|(?<![\w.\d])[-\u2212]0(?:\.0*)?(?![\d.])"
NO_VALUE_STUDY = """format = "study"
version = 1
name = "s"
question = "What comes of it?"
scenarios = ["odd.toml"]
replicates = 2
outcomes = ["service_effectiveness", "participation.meeting"]
[design]
kind = "full_factorial"
[[factors]]
path = "hubs.Centre.fte"
name = "fte"
values = [0.5, 1]
[answer]
text = "{l}, {l.range}; {d} {d.size} {d.share} {d.at} {d.from} {d.range}; {b}; {p}."
[[answer.figures]]
name = "l"
figure = "level"
outcome = "service_effectiveness"
at = { fte = 0.5 }
[[answer.figures]]
name = "d"
figure = "difference"
outcome = "service_effectiveness"
at = { fte = 1 }
from = { fte = 0.5 }
percent = true
[[answer.figures]]
name = "b"
figure = "best"
outcome = "participation.meeting"
along = "fte"
[[answer.figures]]
name = "p"
figure = "peak"
outcome = "participation.meeting"
along = "fte"
"""


@pytest.mark.parametrize("case", NO_VALUE)
def test_what_has_no_value_is_said_in_words(tmp_path, case):
    """A reader meets "missing", "-", "no value" or a sentence: no nan, inf or -0 on a line or a page."""
    odd = (ONE + EVENTS).replace(*NO_VALUE[case])
    (tmp_path / "odd.toml").write_text(odd)
    (tmp_path / "other.toml").write_text(odd.replace("fte = 0.5", "fte = 1"))
    (tmp_path / "study.toml").write_text(NO_VALUE_STUDY)
    sensitivity = SENSITIVITY.replace("one.toml", "odd.toml").replace('"commitment"', '"service_effectiveness", "participation.meeting"')
    (tmp_path / "sensitivity.toml").write_text(sensitivity)
    said = [coalis(tmp_path, *command.split(), status=(0, 1)) for command in (
        "run odd.toml --no-file --replicates 2 --all", "study run study.toml", "sensitivity sensitivity.toml -o s.json",
        "compare odd.toml other.toml --replicates 2 --all --structures engagement -o both.h5",
        "report both.h5 -o both.html --on service_effectiveness", "report both.h5 -o meetings.html --on participation.meeting",
        "report study.toml -o study.html", "report s.json -o s.html")]
    for page in tmp_path.glob("*.html"):
        said.append(html.unescape(re.sub(r"<[^>]+>", "\n", re.sub(r"<style.*?</style>", "", page.read_text(), flags=re.S))))
    assert len(said) == 12
    for text in said:
        assert [line for line in text.splitlines() if re.search(NO_NUMBER, line)] == []
    assert "it has no value at any of" in said[2]


def test_a_check_with_infinite_distances_is_read_back(folder):
    """Of a survey of one member, simulated surveys without an answer are infinitely far."""
    text = coalis(folder, "calibrate", "calibration.toml", "-o", "posterior.csv", "--check", "--table", "0")
    assert "distance infinite" in text and "The model explains the survey: coalitions that it makes look like this one." in text
    assert json.loads((folder / "posterior.check.json").read_text())["distance"] is None
    coalis(folder, "report", "posterior.check.json", "-o", "fit.html", "--force")
    page = (folder / "fit.html").read_text()
    assert "<td>infinite</td>" in page and re.search(r"<td>[\d.]+ to infinite</td>", page) and "nan" not in re.sub(r"<[^>]+>", " ", page)


def test_nothing_is_reached_that_was_not_asked_for(folder):
    """A survey of one member can be met exactly."""
    (folder / "exact.toml").write_text(CALIBRATION.replace("most_generations = 1", "most_generations = 30"))
    text = " ".join(coalis(folder, "calibrate", "exact.toml", "-o", "exact.csv").split())
    assert "It ended because every draw agrees with the evidence exactly" in text and "asked for" not in text


def test_a_coalition_without_events_has_a_story(folder):
    assert "It was invited to no event." in coalis(folder, "story", "none.toml", "--organisation", "0")
    assert re.search(r"It attended [01] of 1 meeting to which it was invited\.", coalis(folder, "story", "one.toml", "--organisation", "0"))


def test_costs_in_a_study_have_no_exponent(folder):
    text = coalis(folder, "study", "status", "study.toml")
    assert re.search(r"\b\d{5}\b", text.split("coordination_cost")[1]), text


def test_a_quiet_study_prints_its_answer_as_a_quiet_comparison_does(folder):
    quiet = coalis(folder, "study", "run", "study.toml", "--quiet")
    assert quiet.startswith("What comes of it?") and "engaged: mean and 80 % range over replicates" in quiet
    assert "has no [answer]" in quiet


def test_distinguish_says_in_a_sentence_which_observation(tmp_path):
    text = coalis(tmp_path, "distinguish", ROOT / "scenarios/twins/as-it-is.toml", ROOT / "scenarios/twins/full-time-leader.toml",
                  "--candidate", f"mixture={ROOT}/scenarios/posterior/mixture.csv", "--candidate", f"trait={ROOT}/scenarios/posterior/trait.csv",
                  "--replicates", "60", "--organisations", "25,100", "--months", "6,36", "--quiet")
    paragraph = " ".join(text.split("\n\n")[1].split())
    assert re.match(r"What tells them apart with the least effort: .* named wrongly in \d+ of 100 cases|None of these would tell", paragraph), text


def listed(document, pattern):
    return set(re.findall(pattern, (ROOT / document).read_text(encoding="utf-8"), re.M))


def test_every_command_is_in_the_lists(tmp_path):
    shown = coalis(tmp_path, "--help").split("Subcommands:")[1].split("Examples:")[0]
    commands = set(re.findall(r"^  ([a-z]+) ", shown, re.M))
    assert len(commands) > 15 and "calibrate" in commands
    assert {"new", "check", "compare", "report"} <= listed("README.md", r"^    coalis ([a-z]+)\b") <= commands
    assert commands - listed("docs/commands.md", r"^\| `([a-z]+)` \|") == set()


def test_every_format_is_in_the_list_of_documents():
    linked = listed("docs/README.md", r"formats/([a-z-]+)\.md")
    assert {path.stem for path in (ROOT / "docs/formats").glob("*.md")} - linked == set()


def test_a_frame_rounds_to_what_is_printed(folder, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "analysis"))
    coalis_package = pytest.importorskip("coalis")
    frame = coalis_package.to_dataframe(coalis_package.open_result(folder / "one.h5"), "final")
    assert not [c for c in frame.columns if str(frame[c].dtype) == "float32"]
    assert all(len(repr(v)) <= 4 for v in frame.commitment.round(2).dropna().to_list())
