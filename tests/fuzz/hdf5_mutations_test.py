"""The short form of hdf5_mutations.py: damaged files end in an error that names them, never in a crash.

COALIS_MUTATIONS=200 tries more.
"""

import os
import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import hdf5_mutations  # noqa: E402


@pytest.mark.parametrize("kind", list(hdf5_mutations.COMMANDS))
def test_damaged_files(tmp_path, kind, monkeypatch):
    monkeypatch.chdir(tmp_path)
    finds = hdf5_mutations.mutate_all([kind], int(os.environ.get("COALIS_MUTATIONS", "12")), 7, tmp_path, tmp_path)
    assert not finds
