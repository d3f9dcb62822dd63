"""coalis-mpi: what the ranks of a job of MPI do has the bytes of one process, however many ranks there are and whichever of them die."""
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import time

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from raw_bytes import raw  # noqa: E402
from study_files import ALONE, ILLINOIS, POINTS, PROGRAM, coalis, kept, merged, study  # noqa: E402

# What starts a job of each; also as root, and more ranks than processors.
LAUNCHERS = {
    "openmpi": ["mpirun.openmpi", "--allow-run-as-root", "--oversubscribe", "--mca", "btl", "self,vader,tcp", "--mca", "btl_vader_single_copy_mechanism", "none"],
    "mpich": ["mpiexec.mpich"],
}
# Before the number of ranks, and before the program: MPICH ends a job whose process a signal ended, and not one whose shell says that all is
# well. Its launcher's own status may be 1 all the same, if it hears of the lost rank before that shell has ended: what rank 0 ended with counts.
ENDED = 'trap "" USR1; "$0" "$@"; status=$?; echo "rank $PMI_RANK ended with $status" >&2; [ $status = 0 ] || [ $PMI_RANK != 0 ]'
GO_ON = {"openmpi": (["--enable-recovery"], []), "mpich": (["-disable-auto-cleanup"], ["sh", "-c", ENDED])}
HERE = {mpi: pathlib.Path(PROGRAM).parent / f"coalis-mpi.{mpi}" for mpi in LAUNCHERS}
# The long form: COALIS_KILLS=20.
KILLS = int(os.environ.get("COALIS_KILLS", "6"))


@pytest.fixture(params=LAUNCHERS)
def mpi(request):
    if not HERE[request.param].exists() or not shutil.which(LAUNCHERS[request.param][0]):
        pytest.skip(f"there is no {request.param} here, or coalis-mpi was built without it")
    return request.param


def start(mpi, path, ranks, *options, go_on=((), ()), asked=("study", "run"), further=()):
    command = [*LAUNCHERS[mpi], *go_on[0], "-n", ranks, *go_on[1], HERE[mpi], *options, *asked, path.name, *further]
    # A session of its own: what is left of a job is found by it.
    return subprocess.Popen([*map(str, command)], cwd=path.parent, env=ALONE, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                            text=True, start_new_session=True)


def finish(job, path, seconds=120):
    """What it said, once no rank is left."""
    deadline = time.monotonic() + seconds
    try:
        said = job.communicate(timeout=seconds)[0]
        while ranks_at(path):
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(job.args, seconds)
            time.sleep(0.02)
        return said
    except subprocess.TimeoutExpired:
        os.killpg(job.pid, signal.SIGKILL)
        for rank in ranks_at(path):
            os.kill(rank, signal.SIGKILL)
        pytest.fail(f"the job does not end: {job.communicate()[0]}")


def ranks_at(path):
    """Processes of coalis-mpi at work in the folder of a study; a job of MPI gives its ranks parents and sessions of its own."""
    found = []
    for entry in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "comm").read_text().startswith("coalis-mpi") and os.readlink(entry / "cwd") == str(path.parent):
                found.append(int(entry.name))
        except OSError:
            continue
    return sorted(found)


def bytes_merged(path):
    path.with_suffix(".h5").unlink(missing_ok=True)
    coalis(path, "merge", path.name, "--quiet")
    return raw(path.with_suffix(".h5"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """By replicates: the bytes of one process."""
    made = {}

    def of(replicates):
        if replicates not in made:
            made[replicates] = raw(merged(study(tmp_path_factory.mktemp("whole"), replicates)))
        return made[replicates]

    return of


@pytest.mark.parametrize("ranks", [1, 2, 4, 8])
def test_any_number_of_ranks(whole, tmp_path, mpi, ranks):
    path = study(tmp_path, 500)
    job = start(mpi, path, ranks, "--lease", "0.05")
    said = finish(job, path)
    assert job.returncode == 0, said
    assert "test: 6 points x 500 replicates in s.h5" in said and said.count("6 points x") == 1  # rank 0 alone answers
    assert kept(path) == POINTS * 500 and bytes_merged(path) == whole(500)


def test_killed_ranks_and_the_same_command_again(whole, tmp_path, mpi):
    replicates, moments = 800 * KILLS, random.Random(mpi)
    path = study(tmp_path, replicates)
    killed = 0
    for _ in range(KILLS):
        job = start(mpi, path, 4, "--lease", "0.05")
        deadline = time.monotonic() + 20
        while len(ranks_at(path)) < 4 and job.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(moments.uniform(0, 0.4))
        before = kept(path)
        if ranks := ranks_at(path):
            os.kill(moments.choice(ranks), signal.SIGKILL)
            killed += 1
        finish(job, path)
        assert kept(path) >= before
    job = start(mpi, path, 4)
    said = finish(job, path)
    assert job.returncode == 0, said
    assert killed >= KILLS // 2 and "missing" not in said and "damaged" not in said
    assert kept(path) == POINTS * replicates and bytes_merged(path) == whole(replicates)  # none lost, none twice


def test_with_recovery_the_job_goes_on_without_a_killed_rank(whole, tmp_path, mpi):
    replicates = 3000
    path = study(tmp_path, replicates)
    job = start(mpi, path, 4, "--lease", "0.2", "--patience", "4", go_on=GO_ON[mpi])
    deadline = time.monotonic() + 60
    while kept(path) == 0 and job.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    others = [rank for rank in ranks_at(path) if rank_number(rank) > 0]
    assert len(others) == 3, "it was over before a rank could be killed"
    os.kill(others[-1], signal.SIGKILL)
    said = finish(job, path)
    assert job.returncode == 0 or "rank 0 ended with 0\n" in said, said
    assert "has said nothing for 4 seconds: what it had goes to others" in said, said
    assert f"test: 6 points x {replicates} replicates in s.h5" in said, said
    assert path.with_suffix(".h5").exists() and kept(path) >= POINTS * replicates
    assert bytes_merged(path) == whole(replicates)


SENSITIVITY = f"""format = "sensitivity"
version = 1
name = "test"
question = "Is anything lost?"
scenarios = ["{ILLINOIS}", "{ILLINOIS.parent}/illinois-full-time-leader.toml"]
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
path = "structure.influence"
switch = true
"""
SENSITIVITY_RUNS = 2 * 4 * (20 * 3 + 128 * 4)
CALIBRATION = f"""format = "calibration"
version = 1
name = "small"
scenario = "{ILLINOIS}"
engagement = "trait"
[sampler]
draws = 200
prior_runs = 9000
least_acceptance = 0.02
most_generations = 4
[[parameters]]
path = ["kinds.meeting.base", "kinds.outreach.base"]
normal = [0, 1.5]
source = "assumption"
[[parameters]]
path = "series.meetings.per_year"
uniform = [1, 5]
source = "assumption"
[[nuisance_parameters]]
path = "parameters.tie_prob"
beta = [2, 8]
source = "assumption"
"""
# Text of the file, what is asked beside it, the files that it leaves.
FURTHER = {
    "sensitivity": (SENSITIVITY, ("--quiet", "--json", "-o", "answer.json"), ("answer.json",)),
    "calibrate": (CALIBRATION, ("--quiet", "--json"), ("s.posterior.csv", "s.posterior.state.json")),
}


def asked_in(folder, question):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "s.toml").write_text(FURTHER[question][0])
    return folder / "s.toml"


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """By question: what one process prints and leaves."""
    made = {}

    def of(question):
        if question not in made:
            path = asked_in(tmp_path_factory.mktemp(question), question)
            said = subprocess.run([PROGRAM, question, path.name, *FURTHER[question][1]], cwd=path.parent, env=ALONE, capture_output=True, text=True, check=True)
            made[question] = said.stdout, [(path.parent / name).read_bytes() for name in FURTHER[question][2]]
        return made[question]

    return of


def left_by(path, question):
    return [(path.parent / name).read_bytes() for name in FURTHER[question][2]]


@pytest.mark.parametrize("ranks", [1, 2, 4])
@pytest.mark.parametrize("question", FURTHER)
def test_other_questions_by_any_number_of_ranks(alone, tmp_path, mpi, question, ranks):
    path = asked_in(tmp_path, question)
    job = start(mpi, path, ranks, "--lease", "0.05", asked=(question,), further=FURTHER[question][1])
    said = finish(job, path)
    assert job.returncode == 0, said
    assert (said, left_by(path, question)) == alone(question)
    assert question != "sensitivity" or kept(path) == SENSITIVITY_RUNS


@pytest.mark.parametrize("question", FURTHER)
def test_other_questions_after_a_killed_rank(alone, tmp_path, mpi, question):
    """Killed, and the same command again; killed, and the job goes on."""
    path = asked_in(tmp_path / "again", question)
    job = start(mpi, path, 4, "--lease", "0.05", asked=(question,), further=FURTHER[question][1])
    kill_one(job, path, question)
    finish(job, path)
    left_by_lost = [path.parent / name for name in FURTHER[question][2] if name == "answer.json"]
    for file in left_by_lost:
        file.unlink(missing_ok=True)  # it was over before
    if not (question == "calibrate" and (path.parent / "s.posterior.csv").exists()):
        job = start(mpi, path, 4, asked=(question,), further=FURTHER[question][1])
        said = finish(job, path)
        assert job.returncode == 0, said
    assert left_by(path, question) == alone(question)[1]

    path = asked_in(tmp_path / "on", question)
    job = start(mpi, path, 4, "--lease", "0.05", "--patience", "4", go_on=GO_ON[mpi], asked=(question,), further=FURTHER[question][1])
    kill_one(job, path, question)
    said = finish(job, path)
    assert job.returncode == 0 or "rank 0 ended with 0\n" in said, said
    assert left_by(path, question) == alone(question)[1]


def kill_one(job, path, question):
    """Any rank but 0, once they are at work: a rank that is lost while MPI begins is waited for by Open MPI itself."""
    def at_work():
        return len(ranks_at(path)) == 4 and (question == "calibrate" or kept(path) > 0)

    deadline = time.monotonic() + 60
    while not at_work() and job.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(2 if question == "calibrate" else 0.1)  # a calibration shows nothing until its state is kept
    if others := [rank for rank in ranks_at(path) if rank_number(rank) > 0]:
        os.kill(others[-1], signal.SIGKILL)


def rank_number(process):
    environment = pathlib.Path(f"/proc/{process}/environ").read_bytes()
    found = re.search(rb"(?:OMPI_COMM_WORLD_RANK|PMI_RANK)=(\d+)", environment)
    return int(found[1])


def test_what_is_wrong_is_said_once(tmp_path, mpi):
    path = study(tmp_path, 500)
    path.write_text(path.read_text().replace("replicates", "replicate"))
    job = start(mpi, path, 3)
    said = finish(job, path)
    assert job.returncode == 2 and said.count("s.toml:6") == 1, said
    path = study(tmp_path, 500)
    for words, problem in ((["study", "merge", "s.toml"], "ranks share 'study run', 'sensitivity' and 'calibrate' alone"), (["--lease", "x", "study", "run", "s.toml"], "takes seconds"),
                           (["study", "run", "s.toml", "--part", "1/2"], "ranks share all of the study")):
        answer = subprocess.run([*LAUNCHERS[mpi], "-n", "2", HERE[mpi], *words], cwd=path.parent, env=ALONE, capture_output=True, text=True, timeout=60)
        assert answer.returncode == 2 and answer.stderr.count(problem) == 1, answer


def test_messages_are_counted(mpi):
    answer = subprocess.run([*LAUNCHERS[mpi], "-n", "2", HERE[mpi], "messages", "0.5"], env=ALONE, capture_output=True, text=True, timeout=60)
    rate = int(re.match(r"(\d+) leases a second, by 1 ranks that ask", answer.stdout)[1])
    assert rate > 0  # docs/scale.md says what was measured


def test_the_ordinary_program_knows_no_mpi():
    libraries = subprocess.run(["ldd", PROGRAM], capture_output=True, text=True, check=True).stdout
    assert "libc.so" in libraries and "libmpi" not in libraries
