"""Includes go down the list of layers in cmake/layers.cmake, never up, and submodels do not include each other.

A newcomer who reads one folder may then rely on knowing those above it in the list, and on nothing else.
"""
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
FACES = ("cli", "python", "page", "mpi")
PROCESSES = ["submodels", "initialization", "observation", "schedule"]  # once per instruction set, as one library


def layers():
    """Folders of sim/, lowest first; the processes of a month are one layer."""
    text = (ROOT / "cmake/layers.cmake").read_text()
    found = re.findall(r"^coalis_layer\(([a-z_0-9/]+)|^coalis_processes\((portable)\)", text, re.M)
    order = [[layer] if layer else PROCESSES for layer, _ in found] + [[*FACES]]
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


# Only faces know a terminal, the environment, a signal of their own, an exit code.
OF_A_FACE = re.compile(
    r"\b(?:stdout|stderr|stdin|getenv|secure_getenv|setenv|temp_directory_path|isatty|sigaction|printf|fprintf|puts|fputs|putchar)\b"
    r"|std::(?:cout|cerr|clog|cin|exit|_Exit|quick_exit|atexit|signal|raise|print|println)\b|(?<![\w.>])(?:_?exit|signal|raise)\(|\bSIG[A-Z]{2,}\b")
# Children: one that opens a file, whose end says what became of it and is no exit of the program; a browser that does not end.
EXCEPT = {"sim/io/text/in_child.cpp": {"_exit(", "SIGXCPU", "SIGKILL"}, "sim/tasks/print_pdf.cpp": {"SIGKILL"}}


def code_of(text):
    """The text without comments and what is in quotes."""
    return re.sub(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"', "", text, flags=re.S)


def test_only_faces_know_a_terminal_and_the_environment():
    found = []
    for file in sorted([*ROOT.glob("sim/**/*.[ch]pp"), *ROOT.glob("include/**/*.hpp")]):
        name = str(file.relative_to(ROOT))
        if file.relative_to(ROOT).parts[1] in FACES:
            continue
        words = set(OF_A_FACE.findall(code_of(file.read_text()))) - EXCEPT.get(name, set())
        found += [f"{name}: {word}" for word in sorted(words)]
    assert found == []
    assert OF_A_FACE.search("std::fputs(text, stdout)") and OF_A_FACE.search("if (x) exit(1);") and not OF_A_FACE.search("on_exit(1)")
