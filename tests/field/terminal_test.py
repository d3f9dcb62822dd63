"""What a terminal shows.

A user who starts a command in a terminal expects: a line of progress while it works and nothing of it afterwards, so that the answer begins on
a line of its own; lines no wider than the window, words whole, tables that fit, the main outcomes first and all of them on demand. In a
file or a pipe: no progress at all, lines of 80 columns.
"""
import fcntl
import json
import os
import pathlib
import pty
import re
import select
import struct
import subprocess
import termios

import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
SCENARIOS = pathlib.Path(__file__).resolve().parents[2] / "scenarios"
ILLINOIS, LEADER = SCENARIOS / "illinois.toml", SCENARIOS / "illinois-full-time-leader.toml"
MAIN = ["never_attended", "engaged", "withdrawn", "goal_attainment", "service_effectiveness", "inside_collaboration", "hours_given",
        "coordination_cost"]

STUDY = f"""format = "study"
version = 1
name = "test"
question = "Does a full-time coordinator keep more organisations engaged than a coordinator who works part of the time?"
scenarios = ["{ILLINOIS}"]
replicates = 3000
outcomes = ["engaged"]
[design]
kind = "full_factorial"
[[factors]]
path = "hubs.Chicago.fte"
name = "fte"
values = [0.35, 1.0]
"""
ANSWER = """[answer]
text = "A full-time coordinator {raise: keeps more|keeps fewer|keeps about as many} organisations engaged ({raise}), in the middle of the runs {raise.range}."
[[answer.figures]]
name = "raise"
figure = "difference"
outcome = "engaged"
percent = true
at = { fte = 1.0 }
from = { fte = 0.35 }
"""
OWN_EVIDENCE = """format = "coalis-evidence"
version = 2
[[item]]
id = "meetings_of_the_last_twelve_months"
measures = "meetings_attended"
source = "a"
use = "validate"
categories = ["never came to any of them", "once or twice", "three times or more"]
counts = [20, 10, 10]
n = 40
bins = [[0, 0], [1, 2], [3]]
"""
SENSITIVITY = f"""format = "sensitivity"
version = 1
name = "test"
question = "What does engagement hang on?"
scenarios = ["{ILLINOIS}"]
outcomes = ["engaged"]
replicates = 4
resamples = 100
[sobol]
points = 128
[[factors]]
path = "parameters.members_per_fte"
range = [40, 400]
[[factors]]
path = "parameters.beta_mission"
range = [1, 5]
"""


class Screen:
    """What a terminal of so many columns shows after these bytes: the few codes that the program uses, and nothing else."""

    def __init__(self, columns):
        self.columns, self.lines, self.row, self.column, self.was = columns, [""], 0, 0, set()

    def write(self, text):
        at = 0
        while at < len(text):
            if text.startswith("\x1b[K", at):
                self.lines[self.row] = self.lines[self.row][:self.column]
                at += 3
                continue
            c = text[at]
            at += 1
            assert c != "\x1b", f"another code: {text[at - 1:at + 9]!r}"
            if c == "\r":
                self.was.add(self.lines[self.row])
                self.column = 0
            elif c == "\n":
                self.next()
            else:
                if self.column == self.columns:
                    self.next()
                    self.column = 0
                line = self.lines[self.row].ljust(self.column)
                self.lines[self.row] = line[:self.column] + c + line[self.column + 1:]
                self.column += 1

    def next(self):
        self.row += 1
        if self.row == len(self.lines):
            self.lines.append("")


def in_terminal(arguments, columns=80, cwd=None, as_written=False, **environment):
    """The screen, or the lines as the program wrote them, and whether progress was shown at some time."""
    pid, master = pty.fork()
    if pid == 0:
        if cwd:
            os.chdir(cwd)
        os.environ.update({"TERM": "xterm", **environment})
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        os.execv(PROGRAM, [PROGRAM, *map(str, arguments)])
    seen = b""
    while select.select([master], [], [], 300)[0]:
        try:
            part = os.read(master, 65536)
        except OSError:
            break
        if not part:
            break
        seen += part
    os.close(master)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    screen = Screen(10**6 if as_written else columns or 80)
    screen.write(seen.decode())
    assert status == 0, "\n".join(screen.lines)
    progress = any(re.match(r"\d+ of \d+ .*left", line) for line in screen.was)
    return [line.rstrip() for line in screen.lines], progress


def piped(*arguments, **options):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=300, **options)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("terminal")
    (folder / "study.toml").write_text(STUDY + ANSWER)
    (folder / "answered.toml").write_text(STUDY + ANSWER)
    (folder / "plain.toml").write_text(STUDY)
    (folder / "sensitivity.toml").write_text(SENSITIVITY)
    (folder / "own-evidence.toml").write_text(OWN_EVIDENCE)
    (folder / "own.toml").write_text(ILLINOIS.read_text().replace('evidence = "evidence.toml"', 'evidence = "own-evidence.toml"'))
    assert piped("study", "run", "answered.toml", "--replicates", "4", cwd=folder).returncode == 0
    assert piped("compare", ILLINOIS, LEADER, "-o", folder / "both.h5", "--replicates", "5", "--quiet").returncode == 0
    assert piped("run", ILLINOIS, "-o", folder / "result.h5", "--replicates", "3000", "--record", "outcomes", "--quiet").returncode == 0
    return folder


COMMANDS = {
    "run": (["run", ILLINOIS, "--no-file", "--replicates", "3000"], "Illinois, as it was"),
    "compare": (["compare", ILLINOIS, LEADER, "--replicates", "1500"], "B costs 127 % more than A"),
    "precision": (["compare", ILLINOIS, LEADER, "--precision", "0.0025", "--on", "engaged"], "B costs 127 % more than A"),
    "study": (["study", "run", "study.toml"], "test: 2 points x 3000 replicates in study.h5"),
    "plain study": (["study", "run", "plain.toml"], "test: 2 points x 3000 replicates in plain.h5"),
    "sensitivity": (["sensitivity", "sensitivity.toml"], "  Sobol'    128 x (2 + 2 factors + 0 groups) points"),
    "verify": (["verify", "result.h5"], "result.h5: reproduced."),
    "best": (["best", ILLINOIS, "--budget", "60000", "--points", "12", "--replicates", "200"], "Of "),
    "distinguish": (["distinguish", SCENARIOS / "twins" / "as-it-is.toml", "--candidate", "mixture", "--candidate", "trait", "--replicates", "1500",
                     "--organisations", "25", "--months", "6"], "How often a coalition's structure of engagement"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_of_the_progress_stays(folder, name):
    command, begins = COMMANDS[name]
    lines, progress = in_terminal(command, cwd=folder)
    assert progress, "the runs were over before any progress could be shown: take more"
    assert lines[0].startswith(begins[:75]), lines[:4]
    assert [line for line in lines if re.search(r"\d+ of \d+ (replicates|runs|coalitions), ", line)] == []
    assert [line for line in lines if " left" in line and line.split(" left")[1][:1].isupper()] == []


@pytest.mark.parametrize("name", ["run", "compare", "verify"])
def test_no_progress_where_there_is_no_terminal(folder, name):
    answer = piped(*COMMANDS[name][0], cwd=folder)
    assert answer.returncode == 0 and answer.stderr == "" and not re.search(r"[\r\x1b]| left\b", answer.stdout)


def test_none_on_a_terminal_that_cannot_wipe_a_line(folder):
    lines, progress = in_terminal(COMMANDS["verify"][0], cwd=folder, TERM="dumb")
    assert not progress and lines[0].startswith("result.h5")


def test_a_narrow_window_keeps_progress_on_one_line(folder):
    lines, progress = in_terminal(["study", "run", "study.toml", "--parameters", SCENARIOS / "posterior" / "mixture.csv", "--quiet"], 40, folder)
    assert lines[0].startswith("Does a full-time")
    lines, progress = in_terminal(COMMANDS["verify"][0], 40, folder)
    assert lines[0].startswith("result.h5: reproduced.") and max(map(len, lines)) <= 40


@pytest.fixture(scope="module")
def wide_lines():
    """What commands print where nothing need be wrapped, by command."""
    return {}


def words_too_wide(lines, width):
    """Lines over the width that have more than one word, or a word behind an indent that leaves it no room."""
    indent = lambda line: len(line) - len(line.lstrip())
    return [line for line in lines if len(line) > width and (" " in line.strip() or indent(line) > width // 2)]


@pytest.mark.parametrize("width", [40, 60, 80, 132])
@pytest.mark.parametrize("command", [
    ["run", ILLINOIS, "--no-file", "--replicates", "5"], ["run", ILLINOIS, "--no-file", "--replicates", "5", "--all"],
    ["compare", ILLINOIS, LEADER, "--replicates", "5"], ["compare", ILLINOIS, LEADER, "--replicates", "5", "--all"],
    ["compare", ILLINOIS, LEADER, "--replicates", "5", "--structures", "engagement", "--outcomes", "engaged,goal_attainment"],
    ["study", "answer", "answered.toml"], ["study", "status", "answered.toml"], ["plan", "answered.toml"],
    ["run", "own.toml", "--no-file", "--replicates", "5"], ["report", "both.h5", "-o", "page.html", "--force"],
    ["report", "answered.toml", "-o", "page.html", "--force"], ["check", ILLINOIS, LEADER],
    ["story", ILLINOIS, "--organisation", "7"], ["explain", ILLINOIS, "hubs"], ["diff", ILLINOIS, LEADER], ["schedule"],
    ["diff", ILLINOIS, SCENARIOS / "illinois-three-hubs.toml"], ["explain", ILLINOIS], ["options", ILLINOIS],
    ["best", ILLINOIS, "--budget", "60000", "--points", "6", "--replicates", "20"], ["--help"], ["run", "--help"], ["best", "--help"],
], ids=lambda command: command if isinstance(command, int) else f"{command[0]} {pathlib.Path(str(command[-1])).name}")
def test_lines_fit_the_window_and_words_stay_whole(folder, wide_lines, command, width):
    lines, _ = in_terminal(command, width, folder, as_written=True)
    assert words_too_wide(lines, width) == []
    key = " ".join(map(str, command))
    if key not in wide_lines: wide_lines[key] = in_terminal(command, 2000, folder, as_written=True)[0]
    wide = wide_lines[key]
    prose = [line for line in wide if line and "  " not in line.strip() and len(line) > width]
    narrow = " ".join(" ".join(lines).split())
    assert [line for line in prose if " ".join(line.split()) not in narrow] == []


@pytest.mark.parametrize("width", [40, 60, 80])
def test_the_table_of_the_survey_fits(folder, width):
    """Its rows are whole: category, simulated, range, and what was answered, beside or below."""
    lines, _ = in_terminal(["run", ILLINOIS, "--no-file", "--replicates", "5"], width, folder, as_written=True)
    table = lines[next(i for i, line in enumerate(lines) if line.startswith("The simulated survey")):]
    table = table[:next(i for i, line in enumerate(table) if line.startswith("Outcome"))]
    assert max(map(len, table)) <= width
    table = re.sub(r"\n +(?=\d+ %)", " ", "\n".join(table)).split("\n")  # below a category, where it is long
    rows = [line for line in table if re.match(r"    (none|at least once|4 or more|[0-4] \((lowest|highest)\)) ", line)]
    assert sum(bool(re.search(r" \d+ % +\d+ to \d+ %", row)) for row in rows) == 9, table
    assert sum(bool(re.search(r" \d+ % \(\d+ of \d+\)$", row)) for row in rows) == 6, table


def test_a_report_says_its_answer_on_lines_of_the_window(folder):
    short, _ = in_terminal(["report", "both.h5", "-o", "page.html", "--force"], 50, folder, as_written=True)
    long, _ = in_terminal(["report", "both.h5", "-o", "page.html", "--force"], 400, folder, as_written=True)
    assert max(map(len, short)) <= 50 and len(short) > len(long) and " ".join(short).split() == " ".join(long).split()


def test_a_pipe_has_80_columns_whatever_the_window():
    answer = piped("compare", ILLINOIS.name, LEADER.name, "--replicates", "5", cwd=SCENARIOS, env={**os.environ, "COLUMNS": "30"}).stdout
    assert max(map(len, answer.splitlines())) <= 80 and max(map(len, answer.splitlines())) > 70


def test_columns_where_the_terminal_does_not_say():
    lines, _ = in_terminal(["compare", ILLINOIS.name, LEADER.name, "--replicates", "5"], 0, SCENARIOS, COLUMNS="60")
    assert 50 < max(map(len, lines)) <= 60


@pytest.mark.parametrize("command", [["run", ILLINOIS, "--no-file"], ["compare", ILLINOIS, LEADER]], ids=["run", "compare"])
def test_main_outcomes_first_and_all_on_demand(command):
    every = [*command, "--replicates", "3", "--quiet"]
    shown = lambda *more: [line.split()[0] for line in piped(*every, *more).stdout.splitlines() if re.match(r"(?!outcome )[a-z_.]+  +[-+0-9]", line)]
    assert list(dict.fromkeys(shown())) == MAIN
    assert "with --all" in piped(*every).stdout
    answer = json.loads(piped(*every, "--json").stdout)
    names = list(answer["outcomes"] if "outcomes" in answer else answer["differences"]["B"])
    assert list(dict.fromkeys(shown("--all"))) == names and len(names) > 25
    assert list(dict.fromkeys(shown("--outcomes", "strife"))) == ["strife"]
    assert piped(*every, "--outcomes", "strife", "--all").returncode == 2
