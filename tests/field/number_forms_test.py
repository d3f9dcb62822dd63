"""Numbers in files are read as meant, or refused with what to write. A user whose other program writes .2, 2., NaN or leaves a field empty is told so; a posterior
that was cut in its last number is not taken for whole; a prior from which nothing can be drawn, a value that no prior can give and a figure beyond its limit are
said with the limit. What the machine is set to (decimal commas, no folder for scratch files) changes nothing.
"""
import json
import math
import os
import re
import subprocess
from pathlib import Path

import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
ROOT = Path(__file__).resolve().parents[2]
MIXTURE = ROOT / "scenarios" / "posterior" / "mixture.csv"
SMALL = """format = "scenario"
version = 2
name = "Small"
[calendar]
start = "2020-01"
months = 6
[organisations]
members = { nonprofit = 10, public = 3, for_profit = 1 }
[[regions]]
name = "N"
share = 1
[travel]
hours = [[0.5]]
[[roles]]
name = "r"
share = { nonprofit = 1, public = 1, for_profit = 1 }
[[hubs]]
name = "H"
seat = "N"
serves = ["N"]
fte = 0.5
[kinds.meeting]
base = 0.5
networking = 1.0
awareness_gain = 0.1
yield = 1.0
[[series]]
name = "m"
kind = "meeting"
hub = "H"
audience = "all"
per_year = 12
hours = 3
[environment]
support = 0.5
scarcity = 0.2
restricted = 0.2
cases_per_month = 5
"""


def coalis(*arguments, cwd, **environment):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=300, cwd=cwd, env=os.environ | environment)


@pytest.fixture
def small(tmp_path):
    (tmp_path / "small.toml").write_text(SMALL)
    return tmp_path


def with_sets(folder, text, name="p.csv"):
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return coalis("run", "small.toml", "--parameters", name, "--replicates", 2, "--no-file", "--quiet", cwd=folder)


@pytest.mark.parametrize("text", [".2", "2.", "-.2", "NAN", "nan", "NaN", "Inf", "007", "1_0", "0.2d0", "1e", "0x1p-2", "1e-400", "2.e3", "NA"])
def test_numbers_that_other_programs_write(small, text):
    run = with_sets(small, f"weight,parameters.tie_prob\n1,{text}\n")
    assert run.returncode == 2 and f"p.csv:2:3: error: '{text}' is no number; write a finite number in decimals, with digits on both sides" in run.stderr, run.stderr


@pytest.mark.parametrize("text", ["0.2", "2e-1", "+0.2", "0", "-0.0", "1", '"0.2"', " 0.2 "])
def test_numbers_that_are_read(small, text):
    run = with_sets(small, f"weight,parameters.tie_prob\n1,{text}\n")
    assert run.returncode == 0, run.stderr


def test_weights_and_empty_fields(small):
    for text in (".5", "5.", "05", ""):
        run = with_sets(small, f"weight,parameters.tie_prob\n{text},0.2\n")
        assert run.returncode == 2 and f"p.csv:2:1: error: weight '{text}'; a weight is a number, 0 or more, with digits on both sides of a point" in run.stderr, run.stderr
    run = with_sets(small, "weight,parameters.tie_prob\n1,\n")
    assert run.returncode == 2 and "p.csv:2:3: error: the field of parameters.tie_prob is empty; give every set a value of every column" in run.stderr, run.stderr


@pytest.mark.parametrize("text, said", [(".2", "'.2' is no number of TOML; write digits on both sides of a point"), ("2.", "'2.' is no number"), ("NAN", "'NAN' is no number"),
                                        ("+.5", "'+.5' is no number"), ("1e400", "'1e400' is no number that a computer has"), ("-2.5e+999", "'-2.5e+999' is no number that"), ("007", "'007' is no number"), ("", "the value is empty; write one"), (" ", "the value is empty")])
def test_numbers_of_set_and_of_tables_of_points(small, text, said):
    run = coalis("check", "small.toml", "--set", f"parameters.tie_prob={text}", cwd=small)
    assert run.returncode == 2 and said in run.stderr, run.stderr
    assert coalis("check", "small.toml", "--set", "calendar.start=2020-03", "--set", "name=a 7", cwd=small).returncode == 0  # words stay words
    if not text.strip():
        return  # in a table of points: as in the scenario
    (small / "t.csv").write_text(f"parameters.tie_prob\n0.3\n{text}\n")
    (small / "s.toml").write_text('format = "study"\nversion = 1\nname = "s"\nquestion = "?"\nscenarios = ["small.toml"]\nreplicates = 2\noutcomes = ["engaged"]\n'
                                  '[design]\nkind = "table"\ntable = "t.csv"\n')
    run = coalis("plan", "s.toml", cwd=small)
    assert run.returncode == 2 and said.split(";")[0] in run.stderr, run.stderr


def test_a_posterior_that_was_cut_is_refused(small):
    whole = MIXTURE.read_bytes()
    for cut in (whole[:-1], whole[:-3], whole[:-9]):
        run = coalis("run", ROOT / "scenarios" / "illinois.toml", "--parameters", "p.csv", "--replicates", 2, "--no-file", cwd=small) if (
            small / "p.csv").write_bytes(cut) else None
        assert run.returncode == 2 and re.search(r"p\.csv:\d+: error: the last line of the posterior has no end: the file was cut off; copy it again", run.stderr), run.stderr
    (small / "p.csv").write_bytes(whole[:whole.rstrip(b"\n").rindex(b"\n") + 1])  # at the end of a line
    run = coalis("run", ROOT / "scenarios" / "illinois.toml", "--parameters", "p.csv", "--replicates", 2, "--no-file", cwd=small)
    assert run.returncode == 2 and re.search(r"p\.csv:13: error: the posterior says that it has 1000 sets, and has 999; copy it again", run.stderr), run.stderr
    # As it is, with the line ends of another system, and cut down on purpose.
    lines = whole.splitlines(keepends=True)
    for text in (whole, whole.replace(b"\n", b"\r\n"), b"".join(line for line in lines[:400] if not line.startswith((b"# tolerance", b"# content")))):
        (small / "p.csv").write_bytes(text)
        run = coalis("run", ROOT / "scenarios" / "illinois.toml", "--parameters", "p.csv", "--replicates", 2, "--no-file", "--quiet", cwd=small)
        assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("change", ["digit", "weight", "name", "comment", "order"])
def test_a_posterior_that_is_not_what_was_written_is_refused(small, change):
    lines = MIXTURE.read_bytes().splitlines(keepends=True)
    assert lines[13].startswith(b"# content: ")
    if change == "digit": lines[40] = lines[40].rstrip(b"\n")[:-1] + (b"2" if lines[40][-2:-1] != b"2" else b"3") + b"\n"
    if change == "weight": lines[40] = b"0.5" + lines[40][lines[40].index(b","):]
    if change == "name": lines[14] = lines[14].replace(b"tie_prob", b"?").replace(b"goal_rate", b"tie_prob").replace(b"?", b"goal_rate")
    if change == "comment": lines[3] = lines[3].replace(b"Illinois", b"Ohio")
    if change == "order": lines[40], lines[41] = lines[41], lines[40]
    (small / "p.csv").write_bytes(b"".join(lines))
    run = coalis("run", ROOT / "scenarios" / "illinois.toml", "--parameters", "p.csv", "--replicates", 2, "--no-file", cwd=small)
    assert run.returncode == 2 and "p.csv:14: error: the posterior is not what was written: " in run.stderr, run.stderr
    assert "if it was changed on purpose, remove this line" in run.stderr


@pytest.mark.parametrize("month", ["x", "", "42abc", "99999999999", "-1", "1.5", "nan", "1200"])
def test_the_survey_of_a_posterior_is_in_a_month(small, month):
    run = with_sets(small, f'# Posterior of c\n# world: ["survey.month = {month}"]\nweight,parameters.tie_prob\n1,0.25\n')
    assert run.returncode == 2 and "p.csv:2: error: the survey of the posterior was in no month of a calendar (survey.month)" in run.stderr, run.stderr


@pytest.mark.parametrize("world", ["[]", '["survey.month = 0"]', '["survey.month = 1199"]', '["environment.support = 0.5"]'])
def test_worlds_that_are_read(small, world):
    run = with_sets(small, f"# Posterior of c\n# world: {world}\nweight,parameters.tie_prob\n1,0.25\n")
    assert run.returncode == 0, run.stderr


def test_a_table_made_by_hand_may_lack_its_last_line_end(small):
    assert with_sets(small, "weight,parameters.tie_prob\n1,0.25").returncode == 0


CALIBRATION = """format = "calibration"
version = 1
name = "c"
scenario = "small.toml"
evidence = "e.toml"
engagement = "mixture"
[sampler]
draws = 20
prior_runs = 40
least_acceptance = 0.05
most_generations = 2
[[parameters]]
path = "series.m.per_year"
uniform = [1, 5]
source = "a"
"""
EVIDENCE = """format = "coalis-evidence"
version = 2
[[item]]
id = "meetings_attended"
measures = "meetings_attended"
source = "a"
use = "calibrate"
categories = ["0", "1", "2+"]
counts = [4, 4, 4]
"""


@pytest.fixture
def calibration(small):
    (small / "c.toml").write_text(CALIBRATION)
    (small / "e.toml").write_text(EVIDENCE)
    return small


@pytest.mark.parametrize("prior", ["uniform = [0, 1e-320]", "uniform = [1e-320, 3]", "normal = [1, 1e-310]", "lognormal = [1e-310, 1]", "normal = [1, inf]"])
def test_priors_that_cannot_be_drawn_from(calibration, prior):
    (calibration / "c.toml").write_text(CALIBRATION.replace("uniform = [1, 5]", prior))
    run = coalis("calibrate", "c.toml", cwd=calibration)
    assert run.returncode == 2 and re.search(r"c\.toml:\d+:\d+: error: the prior of 'series\.m\.per_year' is too narrow or too wide to draw from", run.stderr), run.stderr
    assert "coalis" not in run.stdout


def test_values_that_no_prior_gives(calibration):
    assert coalis("calibrate", "c.toml", "--quiet", cwd=calibration).returncode == 0
    text = (calibration / "c.posterior.csv").read_text()
    assert coalis("calibrate", "c.toml", "--check", "--table", 0, "--quiet", cwd=calibration).returncode == 0
    head, row = re.sub("# content: .*\n", "", text).rstrip("\n").rsplit("\n", 1)
    for value in ("1e308", "-1e308", "0.5", "5.001"):
        (calibration / "c.posterior.csv").write_text(head + "\n" + row.rsplit(",", 1)[0] + f",{value}\n")
        run = coalis("calibrate", "c.toml", "--check", "--table", 0, "--quiet", cwd=calibration)
        assert run.returncode == 2 and f"series.m.per_year = {value} cannot come from its prior, uniform(1, 5)" in run.stderr, run.stderr


@pytest.mark.parametrize("old, new, said", [
    ("counts = [4, 4, 4]", "counts = [4, 4, 10000001]", "a count of 10000001; a count is 0 to 10000000; -1 where the source reports none"),
    ("counts = [4, 4, 4]", "counts = [4, 4, 4]\nn = 10000001", "n is 10000001; it takes 1 to 10000000"),
    ("counts = [4, 4, 4]", "counts = [4, 4, 4]\nn = 0", "n is 0; it takes 1 to 10000000"),
    ("counts = [4, 4, 4]", "n_between = [1, 10000001]\nshare = 0.5", "'n_between' has a number beyond 10000000"),
])
def test_limits_of_evidence_are_said(calibration, old, new, said):
    (calibration / "e.toml").write_text(EVIDENCE.replace(old, new))
    run = coalis("calibrate", "c.toml", cwd=calibration)
    assert run.returncode == 2 and said in run.stderr, run.stderr


def numbers_in(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from numbers_in(one)
    elif isinstance(value, float):
        yield value


STUDY = """format = "study"
version = 1
name = "s"
question = "?"
scenarios = ["small.toml"]
replicates = 4
outcomes = ["engaged", "withdrawn", "goal_attainment"]
[design]
kind = "full_factorial"
[[factors]]
path = "parameters.hold_floor"
values = [0.0, 0.1]
[[factors]]
name = "f"
path = "levers.information"
values = [0.0, 1.0]
[answer]
text = "{d}, {w}."
[[answer.figures]]
name = "d"
figure = "difference"
outcome = "withdrawn"
at = { f = 1.0 }
from = { f = 0.0 }
[[answer.figures]]
name = "w"
figure = "best"
outcome = "engaged"
along = "f"
"""


def test_an_answer_of_a_study_has_no_minus_zero(small):
    (small / "small.toml").write_text(SMALL)
    (small / "s.toml").write_text(STUDY)
    run = coalis("study", "run", "s.toml", "--quiet", cwd=small)
    assert run.returncode == 0, run.stderr
    for command in (["study", "answer", "s.toml", "--json"], ["study", "status", "s.toml", "--json"]):
        answer = coalis(*command, cwd=small)
        assert answer.returncode == 0, answer.stderr
        assert not [x for x in numbers_in(json.loads(answer.stdout)) if x == 0 and math.copysign(1, x) < 0]
        assert not re.search(r"(?<![\w.])-0(\.0+)?(?![\d.])", answer.stdout + run.stdout), answer.stdout


def test_scenarios_beyond_the_26th_have_names_of_their_own(small):
    files = []
    for i in range(28):
        files.append(f"s{i + 1}.toml")
        (small / files[-1]).write_text(f'format = "scenario"\nversion = 2\ninclude = "small.toml"\nname = "Plan {i + 1}"\n[levers]\ninformation = {i / 30}\n')
    run = coalis("compare", *files, "--replicates", 4, "--outcomes", "engaged", "--quiet", "-o", "c.h5", cwd=small)
    assert run.returncode == 0, run.stderr
    said = " ".join(run.stdout.split())
    assert "Z Plan 26" in said and "S27 Plan 27" in said and "S28 Plan 28" in said, said
    assert "[ Plan 27" not in said and "[ (" not in said
    assert "reproduced" in coalis("verify", "c.h5", cwd=small).stdout
    assert coalis("report", "c.h5", "-o", "c.html", cwd=small).returncode == 0
    assert "S27" in (small / "c.html").read_text(encoding="utf-8")


def test_an_empty_folder_for_scratch_files_is_none(small):
    expected = coalis("run", "small.toml", "--replicates", 20, "--no-file", "--quiet", "--json", cwd=small)
    for variables in ({"TMPDIR": ""}, {"TMPDIR": "", "TMP": "", "TEMP": "", "TEMPDIR": ""}, {"TMPDIR": "", "TMP": str(small)}):
        run = coalis("run", "small.toml", "--replicates", 20, "--no-file", "--quiet", "--json", cwd=small, **variables)
        assert (run.returncode, run.stdout) == (0, expected.stdout), run.stderr
        assert "TMPDIR" not in run.stderr
    assert sorted(p.name for p in small.iterdir()) == ["small.toml"]


@pytest.fixture(scope="module")
def german(tmp_path_factory):
    """A locale with decimal commas, made anew."""
    folder = tmp_path_factory.mktemp("locales")
    done = subprocess.run(["localedef", "-f", "UTF-8", "-i", "de_DE", folder / "de_DE.UTF-8"], capture_output=True, text=True)
    assert (folder / "de_DE.UTF-8").exists(), done.stderr
    return {"LOCPATH": str(folder), "LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"}


def answers(folder, **environment):
    (folder / "p.csv").write_text("weight,parameters.tie_prob\n0.5,0.25\n1.5,0.2\n")
    return [coalis(*command, cwd=folder, **environment).stdout for command in (
        ["run", "small.toml", "--replicates", 4, "--no-file", "--quiet", "--json", "--parameters", "p.csv"],
        ["run", "small.toml", "--replicates", 4, "--no-file", "--quiet", "--set", "hubs.H.fte=0.75"],
        ["explain", "small.toml"], ["defaults", "--toml"], ["schema"])]


def test_decimal_commas_of_the_machine_change_nothing(small, german):
    plain = answers(small, LC_ALL="C")
    assert answers(small, **german) == plain and all(plain)


@pytest.mark.parametrize("name", ["de_DE.UTF-8", "tr_TR.UTF-8", "xx_YY", "junk", ""])
def test_names_of_locales_that_are_not_there_change_nothing(small, name):
    assert answers(small, LC_ALL=name, LANG=name) == answers(small, LC_ALL="C")
