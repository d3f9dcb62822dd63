"""Includes go down the list of layers in cmake/layers.cmake, never up, and submodels do not include each other.

A newcomer who reads one folder may then rely on knowing those above it in the list, and on nothing else.
"""
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROCESSES = ["submodels", "initialization", "observation", "schedule"]  # once per instruction set, as one library


def layers():
    """Folders of sim/, lowest first; the processes of a month are one layer."""
    text = (ROOT / "cmake/layers.cmake").read_text()
    found = re.findall(r"^coalis_layer\(([a-z_0-9/]+)|^coalis_processes\((portable)\)", text, re.M)
    order = [[layer] if layer else PROCESSES for layer, _ in found] + [["cli"]]
    return {folder: place for place, folders in enumerate(order) for folder in folders}


def layer_of(path, order):
    name = re.sub(r"^(sim|include/coalis)/", "", str(path))
    while name and name not in order:
        name = name.rpartition("/")[0]
    return name


def includes():
    """(file, included file), both relative to the root, of the program's own files."""
    for file in sorted([*ROOT.glob("sim/**/*.[ch]pp"), *ROOT.glob("include/**/*.hpp")]):
        for name in re.findall(r'^#include "([^"]+)"', file.read_text(), re.M):
            for base in (file.parent, ROOT / "include", ROOT / "sim"):
                if (base / name).is_file():
                    yield file.relative_to(ROOT), (base / name).resolve().relative_to(ROOT)
                    break


def test_every_folder_is_a_layer():
    order = layers()
    assert sorted({str(a) for a, _ in includes() if not layer_of(a, order)}) == []
    assert len(order) > 20


def test_no_include_goes_up():
    order = layers()
    pairs = list(includes())
    assert len(pairs) > 1000
    up = [f"{a} includes {b}" for a, b in pairs if order[layer_of(b, order)] > order[layer_of(a, order)]]
    assert up == []


def test_submodels_do_not_include_each_other():
    between = [f"{a} includes {b}" for a, b in includes()
               if a.parts[:2] == ("sim", "submodels") and b.parts[:2] == ("sim", "submodels")]
    assert between == []
