"""No file with wrong content ever appears under its name, whichever call of the system fails.

A user expects, when a write fails once or a disk is full from some point on: the command says so and exits with 3, nothing is
under the name that was asked for, no half of a file is left beside it, no message of a library is shown; or all went well and the
file is the right one. COALIS_ALL_CALLS=1 tries every call instead of a spread of them.
"""

import os

import pytest

from hdf5_cases import coalis, content_of, same_but_for_the_maker, succeed, write_inputs

ALL = bool(os.environ.get("COALIS_ALL_CALLS"))
COMMANDS = {
    "run": (["run", "small.toml", "-o", "out.h5", "--replicates", 3, "--quiet", "--record", "all"], "out.h5"),
    "compare": (["compare", "small.toml", "other.toml", "-o", "out.h5", "--replicates", 3, "--quiet", "--structures", "engagement"],
                "out.h5"),
    "study run": (["study", "run", "study.toml", "--quiet", "--threads", 1], "study.h5"),
    "study extend": (["study", "extend", "study.toml", "--replicates", 5, "--quiet", "--threads", 1], "study.h5"),
}


def prepare(folder, name):
    for path in sorted(folder.rglob("*"), reverse=True): path.rmdir() if path.is_dir() else path.unlink()
    write_inputs(folder)
    if name == "study extend": succeed("study", "run", "study.toml", "--quiet", folder=folder)


def calls_to_try():
    """The first ones one by one, then a spread."""
    k = 1
    while True:
        yield k
        k += 1 if ALL or k < 3 else 5 + k // 3


@pytest.mark.parametrize("call", ["pwrite", "fsync", "close", "ftruncate", "rename", "link", "write"])
@pytest.mark.parametrize("name", COMMANDS)
def test_no_file_is_silently_wrong(tmp_path, name, call):
    command, output = COMMANDS[name]
    prepare(tmp_path, name)
    before = content_of(tmp_path / output)
    succeed(*command, folder=tmp_path)
    right = content_of(tmp_path / output)
    for error, more in ((28, ""), (5, "+")):  # no space, once; an error of the disk, from then on
        for k in calls_to_try():
            prepare(tmp_path, name)
            run = coalis(*command, folder=tmp_path, env={"LD_PRELOAD": os.environ["COALIS_FAILING_CALL"], "FAILING_CALL_SAY": "1",
                                                         "FAILING_CALL": f"{call}:{k}{more}:{error}"})
            if "[failing" not in run.stderr: break
            where = (name, call, k, more, run.returncode, run.stderr[-300:])
            path = tmp_path / output
            if run.returncode == 0: assert same_but_for_the_maker(path, right), where
            else:
                assert run.returncode == 3, where
                assert not path.exists() or same_but_for_the_maker(path, right) or (
                    before is not None and same_but_for_the_maker(path, before)), where
            assert "HDF5-DIAG" not in run.stderr, where
            assert not [p for p in tmp_path.iterdir() if p.name.endswith(".part")], where
