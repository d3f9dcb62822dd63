"""The short form of file_mutations.py: damaged files of every format end in an error in the program's own words, never in a crash.

COALIS_MUTATIONS=200 tries more.
"""

import os
import pathlib
import shutil
import subprocess
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import file_mutations  # noqa: E402


@pytest.fixture(scope="module")
def top(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mutated")
    (folder / "seeds").mkdir()
    file_mutations.write_seeds(folder / "seeds")
    return folder


@pytest.mark.parametrize("kind", list(file_mutations.KINDS))
def test_damaged_files(top, tmp_path, kind):
    assert not file_mutations.mutate(kind, int(os.environ.get("COALIS_MUTATIONS", "6")), 7, top, tmp_path)


@pytest.mark.parametrize("kind", list(file_mutations.KINDS))
def test_the_file_is_read_undamaged(top, tmp_path, kind):
    """A command that refuses the seed would find nothing in what is made of it."""
    folder = shutil.copytree(top / "seeds", tmp_path / "seeds")
    for command in file_mutations.KINDS[kind][2]:
        run = subprocess.run([file_mutations.PROGRAM, *command], cwd=folder, capture_output=True, text=True)
        assert run.returncode == 0, run.stderr


def test_what_a_damaged_file_would_find(tmp_path):
    """A program that is killed, or speaks in the words of a library, is a find."""
    (tmp_path / "small.toml").write_text(file_mutations.FILES["small.toml"])
    assert file_mutations.problem_of(["check", "small.toml"], tmp_path) is None
    assert file_mutations.OF_A_LIBRARY.search("[json.exception.type_error.302] type must be string")
