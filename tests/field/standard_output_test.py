"""What is printed arrives or the exit code says that it has not: a full disk, a closed standard output, a pipe that ends; and how
the program answers when it is asked to stop."""
import os
import pathlib
import shutil
import signal
import subprocess
import time

import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "field" / "data"
SMALL = str(DATA / "small.toml")
OTHER = str(ROOT / "scenarios" / "illinois.toml")

SHORT = [["--help"], ["--version"], ["run", "--help"], ["defaults"], ["schedule"], ["schema"], ["check", SMALL], ["explain", SMALL],
         ["diff", SMALL, SMALL], ["diff", "--exit-code", SMALL, OTHER], ["run", SMALL, "--no-file", "--replicates", "2"], ["run", SMALL, "--json", "--replicates", "2"],
         ["compare", SMALL, SMALL, "--replicates", "2"], ["story", SMALL, "--organisation", "0"], ["new", "X"],
         ["export", SMALL, "--graphml", "x.graphml", "--force"], ["plan", "study.toml"], ["options", SMALL], ["verify", "a.h5"], ["verify", "c.h5"],
         ["report", "c.h5", "-o", "c.html", "--force"], ["explore", SMALL, "-o", "e.html", "--force"], ["study", "run", "study.toml", "--quiet"],
         ["study", "status", "study.toml"], ["study", "status", "study.toml", "--json"], ["study", "export", "study.toml", "--csv", "t", "--force"]]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Files that the commands read."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "study.toml").write_text(STUDY.format(small=SMALL).replace("1000000", "2"))
    for command in (["run", SMALL, "--replicates", "3", "-o", "a.h5"], ["compare", SMALL, SMALL, "--replicates", "3", "-o", "c.h5"],
                    ["study", "run", "study.toml"]):
        done = subprocess.run([PROGRAM, *command, "--quiet"], capture_output=True, cwd=folder, timeout=120)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("command", SHORT, ids=lambda c: " ".join(pathlib.Path(a).name for a in c))
def test_a_full_disk_and_a_closed_output(tmp_path, command, made):
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    with open("/dev/full", "wb") as full:
        answer = subprocess.run([PROGRAM, *command], stdout=full, stderr=subprocess.PIPE, cwd=tmp_path, timeout=120)
    if command[0] == "check" and not answer.stderr:
        return  # says nothing when all is well
    assert answer.returncode == 3 and b"standard output could not be written: No space left on device" in answer.stderr, answer.stderr
    (tmp_path / "x.toml").unlink(missing_ok=True)
    closed = subprocess.run(["/bin/sh", "-c", '"$@" >&-', "sh", PROGRAM, *command], stderr=subprocess.PIPE, cwd=tmp_path, timeout=120)
    assert closed.returncode == 3 and b"standard output" in closed.stderr, closed.stderr


def test_a_closed_output_does_not_get_into_the_result(tmp_path):
    command = '"$@" >&- 2>&- <&-'
    subprocess.run(["/bin/sh", "-c", command, "sh", PROGRAM, "run", SMALL, "--replicates", "3", "-o", "a.h5"], cwd=tmp_path, timeout=120)
    verify = subprocess.run([PROGRAM, "verify", "a.h5"], capture_output=True, cwd=tmp_path, timeout=120)
    assert verify.returncode == 0, verify.stderr


def test_messages_that_do_not_arrive_end_nothing(tmp_path):
    with open("/dev/full", "wb") as full:
        answer = subprocess.run([PROGRAM, "run", SMALL, "--replicates", "3", "-o", "a.h5"], stdout=subprocess.PIPE, stderr=full,
                                cwd=tmp_path, timeout=120)
    assert answer.returncode == 0 and (tmp_path / "a.h5").exists()


def test_a_reader_that_ends_is_no_news():
    ended = subprocess.run(["/bin/bash", "-c", 'set -o pipefail; "$0" defaults | head -1; exit ${PIPESTATUS[0]}', PROGRAM],
                           capture_output=True, timeout=60)
    assert ended.returncode in (0, 141) and ended.stderr == b"" and ended.stdout.count(b"\n") == 1


LONG = {
    "run": ["run", SMALL, "--no-file", "--replicates", "50000000"],
    "compare": ["compare", SMALL, SMALL, "--replicates", "30000000"],
    "verify": ["verify", "large.h5"],
    "best": ["best", SMALL, "--budget", "100000", "--points", "1", "--replicates", "20000"],
    "calibrate": ["calibrate", "cal.toml"],
    "distinguish": ["distinguish", "early.toml", "early.toml", "--candidate", "mixture", "--candidate", "trait", "--replicates", "1000000",
                    "--months", "1", "--organisations", "5"],
    "study run": ["study", "run", "study.toml"],
}
STUDY = """format = "study"
version = 1
name = "s"
question = "?"
scenarios = ["{small}"]
replicates = 1000000
outcomes = ["engaged"]
[design]
kind = "full_factorial"
[[factors]]
path = "hubs.H.fte"
values = [0.2, 1.0]
"""


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A small file of runs that take their time."""
    file = tmp_path_factory.mktemp("large") / "large.h5"
    done = subprocess.run([PROGRAM, "run", OTHER, "--set", "organisations.members.nonprofit=20000", "--replicates", "200", "--record", "outcomes",
                           "-o", file, "--quiet"], capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return file


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("command", sorted(LONG))
def test_asked_to_stop(tmp_path, command, number, large):
    (tmp_path / "large.h5").symlink_to(large)
    (tmp_path / "early.toml").write_text('format = "scenario"\nversion = 2\ninclude = "small.toml"\n[survey]\nmonth = "2020-04"\n')
    (tmp_path / "study.toml").write_text(STUDY.format(small=SMALL))
    for name in ("cal.toml", "ev2.toml", "small.toml"):
        (tmp_path / name).write_bytes((DATA / name).read_bytes())
    text = (tmp_path / "cal.toml").read_text()
    (tmp_path / "cal.toml").write_text(text.replace("prior_runs = 40", "prior_runs = 4000000").replace("draws = 20", "draws = 100000"))
    process = subprocess.Popen([PROGRAM, *LONG[command], "--quiet", "--threads", "1"], cwd=tmp_path, stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE)
    time.sleep(1.5)
    process.send_signal(number)
    _, message = process.communicate(timeout=120)
    assert process.returncode == 128 + number, message


def test_help_says_the_same_everywhere():
    for command in (["run"], ["verify"], ["compare"], ["calibrate"], ["sensitivity"], ["distinguish"], ["study", "run"]):
        help_text = subprocess.run([PROGRAM, *command, "--help"], capture_output=True, text=True, timeout=60).stdout
        assert "130, 143 or 129 interrupted by Ctrl-C, SIGTERM or SIGHUP" in " ".join(help_text.split()), command
