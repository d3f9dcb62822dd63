"""Names that become columns, variables and paths stand for one thing, or are refused before the first run with file, line and column.

A user expects: a factor may not have the name of a column that every table has, two names that become one in a file are told apart
before anything runs, and what is set twice is said, since only one of the two could count.
"""
import csv
import os
import re
import subprocess
from pathlib import Path

import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
ROOT = Path(__file__).resolve().parents[2]
ILLINOIS = ROOT / "scenarios" / "illinois.toml"
HEAD = f"""format = "study"
version = 1
name = "names"
question = "Which?"
scenarios = ["{ILLINOIS}"]
replicates = 2
outcomes = ["engaged"]
"""
OWN = ["point", "replicate", "seed", "scenario", "key", "hash", "done", "parameter_file", "parameter_line", "engaged", "events_held.meeting", "Scenario",
       "ENGAGED"]


def coalis(*arguments, **options):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=120, **options)


def factor(name, path="hubs.Chicago.fte", values="[0.2, 1.0]"):
    named = "" if name is None else f"name = {name!r}\n" if "'" not in name else f'name = "{name}"\n'
    return f"[[factors]]\npath = {path!r}\n{named}values = {values}\n"


def study(folder, *factors, head=HEAD, kind="full_factorial"):
    path = folder / "s.toml"
    path.write_text(head + f'[design]\nkind = "{kind}"\n' + "".join(factors))
    return path


def refused(path, *words, where=None):
    for command in (["study", "run"], ["plan"]):
        run = coalis(*command, path)
        assert run.returncode == 2 and run.stdout == "", (command, run.stdout, run.stderr)
        assert re.search(rf"{re.escape(str(where or path))}:\d+:\d+: error: ", run.stderr), run.stderr
        assert all(word in run.stderr for word in words), run.stderr
    assert not (path.parent / "s.runs").exists() and not (path.parent / "s.h5").exists()


@pytest.mark.parametrize("name", [*OWN, "", " ", ".", "..", " fte", "fte "])
def test_names_of_factors(name, tmp_path):
    refused(study(tmp_path, factor(name)), f"'{name}'" if name.strip() else "empty name", "give it another name")


@pytest.mark.parametrize("kind", ["one_factor", "latin_hypercube", "sobol"])
def test_in_every_design(kind, tmp_path):
    values = "[0.2, 1.0]"
    points = "points = 4\n" if kind in ("latin_hypercube", "sobol") else ""
    path = tmp_path / "s.toml"
    path.write_text(HEAD + f'[design]\nkind = "{kind}"\n{points}' + factor("key", values=values))
    refused(path, "'key'")


def test_in_sensitivity(tmp_path):
    path = tmp_path / "s.toml"
    path.write_text(HEAD.replace('"study"', '"sensitivity"') + "[morris]\ntrajectories = 30\n"
                    "[[factors]]\npath = 'parameters.tie_prob'\nname = 'scenario'\nrange = [0.1, 0.2]\n")
    run = coalis("sensitivity", path)
    assert run.returncode == 2 and "s.toml:12:8: error: " in run.stderr and "'scenario'" in run.stderr, run.stderr


@pytest.mark.parametrize("a, b", [("a/b", "a_b"), ("fte", "FTE"), ("a/B", "A_b"), ("x", "x")])
def test_names_that_become_one(a, b, tmp_path):
    refused(study(tmp_path, factor(a), factor(b, "levers.information", "[0, 1]")), f"'{a}'", f"'{b}'")


@pytest.mark.parametrize("other", ["hubs.Chicago.fte", 'hubs."Chicago".fte', "hubs.'Chicago'.fte"])
def test_a_path_twice(other, tmp_path):
    quoted = f"'''{other}'''" if "'" in other else f"'{other}'"
    refused(study(tmp_path, factor("a"), f"[[factors]]\npath = {quoted}\nname = 'b'\nvalues = [0.3, 0.4]\n"), "hubs.Chicago.fte", "both set")
    refused(study(tmp_path, f"[[factors]]\npath = ['hubs.Chicago.fte', {quoted}]\nvalues = [0.3, 0.4]\n"), "twice")
    settings = "[[factors]]\nname = 'c'\nsettings = [{ name = 'x', set = ['hubs.Chicago.fte=1'] }, { name = 'y', set = [] }]\n"
    refused(study(tmp_path, factor("a"), settings), "both set")


def test_different_scenarios_may_set_one_path(tmp_path):
    other = ROOT / "scenarios" / "illinois-full-time-leader.toml"
    head = HEAD.replace(f'"{ILLINOIS}"', f'"{ILLINOIS}", "{other}"')
    path = study(tmp_path, factor("a") + f"scenarios = ['{ILLINOIS.stem}']\n", factor("b", values="[0.3, 0.6]") + f"scenarios = ['{other.stem}']\n", head=head, kind="one_factor")
    assert "both set" not in coalis("plan", path).stderr


def table(folder, text):
    (folder / "points.csv").write_text(text)
    path = folder / "s.toml"
    path.write_text(HEAD + '[design]\nkind = "table"\ntable = "points.csv"\n')
    return path


@pytest.mark.parametrize("header", ["hubs.Chicago.fte,hubs.Chicago.fte", 'hubs.Chicago.fte,"hubs.""Chicago"".fte"', "hubs.Chicago.fte,point",
                                    "hubs.Chicago.fte,", "hubs.Chicago.fte,key", "hubs.Chicago.fte,engaged", "hubs.Chicago.fte,Hubs.chicago.FTE"])
def test_tables_of_points(header, tmp_path):
    refused(table(tmp_path, f"{header}\n0.2,0.3\n0.4,0.5\n"), where=tmp_path / "points.csv")
    run = coalis("study", "run", tmp_path / "s.toml")
    assert re.search(r"points.csv:1:18: error", run.stderr), run.stderr


def test_slashes_alone_are_kept(tmp_path):
    path = study(tmp_path, factor("a/b"), factor("c", "levers.information", "[0, 1]"))
    run = coalis("study", "run", path, "--quiet")
    assert run.returncode == 0, run.stderr
    export = coalis("study", "export", path, "--csv", tmp_path / "tables")
    assert export.returncode == 0, export.stderr
    for name in ("points.csv", "runs.csv", "summary.csv"):
        with open(tmp_path / "tables" / name, newline="") as file:
            columns = next(csv.reader(file))
        assert len(columns) == len({c.lower() for c in columns}), columns


@pytest.mark.parametrize("second, problem", [("parameters.tie_prob", "twice"), ('parameters."tie_prob"', "twice"), ('"parameters.tie_prob"', "twice"),
                                             ("Parameters.tie_prob", "")])
def test_columns_of_parameter_sets(second, problem, tmp_path):
    cell = '"' + second.replace('"', '""') + '"' if '"' in second and not second.startswith('"') else second
    (tmp_path / "p.csv").write_text(f"weight,parameters.tie_prob,{cell}\n1,0.2,0.3\n")
    run = coalis("run", ILLINOIS, "--parameters", "p.csv", "--replicates", "2", cwd=tmp_path)
    assert run.returncode == 2 and "p.csv:1:28: error" in run.stderr and problem in run.stderr, run.stderr
    lines = run.stderr.splitlines()
    assert len(lines) == len(set(lines)), "said once"


def test_files_of_parameter_sets(tmp_path):
    (tmp_path / "a").mkdir(), (tmp_path / "b").mkdir()
    for folder, structure in (("a", "mixture"), ("b", "trait")):
        (tmp_path / folder / "post.csv").write_text(f"weight,structure.engagement,parameters.tie_prob\n1,{structure},0.2\n")
    settings = "[[factors]]\npath = 'structure.engagement'\nvalues = ['mixture', 'trait']\n"
    path = study(tmp_path, settings)
    run = coalis("study", "run", path, "--parameters", "a/post.csv", "--parameters", "b/post.csv", cwd=tmp_path)
    assert run.returncode == 2 and "post" in run.stderr and "same name" in run.stderr, run.stderr
    path = study(tmp_path, settings, head=HEAD + 'parameters = ["a/post.csv", "b/post.csv"]\n')
    run = coalis("study", "run", path, cwd=tmp_path)
    assert run.returncode == 2 and "same name" in run.stderr and re.search(r"s.toml:\d+:\d+: error", run.stderr), run.stderr


@pytest.mark.parametrize("list_", ["regions", "roles", "hubs", "series"])
@pytest.mark.parametrize("name", ["", "   "])
def test_empty_names_in_scenarios(list_, name, tmp_path):
    text = subprocess.run([PROGRAM, "new", "x", "-o", tmp_path / "x.toml"], capture_output=True) and (tmp_path / "x.toml").read_text()
    at = text.index(f"\n[[{list_}]]")
    changed = text[:at] + re.sub(r'name = "[^"]*"', f'name = "{name}"', text[at:], count=1)
    (tmp_path / "x.toml").write_text(changed)
    run = coalis("check", tmp_path / "x.toml")
    assert run.returncode == 2 and re.search(r"x.toml:\d+:\d+: error: the name of a \w+ is empty", run.stderr), run.stderr


def test_empty_kind(tmp_path):
    run = coalis("check", ILLINOIS, "--set", "kinds.' '.base=1")
    assert run.returncode == 2 and "there is no kind ' '" in run.stderr


SCENARIO = f'format = "scenario"\nversion = 2\ninclude = "{ILLINOIS}"\n'


@pytest.mark.parametrize("name", ["", " ", "   "])
def test_a_blank_name_of_a_scenario_is_refused(tmp_path, name):
    (tmp_path / "blank.toml").write_text(SCENARIO + f'name = "{name}"\n')
    for command in (["check", "blank.toml"], ["run", "blank.toml", "--no-file"], ["compare", "blank.toml", ILLINOIS]):
        run = coalis(*command, cwd=tmp_path)
        assert run.returncode == 2 and re.search(r"blank\.toml:4:\d+: error: the name of the scenario is blank; write what people call it", run.stderr)
    path = study(tmp_path, factor("fte"), head=HEAD.replace('"names"', f'"{name}"'))
    refused(path, "'name' is blank")


def test_options_of_one_name_can_be_told(tmp_path):
    for file, fte in (("part", 0.4), ("full", 1.0)):
        (tmp_path / f"{file}.toml").write_text(SCENARIO + f'name = "Our plan"\n[[hubs]]\nname = "Chicago"\nfte = {fte}\n')
    run = coalis("compare", "part.toml", "full.toml", "--replicates", 3, "--quiet", "-o", "c.h5", cwd=tmp_path)
    said = " ".join(run.stdout.split())
    assert "B (Our plan, full)" in said and "A (Our plan, part)" in said
    assert coalis("report", "c.h5", "-o", "c.html", cwd=tmp_path).returncode == 0
    assert "Our plan, part or Our plan, full" in (tmp_path / "c.html").read_text(encoding="utf-8")
    assert "reproduced." in coalis("verify", "c.h5", cwd=tmp_path).stdout
    (tmp_path / "s.toml").write_text(HEAD.replace(f'"{ILLINOIS}"', '"part.toml", "full.toml"') + """[design]
kind = "full_factorial"
[[factors]]
path = "levers.information"
values = [1, 2]
[answer]
text = "Best: {b}."
[[answer.figures]]
name = "b"
figure = "best"
outcome = "engaged"
along = "scenario"
""")
    said = " ".join(coalis("study", "run", "s.toml", "--quiet", cwd=tmp_path).stdout.split())
    assert re.search(r"Best: 'Our plan, (part|full)'", said), said


def test_a_scenario_without_a_name_is_called_by_its_file(tmp_path):
    text = (ROOT / "scenarios" / "illinois.toml").read_text(encoding="utf-8")
    for key in ("name", "evidence"):  # of the scenario; its regions keep theirs
        text = re.sub(rf'^{key} = .*\n', "", text, count=1, flags=re.M)
    (tmp_path / "nameless.toml").write_text(text)
    said = " ".join(coalis("compare", "nameless.toml", ILLINOIS, "--replicates", 2, "--quiet", cwd=tmp_path).stdout.split())
    assert "A nameless (nameless.toml), the reference" in said and "A (nameless)" in said
    assert not coalis("run", "nameless.toml", "--replicates", 2, "--quiet", "--no-file", cwd=tmp_path).stdout.startswith("\n")


SMALL_LISTS = {"hubs": ("H", 'seat = "Chicago"\nserves = ["Chicago"]\nfte = 1\n'),
               "series": ("meetings", 'kind = "meeting"\nhub = "Chicago"\naudience = "all"\nper_year = 1\nhours = 1\n')}
ALIKE = [("Caf\u00e9", "Cafe\u0301"), ("core group", "Core Group"), ("core group", "core  group"), ("a/b", "a_b"), ("\u00c5", "\u212b"), ("\u0394", "\u03b4"),
         ("A/B", "a_b"), ("\ud55c", "\u1112\u1161\u11ab"), ("o\u0323\u0302", "o\u0302\u0323"), ("STRA\u00c9E", "strae\u0301e")]


def entry(list_, name):
    return f"[[{list_}]]\nname = {name_of(name)}\n" + SMALL_LISTS[list_][1]


def name_of(name):
    return '"' + name + '"'


@pytest.mark.parametrize("a, b", ALIKE)
@pytest.mark.parametrize("list_", list(SMALL_LISTS))
def test_names_that_are_taken_for_one(list_, a, b, tmp_path):
    (tmp_path / "n.toml").write_text(SCENARIO + entry(list_, a) + entry(list_, b), encoding="utf-8")
    run = coalis("check", tmp_path / "n.toml")
    assert run.returncode == 2 and re.search(rf"n\.toml:\d+:8: error: the {list_} '{b}' and '{a}' \([^)]*n\.toml:5:8\) are one name where letter case", run.stderr), run.stderr


@pytest.mark.parametrize("other", ["Meetings", "MEETINGS"])
def test_an_included_name_in_another_letter_case_is_no_new_one(other, tmp_path):
    (tmp_path / "n.toml").write_text(SCENARIO + entry("series", other))
    run = coalis("check", tmp_path / "n.toml")
    assert run.returncode == 2 and f"'{other}' and 'meetings' (" in run.stderr and "illinois.toml" in run.stderr and "write both alike" in run.stderr, run.stderr


@pytest.mark.parametrize("name", ["m ", " m", "m\u00a0", "m\u00a0n", "\u3000m", "m\u2009n", "m\u202fn"])
def test_blanks_at_an_end_and_other_spaces(name, tmp_path):
    for text in (*(entry(list_, name) for list_ in SMALL_LISTS), f"[kinds.{name_of(name)}]\nbase = 1\nnetworking = 1\nawareness_gain = 0.1\nyield = 1\n"):
        (tmp_path / "n.toml").write_text(SCENARIO + text, encoding="utf-8")
        run = coalis("check", tmp_path / "n.toml")
        assert run.returncode == 2 and re.search(r"n\.toml:[45]:\d+: error: the (hub|series|kind) '[^']*' has a space (at an end|that is not the plain one)", run.stderr), run.stderr
    (tmp_path / "n.toml").write_text(SCENARIO + f"name = {name_of(name)}\n", encoding="utf-8")
    assert "error: the name of the scenario has a space" in coalis("check", tmp_path / "n.toml").stderr
    path = study(tmp_path, factor("PLACE"))
    path.write_text(path.read_text().replace("PLACE", name), encoding="utf-8")
    refused(path, "has a space", "give it another name")


@pytest.mark.parametrize("name", ["\u200d", "\u200c\u200d", "\u2800", "\ufe0f", "\u0301", " \u200d "])
def test_names_of_which_nothing_can_be_seen(name, tmp_path):
    (tmp_path / "n.toml").write_text(SCENARIO + f"name = {name_of(name)}\n", encoding="utf-8")
    run = coalis("check", tmp_path / "n.toml")
    assert run.returncode == 2 and "error: the name of the scenario is blank" in run.stderr, run.stderr
    for list_ in SMALL_LISTS:
        (tmp_path / "n.toml").write_text(SCENARIO + entry(list_, name), encoding="utf-8")
        run = coalis("check", tmp_path / "n.toml")
        assert run.returncode == 2 and re.search(r"n\.toml:\d+:\d+: error: the name of a \w+ is empty", run.stderr), run.stderr
    run = coalis("compare", ILLINOIS, "--with", f"{name}: levers.information=1", "--replicates", 2)
    assert run.returncode == 2 and re.search("has no character that can be seen|has a space", run.stderr), run.stderr


@pytest.mark.parametrize("name", ["\U0001f468\u200d\U0001f469", "\u0915\u094d\u200d", "e\u0301", "\u2764\ufe0f"])
def test_joiners_and_marks_within_a_name_stay(name, tmp_path):
    (tmp_path / "n.toml").write_text(SCENARIO + f"name = {name_of(name)}\n", encoding="utf-8")
    assert coalis("check", tmp_path / "n.toml").returncode == 0


@pytest.mark.parametrize("a, b", [("a/b", "a_b"), ("Talk", "talk"), ("Caf\u00e9", "Cafe\u0301")])
def test_kinds_that_become_one(a, b, tmp_path):
    rows = "base = 1\nnetworking = 1\nawareness_gain = 0.1\nyield = 1\n"
    (tmp_path / "n.toml").write_text(SCENARIO + f"[kinds.{name_of(a)}]\n{rows}[kinds.{name_of(b)}]\n{rows}", encoding="utf-8")
    run = coalis("check", tmp_path / "n.toml")
    assert run.returncode == 2 and re.search(rf"n\.toml:9:\d+: error: the kinds '{b}' and '{a}'", run.stderr), run.stderr
    path = study(tmp_path, factor("FIRST"), factor("SECOND", "levers.information", "[0, 1]"))
    path.write_text(path.read_text().replace("FIRST", a).replace("SECOND", b), encoding="utf-8")
    refused(path, f"'{a}'", f"'{b}'")


def test_different_names_stay_different(tmp_path):
    (tmp_path / "n.toml").write_text(SCENARIO + "".join(entry("series", name) for name in ("caf\u00e9", "cafe", "caf\u00e8", "a-b", "a_b", "a b", "ab")), encoding="utf-8")
    assert coalis("check", tmp_path / "n.toml").returncode == 0, coalis("check", tmp_path / "n.toml").stderr


def test_scenarios_of_nearly_one_title_can_be_told(tmp_path):
    for file, title in (("part", "Our plan"), ("full", "our plan")):
        (tmp_path / f"{file}.toml").write_text(SCENARIO + f'name = "{title}"\n[[hubs]]\nname = "Chicago"\nfte = {0.4 if file == "part" else 1}\n')
    said = " ".join(coalis("compare", "part.toml", "full.toml", "--replicates", 3, "--quiet", cwd=tmp_path).stdout.split())
    assert "(our plan, full)" in said and "(Our plan, part)" in said, said
