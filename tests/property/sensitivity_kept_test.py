"""A sensitivity study is never lost: whatever ends it, the same command goes on and gives the bytes of an uninterrupted run."""
import json
import os
import pathlib
import random
import resource
import signal
import subprocess
import sys
import time

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from study_files import batches, kept, shards  # noqa: E402

PROGRAM = os.environ["COALIS_PROGRAM"]
SCENARIOS = pathlib.Path(__file__).resolve().parents[2] / "scenarios"

STUDY = f"""format = "sensitivity"
version = 1
name = "test"
question = "Is anything lost?"
scenarios = ["{SCENARIOS}/illinois.toml", "{SCENARIOS}/illinois-full-time-leader.toml"]
outcomes = ["engaged", "goal_attainment"]
replicates = 4
seed = 7
resamples = 100
[morris]
trajectories = 20
[sobol]
points = 128
[[factors]]
path = "parameters.members_per_fte"
range = [40, 400]
[[factors]]
path = "parameters.beta_mission"
range = [1, 5]
[[factors]]
path = "structure.influence"
switch = true
"""
RUNS = 2 * 4 * (20 * 4 + 128 * 5)  # scenarios, replicates; points of trajectories, of Sobol' indices


def study(folder, text=STUDY):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "s.toml").write_text(text)
    return folder / "s.toml"


def command(path, *more, threads=1):
    return [PROGRAM, "sensitivity", path.name, "--threads", str(threads), "--quiet", *map(str, more)]


def run(path, *more, threads=1, **options):
    return subprocess.run(command(path, *more, threads=threads), cwd=path.parent, capture_output=True, text=True, timeout=300, **options)


def start(path, *more):
    return subprocess.Popen(command(path, *more), cwd=path.parent, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)




def wait_for_batches(path, process, number):
    deadline = time.monotonic() + 120
    while process.poll() is None and batches(path) < number and time.monotonic() < deadline:
        time.sleep(0.005)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Answer and result file of a run that nothing interrupted, with another number of threads."""
    path = study(tmp_path_factory.mktemp("whole"))
    answer = run(path, "--json", "-o", "r.json", threads=3)
    assert answer.returncode == 0, answer.stderr
    assert batches(path) > 1
    return answer.stdout, (path.parent / "r.json").read_bytes()


def same(path, whole, *more):
    answer = run(path, "--json", "-o", "r.json", *more)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout == whole[0]
    assert (path.parent / "r.json").read_bytes() == whole[1]
    return answer.stderr


def test_kill_9_at_random_moments(whole, tmp_path):
    path = study(tmp_path)
    moments = random.Random(1)
    for killed in range(5):
        process = start(path, "-o", "r.json")
        wait_for_batches(path, process, batches(path) + killed % 2)
        time.sleep(moments.uniform(0, 0.15))
        process.kill()
        process.wait()
    assert 0 < len(shards(path)) and not (tmp_path / "r.json").exists()
    same(path, whole)
    assert not list(tmp_path.glob("**/.*.part"))
    assert kept(path) <= RUNS, "nothing was kept twice"  # equal runs of several places are done once


@pytest.mark.parametrize("number,status", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signals_keep_what_is_done(whole, tmp_path, number, status):
    path = study(tmp_path)
    process = start(path)
    wait_for_batches(path, process, 1)
    process.send_signal(number)
    text = process.communicate(timeout=60)[1]
    assert process.returncode == status, text
    kept = int(text.split("Interrupted: ")[1].split(" ")[0])
    assert 0 < kept < RUNS and f"of {RUNS} runs are kept in s.runs; the same command goes on" in text
    same(path, whole)


def test_a_second_run_runs_nothing(whole, tmp_path):
    path = study(tmp_path)
    same(path, whole)
    kept = sorted(shards(path))
    same(path, whole, "--force")
    assert sorted(shards(path)) == kept
    # Outcomes and resamples are of the answer, not of the runs.
    other = STUDY.replace('"goal_attainment"', '"never_attended"').replace("resamples = 100", "resamples = 101")
    answer = run(study(tmp_path, other), "--json")
    assert answer.returncode == 0 and sorted(shards(path)) == kept
    assert {t["outcome"] for t in json.loads(answer.stdout)["targets"]} == {"engaged", "never_attended"}
    same(study(tmp_path), whole, "--force", "--restart")
    assert sorted(shards(path)) != kept


@pytest.mark.parametrize("old, new, said", [
    ("replicates = 4", "replicates = 5", "replicates: 4 there, 5 here"),
    ("seed = 7", "seed = 8", "seed: 7 there, 8 here"),
    ("points = 128", "points = 256", "sobol.points: 128 there, 256 here"),
    ("trajectories = 20", "trajectories = 21", "morris.trajectories: 20 there, 21 here"),
    ("[sobol]\npoints = 128\n", "", 'sobol: {"points":128} there, none here'),
    ("range = [1, 5]", "range = [1, 6]", "factors 'parameters.beta_mission'.range: [1.0,5.0] there, [1.0,6.0] here"),
    ("illinois-full-time-leader", "illinois-three-hubs", "scenarios B: "),
])
def test_runs_of_another_design_are_refused_and_stay(tmp_path, old, new, said):
    assert old in STUDY
    path = study(tmp_path)
    process = start(path)
    wait_for_batches(path, process, 1)
    process.kill()
    process.wait()
    kept = sorted(shards(path))
    answer = run(study(tmp_path, STUDY.replace(old, new)))
    assert answer.returncode == 3 and said in answer.stderr, answer.stderr
    assert "give --restart to begin again" in answer.stderr
    assert kept and sorted(shards(path)) == kept


def test_a_changed_scenario_is_refused_by_the_line(tmp_path):
    (tmp_path / "a.toml").write_text((SCENARIOS / "illinois.toml").read_text())
    text = STUDY.replace(f"{SCENARIOS}/illinois.toml", "a.toml").replace("points = 128", "points = 16")
    path = study(tmp_path, text)
    assert run(path).returncode == 0
    (tmp_path / "a.toml").write_text((SCENARIOS / "illinois.toml").read_text() + "\n# of no weight\n")
    assert run(path).returncode == 0, "a comment is no change"
    (tmp_path / "a.toml").write_text('format = "scenario"\nversion = 1\ninclude = "b.toml"\n[parameters]\ntie_prob = 0.25\n')
    (tmp_path / "b.toml").write_text((SCENARIOS / "illinois.toml").read_text())
    answer = run(path)
    assert answer.returncode == 3 and "scenarios A: [parameters] tie_prob = 0.142 there, tie_prob = 0.25 here" in answer.stderr, answer.stderr
    assert run(path, "--restart").returncode == 0


def test_damage_is_said_and_run_again(whole, tmp_path):
    path = study(tmp_path)
    assert run(path).returncode == 0
    shard = sorted(shards(path))[0]
    os.truncate(shard, shard.stat().st_size // 2)
    text = same(path, whole)
    assert f"shard {shard.name} is damaged" in text and "will be run again" in text
    (tmp_path / "s.runs" / "design.json").write_text('{"format": "coalis-sensi')
    answer = run(path)
    assert answer.returncode == 3 and "design.json: is no JSON, or is cut off (line 1, column 25 of 24 bytes)" in answer.stderr
    same(path, whole, "--restart", "--force")


def test_two_processes_share_the_work(whole, tmp_path):
    path = study(tmp_path)
    processes = [start(path), start(path)]
    time.sleep(0.2)
    assert all(process.communicate(timeout=120) and process.returncode == 0 for process in processes)
    same(path, whole)


def test_restart_leaves_another_process_alone(tmp_path):
    path = study(tmp_path)
    process = start(path)
    wait_for_batches(path, process, 1)
    process.send_signal(signal.SIGSTOP)
    answer = run(path, "--restart")
    process.kill()
    process.wait()
    assert answer.returncode == 3 and "another process is at work" in answer.stderr


def file_size_limit(size):
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    return limit


def test_a_full_disk_costs_nothing_that_is_kept(whole, tmp_path):
    path = study(tmp_path)
    answer = run(path, preexec_fn=file_size_limit(20_000))
    assert answer.returncode == 3 and "make room" in answer.stderr and "the same command goes on" in answer.stderr, answer.stderr
    assert not shards(path)
    assert run(path).returncode == 0
    answer = run(path, "-o", "r.json", preexec_fn=file_size_limit(20_000))
    assert answer.returncode == 3 and "make room" in answer.stderr, answer.stderr
    assert not (tmp_path / "r.json").exists() and not list(tmp_path.glob("**/.*.part"))
    same(path, whole)


def test_a_point_that_cannot_fit_is_refused_before_the_first_run(tmp_path):
    text = STUDY.replace('path = "parameters.beta_mission"\nrange = [1, 5]', 'path = "organisations.nonmembers"\nvalues = [0, 9000000]')
    path = study(tmp_path, text)

    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (500_000_000, 500_000_000))
    answer = run(path, preexec_fn=limit)
    assert answer.returncode == 3 and "the memory cannot hold it" in answer.stderr, answer.stderr
    assert not path.with_suffix(".runs").exists()


def test_outcomes_that_are_computed_only_when_asked_for(tmp_path):
    text = STUDY.replace('["engaged", "goal_attainment"]', '["engaged", "network.density"]').replace("points = 128", "points = 16")
    answer = run(study(tmp_path, text), "--json")
    assert answer.returncode == 0, answer.stderr
    density = [t for t in json.loads(answer.stdout)["targets"] if t["outcome"] == "network.density"]
    assert 0 < density[0]["mean"] < 1 and density[0]["left_out"] == 0
