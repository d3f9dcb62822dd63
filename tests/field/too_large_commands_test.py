"""What cannot fit is refused before the first run, by every command: how much is needed, how much is free, what to change.

Nobody wants to read "std::bad_alloc", or to wait for it. Nothing is written then, and the exit code is 3.
"""
import json
import os
import re
import resource
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = ROOT / "scenarios"
ILLINOIS = SCENARIOS / "illinois.toml"
LEADER = SCENARIOS / "illinois-full-time-leader.toml"
MANY = "organisations.members.nonprofit=9900000"
PROGRAM = os.environ["COALIS_PROGRAM"]

pytestmark = pytest.mark.skipif("san" in PROGRAM, reason="sanitizers take address space of their own")

FITS_NOT = re.compile(r"the memory cannot hold it: [0-9.]+ [GT]B are needed, [0-9.]+ [GM]B are free \(ulimit -v\); take ")


def coalis(*arguments, memory=2_000_000_000, folder=None):
    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, preexec_fn=limit, cwd=folder, timeout=120)


def refused(answer):
    assert answer.returncode == 3, (answer.returncode, answer.stderr)
    assert FITS_NOT.search(answer.stderr), answer.stderr
    assert "bad_alloc" not in answer.stderr and answer.stdout == ""


STUDY = f"""format = "study"
version = 1
name = "large"
question = "Does it fit?"
scenarios = ["{ILLINOIS}"]
replicates = 2
outcomes = ["engaged"]
[design]
kind = "full_factorial"
[[factors]]
path = "organisations.members.nonprofit"
values = [96, 9900000]
"""


# One set a replicate would be drawn, and that list alone would not fit.
@pytest.mark.parametrize("arguments", [["run", ILLINOIS], ["compare", ILLINOIS, LEADER]], ids=lambda a: a[0])
def test_parameter_sets_are_drawn_only_if_the_runs_fit(tmp_path, arguments):
    posterior = SCENARIOS / "posterior" / "mixture.csv"
    refused(coalis(*arguments, "--parameters", posterior, "--replicates", "4000000000", folder=tmp_path))


def large(tmp_path):
    path = tmp_path / "large.toml"
    path.write_text(f'format = "scenario"\nversion = 2\ninclude = "{ILLINOIS}"\n[organisations]\n'
                    "members = { nonprofit = 9900000, public = 17, for_profit = 2 }\n")
    return path


@pytest.mark.parametrize("arguments", [
    ["run", ILLINOIS, "--set", MANY], ["run", ILLINOIS, "--set", MANY, "--no-file", "--replicates", "1", "--threads", "1"],
    ["compare", ILLINOIS, LEADER, "--set", MANY, "--replicates", "1"],
    ["story", ILLINOIS, "--organisation", "0", "--set", MANY],
    ["export", ILLINOIS, "--graphml", "ties.graphml", "--set", MANY], ["export", ILLINOIS, "--edges", "ties.csv", "--set", MANY],
    ["export", ILLINOIS, "--waves", "1,2", "--siena", "waves", "--set", MANY], ["explore", "large.toml", "-o", "page.html"],
    ["distinguish", "large.toml", "--candidate", "mixture", "--candidate", "trait", "--months", "1"],
], ids=lambda a: " ".join(str(x).rsplit("/", 1)[-1] for x in a[:2]))
def test_ten_million_organisations_in_two_gigabytes(tmp_path, arguments):
    large(tmp_path).write_text(large(tmp_path).read_text() + '[calendar]\nmonths = 50\n[survey]\nmonth = "2008-12"\n')
    before = sorted(tmp_path.iterdir())
    refused(coalis(*arguments, folder=tmp_path))
    assert sorted(tmp_path.iterdir()) == before


def test_a_study_of_them(tmp_path):
    path = tmp_path / "study.toml"
    path.write_text(STUDY)
    refused(coalis("study", "run", path, "--quiet"))
    assert not path.with_suffix(".h5").exists()
    plan = coalis("plan", path)
    assert plan.returncode == 3 and FITS_NOT.search(plan.stderr), plan.stderr
    assert "time" not in plan.stdout  # no run was tried
    assert json.loads(coalis("plan", path, "--json").stdout)["fits"] is False


def test_a_study_that_goes_on_without_the_points_that_do_not_fit(tmp_path):
    path = tmp_path / "study.toml"
    path.write_text(STUDY)
    answer = coalis("study", "run", path, "--on-error", "continue", "--quiet")
    assert answer.returncode == 1, answer.stderr
    assert "2 of 4 runs failed:" in answer.stderr and "the memory cannot hold it" in answer.stderr and "bad_alloc" not in answer.stderr


def test_sensitivity_and_calibration(tmp_path):
    path = tmp_path / "sensitivity.toml"
    text = (SCENARIOS / "studies" / "illinois-sensitivity.toml").read_text()
    text = text.replace("trajectories = 30", "trajectories = 20").replace("points = 256", "points = 16")
    path.write_text(re.sub(r"scenarios = \[[^]]*\]", f'scenarios = ["{large(tmp_path)}"]', text))
    refused(coalis("sensitivity", path, "--quiet"))
    path = tmp_path / "mixture.toml"
    text = (SCENARIOS / "calibration" / "mixture.toml").read_text()
    evidence = SCENARIOS / "evidence.toml"
    text = re.sub(r'(?m)^scenario = "[^"]*"', f'scenario = "{large(tmp_path)}"', text)
    path.write_text(re.sub(r'(?m)^evidence = "[^"]*"', f'evidence = "{evidence}"', text))
    refused(coalis("calibrate", path, "--quiet"))


@pytest.mark.parametrize("command", [["run", ILLINOIS, "--record", "outcomes"], ["compare", ILLINOIS, ILLINOIS], ["study", "run"]], ids=lambda c: c[0])
def test_verify_of_what_another_machine_had_memory_for(tmp_path, command):
    shorter = ["--set", "organisations.members.nonprofit=500000", "--set", "calendar.months=2", "--set", "organisations.entry_window=1",
               "--set", "series=[]", "--set", "survey.month=1", "--replicates", "1"]
    if command[0] == "study":
        (tmp_path / "study.toml").write_text(STUDY.replace("[96, 9900000]", "[500000]").replace("replicates = 2", "replicates = 1"))
        command, shorter = [*command, "study.toml"], []
    made = subprocess.run([PROGRAM, *command, *shorter, "-o", "r.h5", "--quiet"], capture_output=True, text=True, cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    answer = coalis("verify", tmp_path / "r.h5", memory=150_000_000)
    assert answer.returncode == 3 and "the memory cannot hold it" in answer.stderr, answer.stderr


@pytest.mark.parametrize("command", [["run", ILLINOIS, "--no-file"], ["compare", ILLINOIS, LEADER]], ids=lambda c: c[0])
def test_more_replicates_than_there_is_room_for(command, tmp_path):
    refused(coalis(*command, "--replicates", "4294967295", folder=tmp_path))
    answer = coalis(*command, "--replicates", "4294967296", folder=tmp_path)
    assert answer.returncode == 2 and "bad_alloc" not in answer.stderr, answer.stderr


@pytest.mark.parametrize("verb", ["run", "answer"])
def test_more_replicates_than_a_study_may_have(verb, tmp_path):
    """The limit of the file holds for the option: what to change is said at once."""
    path = tmp_path / "study.toml"
    path.write_text(STUDY.replace("[96, 9900000]", "[96, 97]"))
    answer = coalis("study", verb, path, "--replicates", "1000000000")
    assert answer.returncode == 2 and answer.stdout == "", answer
    assert answer.stderr == ("coalis study: --replicates 1000000000: 2 points x 1000000000 replicates are 2000000000 runs; a study has at most "
                             "1000000000; give at most 500000000\n"), answer.stderr
    assert not path.with_suffix(".runs").exists()
    assert "at most 1000000000 runs" in " ".join(coalis("study", "run", "--help").stdout.split())


def test_more_runs_than_a_sensitivity_study_may_have(tmp_path):
    path = tmp_path / "sensitivity.toml"
    text = (SCENARIOS / "studies" / "illinois-sensitivity.toml").read_text()
    path.write_text(re.sub(r"(?m)^replicates = .*", "replicates = 1000000", re.sub(r"scenarios = \[[^]]*\]", f'scenarios = ["{ILLINOIS}"]', text)))
    answer = coalis("sensitivity", path, "--cost")
    assert answer.returncode == 2 and re.search(r"has \d{10,} runs; at most 1000000000 are possible: take fewer", answer.stderr), answer.stderr


def test_help_names_the_threads_that_there_can_be():
    for command in (["run"], ["compare"], ["study", "run"], ["sensitivity"], ["calibrate"], ["verify"], ["plan"], ["distinguish"]):
        assert re.search(r"--threads N in \[0, 1024\]", coalis(*command, "--help").stdout), command
    assert coalis("run", ILLINOIS, "--no-file", "--threads", "1025").returncode == 2


@pytest.mark.parametrize("command", [
    ["run", ILLINOIS, "--no-file"], ["compare", ILLINOIS, LEADER], ["verify", "r.h5"], ["plan", SCENARIOS / "studies" / "leader-and-meetings.toml"],
    ["distinguish", ILLINOIS, "--candidate", "mixture", "--candidate", "trait"]], ids=lambda c: c[0])
def test_two_thousand_million_threads(command):
    answer = coalis(*command, "--threads", "2000000000")
    assert answer.returncode in (2, 3) and "--threads" in answer.stderr and "bad_alloc" not in answer.stderr, answer.stderr


def test_a_result_file_that_no_disk_holds(tmp_path):
    answer = coalis("run", ILLINOIS, "-o", tmp_path / "r.h5", "--replicates", "400000000", "--record", "all", memory=resource.RLIM_INFINITY)
    assert answer.returncode == 3, answer.stderr
    assert re.search(r"the (disk|memory) cannot hold it: [0-9.]+ [GT]B are needed, [0-9.]+ [MGT]B are free", answer.stderr), answer.stderr
    assert not list(tmp_path.iterdir())


def test_a_plan_of_a_million_points_looks_at_some(tmp_path):
    path = tmp_path / "study.toml"
    factors = "".join(f'[[factors]]\npath = "parameters.{name}"\nrange = [0.1, 0.6]\nlevels = 100\n' for name in ("tie_prob", "trace_rate", "rivalry"))
    path.write_text(STUDY[:STUDY.index("[[factors]]")] + factors)
    plan = json.loads(coalis("plan", path, "--json", memory=resource.RLIM_INFINITY).stdout)
    assert (plan["points"], plan["points_looked_at"], plan["runs"], plan["missing"]) == (1_000_000, 1000, 2_000_000, 2_000_000)
    assert plan["seconds"] > 0 and plan["memory"] > 1e9 and plan["disk"] == pytest.approx(4_000_000 * 304)  # of so many points, whose batches have a run of each
    text = coalis("plan", path, memory=resource.RLIM_INFINITY).stdout
    assert "1000 of the points were looked at" in " ".join(text.split())
