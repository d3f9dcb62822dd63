"""coalis-mpi: a study by the ranks of a job of MPI has the bytes of one process, however many ranks there are and whichever of them die."""
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
from study_files import ALONE, POINTS, PROGRAM, coalis, kept, merged, study  # noqa: E402

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


def start(mpi, path, ranks, *options, go_on=((), ())):
    command = [*LAUNCHERS[mpi], *go_on[0], "-n", ranks, *go_on[1], HERE[mpi], *options, "study", "run", path.name]
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
    for words, problem in ((["study", "merge", "s.toml"], "ranks share 'study run' alone"), (["--lease", "x", "study", "run", "s.toml"], "takes seconds"),
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
