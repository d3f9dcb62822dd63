"""What a page says it knows must follow from what was fitted, to whom and under which figures. A user with a coalition of her own expects
that the page says of causes, limits, seen items and fits only what holds for each of her options; that sentence, picture and table write
one number alike and say how many runs they leave out; and that changes of cost stand in months of the calendar and in readable numbers."""

import html
import json
import os
import pathlib
import re
import subprocess

import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
SCENARIOS = pathlib.Path(__file__).resolve().parents[2] / "scenarios"
MIXTURE = SCENARIOS / "posterior/mixture.csv"
EVIDENCE = """format = "coalis-evidence"
version = 2
[[item]]
id = "poll, question 1"
use = "calibrate"
measures = "trained"
categories = ["yes", "no"]
counts = [{yes}, {no}]
"""
CALIBRATION = """format = "calibration"
version = 1
name = "ours"
scenario = "ours.toml"
[sampler]
draws = 20
prior_runs = 100
least_acceptance = 0.1
most_generations = 1
[[parameters]]
path = "kinds.training.base"
normal = [0, 1]
source = "assumption"
"""
HEAD = 'format = "scenario"\nversion = 2\ninclude = "{}"\n'
RIVALS = "models in which commitment is a fixed trait fit the survey as well as ones in which it is earned"


def call(folder, *arguments, status=0):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, cwd=folder, timeout=300)
    assert done.returncode == status, done.stdout + done.stderr
    return " ".join(done.stdout.split())


def page_of(folder, *compared, on="engaged", more=()):
    name = f"p{len(list(folder.glob('p*.h5')))}"
    said = call(folder, "compare", *compared, "--quiet", "-o", f"{name}.h5", "--outcomes", on)
    call(folder, "report", f"{name}.h5", "-o", f"{name}.html", "--on", on, *more)
    text = re.sub(r"<[^>]+>", " ", (folder / f"{name}.html").read_text())
    return said, " ".join(html.unescape(text).split())


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ours")
    (folder / "ours.toml").write_text(HEAD.format(SCENARIOS / "template-statewide.toml") + 'evidence = "ev.toml"\n[calendar]\nmonths = 24\n')
    (folder / "full.toml").write_text(HEAD.format("ours.toml") + 'name = "Full-time"\n[[hubs]]\nname = "Office"\nfte = 1.0\n')
    (folder / "more.toml").write_text(HEAD.format("ours.toml") + 'name = "More members"\n[organisations.members]\nnonprofit = 99\n')
    (folder / "ev.toml").write_text(EVIDENCE.format(yes=20, no=20))
    (folder / "cal.toml").write_text(CALIBRATION)
    call(folder, "calibrate", "cal.toml", "-o", "post.csv", "--quiet")
    call(folder, "calibrate", "cal.toml", "-o", "post.csv", "--quiet", "--check", "--table", 0)
    return folder


def test_the_posterior_says_its_structure_and_figures(ours):
    head = (ours / "post.csv").read_text()
    assert "# structure: mixture, benefit_cost, bounded_confidence\n" in head
    assert '# figures of these items: ["trained: yes 20, no 20"]\n' in head


def test_causes_are_those_that_were_fitted(ours):
    illinois = (SCENARIOS / "illinois.toml", SCENARIOS / "illinois-full-time-leader.toml", "--replicates", 3)
    assert RIVALS in page_of(ours, *illinois)[1] and RIVALS in page_of(ours, *illinois, "--parameters", MIXTURE)[1]
    _, unfitted = page_of(ours, "ours.toml", "full.toml", "--replicates", 3)
    assert RIVALS not in unfitted and "no fit stands behind these options that could tell" in unfitted
    _, fitted = page_of(ours, "ours.toml", "full.toml", "--replicates", 6, "--parameters", "post.csv")
    assert RIVALS not in fitted and "fitted to numbers of this coalition under one structure; others may explain them as well" in fitted


def test_options_of_which_one_is_not_fitted(ours):
    said, page = page_of(ours, "ours.toml", "full.toml", "more.toml", "--replicates", 6, "--parameters", "post.csv", "--structures", "trait")
    assert "No fit stands behind" not in page
    assert ("A fit stands behind A, B, but not behind all options: the model was fitted to 1 item of ev.toml about this coalition, asked once. "
            "C is not fitted to this coalition: the parameters of post.csv were fitted to ours.toml") in page
    assert "Calibrated is what was fitted for all scenarios: C is not." in said
    assert "Calibrated is what was fitted for all options; C is not." in page


def test_a_structure_is_calibrated_as_far_as_for_all_scenarios(ours):
    """Without sets the reference alone had counted."""
    answer = json.loads(call(ours, "compare", SCENARIOS / "illinois.toml", SCENARIOS / "illinois-no-coalition.toml", "--replicates", 2,
                             "--structures", "decision", "--outcomes", "engaged", "--json", "--quiet"))
    assert {v["calibration"] for v in answer["structures"]["variants"]} == {"not calibrated"}


def test_seen_by_the_fit_goes_by_the_figures(ours):
    row = r"poll, question 1 \(trained\) at least once {} % \({} of 40\) \S+ % \([^)]*\) {}"
    _, same = page_of(ours, "ours.toml", "full.toml", "--replicates", 6, "--parameters", "post.csv")
    assert re.search(row.format(50, 20, "yes"), same)
    (ours / "ev2.toml").write_text(EVIDENCE.format(yes=30, no=10))
    _, other = page_of(ours, "ours.toml", "full.toml", "--replicates", 6, "--parameters", "post.csv", "--set", 'evidence="ev2.toml"')
    assert re.search(row.format(75, 30, "no"), other)
    assert "Where items that the fit has seen agree, they do for that reason" in same


def test_a_fit_to_another_coalition_says_whose_survey(ours):
    change = ("--set", "organisations.members.nonprofit=90")
    fit = ("--fit", "post.check.json")
    _, own = page_of(ours, "ours.toml", "full.toml", "--replicates", 6, "--parameters", "post.csv", more=fit)
    _, other = page_of(ours, "ours.toml", "full.toml", "--replicates", 6, "--parameters", "post.csv", *change, more=fit)
    assert re.search(r"fitted items together lie \S+ from the survey; surveys of", own)
    assert re.search(r"fitted items together lie \S+ from the survey that post.csv was fitted to; surveys of", other)
    assert "Of that survey, which says nothing of these options: The" in other


def test_runs_left_out_are_counted(ours):
    """One meeting in two years: in many runs nobody outside is invited, so that there is no share."""
    _, page = page_of(ours, "ours.toml", "full.toml", "--replicates", 40, "--set", "series.plenaries.per_year=0.5", on="participation_remote")
    counts = re.findall(r"(\d+) better, (\d+) alike, (\d+) worse(?:, (\d+) left out)?", page)
    assert counts and all(sum(int(n or 0) for n in row) == 40 for row in counts)
    assert any(row[3] for row in counts)


def test_equal_budget_says_months_and_readable_numbers(ours):
    (ours / "later.toml").write_text(HEAD.format("ours.toml") + 'name = "Later"\n[[interventions]]\nset = "hubs.Office.fte"\nvalue = 1.0\nfrom = 6\nuntil = 12\n')
    start = json.loads(call(ours, "run", "ours.toml", "--replicates", 1, "--json", "--quiet"))["start"]
    year, month = map(int, start.split("-"))
    first, last = (f"{year + (month - 1 + m) // 12}-{(month - 1 + m) % 12 + 1:02}" for m in (6, 11))
    said, page = page_of(ours, "ours.toml", "later.toml", "--replicates", 3, "--equal-budget", "fte")
    assert f"hubs.Office.fte ({first} to {last}) 1 to " in said
    assert f'"Paid coordination, full-time equivalents (Office)" ({first} to {last}) 1 to ' in page
    assert re.search(r"Paid coordination, full-time equivalents \(Office\), \w+ \d{4} to \w+ \d{4} as it is 0\.\d", page) and not re.search(r"\d\.\d{6}", page[page.index("What B sets otherwise"):page.index("Every outcome")])


def test_rules_and_choices_are_said_in_words(ours):
    (ours / "core.toml").write_text(HEAD.format("ours.toml") + 'name = "Core"\n[[series]]\nname = "plenaries"\naudience = "core"\n')
    done = subprocess.run([PROGRAM, "compare", "ours.toml", "core.toml", "--replicates", "3", "--structures", "engagement,decision", "--quiet",
                           "--outcomes", "engaged,goal_attainment,never_attended,hours_given", "-o", "words.h5"], capture_output=True, text=True, cwd=ours, timeout=300)
    assert done.returncode == 0, done.stderr
    table = done.stdout[done.stdout.index("Under 8 other structures"):done.stdout.index("structures not calibrated")]
    rows = [line for line in table.splitlines() if "benefit_cost" in line or "threshold" in line or "conditional" in line][1:]
    assert len(rows) >= 18 and all(line.startswith("  B: ") for line in rows), table  # in each part of a table that is split
    call(ours, "report", "words.h5", "-o", "words.html")
    page = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", (ours / "words.html").read_text())).split())
    assert "commitment is partly given, partly earned (the scenarios' own rules) weighs benefit and cost" in page
    assert "commitment is a fixed trait comes if enough others do" in page
    assert "Who is invited (plenaries) all that are enrolled the active core" in page or "the active core" in page
    assert not re.search(r"benefit_cost|bounded_confidence|conditional_cooperation", page)


def test_a_run_shows_every_item_of_the_evidence(ours, tmp_path):
    """Who could be reached and which sectors answered stand beside what the simulated survey has, too."""
    (tmp_path / "ours.toml").write_text(HEAD.format(SCENARIOS / "template-statewide.toml") + 'evidence = "ev.toml"\n')
    (tmp_path / "ev.toml").write_text(EVIDENCE.format(yes=20, no=20) + """[[item]]
id = "response"
use = "calibrate"
measures = "recruitment"
categories = ["frame", "unreachable", "refused", "recruited", "returned"]
counts = [120, 20, 10, 80, 70]
[[item]]
id = "respondent_sector"
use = "validate"
categories = ["nonprofit", "public", "for_profit"]
counts = [40, 25, 5]
""")
    said = call(tmp_path, "run", "ours.toml", "--replicates", "4", "--no-file", "--quiet")
    for item, observed in (("response (recruitment)", "returned"), ("respondent sector", "57 % (40 of 70)")):
        assert item in said and observed in said.split(item)[1], said
