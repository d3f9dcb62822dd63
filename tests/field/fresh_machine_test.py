"""Someone with a fresh Debian 12 runs the two commands of README.md, and both end green.

What one has installed besides hides what scripts/setup forgets. So everything that a stage includes, imports or calls must belong to
a package which scripts/setup installs for that stage, or to the base system, or to what those depend on. scripts/try-fresh shows the
same in earnest, in half an hour.
"""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ["COALIS_PROGRAM"]).parent

pytestmark = pytest.mark.skipif(not shutil.which("dpkg-query"), reason="there is no dpkg to ask what is of which package")

# Scripts by what is installed when they run; those not named here run after scripts/setup --test.
STAGES = {
    "build": {"demo", "setup", "common.sh", "illinois-report"},
    "develop": {"mutate", "bench", "answers", "twins", "try-fresh", "variance-table", "readme-chart"},
}


def lines_of(*command):
    return subprocess.run(command, cwd=SOURCE, capture_output=True, text=True, check=True).stdout.splitlines()


@cache
def owners():
    """The package of every installed file, by its real path."""
    real, found = {}, {}
    for listing in Path("/var/lib/dpkg/info").glob("*.list"):
        package = listing.name.removesuffix(".list").split(":")[0]
        for line in listing.read_text(encoding="utf-8", errors="replace").splitlines():
            folder, _, name = line.rpartition("/")
            if folder not in real:
                real[folder] = os.path.realpath(folder or "/")
            found[f"{real[folder]}/{name}"] = package
    return found


def owner(path):
    """None for a file that no package owns."""
    folder, name = os.path.split(path)
    return owners().get(f"{os.path.realpath(folder)}/{name}") or owners().get(os.path.realpath(path))


@cache
def installed():
    """What every installed package depends on, as lists of alternatives; which packages stand for a virtual name; the base."""
    fields = "${Package}\t${Pre-Depends}\t${Depends}\t${Provides}\t${Priority}\t${Essential}\t${db:Status-Status}\n"
    depends, provides, base = {}, {}, set()
    for line in lines_of("dpkg-query", "-W", f"-f={fields}"):
        name, before, after, virtual, priority, essential, status = line.split("\t")
        if status != "installed":
            continue
        groups = [group for group in f"{before},{after}".split(",") if group.strip()]
        depends.setdefault(name, []).extend([[word.split()[0].split(":")[0] for word in group.split("|")] for group in groups])
        for word in virtual.split(","):
            if word.strip():
                provides.setdefault(word.split()[0], []).append(name)
        if priority == "required" or essential == "yes":
            base.add(name)
    return depends, provides, base


def closure(wanted):
    depends, provides, _ = installed()
    found, todo = set(), list(wanted)
    while todo:
        name = todo.pop()
        if name in found:
            continue
        if name not in depends:
            todo.extend(provides.get(name, [])[:1])
            continue
        found.add(name)
        for alternatives in depends[name]:
            todo.extend([a for a in alternatives if a in depends or a in provides][:1])
    return found


@cache
def present(stage):
    """The packages of a machine with only git and a shell after scripts/setup for a stage."""
    wanted = {"git", "ca-certificates", "apt"} | installed()[2]
    if stage == "pages":
        wanted |= set(lines_of("scripts/setup", "--list", "--test"))
    return closure(wanted | set(lines_of("scripts/setup", "--list", f"--{stage}")))


def stage_of(name):
    parts = Path(name).parts
    if parts[:2] == ("tests", "pages"):
        return "pages"
    if parts[:2] == ("sim", "python"):
        return "python"
    if parts[:2] == ("sim", "mpi"):  # built where MPI is
        return "test"
    if parts[0] in ("sim", "include"):
        return "build"
    return next((stage for stage, names in STAGES.items() if parts[0] == "scripts" and parts[-1] in names), "test")


def missing(uses):
    """Of (user, what, path of the file) those that a fresh machine would not have, as sentences."""
    found = set()
    for user, what, path in uses:
        package, stage = owner(path), stage_of(user)
        if package and package not in present(stage):
            found.add(f"{user}: {what} is of the package {package}, which scripts/setup --{stage} does not install")
    return sorted(found)


@cache
def tracked():
    if (SOURCE / ".git").exists():
        return lines_of("git", "ls-files", "--cached", "--others", "--exclude-standard")
    folders = ("include", "sim", "tests", "bench", "scripts", "analysis", "docs", ".ci")
    return [str(p.relative_to(SOURCE)) for top in folders for p in (SOURCE / top).rglob("*") if p.is_file()]


@cache
def text_of(name):
    path = SOURCE / name
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def header_folders():
    said = subprocess.run(["g++", "-E", "-Wp,-v", "-x", "c++", "/dev/null"], capture_output=True, text=True, check=True).stderr
    folders = [line.strip() for line in said.splitlines() if line.startswith(" /")]
    for row in json.loads((BUILD / "compile_commands.json").read_text(encoding="utf-8")):
        folders += [folder for folder in re.findall(r"-isystem (\S+)", row["command"]) if folder not in folders]
    return folders


def test_headers_that_sources_include():
    folders = header_folders()
    uses, nowhere = [], []
    for name in tracked():
        if not re.search(r"\.[ch]pp$", name):
            continue
        for header in re.findall(r"^\s*#\s*include\s*<([^>]+)>", text_of(name), re.MULTILINE):
            path = next((f"{folder}/{header}" for folder in folders if os.path.exists(f"{folder}/{header}")), None)
            if path:
                uses.append((name, f"<{header}>", path))
            else:
                nowhere.append(f"{name}: there is no <{header}>")
    assert len(uses) > 1000 and nowhere == []
    assert missing(uses) == []


def test_files_that_the_compiler_opened():
    if not (BUILD / "build.ninja").exists():
        pytest.skip("not built by ninja")
    uses, user = set(), ""
    for line in lines_of("ninja", "-C", str(BUILD), "-t", "deps"):
        if line.startswith("    /usr/"):
            uses.add((user, line.strip(), line.strip()))
        elif line[:1].strip():
            user = "tests/any" if line.startswith("tests/") else "sim/python" if "coalis_python.dir/" in line else "sim/mpi" if "/coalis-mpi." in line else "sim/any"
    assert len(uses) > 200
    assert missing(uses) == []


# Where a command may stand in a line of shell; words before one.
COMMAND = re.compile(r"(?:^|[|;]|&&|\$\(|[({]\s|!)\s*(?:[A-Za-z_]\w*=\S*\s+)*([a-z][\w.+-]*)(?=\s|$|;|\))", re.MULTILINE)
BEFORE = re.compile(r"\b(?:then|do|else|if|elif|while|until|exec|nice|env|xargs(?:\s+-\S+(?:\s+\d+)?)*)\s")


def commands_of_shell(text):
    text = re.sub(r"<<'?(\w+)'?.*?^\1$", "", text, flags=re.DOTALL | re.MULTILINE)  # here documents
    text = re.sub(r"(?:^|\s)#.*", "", text)
    functions = set(re.findall(r"^\s*(\w+)\(\)", text, re.MULTILINE))
    required = set(re.findall(r"command -v ([\w.+-]+) >/dev/null \|\| die", text))
    guarded = set(re.findall(r"command -v ([\w.+-]+)", text)) - required  # asked for first
    text = re.sub(r"'[^']*'", "''", text)
    text = re.sub(r"\w+\+?=\([^$()]*\)", "", text)  # lists
    text = re.sub(r"^\s*[\w\"* |.-]+\)(?=\s)", "", text, flags=re.MULTILINE)  # the choices of a case
    text = re.sub(r"\\\n\s*", " ", text)
    return set(COMMAND.findall(BEFORE.sub(" ; ", text))) - functions - guarded | required


def calls_of_python(text):
    """The programs that a list at the front of a call names, and the modules that are imported."""
    programs, modules = set(), set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            modules |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            modules.add(node.module.split(".")[0])
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.List) and node.args[0].elts:
            first = node.args[0].elts[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                programs.add(first.value)
    return programs, modules


def is_python(name):
    return name.endswith(".py") or re.match(r"#!.*python", text_of(name)[:60])


def test_commands_that_scripts_call():
    uses, called = [], set()
    for name in tracked():
        if name.split("/")[0] not in ("scripts", "tests", ".ci"):
            continue
        if re.match(r"(#!.*\bbash|# shellcheck shell=bash)", text_of(name)):
            words = commands_of_shell(text_of(name))
        else:
            words = calls_of_python(text_of(name))[0] if is_python(name) else set()
        called |= words
        uses += [(name, word, path) for word in sorted(words) if (path := shutil.which(word))]
    assert {"cmake", "ctest", "shellcheck", "npm", "grep"} <= called  # npm is here after scripts/setup --pages alone, the last stage
    assert {"cmake", "ctest", "shellcheck", "grep"} <= {what for _, what, _ in uses}
    assert missing(uses) == []


def module_file(module):
    try:
        spec = find_spec(module)
    except (ImportError, ValueError):
        return None
    return spec.origin if spec and spec.origin and spec.origin.startswith("/usr/") else None


def test_modules_that_python_imports():
    """By the Python that runs the tests: Debian's."""
    uses, files = [], {}
    for name in tracked():
        if not is_python(name) or not text_of(name):
            continue
        for module in sorted(calls_of_python(text_of(name))[1] - set(sys.builtin_module_names)):
            files.setdefault(module, module_file(module))
            if files[module]:
                uses.append((name, f"module {module}", files[module]))
    assert {"module h5py", "module xarray", "module matplotlib"} <= {what for _, what, _ in uses}
    assert missing(uses) == []


def test_libraries_that_r_loads():
    uses = []
    description = dict(re.findall(r"^(\w+): (.*)$", text_of("r/DESCRIPTION"), re.MULTILINE))
    needed = {"r/DESCRIPTION": re.split(r", ", f"{description['Imports']}, {description['Suggests']}")}
    for name in [n for n in tracked() if n.startswith(("docs/", "tests/"))]:
        needed[name] = re.findall(r"^\s*library\((\w+)\)", text_of(name), re.MULTILINE)
    for name, libraries in needed.items():
        for library in set(libraries) - {description["Package"]}:
            files = [Path("/usr/lib/R", kind, library, "DESCRIPTION") for kind in ("site-library", "library")]
            path = next((str(f) for f in files if f.exists()), None)
            assert path, f"{name}: R has no library {library}"
            uses.append((f"tests/{name}", f"library {library}", path))
    assert uses and missing(uses) == []


def test_what_is_called_is_found():
    text = '#!/usr/bin/env bash\nfor f in *; do\n  frob "$f" | sort | xargs -n 1 blub\ndone\nif ! flob; then exec glib; fi\n'
    assert {"frob", "sort", "blub", "flob", "glib"} <= commands_of_shell(text)
    assert "hidden" not in commands_of_shell("say 'a; hidden'\n# hidden\ncat <<'TEXT'\nhidden now\nTEXT\n")
    assert calls_of_python("import a.b\nfrom c import d\nrun(['x', y])") == ({"x"}, {"a", "c"})


def test_scripts_that_are_named_exist():
    assert [name for names in STAGES.values() for name in names if not (SOURCE / "scripts" / name).is_file()] == []
