"""The script that `coalis study script --slurm` prints, handed to a cluster of Slurm: an array over one store, of which a node dies."""
import pathlib
import sys
import tempfile
import time

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from raw_bytes import raw  # noqa: E402
from slurm_cluster import Cluster, NotUp  # noqa: E402
from study_files import POINTS, PROGRAM, kept, merged, study  # noqa: E402

REPLICATES = 6000


@pytest.fixture
def cluster():
    with tempfile.TemporaryDirectory(prefix="coalis-slurm-") as folder:  # short: names of sockets are
        try:
            made = Cluster(pathlib.Path(folder))
        except NotUp as why:
            pytest.skip(f"no cluster of Slurm here: {why}")
        yield made
        made.end()
        assert made.of_this() == []


def until(true, seconds, why_not):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, why_not()
        time.sleep(0.05)


def test_an_array_loses_a_node_and_has_the_bytes_of_one_process(cluster, tmp_path):
    whole, path = study(tmp_path / "whole", REPLICATES), study(tmp_path / "array", REPLICATES)
    merged(whole)
    binaries = tmp_path / "bin"
    binaries.mkdir()
    (binaries / "coalis").symlink_to(PROGRAM)
    cluster.environment["PATH"] = f"{binaries}:{cluster.environment['PATH']}"
    script = cluster.ask(PROGRAM, "study", "script", path.name, "--slurm", "--parts", "4", "--at-once", "4", "--time", "0:05:00", cwd=path.parent).stdout
    (path.parent / "study.slurm").write_text(script)
    job = cluster.ask("sbatch", "--parsable", "study.slurm", cwd=path.parent).stdout.strip()
    cluster.ask("sbatch", f"--dependency=afterok:{job}", "--wrap", "sh study.slurm", cwd=path.parent)

    until(lambda: kept(path) > 0, 60, lambda: f"no part keeps anything: {cluster.queue()}, nodes {cluster.states()}")
    at_work = next(((task, node) for _, task, state, node in cluster.queue() if state == "RUNNING"), None)
    assert at_work, "all parts were done before a node could die"
    task, node = at_work
    cluster.kill_node(node)
    before = kept(path)
    assert before < POINTS * REPLICATES

    def over():
        for number, what, state, _ in cluster.queue():
            if (number, what, state) == (job, task, "PENDING"):  # for two minutes, as Slurm does with what it begins again
                cluster.ask("scontrol", "update", f"jobid={job}_{task}", "StartTime=now", check=False)
        return not cluster.queue()

    # Slurm takes the node for dead, and begins its task again elsewhere.
    until(over, 120, lambda: f"task {task} of {node} is not finished: {cluster.queue()}, nodes {cluster.states()}")
    log = (path.parent / f"s.{task}.log").read_text()
    assert kept(path) == POINTS * REPLICATES, log  # none is lost, none twice
    assert raw(path.with_suffix(".h5")) == raw(whole.with_suffix(".h5"))
