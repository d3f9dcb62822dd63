"""The tutorials can be followed: every block of docs/tutorials/ runs in order, in one folder, and prints what the page shows.

Blocks are sh, python, r and toml (saved under the name in its first line). A text block shows lines of what the block before it
printed, in their order; `...` leaves lines out.
"""

import contextlib
import io
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2]
PAGES = [page for page in sorted((SOURCE / "docs" / "tutorials").glob("*.md")) if page.stem != "own-files"]  # field/own_files_test.py


def blocks(page):
    return re.findall(r"^```(\w+)\n(.*?)^```$", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def called(*command):
    run = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, f"{command[-1]}\n{run.stdout}\n{run.stderr}"
    return run.stdout


def printed_by_python(code, names):
    text = io.StringIO()
    with contextlib.redirect_stdout(text):
        exec(code, names)
    return text.getvalue()


def missing_line(shown, printed):
    """The first line of the page that was not printed after the line before it; None if all were."""
    rest = iter([line.rstrip() for line in printed.splitlines()])
    return next((line for line in shown.splitlines() if line != "..." and line.rstrip() not in rest), None)


def unmarked_cut(shown, printed):
    """The first line of the page before which, or the end at which, lines of what was printed are left out without `...`; None without."""
    rest, marked = [line.rstrip() for line in printed.splitlines() if line.strip()], False
    for line in filter(str.strip, shown.splitlines()):
        if line.strip() == "...":
            marked = True
            continue
        at = rest.index(line.rstrip())
        if at > 0 and not marked:
            return line
        rest, marked = rest[at + 1 :], False
    return "the end" if rest and not marked else None


@pytest.fixture
def place(tmp_path, monkeypatch, r_library):
    monkeypatch.setenv("R_LIBS", str(r_library))
    shutil.copytree(SOURCE / "scenarios", tmp_path / "scenarios")
    monkeypatch.setenv("PATH", f"{Path(os.environ['COALIS_PROGRAM']).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page_can_be_followed(page, place):
    names, printed, done, cut = {}, "", 0, []
    for kind, text in blocks(page):
        if kind == "sh":
            printed = called("bash", "-euo", "pipefail", "-c", text)
        elif kind == "python":
            printed = printed_by_python(text, names)
        elif kind == "r":
            printed = called("Rscript", "-e", text)
        elif kind == "toml":
            (place / re.match(r"# (\S+\.toml)\n", text)[1]).write_text(text, encoding="utf-8")
        elif kind == "text":
            assert (
                missing_line(text, printed) is None
            ), f"{page.name} shows '{missing_line(text, printed)}', but this was printed:\n{printed}"
            if unmarked_cut(text, printed):
                cut.append((unmarked_cut(text, printed), text))
        else:
            pytest.fail(f"{page.name}: a block of '{kind}'")
        done += 1
    assert done >= 4 and not cut, f"{page.name}: lines are left out without ..., before these: {cut}"


def test_what_was_not_printed_is_found():
    assert missing_line("a\n...\nc\n", "a\nb\nc\n") is None
    assert missing_line("c\na\n", "a\nb\nc\n") == "a" and missing_line("d\n", "a\n") == "d"


def test_a_cut_without_a_mark_is_found():
    assert unmarked_cut("a\n\nb\n", "a\nb\n\n") is None and unmarked_cut("...\nb\n...\n", "a\nb\nc\n") is None
    assert unmarked_cut("b\n", "a\nb\n") == "b" and unmarked_cut("a\nc\n", "a\nb\nc\n") == "c" and unmarked_cut("a\n", "a\nb\n") == "the end"


def test_pages_name_files_that_exist():
    for page in [*PAGES, SOURCE / "docs" / "README.md", SOURCE / "analysis" / "README.md"]:
        text = page.read_text(encoding="utf-8")
        for link in re.findall(r"\]\((?!http)([^)#]+)\)", text):
            assert (page.parent / link).exists(), f"{page.name}: {link}"
        for name in re.findall(r"\b(?:docs|scenarios|analysis)/[\w/.-]+\.(?:md|toml|ipynb)\b", text):
            assert (SOURCE / name).exists() or (page.parent / name).exists(), f"{page.name}: {name}"
