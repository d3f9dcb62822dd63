"""Memory does not grow with the number of runs, and a temporary folder that cannot be written to loses none of them."""
import os
import resource
import signal
import subprocess
from pathlib import Path

import h5py
import pytest

SCENARIO = str(Path(__file__).resolve().parents[2] / "scenarios" / "illinois.toml")
FEW, MANY = 1000, 100_000


def peak(replicates, *arguments):
    """Peak memory of a run in kB."""
    command = [os.environ["COALIS_PROGRAM"], "run", SCENARIO, "--replicates", str(replicates), "--quiet", "--threads", "2", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0 and not errors, errors
    return used.ru_maxrss


@pytest.mark.skipif("san" in os.environ.get("COALIS_PROGRAM", ""), reason="sanitizers keep memory of their own")
@pytest.mark.parametrize("record, file", [("outcomes", False), ("detailed", True)])
def test_memory_is_flat_in_the_number_of_runs(tmp_path, record, file):
    def measured(replicates):
        return peak(replicates, "--record", record, *(["-o", str(tmp_path / f"{replicates}.h5")] if file else ["--no-file"]))
    few = measured(FEW)
    many = measured(MANY)
    (tmp_path / f"{MANY}.h5").unlink(missing_ok=True)
    assert many < 1.2 * few, f"{many / 1024:.1f} MB for {MANY} runs, {few / 1024:.1f} MB for {FEW}"


def run(*arguments, **options):
    command = [os.environ["COALIS_PROGRAM"], "run", SCENARIO, "--replicates", "6000", "--quiet", *arguments]
    answer = subprocess.run(command, capture_output=True, text=True, **options)
    assert answer.returncode == 0, answer.stderr
    return answer


def no_room():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))


@pytest.mark.parametrize("trouble", [
    {"env": os.environ | {"TMPDIR": "/there/is/none"}},
    {"preexec_fn": no_room, "restore_signals": False},
], ids=["no folder", "no room"])
def test_without_a_temporary_file_figures_stay_in_memory(trouble):
    plain = run("--no-file", "--json")
    assert plain.stderr == ""
    kept = run("--no-file", "--json", **trouble)
    assert kept.stdout == plain.stdout
    assert "no temporary file could be written" in kept.stderr and "nothing is lost" in kept.stderr and "TMPDIR" in kept.stderr


def test_quantiles_by_month_do_not_need_the_temporary_file(tmp_path):
    run("-o", str(tmp_path / "a.h5"), "--record", "detailed")
    run("-o", str(tmp_path / "b.h5"), "--record", "detailed", env=os.environ | {"TMPDIR": "/there/is/none"})
    with h5py.File(tmp_path / "a.h5") as a, h5py.File(tmp_path / "b.h5") as b:
        for name, values in a["trajectory_quantiles"].items():
            assert values[...].tobytes() == b["trajectory_quantiles"][name][...].tobytes(), name
