"""No file with wrong content ever appears under its name, whichever call of the system fails.

A user expects, when a write fails once or a disk is full from some point on: the command says so and exits with 3, nothing is
under the name that was asked for, no half of a file is left beside it, no message of a library is shown; or all went well and the
file is the right one. COALIS_ALL_CALLS=1 tries every call instead of a few.
"""

import itertools
import os
import pathlib
import shutil
import zlib

import pytest

from hdf5_cases import coalis, content_of, same_but_for_the_maker, succeed, write_inputs

LIBRARY = os.environ["COALIS_FAILING_CALL"]
assert pathlib.Path(LIBRARY).is_file(), f"{LIBRARY} is not built"  # the loader would pass over it
CERTAIN = ("pwrite", "fsync", "close")  # calls that every command makes
ALL = bool(os.environ.get("COALIS_ALL_CALLS"))
COMMANDS = {
    "run": (["run", "small.toml", "-o", "out.h5", "--replicates", 3, "--quiet", "--record", "all"], "out.h5"),
    "compare": (["compare", "small.toml", "other.toml", "-o", "out.h5", "--replicates", 3, "--quiet", "--structures", "engagement"],
                "out.h5"),
    "study run": (["study", "run", "study.toml", "--quiet", "--threads", 1], "study.h5"),
    "study extend": (["study", "extend", "study.toml", "--replicates", 5, "--quiet", "--threads", 1], "study.h5"),
}
ERRORS = ((28, ""), (5, "+"))  # no space, once; an error of the disk, from then on


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """By command: a folder as the command finds it, what stood under the output's name, what should stand there."""
    found = {}
    for name, (command, output) in COMMANDS.items():
        start, end = tmp_path_factory.mktemp("start"), tmp_path_factory.mktemp("end")
        write_inputs(start)
        if name == "study extend": succeed("study", "run", "study.toml", "--quiet", folder=start)
        shutil.copytree(start, end, dirs_exist_ok=True)
        succeed(*command, folder=end)
        found[name] = (start, content_of(start / output), content_of(end / output))
        assert found[name][2]
    return found


def calls_to_try(name, call, more):
    """Every one, or the first and one that differs from command to command."""
    if ALL: return itertools.count(1)
    lot = zlib.crc32(f"{name} {call}{more}".encode())
    return (1, 2 + lot % 4, 6 + lot % 30) if not more else (1 + lot % 9,)


@pytest.mark.parametrize("call", ["pwrite", "fsync", "close", "ftruncate", "rename", "link", "write"])
@pytest.mark.parametrize("name", COMMANDS)
def test_no_file_is_silently_wrong(tmp_path, folders, name, call):
    command, output = COMMANDS[name]
    start, before, right = folders[name]
    failed = 0
    for error, more in ERRORS:
        for k in calls_to_try(name, call, more):
            folder = tmp_path / f"{k}{more}"
            shutil.copytree(start, folder)
            fault = {"LD_PRELOAD": LIBRARY, "FAILING_CALL_SAY": "1", "FAILING_CALL": f"{call}:{k}{more}:{error}"}
            run = coalis(*command, folder=folder, env=fault)
            if "[failing" not in run.stderr: break
            failed += 1
            where = (name, call, k, more, run.returncode, run.stderr[-300:])
            path = folder / output
            if run.returncode == 0: assert same_but_for_the_maker(path, right), where
            else:
                assert run.returncode == 3, where
                assert not path.exists() or same_but_for_the_maker(path, right) or (
                    before is not None and same_but_for_the_maker(path, before)), where
            assert "HDF5-DIAG" not in run.stderr, where
            assert not [p for p in folder.iterdir() if p.name.endswith(".part")], where
            shutil.rmtree(folder)
    assert failed or call not in CERTAIN, "nothing was made to fail"
