"""Small files of every kind, what they hold, and ways to damage them; for the tests of files that must not be misread."""

import os
import pathlib
import pickle
import random
import signal
import subprocess

import h5py
import numpy as np

PROGRAM = os.environ["COALIS_PROGRAM"]
SIX_MONTHS = (pathlib.Path(__file__).parent / "data" / "small.toml").read_text()  # regions N and S, one hub H
STUDY = """format = "study"
version = 1
name = "small study"
question = "What does staff time change?"
scenarios = ["small.toml"]
replicates = 3
seed = 3
outcomes = ["engaged"]
record = "all"
[design]
kind = "full_factorial"
[[factors]]
path = "hubs.H.fte"
values = [0.2, 1.0]
"""


def coalis(*arguments, folder=None, env=None, timeout=120):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, errors="replace", cwd=folder,
                          env={**os.environ, **(env or {})}, timeout=timeout)


def succeed(*arguments, **options):
    run = coalis(*arguments, **options)
    assert run.returncode == 0, f"{arguments}: {run.returncode}\n{run.stdout}{run.stderr}"
    return run


def write_inputs(folder):
    (folder / "small.toml").write_text(SIX_MONTHS)
    (folder / "other.toml").write_text(SIX_MONTHS.replace("fte = 0.5", "fte = 1.0").replace('name = "S"', 'name = "Full time"', 1))
    (folder / "study.toml").write_text(STUDY)


def write_result(folder, name="result.h5", replicates=3, record="all"):
    succeed("run", "small.toml", "-o", name, "--replicates", replicates, "--quiet", "--record", record, folder=folder)
    return folder / name


def write_comparison(folder, name="comparison.h5", replicates=3):
    succeed("compare", "small.toml", "other.toml", "-o", name, "--replicates", replicates, "--structures", "engagement", "--quiet",
            folder=folder)
    return folder / name


def write_study(folder):
    succeed("study", "run", "study.toml", "--quiet", folder=folder)
    return folder / "study.h5"


def read_content(path):
    """Everything that a reader may see of a file but for where it is stored and when it was made."""
    content = {}
    with h5py.File(path, "r") as file:
        def note(name, thing):
            if isinstance(thing, h5py.Dataset):
                value = thing[()]
                content[name] = (str(thing.dtype), thing.shape, repr(value.tolist()) if value.dtype.kind == "O" else value.tobytes())
                if "DIMENSION_LIST" in thing.attrs:
                    content[name + "@dimensions"] = [file[axis[0]].name for axis in thing.attrs["DIMENSION_LIST"]]
            for key, value in thing.attrs.items():
                if key not in ("DIMENSION_LIST", "REFERENCE_LIST"): content[name + "@" + key] = np.asarray(value).tobytes()
        note("/", file)
        file.visititems(note)
    return content


def content_of(path):
    """None if it cannot be read. Read in a child, for h5py may crash or never end; forked, since starting Python and h5py takes longer."""
    mine, the_childs = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(mine)
            signal.alarm(60)
            with os.fdopen(the_childs, "wb") as pipe: pickle.dump(read_content(path), pipe)
            os._exit(0)
        except BaseException:  # nothing of a child may go on as pytest
            os._exit(1)
    os.close(the_childs)
    with os.fdopen(mine, "rb") as pipe: data = pipe.read()
    return pickle.loads(data) if os.waitpid(child, 0)[1] == 0 else None


def same_but_for_the_maker(path, right):
    """The content is `right`, where the command, the date and the checksum over both are left aside."""
    content = content_of(path)
    return content is not None and {k: v for k, v in content.items() if not k.startswith("provenance")} == {
        k: v for k, v in right.items() if not k.startswith("provenance")}


def flips(path, count, seed):
    """(place, bytes of the file with one bit changed)"""
    chance = random.Random(seed)
    whole = path.read_bytes()
    for _ in range(count):
        at = chance.randrange(len(whole))
        changed = bytearray(whole)
        changed[at] ^= 1 << chance.randrange(8)
        yield at, bytes(changed)
