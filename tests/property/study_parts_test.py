"""A study divided among processes and machines gives the bytes of one process: whatever the parts, whoever dies, with locks or without."""

import errno
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import study_files  # noqa: E402
from raw_bytes import raw  # noqa: E402
from study_files import ALONE, POINTS, PROGRAM, kept, shards  # noqa: E402

RUNS = POINTS * 37


def study(folder):
    return study_files.study(folder, 37, batch=4)


def coalis(path, verb, *more, program=(PROGRAM,), **variables):
    return subprocess.run([*program, "study", verb, path.name, *map(str, more)], cwd=path.parent, env=ALONE | variables, capture_output=True,
                          text=True, timeout=300)


def part(path, which, *more, **variables):
    answer = coalis(path, "run", "--threads", "1", "--quiet", "--part", which, *more, **variables)
    assert answer.returncode == 0, answer.stderr
    return answer


def start_part(path, which, *more):
    return subprocess.Popen([PROGRAM, "study", "run", path.name, "--threads", "1", "--quiet", "--part", which, *more], cwd=path.parent,
                            stderr=subprocess.PIPE, text=True)


def merged(path, *more):
    answer = coalis(path, "merge", "--quiet", *more)
    assert answer.returncode == 0, answer.stderr
    return path.with_suffix(".h5")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Merged from the runs of one process; the command in it has the same length everywhere."""
    path = study(tmp_path_factory.mktemp("whole"))
    assert coalis(path, "run", "--quiet").returncode == 0
    by_run = path.with_suffix(".h5")
    by_run.unlink()
    assert merged(path) == by_run and kept(path) == RUNS
    return by_run


@pytest.mark.parametrize("locks", [[], ["--no-locks"]])
def test_eight_parts_at_once(whole, tmp_path, locks):
    path = study(tmp_path)
    at_work = [start_part(path, f"{k}/8", *locks) for k in range(1, 9)]
    assert [process.wait() for process in at_work] == [0] * 8
    assert raw(merged(path, *locks)) == raw(whole)
    assert kept(path) == RUNS  # none twice
    folder = path.with_suffix(".runs")
    assert len(list(folder.glob("manifests/*.jsonl"))) == len(shards(path)) == 8  # a process has its own
    status = json.loads(coalis(path, "status", "--json").stdout)
    assert status["done"] == RUNS and not list(folder.glob(".*"))


def test_parts_of_other_numbers_twice_and_an_ordinary_run(whole, tmp_path):
    path = study(tmp_path)
    part(path, "2/3"), part(path, "2/3"), part(path, "5/7"), part(path, "500/1000"), part(path, "3/3", "--no-locks")
    missing = coalis(path, "merge")
    assert missing.returncode == 1 and f"of {RUNS} runs are kept; go on with: coalis study run" in missing.stderr
    assert not path.with_suffix(".h5").exists()
    assert kept(path) < RUNS
    assert coalis(path, "run", "--quiet").returncode == 0
    assert kept(path) == RUNS
    path.with_suffix(".h5").unlink()
    assert raw(merged(path)) == raw(whole)


def test_a_part_has_its_runs_and_whole_replicates(tmp_path):
    path = study(tmp_path)
    sizes = []
    for k in range(1, 6):
        before = kept(path)
        answer = coalis(path, "run", "--part", f"{k}/5")
        sizes.append(kept(path) - before)
        assert f"part {k} of 5: {sizes[-1]} of {sizes[-1]} runs are kept; when all parts are done: coalis study merge" in answer.stdout
    assert sum(sizes) == RUNS and all(size % 6 == 0 for size in sizes) and max(sizes) - min(sizes) <= 6


def test_more_parts_than_replicates_have_every_run_once(whole, tmp_path):
    path = study(tmp_path)
    for k in range(1, 101):
        part(path, f"{k}/100")
    assert kept(path) == RUNS and raw(merged(path)) == raw(whole)


def test_without_locks_and_parts_repeats_are_few(whole, tmp_path):
    path = study(tmp_path)
    at_work = [subprocess.Popen([PROGRAM, "study", "run", path.name, "--threads", "1", "--quiet", "--no-locks"], cwd=path.parent,
                                stdout=subprocess.DEVNULL) for _ in range(8)]
    assert [process.wait() for process in at_work] == [0] * 8
    path.with_suffix(".h5").unlink()
    assert raw(merged(path)) == raw(whole)
    assert kept(path) <= 3 * RUNS


def test_a_file_system_without_locks_is_noticed(whole, tmp_path):
    path = study(tmp_path)
    refusing = {"LD_PRELOAD": os.environ["COALIS_FAILING_CALL"], "FAILING_CALL": f"lock:1+:{errno.ENOLCK}"}
    for k in range(1, 4):
        answer = coalis(path, "run", "--threads", "1", "--part", f"{k}/3", **refusing)
        assert answer.returncode == 0
        assert "its file system has no locks; several processes may do the same runs, and each counts once" in answer.stderr
    answer = coalis(path, "merge", "--quiet", **refusing)
    assert answer.returncode == 0, answer.stderr
    assert kept(path) == RUNS and raw(path.with_suffix(".h5")) == raw(whole)


def test_a_part_that_is_killed_is_begun_again(whole, tmp_path):
    path = study(tmp_path)
    for locks in ([], ["--no-locks"]):
        killed = start_part(path, "1/2", *locks)
        before = kept(path)
        deadline = time.monotonic() + 60
        while kept(path) == before and time.monotonic() < deadline and killed.poll() is None:
            time.sleep(0.005)
        killed.kill()
        killed.wait()
    part(path, "1/2"), part(path, "2/2")
    assert kept(path) == RUNS and raw(merged(path)) == raw(whole)


def test_copies_of_several_machines_are_merged(whole, tmp_path):
    here, there, elsewhere = (study(tmp_path / name) for name in ("here", "there", "elsewhere"))
    part(here, "1/3"), part(there, "2/3"), part(there, "1/3"), part(elsewhere, "3/3", "--no-locks")
    damaged = shards(elsewhere)[0]
    good = damaged.read_bytes()
    damaged.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
    answer = coalis(here, "merge", there.with_suffix(".runs"), elsewhere)
    assert answer.returncode == 1 and "is damaged (its checksum is" in answer.stderr and "runs are kept; go on with" in answer.stderr
    damaged.write_bytes(good)
    before = {p.name: p.read_bytes() for p in shards(elsewhere)}
    assert raw(merged(here, there.with_suffix(".runs"), elsewhere)) == raw(whole)
    assert kept(here) == RUNS and {p.name: p.read_bytes() for p in shards(elsewhere)} == before
    again = coalis(here, "merge", elsewhere)
    assert again.returncode == 0 and "0 shards with 0 new runs taken" in again.stderr
    shutil.copytree(here.parent, tmp_path / "copy")
    assert coalis(tmp_path / "copy" / "s.toml", "merge", "--quiet").returncode == 0


def test_what_is_no_copy_is_refused(tmp_path):
    path, other = study(tmp_path / "a"), study(tmp_path / "b")
    part(path, "1/4")
    other.write_text(other.read_text().replace('name = "test"', 'name = "another"'))
    part(other, "1/4")
    twin = study(tmp_path / "c")
    twin.write_text(twin.read_text().replace("seed = 7", "seed = 8"))
    part(twin, "1/4")
    answer = coalis(path, "merge", twin)
    assert answer.returncode == 1 and "none of these runs is one that s.toml asks for as it is now" in answer.stderr, answer.stderr
    part(path, "2/4")
    assert "none of these runs" not in coalis(path, "merge", shutil.copytree(path.parent, tmp_path / "d") / "s.toml").stderr
    for copy, problem in ((other, "keeps runs of 'another', not of 'test'"), (tmp_path, "keeps no runs of a study"), (path, "is the study's own folder")):
        answer = coalis(path, "merge", copy)
        assert answer.returncode == 3 and problem in answer.stderr, answer.stderr


@pytest.mark.parametrize("variables,parts", [
    ({"SLURM_ARRAY_TASK_ID": "{}", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_MAX": "3", "SLURM_ARRAY_TASK_COUNT": "3"}, (1, 2, 3)),
    ({"SLURM_ARRAY_TASK_ID": "{}", "SLURM_ARRAY_TASK_MIN": "0", "SLURM_ARRAY_TASK_MAX": "8", "SLURM_ARRAY_TASK_STEP": "4"}, (0, 4, 8)),
    ({"SGE_TASK_ID": "{}", "SGE_TASK_FIRST": "1", "SGE_TASK_LAST": "3", "SGE_TASK_STEPSIZE": "1"}, (1, 2, 3)),
    ({"LSB_JOBINDEX": "{}", "LSB_JOBINDEX_END": "3", "LSB_JOBINDEX_STEP": "1"}, (1, 2, 3)),
    ({"OMPI_COMM_WORLD_RANK": "{}", "OMPI_COMM_WORLD_SIZE": "3", "SGE_TASK_ID": "undefined"}, (0, 1, 2)),
    ({"PMI_RANK": "{}", "PMI_SIZE": "3"}, (0, 1, 2)),
    ({"SLURM_PROCID": "{}", "SLURM_STEP_NUM_TASKS": "3"}, (0, 1, 2)),
])
def test_auto_reads_the_queue(tmp_path, variables, parts):
    path = study(tmp_path)
    for k, number in enumerate(parts, 1):
        said = coalis(path, "run", "--part", "auto", **{name: value.format(number) for name, value in variables.items()})
        assert said.stdout.startswith(f"part {k} of 3: "), said
    assert kept(path) == RUNS


def test_auto_of_arrays_of_ranks_and_of_lists(tmp_path):
    path = study(tmp_path)
    array = {"SLURM_ARRAY_TASK_ID": "2", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_MAX": "3"}
    said = coalis(path, "run", "--part", "auto", PMI_RANK="3", PMI_SIZE="4", **array)
    assert said.stdout.startswith("part 8 of 12: ")
    assert coalis(path, "run", "--part", "auto/7", PBS_ARRAY_INDEX="3").stdout.startswith("part 3 of 7: ")
    for variables, what, words in (
            ({}, "auto", "no array and no rank is named"), ({"PBS_ARRAY_INDEX": "3"}, "auto", "give --part auto/8"),
            (array | {"SLURM_ARRAY_TASK_COUNT": "2"}, "auto", "not evenly spaced"),
            (dict.fromkeys(array, "3") | {"SLURM_ARRAY_TASK_COUNT": "1"}, "auto", "give --part auto/8"), ({"PBS_ARRAY_INDEX": "9"}, "auto/7", "makes it part 9 of 7"),
            ({}, "4/3", "takes a whole number from 1 to 3"), ({}, "0/3", "from 1 to 3"), ({}, "3", "is no part"), ({}, "1/0", "from 1 to"),
            ({"PBS_ARRAY_INDEX": "0"}, "auto/7", "numbered from 0")):
        refused = coalis(path, "run", "--part", what, **variables)
        assert refused.returncode == 2 and words in refused.stderr, refused.stderr


def script(path, queue, *more):
    answer = coalis(path, "script", f"--{queue}", *more)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


@pytest.fixture
def on_path(tmp_path):
    """A folder of programs with this one in it, to go before PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "coalis").symlink_to(PROGRAM)
    return folder


def run_script(path, text, folder, **variables):
    (path.parent / "job").write_text(text)
    return subprocess.run(["sh", "job"], cwd=path.parent, env=ALONE | {"PATH": f"{folder}:{os.environ['PATH']}"} | variables, capture_output=True,
                          text=True, timeout=300)


def test_a_part_writes_no_result_and_counts_its_own_runs(tmp_path):
    path = study(tmp_path)
    refused = coalis(path, "run", "--part", "1/2", "-o", "foo.h5")
    assert refused.returncode == 2 and "-o foo.h5: a part writes no result; leave it out, and give it to coalis study merge" in refused.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ["s.toml"]
    part(path, "1/3", "--json-log", "log.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    own = kept(path)
    assert 0 < own < RUNS and lines[0]["runs"] == lines[0]["missing"] == own
    assert {line["of"] for line in lines[1:]} == {own} and lines[-1]["done"] == own


@pytest.mark.parametrize("stand_in", [False, True])
def test_the_script_for_parallel_takes_any_name(whole, tmp_path, on_path, stand_in):
    path = study(tmp_path / "a folder").rename(tmp_path / "a folder" / "it's {} {#} $(x).toml")
    if stand_in:  # of GNU parallel: {} and {#} are the number of a part wherever they stand
        (on_path / "parallel").write_text('#!/bin/sh\n[ "$1" = --version ] && echo "GNU parallel 1" && exit\nshift 2\n'
                                          "while read -r i; do sh -c \"$(echo \"$1\" | sed \"s/{#*}/$i/g\")\"; done\n")
        (on_path / "parallel").chmod(0o755)
    answer = run_script(path, script(path, "parallel", "--parts", "5", "--at-once", "3"), on_path)
    assert answer.returncode == 0, answer.stderr
    assert kept(path) == RUNS and path.with_suffix(".h5").exists()
    assert "$(DOLLAR)(x)" in script(path, "htcondor")  # no macro of HTCondor
    path.with_suffix(".runs").rename(path.with_name("s.runs"))
    assert raw(merged(path.rename(path.with_name("s.toml")))) == raw(whole)  # under the same name: the command is in the file


def test_the_script_for_parallel_runs_as_printed(whole, tmp_path, on_path):
    path = study(tmp_path / "a folder")
    answer = run_script(path, script(path, "parallel", "--parts", "5", "--at-once", "3"), on_path)
    assert answer.returncode == 0, answer.stderr
    assert kept(path) == RUNS and raw(path.with_suffix(".h5")) == raw(whole)
    # GNU parallel is called as its manual says: what a stand-in of it is given.
    (on_path / "parallel").write_text('#!/bin/sh\n[ "$1" = --version ] && echo "GNU parallel 1" && exit\necho "$@" >asked\nshift 2\nexec xargs -I {} sh -c "$1"\n')
    (on_path / "parallel").chmod(0o755)
    other = study(tmp_path / "other")
    answer = run_script(other, script(other, "parallel", "--parts", "5", "--at-once", "3"), on_path)
    assert answer.returncode == 0, answer.stderr
    assert raw(other.with_suffix(".h5")) == raw(whole) and (other.parent / "asked").read_text().startswith("--jobs 3 eval")


def tasks_of(text):
    """What sbatch reads: the tasks of the array of the lines before the first command, and how many at once."""
    lines = text.splitlines()
    assert lines[0] == "#!/bin/sh"
    options = {}
    for line in lines:
        if line and not line.startswith("#"):
            break
        if line.startswith("#SBATCH "):
            name, _, value = line.removeprefix("#SBATCH --").partition("=")
            options[name] = value
    first, last, most = re.fullmatch(r"(\d+)-(\d+)%(\d+)", options["array"]).groups()
    return range(int(first), int(last) + 1), int(most), options


def test_the_script_for_slurm_runs_as_printed(whole, tmp_path, on_path):
    path = study(tmp_path)
    text = script(path, "slurm", "--parts", "4", "--at-once", "2", "--time", "0:02:00", "--threads", "1")
    tasks, most, options = tasks_of(text)
    assert (list(tasks), most, options["time"], options["signal"], options["cpus-per-task"]) == ([1, 2, 3, 4], 2, "0:02:00", "B:TERM@30", "1")
    assert "requeue" in options and options["open-mode"] == "append"
    (path.parent / "job").write_text(text)

    def task(number):
        return subprocess.Popen(["sh", "job"], cwd=path.parent, env=ALONE | {"PATH": f"{on_path}:{os.environ['PATH']}", "SLURM_ARRAY_TASK_ID": str(number)})

    killed = task(1)
    deadline = time.monotonic() + 60
    while kept(path) == 0 and time.monotonic() < deadline and killed.poll() is None:
        time.sleep(0.005)
    killed.kill()  # exec: the shell is the program
    assert killed.wait() == -9
    early = run_script(path, text, on_path)
    assert early.returncode == 1 and "nothing is merged yet" in early.stderr
    asked = task(2)
    time.sleep(0.1)
    asked.terminate()
    assert asked.wait() in (0, 143, -15)
    for number in tasks:
        assert task(number).wait() == 0
    assert run_script(path, text, on_path).returncode == 0
    assert kept(path) == RUNS and raw(path.with_suffix(".h5")) == raw(whole)


def test_scripts_for_htcondor_and_snakemake_ask_for_every_part(whole, tmp_path, on_path):
    path = study(tmp_path / "it's {one}")
    condor = script(path, "htcondor", "--parts", "3")
    assert re.search(r"^queue 3$", condor, re.M) and re.search(r"^max_materialize = 8$", condor, re.M)
    arguments = re.search(r'^arguments = "(.*)"$', condor, re.M)[1]
    part_is = re.search(r"^part = (.*)$", condor, re.M)[1]
    for process in range(3):
        number = eval(part_is.replace("$(Process)", str(process)), {})
        words = [word.strip("'") for word in arguments.replace("$INT(part)", str(number)).split(" ")]
        assert words[0] == "coalis" and part_of(words) == f"{process + 1}/3"
        assert subprocess.run([PROGRAM, *words[1:]], cwd=path.parent, env=ALONE).returncode == 0
    assert kept(path) == RUNS
    other = study(tmp_path / "other")
    rules = script(other, "snakemake", "--parts", "3", "--time", "0:30:00")
    shells = [eval(text, {}) for text in re.findall(r"^    shell: (.*)$", rules, re.M)]  # as Snakemake does: Python
    assert len(shells) == 2 and "runtime=30" in rules
    for k in range(1, 4):
        assert subprocess.run(["sh", "-c", shells[1].replace("{wildcards.part}", str(k))], cwd=other.parent,
                              env=ALONE | {"PATH": f"{on_path}:{os.environ['PATH']}"}).returncode == 0
    assert subprocess.run(["sh", "-c", shells[0]], cwd=other.parent, env=ALONE | {"PATH": f"{on_path}:{os.environ['PATH']}"}).returncode == 0
    assert raw(other.with_suffix(".h5")) == raw(whole)


def part_of(words):
    return words[words.index("--part") + 1]


def test_a_plan_for_processes(tmp_path):
    path = study(tmp_path)
    answer = subprocess.run([PROGRAM, "plan", path, "--processes", "4", "--threads", "1", "--json"], capture_output=True, text=True, env=ALONE)
    plan = json.loads(answer.stdout)
    assert (plan["processes"], plan["missing"]) == (4, RUNS)
    assert plan["files"] == 4  # one a process, up to 16 MB
    assert plan["core_hours"] == pytest.approx(plan["seconds"] * 4 / 3600)
    text = subprocess.run([PROGRAM, "plan", path, "--processes", "4", "--threads", "1"], capture_output=True, text=True, env=ALONE).stdout
    words = " ".join(text.split())
    assert "in each of 4 processes at once" in words and "core-hours, in 4 files; memory is that of one" in words


def test_a_plan_that_does_not_fit_is_refused_unless_told(tmp_path):
    path = study(tmp_path)
    path.write_text(path.read_text().replace("replicates = 37", 'replicates = 16000000\nrecord = "all"'))  # 3 TB

    def plan(*more):
        return subprocess.run([PROGRAM, "plan", path.name, "--processes", "64", *more], cwd=tmp_path, capture_output=True, text=True, env=ALONE)

    refused, told = plan(), plan("--anyway")
    assert refused.returncode == 3 and refused.stderr.startswith("s.toml: "), refused.stderr
    assert told.returncode == 0 and re.sub(r"\d+ runs", "", told.stderr) == re.sub(r"\d+ runs", "", refused.stderr) and " TB of " in told.stdout


def test_a_script_is_asked_for_one_queue(tmp_path):
    path = study(tmp_path)
    assert coalis(path, "script").returncode == 2
    assert coalis(path, "script", "--slurm", "--parallel").returncode == 2
    for time_ in ("90", "0:00:30", "1:70:00", "-1:00:00"):
        assert coalis(path, "script", "--slurm", "--time", time_).returncode == 2
    assert "--no-locks" in script(path, "slurm", "--no-locks")
