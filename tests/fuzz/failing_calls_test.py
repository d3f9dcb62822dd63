#!/usr/bin/python3
"""Every command with single calls of the system failing, one at a time, once or for good: a disk that is full or broken for a moment.

What one would expect: exit status 0 only with the right files; otherwise a message, no crash, no half-written file under its final
name, nothing left behind; and the same command, run again, gives the right files.

    COALIS_PROGRAM=... COALIS_FAILING_CALL=... tests/fuzz/failing_calls_test.py [COMMAND...]   every call of every function (hours)
    COALIS_ALL_PLACES=1 with pytest: three calls of every function, not one of most
"""

import collections
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import h5py
import numpy as np
import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
LIBRARY = os.environ["COALIS_FAILING_CALL"]
assert Path(LIBRARY).is_file(), f"{LIBRARY} is not built"  # the loader would pass over it
ERRORS = {"EIO": 5, "EACCES": 13, "ENOSPC": 28}
WRITES = ("create", "write", "fwrite", "pwrite", "fflush", "fclose", "fsync", "close", "ftruncate", "rename", "link", "mkdir", "lock")
READS = ("open", "read", "pread")
ALL_PLACES = bool(os.environ.get("COALIS_ALL_PLACES"))
CALLS = (*WRITES, *READS, "unlink")

SCENARIO = (Path(__file__).parent / "corpus" / "scenario" / "small.toml").read_text(encoding="utf-8")
QUESTION = """version = 1
name = "s"
question = "q?"
scenarios = ["small.toml"]
replicates = 2
outcomes = ["engaged"]
"""
FILES = {
    "small.toml": SCENARIO,
    "other.toml": 'format = "scenario"\nversion = 1\ninclude = "small.toml"\nname = "T"\n[levers]\ninformation = 1\n',
    "sets.csv": "weight,parameters.tie_prob\n0.5,0.1\n0.5,0.2\n",
    "study.toml": f'format = "study"\n{QUESTION}batch = 3\n[design]\nkind = "full_factorial"\n[[factors]]\npath = "hubs.H.fte"\n'
    "values = [0.2, 1.0, 2.0]\n",
    "sensitivity.toml": f'format = "sensitivity"\n{QUESTION}[sobol]\npoints = 16\n[[factors]]\npath = "parameters.tie_prob"\n'
    "range = [0.05, 0.3]\n",
    "evidence.toml": 'format = "coalis-evidence"\nversion = 1\n[sources]\na = { title = "A" }\n[[item]]\nid = "meetings_attended"\n'
    'source = "a"\nuse = "calibrate"\ncategories = ["0", "1", "2", "3", ">3"]\ncounts = [3, 2, 1, 1, 3]\nn = 10\n',
    "calibration.toml": 'format = "calibration"\nversion = 1\nname = "C"\nscenario = "small.toml"\nevidence = "evidence.toml"\n'
    '[sampler]\ndraws = 20\nprior_runs = 40\nmost_generations = 2\n[[parameters]]\npath = "parameters.tie_prob"\n'
    'uniform = [0.05, 0.3]\nsource = "assumption"\n',
}
QUIET = ("--quiet", "--threads", "1")

# What a command is called with, the files that it leaves, the command that it needs to have run before.
Command = collections.namedtuple("Command", "words files after", defaults=((),))
RUN = ("run", "small.toml", "-o", "a.h5", "--replicates", "3", *QUIET)
COMPARE = ("compare", "small.toml", "other.toml", "-o", "c.h5", "--replicates", "3", *QUIET)
STUDY = ("study", "run", "study.toml", *QUIET)
BEST = ("best", "small.toml", "--budget", "100000", "--points", "1", "--replicates", "20", "-o", "b.json", *QUIET)
SENSITIVITY = ("sensitivity", "sensitivity.toml", "-o", "s.json", *QUIET)
FIT = ("calibrate", "calibration.toml", "-o", "p.csv", *QUIET)
COMMANDS = {
    "run": Command((*RUN, "--record", "all"), ("a.h5",)),
    "compare": Command((*COMPARE, "--structures", "engagement", "--parameters", "sets.csv"), ("c.h5",)),
    "study-run": Command(STUDY, ("study.h5",)),
    "study-extend": Command(("study", "extend", "study.toml", "--replicates", "3", *QUIET), ("study.toml", "study.h5"), (STUDY,)),
    "study-export": Command(("study", "export", "study.toml", "--csv", "t"), ("t/runs.csv", "t/summary.csv"), (STUDY,)),
    "bundle": Command(("bundle", "study.toml", "-o", "b"), ("b/SHA256SUMS", "b/rerun", "b/results/runs.csv"), (STUDY,)),
    "sensitivity": Command(SENSITIVITY, ("s.json",)),
    "best": Command(BEST, ("b.json",)),
    "explore": Command(("explore", "small.toml", "-o", "x.html", "--threads", "1"), ("x.html",)),
    "calibrate": Command(FIT, ("p.csv",)),
    "calibrate-check": Command((*FIT, "--check", "--table", "0"), ("p.check.json",), (FIT,)),
    "report": Command(("report", "c.h5", "-o", "c.html"), ("c.html",), (COMPARE,)),
    "report-study": Command(("report", "study.toml", "-o", "s.html"), ("s.html",), (STUDY,)),
    "report-best": Command(("report", "b.json", "-o", "b.html"), ("b.html",), (BEST,)),
    "report-sensitivity": Command(("report", "s.json", "-o", "s.html"), ("s.html",), (SENSITIVITY,)),
    "verify": Command(("verify", "a.h5", *QUIET), (), (RUN,)),
    "verify-comparison": Command(("verify", "c.h5", *QUIET), (), (COMPARE,)),
    "verify-study": Command(("verify", "study.h5", *QUIET), (), (STUDY,)),
    "story": Command(("story", "a.h5", "--organisation", "1"), (), (RUN,)),
    "export-csv": Command(("export", "a.h5", "--csv", "e"), ("e/outcomes.csv", "e/data-dictionary.csv"), (RUN,)),
    "export-graphml": Command(("export", "a.h5", "--graphml", "g.graphml"), ("g.graphml",), (RUN,)),
    "export-edges": Command(("export", "a.h5", "--edges", "e.csv"), ("e.csv", "e-nodes.csv"), (RUN,)),
    "export-siena": Command(("export", "a.h5", "--waves", "1,3", "--siena", "w"), ("w/waves.csv", "w/ties-1.txt"), (RUN,)),
    "run-parameters": Command((*RUN, "--parameters", "sets.csv"), ("a.h5",)),
    "new": Command(("new", "N", "-o", "n.toml"), ("n.toml",)),
    "check": Command(("check", "small.toml", "other.toml"), ()),
}

# Known to fail, to be mended at its root, each with the reason; a name goes from here with the change that mends it.
WAITING = {}


def values(path):
    """What a file says, without when and where it was made."""
    if not path.exists():
        return None
    if path.suffix != ".h5":
        return re.sub(rb'"(date|host|seconds|finished|process|program_path|content)": *[^,}\n]*', b"", path.read_bytes())
    found = {}

    def keep(name, thing):
        if name.startswith("provenance"):
            return
        if isinstance(thing, h5py.Dataset):
            all_of_it = thing[()]
            found[name] = repr(all_of_it) if thing.dtype.kind == "O" else np.asarray(all_of_it).tobytes()

    try:
        with h5py.File(path, "r") as file:
            file.visititems(keep)
            found.update({name: np.asarray(value).tobytes() for name, value in file.attrs.items()})
    except (OSError, RuntimeError) as error:
        return f"cannot be read: {error}"
    return found


def call(folder, words, fault=None):
    environment = dict(os.environ)
    if fault:
        environment |= {"LD_PRELOAD": LIBRARY, "FAILING_CALL": fault, "FAILING_CALL_SAY": "1"}
    run = subprocess.run([PROGRAM, *words], cwd=folder, env=environment, capture_output=True, timeout=300)
    said = run.stderr.decode(errors="replace")
    return run.returncode, re.sub(r"\[failing \w+ \d+\]", "", said).strip(), "[failing " in said, run.stdout


def names(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


class Sweep:
    """A command with one fault after the other."""

    def __init__(self, top, name):
        self.command, self.top, self.tried, self.refused = COMMANDS[name], top, 0, 0
        self.base = top / "base"
        self.base.mkdir()
        for file, text in FILES.items():
            (self.base / file).write_text(text, encoding="utf-8")
        for words in self.command.after:
            assert call(self.base, words)[0] == 0, words
        whole = self.fresh()
        status, said, _, self.answer = call(whole, self.command.words)
        assert status == 0, said
        self.right = {file: values(whole / file) for file in self.command.files}
        assert None not in self.right.values(), self.right
        self.before = {file: values(self.base / file) for file in self.command.files}
        self.known = names(whole)

    def fresh(self):
        shutil.rmtree(self.top / "work", ignore_errors=True)
        shutil.copytree(self.base, self.top / "work")
        return self.top / "work"

    def attempt(self, fault, again=False):
        """What is wrong after this fault, as a sentence; None if there was no such call; "" if all is well."""
        folder = self.fresh()
        try:
            status, said, happened, answer = call(folder, self.command.words, fault)
        except subprocess.TimeoutExpired:
            return "does not end"
        if not happened:
            return None
        self.tried += 1
        self.refused += status != 0
        found = {file: values(folder / file) for file in self.command.files}
        if status < 0 or status > 127:
            return f"ends with {status}: {said[-200:]}"
        if "HDF5-DIAG" in said or "terminate called" in said:
            return f"prints what nobody understands: {said[:100]}"
        if status == 0:
            if found != self.right or (not self.command.files and answer != self.answer):
                return "exit status 0, but not what it should have written"
            return ""
        if not said:
            return f"exit status {status} without a word"
        for file in self.command.files:
            if found[file] not in (self.right[file], self.before[file]):
                return f"exit status {status}, but {file} is neither there nor as it should be"
        # What is kept to go on from stays; a file that could not be removed stays, too.
        left = {name for name in names(folder) - self.known if ".part" in name}
        if left and not fault.startswith("unlink") and "+" not in fault:
            return f"exit status {status} ({said[:120]}), left behind: {sorted(left)}"
        return self.run_again(folder) if again else ""

    def run_again(self, folder):
        status, said, _, _ = call(folder, self.command.words)
        if status == 3 and "exists" in said:
            return ""
        if status != 0:
            return f"run again it fails: {said[:200]}"
        if {file: values(folder / file) for file in self.command.files} != self.right:
            return "run again it gives something else"
        return ""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.xfail(reason=WAITING[name])) if name in WAITING else name for name in COMMANDS]
)
def test_a_few_of_the_calls_of(name, tmp_path):
    sweep = Sweep(tmp_path, name)
    wrong = []
    for function in CALLS:
        lot = zlib.crc32(f"{name} {function}".encode())
        if not ALL_PLACES and name != "new" and lot // 11 % 3 == 0:
            continue  # two thirds of the functions, others for each command; "new" makes few calls
        places = (1 + lot % 3, 4 + lot // 3 % 12, 16 + lot // 36 % 60)
        first = 0 if ALL_PLACES else lot // 7 % 3
        # One of the places, or the next one before it if the command makes fewer calls.
        for i in range(3) if ALL_PLACES else range(first, -1, -1):
            plus = "+" if (lot >> 16) + i & 1 else ""
            error = ERRORS["ENOSPC" if function in WRITES and i != 1 else "EIO"]
            fault = f"{function}:{places[i]}{plus}:{error}"
            said = sweep.attempt(fault, again=i == 0 if ALL_PLACES else lot % 4 == 0)
            if said:
                wrong.append(f"{fault}: {said}")
            if (said is None) == ALL_PLACES:
                break
    assert sweep.tried > 0
    assert wrong == []


def test_no_lock_ends_a_study_in_a_crash(tmp_path):
    """Also one that cannot be dropped: it is when the process ends."""
    sweep = Sweep(tmp_path, "study-run")
    assert [said for number in range(1, 16) if (said := sweep.attempt(f"lock:{number}:5"))] == []
    assert sweep.tried > 10


def test_what_a_sweep_would_find(tmp_path):
    """A library that makes nothing fail, or a program that hides a failure, would make the tests above empty."""
    sweep = Sweep(tmp_path, "new")
    assert sweep.attempt("create:1:13") == "" and sweep.refused == 1
    assert sweep.attempt("create:1000:13") is None
    assert sweep.attempt("fsync:1:5") == "" and sweep.refused == 2


def main(wanted):
    """The long form: every call of every function, once and for good."""
    total, wrong = collections.Counter(), []
    for name in wanted or COMMANDS:
        with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as folder:
            sweep = Sweep(Path(folder), name)
            for function in CALLS:
                for k in range(1, 100_000):
                    errors = ("EIO", "ENOSPC") if function in ("write", "pwrite", "fwrite", "fsync") else ("EIO",)
                    results = []
                    for error in errors:
                        for plus in ("", "+"):
                            fault = f"{function}:{k}{plus}:{ERRORS[error]}"
                            said = sweep.attempt(fault, again=k % 5 == 1)
                            results.append(said)
                            if said:
                                wrong.append(f"{name} {fault}: {said}")
                                print(wrong[-1], flush=True)
                    if None in results:
                        break
            print(f"{name}: {sweep.tried} calls failed, {sweep.refused} times the command said so", flush=True)
            total.update(tried=sweep.tried, refused=sweep.refused)
    print(f"{total['tried']} faults, {total['refused']} refused, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
