"""The notebooks run from fresh results without an error, and print what they are committed with.

To renew the committed outputs after a change, run this test with COALIS_RENEW_GOLDEN=1 and read the difference.
"""

import os
from pathlib import Path

import nbclient
import nbformat
import pytest

SOURCE = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((SOURCE / "analysis" / "notebooks").glob("*.ipynb"))


def printed(notebook):
    """What its cells print, cell by cell, and how many pictures they show."""
    return [
        (
            "".join(
                output.get("text", "") or output.get("data", {}).get("text/plain", "")
                for output in cell.outputs
                if "image/png" not in output.get("data", {})
            ),
            sum("image/png" in output.get("data", {}) for output in cell.outputs),
        )
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def executed(path, folder):
    """The notebook, executed in a copy of the folders that it names."""
    notebook = nbformat.read(path, as_version=4)
    place = folder / "analysis" / "notebooks"
    place.mkdir(parents=True)
    (folder / "scenarios").symlink_to(SOURCE / "scenarios")
    nbclient.NotebookClient(
        notebook, timeout=600, kernel_name="python3", record_timing=False, resources={"metadata": {"path": place}}
    ).execute()
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop("text/html", None)  # the same table again
    return notebook


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    monkeypatch.setenv("PATH", f"{Path(os.environ['COALIS_PROGRAM']).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("COALIS_PROGRESS", "never")
    monkeypatch.setenv("PYTHONPATH", os.environ.get("COALIS_PACKAGE", str(SOURCE / "analysis")))


def test_there_are_notebooks():
    assert len(NOTEBOOKS) == 3


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs_and_prints_what_is_committed(path, tmp_path):
    committed = nbformat.read(path, as_version=4)
    fresh = executed(path, tmp_path)
    assert not [output for cell in fresh.cells for output in cell.get("outputs", []) if output.get("name") == "stderr"]
    if os.environ.get("COALIS_RENEW_GOLDEN"):
        nbformat.write(fresh, path)
        committed = fresh
    assert printed(fresh) == printed(committed)
    text = path.read_text(encoding="utf-8")
    assert len(text) < 400_000 and str(SOURCE) not in text and str(tmp_path) not in text and "/home/" not in text


def test_a_failing_cell_fails(tmp_path):
    path = tmp_path / "wrong.ipynb"
    nbformat.write(
        nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("import coalis\ncoalis.open_result('nowhere.h5')")]), path
    )
    with pytest.raises(nbclient.exceptions.CellExecutionError, match="there is no such file"):
        executed(path, tmp_path / "place")
