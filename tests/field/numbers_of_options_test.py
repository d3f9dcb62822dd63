"""Every number of a command line is read as it is meant, or refused before anything is done.

A user expects: 010 is ten; nothing, blanks, signs, hexadecimal, 1e3, fractions of a whole number, nan, inf and what does not fit are
refused with exit code 2, the name of the option and what it takes. The options are those that `--help` of every command names, so
that a new one is tried too.
"""
import functools
import json
import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
ROOT = Path(__file__).resolve().parents[2]
ILLINOIS = ROOT / "scenarios" / "illinois.toml"
LEADER = ROOT / "scenarios" / "illinois-full-time-leader.toml"
TEXTS = ["", " ", "010", "0x10", "0b1", "0o7", "1e3", "-1", "+1", "4294967295", "4294967296", "4294967297", "9223372036854775808",
         "18446744073709551615", "18446744073709551616", "nan", "inf", "-inf", "1.5", "1.0", "1abc", "1 ", " 1", "1_000", "1,000", "\u0661",
         "0", "1", "2147483648", "1e400", "1e-400", "0.0", "-0", "0x1p3", "1e-2", ".5", "5."]


def coalis(*arguments, **options):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=120, **options)


@functools.cache
def help_of(*command):
    return coalis(*command, "--help").stdout


def together(work, items):
    """Four programs at a time."""
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(work, items))


def commands(*above):
    """All commands below, as lists of words."""
    text = help_of(*above)
    names = re.findall(r"^  ([a-z]+) ", text.partition("Subcommands:")[2].partition("\n\n")[0], re.M)
    for name in names:
        below = list(commands(*above, name))
        yield from below if below else [[*above, name]]


def numeric_options():
    for command in commands():
        for match in re.finditer(r"^ +(--[a-z-]+) (?:N in \[(\d+), (\d+)\]|N >= (\d+)|X > 0)(,\.\.\.)?", help_of(*command), re.M):
            option, least, most, alone, listed = match.groups()
            if least is None and alone is None:
                yield command, option, None, bool(listed)
            else:
                yield command, option, (int(least or alone), int(most) if most else 2**64 - 1), bool(listed)


OPTIONS = list(numeric_options())


def accepted(text, limits):
    if limits is None:  # a number above 0
        return re.fullmatch(r"(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", text, re.A) is not None and 0 < float(text) < float("inf")
    return re.fullmatch(r"[0-9]+", text, re.A) is not None and limits[0] <= int(text) <= limits[1]


def test_all_numeric_options_are_tried():
    found = {(" ".join(command), option) for command, option, *_ in OPTIONS}
    assert {("run", "--replicates"), ("run", "--seed"), ("compare", "--precision"), ("study extend", "--points"),
            ("distinguish", "--months"), ("calibrate", "--table"), ("story", "--organisation"), ("verify", "--sample"),
            ("export", "--replicate"), ("plan", "--threads"), ("sensitivity", "--threads")} <= found
    assert len(found) >= 30


def test_no_option_is_read_by_the_library():
    """The names of types that CLI11 gives to numbers that it reads itself, wrongly."""
    for command in commands():
        assert not re.search(r"--[a-z-]+ (U?INT|FLOAT)\b", help_of(*command)), command


@pytest.mark.parametrize("command, option, limits, listed", OPTIONS, ids=[" ".join(c) + " " + o for c, o, *_ in OPTIONS])
def test_texts(command, option, limits, listed, tmp_path):
    def attempt(case):
        text, arguments = case
        run = coalis(*command, *arguments, "absent", cwd=tmp_path)
        refused = f"{option}: takes " in run.stderr or (text == "" and option in run.stderr and "empty text" in run.stderr)
        assert refused != accepted(text, limits), (arguments, run.stderr)
        if refused:
            assert run.returncode == 2, (arguments, run.stderr)

    texts = [text for text in TEXTS if not (listed and text == "1,000")]
    glued = [text for text in texts if text in ("", "010", "0x10", "-1", "nan")]
    together(attempt, [(text, [option, text]) for text in texts] + [(text, [f"{option}={text}"]) for text in glued])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command, option, limits, listed", [o for o in OPTIONS if o[3]], ids=lambda x: str(x))
def test_every_item_of_a_list(command, option, limits, listed, tmp_path):
    for text in ("6,nan", "6,,7", ",6", "6,", "6,-1", "6,0x7", "6,4294967296"):
        run = coalis(*command, option, text, "absent", cwd=tmp_path)
        assert run.returncode == 2 and f"{option}: takes " in run.stderr, (text, run.stderr)


def test_meaning():
    answer = json.loads(coalis("run", ILLINOIS, "--json", "--replicates", "010", "--seed", "18446744073709551615").stdout)
    assert (answer["replicates"], answer["seed"]) == (10, 2**64 - 1)
    answer = json.loads(coalis("compare", ILLINOIS, LEADER, "--json", "--replicates=08", "--seed=007").stdout)
    assert (answer["replicates"], answer["seed"]) == (8, 7)


def test_nothing_is_zero():
    """`--replicates 0` printed a range of 300 digits."""
    run = coalis("run", ILLINOIS, "--no-file", "--replicates", "0")
    assert run.returncode == 2 and run.stdout == "" and "--replicates: takes a whole number from 1 to 4294967295" in run.stderr


def test_twice():
    run = coalis("run", ILLINOIS, "--no-file", "--seed", "1", "--seed", "2")
    assert run.returncode == 2 and "--seed" in run.stderr


@pytest.mark.parametrize("text", ["engaged=nan", "engaged=inf", "engaged=-1", "engaged=0x1", "engaged=1e999", "engaged=", "engaged=1 ",
                                  "engaged= 1", "engaged", "=1", "engaged=.1,engaged=.2", "nothing=1"])
def test_matters(text):
    run = coalis("compare", ILLINOIS, LEADER, "--replicates", "2", "--matters", text)
    assert run.returncode == 2 and run.stdout == "" and "--matters" in run.stderr, run.stderr


@pytest.mark.parametrize("text, advice", [("engaged=0,5", "engaged=0.5"), ("withdrawn=0.1,engaged=2,25", "engaged=2.25")])
def test_a_decimal_comma(text, advice):
    run = coalis("compare", ILLINOIS, LEADER, "--replicates", "2", "--matters", text)
    assert run.returncode == 2 and run.stdout == "" and f"write a decimal point, as in {advice}" in run.stderr, run.stderr


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "1e400", "0x10p1", "010", "1abc", "99999999999999999999", "''", "1e999"])
def test_numbers_of_set(value):
    run = coalis("check", ILLINOIS, "--set", f"hubs.Chicago.fte={value}")
    assert run.returncode == 2 and "--set hubs.Chicago.fte=" in run.stderr, run.stderr


def test_numbers_of_set_are_toml():
    assert coalis("check", ILLINOIS, "--set", "calendar.months=0x30").returncode == 0  # 48, as TOML has it
    assert coalis("check", ILLINOIS, "--set", "calendar.months=4_8").returncode == 0


@pytest.mark.parametrize("option", ["--month", "--waves", "--from", "--to"])
@pytest.mark.parametrize("text", ["", "-1", "-0", "-006-03", "0x1", "1e1", "2006-3", "2006-13", "2006-00", "+1", "1.0", " 1", "99999999999", "nan"])
def test_months(option, text, tmp_path):
    more = {"--month": ["export", "--edges", "ties.csv"], "--waves": ["export", "--siena", "waves"]}.get(option, ["story", "--organisation", "1"])
    run = coalis(*more, ILLINOIS, option, text, cwd=tmp_path)
    assert run.returncode == 2 and option in run.stderr and list(tmp_path.iterdir()) == [], run.stderr


def test_empty_texts(tmp_path):
    """A variable of the shell without a value is no answer, and takes no other argument's place."""
    for arguments in (["-o", ""], ["--set", ""], ["--outcomes", ""], ["--parameters", ""], ["--output="], ["--seed=", "5"]):
        run = coalis("run", ILLINOIS, *arguments, cwd=tmp_path)
        assert run.returncode == 2 and "empty text" in run.stderr and arguments[0].rstrip("=") in run.stderr, run.stderr
    assert coalis("run", "", cwd=tmp_path).returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_switches_take_no_value(tmp_path):
    for argument in ("--force=false", "--quiet=0", "--json=maybe", "--no-file=1"):
        run = coalis("run", ILLINOIS, argument, cwd=tmp_path)
        assert run.returncode == 2 and argument.partition("=")[0] in run.stderr, run.stderr
    assert list(tmp_path.iterdir()) == []


def test_studies_take_as_many_replicates_as_runs(tmp_path):
    text = f'''format = "study"
version = 1
name = "s"
question = "q"
scenarios = ["{ILLINOIS}"]
replicates = 4294967296
outcomes = ["engaged"]
[design]
kind = "full_factorial"
[[factors]]
path = "levers.information"
values = [0, 1]
'''
    (tmp_path / "s.toml").write_text(text)
    assert "s.toml:6:14: error: replicates = 4294967296 is out of range; give a value within 1..4294967295" in coalis("plan", tmp_path / "s.toml").stderr
    (tmp_path / "s.toml").write_text(text.replace("4294967296", "4294967295"))
    assert "at most 1000000000 are possible" in coalis("plan", tmp_path / "s.toml").stderr  # runs, not replicates
    more = coalis("study", "extend", tmp_path / "s.toml", "--replicates", "4294967296")
    assert more.returncode == 2 and "--replicates: takes a whole number from 1 to 4294967295" in more.stderr


def test_names_between_commas_are_one_word(tmp_path):
    """A scenario that follows the names is the scenario; nothing between two commas is a slip."""
    done = coalis("run", "--outcomes", "engaged,goal_attainment", ILLINOIS, "--no-file", "--quiet", "--replicates", 2)
    assert done.returncode == 0, done.stderr
    for names in ("engaged,,goal_attainment", ",", "engaged,"):
        refused = coalis("run", ILLINOIS, "--no-file", "--quiet", "--outcomes", names)
        assert refused.returncode == 2 and "--outcomes" in refused.stderr and f"not '{names}'" in refused.stderr, refused.stderr


@pytest.mark.parametrize("words, said", [(["foo"], "there is no command 'foo'"), (["rum", ILLINOIS], "did you mean 'run'?"),
                                         (["help", "nothing"], "there is no command 'coalis nothing'"), (["study", "stauts", "x"], "did you mean 'status'?")])
def test_an_unknown_command_is_named(words, said):
    refused = coalis(*words)
    assert refused.returncode == 2 and said in refused.stderr, refused.stderr
