"""The short form of file_mutations.py: damaged files of every format end in an error in the program's own words, never in a crash.

COALIS_MUTATIONS=200 tries more.
"""

import os
import pathlib
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


def test_what_a_damaged_file_would_find(tmp_path):
    """A program that is killed, or speaks in the words of a library, is a find."""
    (tmp_path / "small.toml").write_text(file_mutations.FILES["small.toml"])
    assert file_mutations.problem_of(["check", "small.toml"], tmp_path) is None
    assert file_mutations.OF_A_LIBRARY.search("[json.exception.type_error.302] type must be string")
    assert file_mutations.crc64(b"123456789") == 0x995DC9BBDF1939FA
