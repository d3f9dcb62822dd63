"""A study is never lost: whatever ends it, rerunning the same command gives the bytes of an uninterrupted run."""

import csv
import json
import os
import pathlib
import random
import resource
import shutil
import signal
import subprocess
import sys
import time

import h5py
import numpy as np
import pytest
import xarray

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from raw_bytes import raw  # noqa: E402
from study_files import kept, shards  # noqa: E402

PROGRAM = os.environ["COALIS_PROGRAM"]
SOURCE = pathlib.Path(__file__).resolve().parents[2]
ILLINOIS = SOURCE / "scenarios" / "illinois.toml"

STUDY = """format = "study"
version = 1
name = "test"
question = "Is anything lost?"
scenarios = ["{scenario}"]
replicates = {replicates}
seed = 7
outcomes = ["engaged", "goal_attainment"]
record = "{record}"
batch = {batch}
[design]
kind = "full_factorial"
[[factors]]
path = "hubs.Chicago.fte"
values = [0.2, 1.0]
[[factors]]
path = "levers.information"
range = [0, 1]
levels = 3
"""


def study(folder, name="s", text=STUDY, replicates=40, record="trajectories", batch=16):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.toml"
    path.write_text(text.format(scenario=ILLINOIS, replicates=replicates, record=record, batch=batch))
    return path


def coalis(*arguments, **options):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=300, **options)


# In the study's folder, so that the command in /provenance has the same length everywhere.
def run(path, *more, **options):
    return coalis("study", "run", path.name, "--threads", "2", "--quiet", *more, cwd=path.parent, **options)


def start(path, *more):
    return subprocess.Popen([PROGRAM, "study", "run", path.name, "--threads", "2", "--quiet", *more], cwd=path.parent,
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The merged result of an uninterrupted run; the name of the study is that of the interrupted ones."""
    path = study(tmp_path_factory.mktemp("whole"))
    answer = run(path)
    assert answer.returncode == 0, answer.stderr
    return path.with_suffix(".h5")


def same(result, whole):
    assert raw(result) == raw(whole)


def test_result_opens_with_xarray(whole):
    with xarray.open_dataset(whole, group="outcomes", engine="netcdf4") as outcomes:
        assert dict(outcomes.sizes) == {"point": 6, "replicate": 40}
        assert not np.isnan(outcomes.engaged).any()
    with xarray.open_dataset(whole, group="design", engine="netcdf4") as design:
        assert list(design["hubs.Chicago.fte"].values) == [0.2, 0.2, 0.2, 1, 1, 1]
        assert list(design["levers.information"].values) == [0, 0.5, 1] * 2
    with xarray.open_dataset(whole, group="trajectories", engine="netcdf4") as trajectories:
        assert dict(trajectories.sizes) == {"point": 6, "replicate": 40, "month": 43}
    with h5py.File(whole) as file:
        assert file.attrs["format"] == b"coalis-study" or file.attrs["format"] == "coalis-study"
        assert (file["runs/done"][()] == 1).all()


def test_a_run_of_the_study_is_that_of_coalis_run(whole, tmp_path):
    answer = coalis("run", ILLINOIS, "-o", tmp_path / "r.h5", "--replicates", "40", "--seed", "7", "--record", "outcomes", "--quiet",
                    "--set", "hubs.Chicago.fte=1.0", "--set", "levers.information=0.5")
    assert answer.returncode == 0, answer.stderr
    with h5py.File(whole) as a, h5py.File(tmp_path / "r.h5") as b:
        assert (a["runs/hash"][4] == b["replicates/hash"][()]).all()


def test_rerunning_a_complete_study_changes_nothing(tmp_path):
    path = study(tmp_path, replicates=4, record="outcomes")
    assert run(path).returncode == 0
    before = path.with_suffix(".h5").read_bytes()
    made = shards(path)
    assert run(path).returncode == 0
    assert path.with_suffix(".h5").read_bytes() == before
    assert shards(path) == made


def test_kill_9_at_random_moments(whole, tmp_path):
    path = study(tmp_path)
    moments = random.Random(1)
    for _ in range(8):
        process = start(path)
        time.sleep(moments.uniform(0.02, 0.5))
        process.kill()
        process.wait()
    answer = run(path)
    assert answer.returncode == 0, answer.stderr
    same(path.with_suffix(".h5"), whole)
    assert not list(path.with_suffix(".runs").glob(".*.part"))


@pytest.mark.parametrize("number,status", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signals_keep_what_is_done(whole, tmp_path, number, status):
    path = study(tmp_path, replicates=3000)
    process = start(path)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not shards(path):
        time.sleep(0.01)
    process.send_signal(number)
    text = process.communicate(timeout=60)[1]
    assert process.returncode == status, text
    assert "runs are kept; go on with: coalis study run" in text
    kept = int(text.split("Interrupted: ")[1].split(" ")[0])
    state = json.loads(coalis("study", "status", path, "--json").stdout)
    assert state["done"] == kept > 0
    # Replicate-major: points differ by at most one batch.
    counts = [p["outcomes"]["engaged"]["n"] for p in state["points"]]
    assert max(counts) - min(counts) <= 2 * 16 / 6 + 2
    path.write_text(path.read_text().replace("replicates = 3000", "replicates = 40"))
    assert run(path).returncode == 0
    same(path.with_suffix(".h5"), whole)


def test_what_goes_on_after_an_interruption_is_what_was_asked_for(tmp_path):
    path, result = study(tmp_path, replicates=2), tmp_path / "r.h5"
    process = start(path, "--replicates", "3000", "-o", result, "--on-error", "continue")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not shards(path):
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    text = process.communicate(timeout=60)[1]
    assert f"go on with: coalis study run '{path.name}' --replicates 3000 -o '{result}' --on-error continue\n" in text, text


def test_two_processes_share_the_work(whole, tmp_path):
    path = study(tmp_path)
    processes = [start(path), start(path)]
    for process in processes:
        text = process.communicate(timeout=120)[1]
        assert process.returncode == 0, text
    same(path.with_suffix(".h5"), whole)
    assert kept(path) == 240  # nothing was done twice
    assert len(shards(path)) <= 2


def test_a_killed_process_leaves_its_claims_to_the_other(whole, tmp_path):
    path = study(tmp_path)
    first, second = start(path), start(path)
    time.sleep(0.3)
    first.kill()
    first.wait()
    text = second.communicate(timeout=120)[1]
    assert second.returncode == 0, text
    same(path.with_suffix(".h5"), whole)


def largest_shard(path):
    return max(shards(path), key=lambda p: p.stat().st_size)


def test_damaged_shards_are_said_and_run_again(whole, tmp_path):
    path = study(tmp_path)
    assert run(path).returncode == 0
    shard = largest_shard(path)
    size = shard.stat().st_size
    for cut in list(range(0, size, 4096))[:: max(1, size // 4096 // 6)] + [size - 1]:
        shard = largest_shard(path)
        os.truncate(shard, min(cut, shard.stat().st_size - 1))
        path.with_suffix(".h5").unlink()
        answer = run(path)
        assert answer.returncode == 0, answer.stderr
        assert f"shard {shard.name} is damaged" in answer.stderr and "will be run again" in answer.stderr
        same(path.with_suffix(".h5"), whole)
    shard = largest_shard(path)
    data = bytearray(shard.read_bytes())
    data[len(data) // 2] ^= 1
    shard.write_bytes(data)
    assert "checksum" in coalis("study", "status", path).stderr  # which changes nothing
    assert shard.exists()
    path.with_suffix(".h5").unlink()
    answer = run(path)
    assert answer.returncode == 0 and "its checksum is" in answer.stderr
    same(path.with_suffix(".h5"), whole)


def limit_file_size(size):
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    return limit


def test_files_that_cannot_grow(whole, tmp_path):
    path = study(tmp_path)
    answer = run(path, preexec_fn=limit_file_size(50_000))
    assert answer.returncode == 3, answer.stderr
    assert "make room" in answer.stderr and "go on with" in answer.stderr
    assert not path.with_suffix(".h5").exists()
    answer = run(path)
    assert answer.returncode == 0, answer.stderr
    assert "damaged" not in answer.stderr
    same(path.with_suffix(".h5"), whole)


def test_a_result_of_more_replicates_or_of_another_study_is_not_replaced_unasked(tmp_path):
    path = study(tmp_path, replicates=12)
    result = path.with_suffix(".h5")
    assert run(path, "--replicates", "4").returncode == 0
    assert run(path).returncode == 0  # more take the place of fewer
    before = result.read_bytes()
    refused = run(path, "--replicates", "4")
    assert refused.returncode == 3 and f"{result.name}: has 12 replicates of each point, and would be replaced by one of 4; " in refused.stderr
    assert "choose another name with -o, or replace it with --force" in refused.stderr and result.read_bytes() == before
    other = tmp_path / "other.toml"
    other.write_text(path.read_text().replace('name = "', 'name = "another '))
    refused = run(other, "-o", result.name)
    assert refused.returncode == 3 and "is the result of another study, '" in refused.stderr and result.read_bytes() == before
    assert run(path, "--replicates", "4", "-o", tmp_path / "few.h5").returncode == 0
    assert run(path, "--replicates", "4", "--force").returncode == 0 and result.read_bytes() != before
    assert run(path).returncode == 0


def test_result_cut_short(whole, tmp_path):
    path = study(tmp_path)
    assert run(path).returncode == 0
    result = path.with_suffix(".h5")
    size = result.stat().st_size
    for most in [1, 4096, *range(size // 12, size, size // 12), size - 1]:  # bytes that a file may have: as on a full disk, at that place

        def limit(most=most):
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

        result.unlink()
        answer = run(path, preexec_fn=limit, restore_signals=False)
        assert answer.returncode == 3, (most, answer)
        assert "make room" in answer.stderr and "kept" in answer.stderr
        assert not result.exists() and not list(tmp_path.glob(".*.part"))
        assert run(path).returncode == 0
    same(result, whole)


@pytest.fixture
def small_disk(tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], capture_output=True).returncode != 0:
        pytest.skip("no small tmpfs can be mounted here (needs root and the right to mount)")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_full_disk(whole, small_disk, tmp_path):
    path = study(small_disk)
    answer = run(path)  # 1.3 MB of runs and as much of a result do not fit into 2 MB
    assert answer.returncode == 3
    assert "MB are needed" in answer.stderr and "make room" in answer.stderr
    ballast = small_disk / "ballast"
    room = study(small_disk, "s", batch=4)
    text = room.read_text().replace('record = "trajectories"', 'record = "outcomes"')
    room.write_text(text)  # fits by the forecast; then the disk fills up meanwhile
    process = start(room)
    time.sleep(0.05)
    try:
        ballast.write_bytes(b"x" * 4_000_000)
    except OSError:
        pass
    text = process.communicate(timeout=60)[1]
    assert process.returncode in (0, 3)  # 0: it was done before
    if process.returncode == 3:
        assert "make room" in text
    ballast.unlink()
    answer = run(room)
    assert answer.returncode == 0, answer.stderr
    assert "damaged" not in answer.stderr
    with h5py.File(room.with_suffix(".h5")) as a, h5py.File(whole) as b:
        assert (a["runs/hash"][()] == b["runs/hash"][()]).all()


FAILING = STUDY.replace('path = "levers.information"\nrange = [0, 1]\nlevels = 3', 'path = "organisations.nonmembers"\nvalues = [0, 9000000]')


def limit_memory():
    resource.setrlimit(resource.RLIMIT_AS, (500_000_000, 500_000_000))


def test_failing_runs(tmp_path):
    path = study(tmp_path, text=FAILING, replicates=3, record="outcomes", batch=2)
    answer = run(path, preexec_fn=limit_memory)
    assert answer.returncode == 3 and "the memory cannot hold it" in answer.stderr, answer.stderr  # before the first run
    assert not path.with_suffix(".h5").exists()
    log = tmp_path / "log.jsonl"
    answer = run(path, "--on-error", "continue", "--json-log", log, preexec_fn=limit_memory)
    assert answer.returncode == 1, answer.stderr
    assert "6 of 12 runs failed:" in answer.stderr
    assert "organisations.nonmembers = 9000000): the memory cannot hold it" in answer.stderr
    with h5py.File(path.with_suffix(".h5")) as file:
        assert (file["runs/done"][()] == [[1] * 3, [0] * 3, [1] * 3, [0] * 3]).all()
        assert np.isnan(file["outcomes/engaged"][1]).all() and not np.isnan(file["outcomes/engaged"][0]).any()
    events = [json.loads(line) for line in log.read_text().splitlines()]
    assert events[0]["event"] == "begin" and events[-1] == {**events[-1], "event": "end", "status": 1, "done": 6, "failed": 6}
    assert sum(e["event"] == "failed" for e in events) == 6
    state = json.loads(coalis("study", "status", path, "--json").stdout)
    assert (state["done"], state["failed"], state["missing"]) == (6, 6, 0)


def test_extend_runs_only_what_is_new(whole, tmp_path):
    path = study(tmp_path, replicates=10)
    path.write_text(path.read_text().replace("replicates = 10", "replicates = 10  # few"))
    assert run(path).returncode == 0
    answer = coalis("study", "extend", path, "--replicates", "40", "--quiet")
    assert answer.returncode == 0, answer.stderr
    assert "replicates = 40  # few" in path.read_text()
    with h5py.File(path.with_suffix(".h5")) as a, h5py.File(whole) as b:
        assert (a["runs/hash"][()] == b["runs/hash"][()]).all()
    assert kept(path) == 240
    again = coalis("study", "extend", path, "--replicates", "40")  # what has been done is not done again, nor refused
    assert again.returncode == 0 and "replicates = 40  # few" in path.read_text()
    assert coalis("study", "extend", path, "--replicates", "39").returncode == 2
    assert coalis("study", "extend", path, "--points", "40").returncode == 2


def test_export(tmp_path):
    path = study(tmp_path, replicates=3, record="all")
    assert run(path).returncode == 0
    answer = coalis("study", "export", path, "--csv", tmp_path / "tables")
    assert answer.returncode == 0, answer.stderr
    tables = {p.name: list(csv.DictReader(p.open())) for p in (tmp_path / "tables").glob("*.csv")}
    assert len(tables["runs.csv"]) == 18
    assert len(tables["trajectories.csv"]) == 18 * 43
    assert len(tables["trajectories_by_region.csv"]) == 18 * 43 * 6
    assert len(tables["survey.csv"]) == 18
    assert tables["trajectories.csv"][0]["month"] == "2005-06"
    described = {(row["file"], row["column"]) for row in tables["data_dictionary.csv"]}
    for name, rows in tables.items():
        if name == "data_dictionary.csv" or not rows:
            continue
        for column in rows[0]:
            assert (name, column) in described
        assert "point" in rows[0]
        if name != "points.csv":
            assert "seed" in rows[0]
    with h5py.File(path.with_suffix(".h5")) as file:
        for row in tables["runs.csv"]:
            p, r = int(row["point"]), int(row["replicate"])
            assert float(row["engaged"]) == file["outcomes/engaged"][p, r]
            assert int(row["hash"], 16) == file["runs/hash"][p, r]
        months = [r for r in tables["trajectories_by_region.csv"] if r["point"] == "5" and r["replicate"] == "2" and r["region"] == "South"]
        expected = file["trajectories_by_region/enrolled"][5, 2, 5]
        assert [np.float32(m["enrolled"]) if m["enrolled"] else np.nan for m in months] == pytest.approx(list(expected), nan_ok=True)


def test_plan(tmp_path):
    path = study(tmp_path, replicates=50)
    answer = json.loads(coalis("plan", path, "--json").stdout)
    assert (answer["runs"], answer["missing"], answer["points"], answer["fits"]) == (300, 300, 6, True)
    assert answer["seconds"] > 0 and answer["memory"] > 0 and answer["disk"] > 300 * 1247 * 4
    assert not path.with_suffix(".runs").exists()  # nothing has started
    huge = study(tmp_path, "huge", replicates=15_000_000)
    answer = coalis("plan", huge)
    assert answer.returncode == 3 and "the disk cannot hold it" in answer.stderr


def test_two_equal_runs_are_refused(tmp_path):
    path = study(tmp_path, text=STUDY.replace("values = [0.2, 1.0]", "values = [0.2, 0.2000]"))
    answer = coalis("plan", path)
    assert answer.returncode == 2 and "is there twice" in answer.stderr
    path = study(tmp_path, text=STUDY.replace('scenarios = ["{scenario}"]', 'scenarios = ["{scenario}", "{scenario}"]'))
    for command in (["plan"], ["study", "run"]):
        answer = coalis(*command, path)
        assert answer.returncode == 2
        assert "point 0 (" in answer.stderr and "and point 6 (" in answer.stderr and "are the same runs" in answer.stderr


def test_errors_name_their_place(tmp_path):
    text = STUDY.replace("seed = 7", "seeds = 7").replace('"engaged"', '"engagd"').replace("values = [0.2, 1.0]", "values = [0.2, -1.0]")
    path = study(tmp_path, text=text)
    answer = coalis("study", "run", path)
    assert answer.returncode == 2
    assert f"{path}:7:1: error: unknown key 'seeds' in the file; did you mean 'seed'?" in answer.stderr
    assert f"{path}:8:13: error: there is no outcome 'engagd'; did you mean 'engaged'?" in answer.stderr
    path = study(tmp_path, text=STUDY.replace("values = [0.2, 1.0]", "values = [0.2, -1.0]").replace("levers.information", "levers.informatin"))
    answer = coalis("study", "run", path)
    assert f"{path}:15:16: error: 'hubs.Chicago.fte'" in answer.stderr and "out of range" in answer.stderr
    assert f"{path}:17:8: error: 'levers.informatin'" in answer.stderr and "did you mean 'information'?" in answer.stderr
    assert not path.with_suffix(".runs").exists()


DESIGN = STUDY[: STUDY.index("[design]")]


def test_other_designs(tmp_path):
    cases = {
        "one_factor": ('kind = "one_factor"\n[[factors]]\npath = "hubs.Chicago.fte"\nvalues = [0.35, 1.0]\n'
                       '[[factors]]\npath = "structure.decision"\nswitch = true\n', 4),  # 0.35 and benefit_cost are the scenario's own
        "latin": ('kind = "latin_hypercube"\npoints = 5\nseed = 3\n[[factors]]\npath = "levers.information"\nrange = [0, 1]\n', 5),
        "sobol": ('kind = "sobol"\npoints = 4\n[[factors]]\npath = "organisations.nonmembers"\nrange = [0, 30]\nwhole = true\n', 4),
        "table": ('kind = "table"\ntable = "points.csv"\n', 3)}
    (tmp_path / "points.csv").write_text('hubs.Chicago.fte,"series.""Outreach Day"".per_year"\n0.35,\n1,2\n0.5,3\n')
    for name, (design, points) in cases.items():
        path = study(tmp_path, name, text=DESIGN + "[design]\n" + design, replicates=2, record="outcomes")
        answer = run(path)
        assert answer.returncode == 0, answer.stderr
        with xarray.open_dataset(path.with_suffix(".h5"), group="outcomes", engine="netcdf4") as data:
            assert data.sizes["point"] == points
    with xarray.open_dataset(tmp_path / "table.h5", group="design", engine="netcdf4") as data:
        values = data['series."Outreach Day".per_year'].values
        assert np.isnan(values[0]) and list(values[1:]) == [2, 3]


def test_the_shipped_study(tmp_path):
    for name in ("scenarios", ):
        shutil.copytree(SOURCE / name, tmp_path / name, ignore=shutil.ignore_patterns("*.h5", "*.runs"))
    path = tmp_path / "scenarios" / "studies" / "leader-and-meetings.toml"
    path.write_text(path.read_text().replace("replicates = 100", "replicates = 2"))
    answer = run(path)
    assert answer.returncode == 0, answer.stderr
    text = coalis("study", "status", path).stdout
    assert "32 of 32 runs done, 0 failed, 0 missing" in text and "engaged: mean and 80 % range over replicates" in text
