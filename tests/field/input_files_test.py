"""What a user names as an input is read to its end or refused with the reason: pipes, devices, folders, empty and failing files,
tables as spreadsheets write them, numbers that are none, answers and states that were damaged."""
import json
import os
import pathlib
import random
import re
import socket
import subprocess

import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "field" / "data"
MIXTURE = ROOT / "scenarios" / "posterior" / "mixture.check.json"


def coalis(folder, *arguments, **options):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, cwd=folder, timeout=300, **options)


@pytest.fixture
def folder(tmp_path):
    for name in ("small.toml", "cal.toml", "ev2.toml"):
        (tmp_path / name).write_bytes((DATA / name).read_bytes())
    return tmp_path


KINDS = [["check"], ["run", "--no-file"], ["plan"], ["sensitivity"], ["calibrate"], ["verify"], ["report", "-o", "x.html"],
         ["run", "small.toml", "--no-file", "--replicates", "2", "--parameters"]]


@pytest.mark.parametrize("command", KINDS, ids=lambda c: c[0] + str(len(c)))
def test_what_is_no_file(folder, command):
    for name in ("pipe", "pipe.json", "pipe.toml"): os.mkfifo(folder / name)
    (folder / "empty").write_text("")
    (folder / "folder").mkdir()
    with socket.socket(socket.AF_UNIX) as listener: listener.bind(str(folder / "socket"))
    as_pipe = ["pipe", "to a file first"]
    for name, words in (("pipe", as_pipe), ("pipe.json", as_pipe), ("pipe.toml", as_pipe), ("/dev/zero", ["device"]), ("socket", ["it is a socket"]), ("folder", ["folder"]), ("empty", ["empty"]),
                        ("/proc/self/mem", ["reading failed"]), ("nothing", ["o such file"])):
        refused = coalis(folder, *command, name)
        assert refused.returncode in (2, 3), (name, refused)
        if not (command[0] in ("verify", "report") and name == "empty"):
            assert all(word in refused.stderr for word in words), (name, refused.stderr)


def test_a_file_that_is_too_large(folder):
    with open(folder / "large", "wb") as file:
        file.truncate(300 << 20)
    for command in KINDS[:3] + KINDS[-1:]:
        refused = coalis(folder, *command, "large")
        assert refused.returncode == 2 and "larger than" in refused.stderr, refused.stderr


def with_sets(folder, text):
    (folder / "sets.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    return coalis(folder, "run", "small.toml", "--no-file", "--json", "--quiet", "--replicates", "4", "--parameters", "sets.csv")


def test_tables_as_programs_write_them_are_one(folder):
    plain = with_sets(folder, "weight,parameters.tie_prob\n1,0.2\n2,0.3\n")
    assert plain.returncode == 0, plain.stderr
    for text in ("\ufeffweight,parameters.tie_prob\r\n1,0.2\r\n2,0.3\r\n\r\n\r\n", 'weight,"parameters.tie_prob"\n"1" , "0.2"\n2,0.3',
                 "# where from\nweight,parameters.tie_prob\r1,0.2\r2,0.3\r", "weight,parameters.tie_prob\n\n1,+0.2\n \t\n2,3e-1\n"):
        same = with_sets(folder, text)
        assert same.returncode == 0 and json.loads(same.stdout) == json.loads(plain.stdout), (text, same.stderr)


@pytest.mark.parametrize("text, place, word", [
    ("weight;parameters.tie_prob\n1;0,2\n", "1:1", "commas"),
    ("weight\tparameters.tie_prob\n1\t0.2\n", "1:1", "commas"),
    ('weight,parameters.tie_prob\n1,"0,2"\n', "2:3", "decimal comma"),
    ("weight,parameters.tie_prob\n1,0,2\n", "2:1", "3 fields for 2 columns"),
    ("weight,parameters.tie_prob\n1\n", "2:1", "1 field for 2 columns"),
    ("parameters.tie_prob,parameters.tie_prob\n0.1,0.2\n", "1:21", "twice"),
    ("parameters.tie_prob,\n0.1,\n", "1:21", "without a name"),
    ('parameters.tie_prob\n"0.1\n', "2:1", "quote"),
    ('parameters.tie_prob\n"0.1"x\n', "2:1", "quote"),
    (b"parameters.tie_prob\n0.1\0\n", "1:1", "no text"),
    ("parameters.tie_prob\n0.1\n".encode("utf-16"), "1:1", "UTF-16"),
    ("parameters.tie_prob\n0.3xyz\n", "2:1", "no number"),
    ("parameters.tie_prob\nnan\n", "2:1", "no number"),
    ("parameters.tie_prob\n-inf\n", "2:1", "no number"),
    ("parameters.tie_prob\nNA\n", "2:1", "no number"),
    ("parameters.tie_prob\n1e999\n", "2:1", "no number"),
    ("parameters.tie_prob\n0x1p-3\n", "2:1", "no number"),
    ("parameters.tie_prob\n0.1 0.2\n", "2:1", "no number"),
    ("weight,parameters.tie_prob\n-1,0.2\n", "2:1", "weight"),
    ("weight,parameters.tie_prob\nnan,0.2\n", "2:1", "weight"),
    ("weight,parameters.tie_prob\n1e308,0.2\n1e308,0.3\n", "1:1", "add up to more"),
    ("weight,parameters.tie_prob\n0,0.2\n", "", "weight above 0"),
    ("parameters.tie_prob\n", "", "weight above 0"),
    ("parameters.tie_prob\n#comment\n", "", "weight above 0"),
    ("parameters.tie_prob\n0.2\n#N/A\n", "3:1", "takes a number, not text"),  # a spreadsheet's, no comment
    ("parameters.tie_prob,weight\n#DIV/0!,1\n", "2:1", "takes a number, not text"),
    ("parameters.tie_prob\nhigh\n", "2:1", "takes a number, not text; write a number instead of 'high'"),
    ("kinds.meeting.base,kinds.metting.base\n1,0\n", "2:1", "there is no kind 'metting'; "),
])
def test_tables_that_cannot_be_meant(folder, text, place, word):
    refused = with_sets(folder, text)
    assert refused.returncode == 2 and word in refused.stderr, refused.stderr
    assert refused.stderr.startswith(f"sets.csv:{place}: error" if place else "sets.csv: error")
    assert refused.stderr.count("\n") <= 20


def test_the_same_rules_for_tables_of_points(folder):
    study = ('format = "study"\nversion = 1\nname = "s"\nquestion = "?"\nscenarios = ["small.toml"]\nreplicates = 2\n'
             'outcomes = ["engaged"]\n[design]\nkind = "table"\ntable = "points.csv"\n')
    (folder / "s.toml").write_text(study)
    for text, word in (("hubs.H.fte;hubs.H.fte\n1;2\n", "commas"), ('hubs.H.fte\n"0,5"\n', "decimal comma"), ("hubs.H.fte\n0.5,1\n", "2 fields"),
                       ("hubs.H.fte,hubs.H.fte\n1,2\n", "twice"), (b"hubs.H.fte\n1\0\n", "no text")):
        (folder / "points.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
        refused = coalis(folder, "plan", "s.toml")
        assert refused.returncode == 2 and word in refused.stderr and "points.csv:" in refused.stderr, refused.stderr


def test_weights_of_many_replicates(folder):
    (folder / "sets.csv").write_text("weight,parameters.tie_prob\n1,0.2\n3,0.3\n")
    # More than 2^31 were once a negative number: whether memory and time allow them is another question.
    asked = coalis(folder, "run", "small.toml", "--no-file", "--quiet", "--replicates", "8", "--parameters", "sets.csv")
    assert asked.returncode == 0, asked.stderr


def test_posterior_values_of_a_check(folder):
    assert coalis(folder, "calibrate", "cal.toml", "-o", "p.csv", "--quiet").returncode == 0
    text = re.sub("# content: .*\n", "", (folder / "p.csv").read_text())
    row = text.splitlines()[-1].split(",")
    for bad in ("0.3xyz", "nan", "inf", "", "1e400", "trait"):
        (folder / "p.csv").write_text(text.replace(",".join(row), ",".join([*row[:5], bad, *row[6:]])))
        refused = coalis(folder, "calibrate", "cal.toml", "-o", "p.csv", "--check", "--table", "0")
        said = "number" if bad else "is empty"
        assert refused.returncode == 2 and said in refused.stderr and "p.csv:" in refused.stderr, (bad, refused.stderr)


def test_a_table_that_is_too_small_for_coverage(folder):
    assert coalis(folder, "calibrate", "cal.toml", "-o", "p.csv", "--quiet").returncode == 0
    refused = coalis(folder, "calibrate", "cal.toml", "-o", "p.csv", "--check", "--table", "400")
    assert refused.returncode == 2 and "1000 nearest" in refused.stderr and not (folder / "p.check.json").exists()


def changed(change):
    check = json.loads(MIXTURE.read_text())
    change(check)
    return json.dumps(check)


def unset(*keys):
    def change(check):
        for key in keys[:-1]:
            check = check[key]
        del check[keys[-1]]
    return change


def put(value, *keys):
    def change(check):
        for key in keys[:-1]:
            check = check[key]
        check[keys[-1]] = value
    return change


@pytest.mark.parametrize("change, place", [
    (put([9], "coverage", "band"), "coverage.band"), (put([], "coverage", "band"), "coverage.band"),
    (put([], "coverage", "parameters"), "coverage.parameters"), (put([], "coverage", "parameters", 0, "nearest", "ranks"), "ranks"),
    (put([1, 2], "coverage", "parameters", 1, "nearest", "ranks"), "ranks"), (put({}, "coverage"), "coverage.table"),
    (put([], "items"), "items"), (put([], "parameters"), "parameters"), (put(-5, "items", 0, "n"), "items[0].n"),
    (put(1e300, "items", 0, "n"), "items[0].n"), (put([], "items", 0, "categories"), "items[0].categories"),
    (put(7, "items", 0, "categories", 0, "observed"), "observed"), (put("x", "draws"), "draws"), (put(True, "distance"), "distance"),
    (put(None, "reference", "q05"), "reference.q10"), (put([], "reference"), "reference"), (unset("p"), "p: is missing"),
    (put(5, "posterior"), "posterior"), (put("guess", "items", 0, "use"), "items[0].use"),
    (put("other", "coverage", "parameters", 0, "path"), "path"),
])
def test_answers_that_were_changed(folder, change, place):
    (folder / "x.check.json").write_text(changed(change))
    refused = coalis(folder, "report", "x.check.json", "-o", "x.html")
    assert refused.returncode == 3 and place in refused.stderr and not (folder / "x.html").exists(), refused.stderr


SENSITIVITY = """format = "sensitivity"
version = 1
name = "s"
question = "q?"
scenarios = ["small.toml"]
replicates = 4
outcomes = ["engaged"]
[sobol]
points = 16
[morris]
trajectories = 20
[[factors]]
path = "hubs.H.fte"
range = [0.1, 2]
[[factors]]
path = "kinds.meeting.base"
range = [0.1, 1]
"""


def test_sensitivity_answers_that_were_changed(folder):
    (folder / "sensitivity.toml").write_text(SENSITIVITY)
    assert coalis(folder, "sensitivity", "sensitivity.toml", "-o", "s.json", "--quiet").returncode == 0
    good = json.loads((folder / "s.json").read_text())
    good.pop("content")
    assert good["targets"][0]["varies"]
    target = ("targets", 0)

    def place(keys):
        return "".join(f"[{k}]" if isinstance(k, int) else f".{k}" for k in keys).lstrip(".")

    for value, *keys in ((1e308, *target, "mean"), (-1e16, *target, "sobol", 0, "total", "value"), (1e300, *target, "sobol", 0, "low_end"),
                         (1e17, *target, "morris", 0, "mu"), (-1, "points"), (1.5, "points"), (-3, "design", "replicates"),
                         (1e300, "design", "seed"), ("many", "points"), (7, "targets"), (5, "name"),
                         ("fun", *target, "outcome"), ("yes", *target, "varies"), ("engaged", *target), ([], *target, "seed")):
        changed = json.loads(json.dumps(good))
        put(value, *keys)(changed)
        (folder / "x.json").write_text(json.dumps(changed))
        refused = coalis(folder, "report", "x.json", "-o", "x.html")
        assert refused.returncode == 3 and f"x.json: it is damaged ({place(keys)}" in refused.stderr and not (folder / "x.html").exists(), (keys, refused)
    assert coalis(folder, "report", "s.json", "-o", "x.html").returncode == 0
    for value, *keys in ((1e308, "values", 0, 0, 0), ({"a": 1, "b": 2}, "design", "factors"), ("x", "design", "scenarios"), ([], "design"),
                         ([], "values"), ("x", "values"), ([[[1, 2]]], "values")):
        changed = json.loads(json.dumps(good))
        put(value, *keys)(changed)
        (folder / "x.json").write_text(json.dumps(changed))
        refused = coalis(folder, "sensitivity", "sensitivity.toml", "--from", "x.json")
        assert refused.returncode == 3 and refused.stderr.startswith("x.json: ") and refused.stdout == "", (keys, refused)


def test_answers_that_are_deep_or_large(folder):
    for text, word in (("[" * 1_000_000, "deep"), ('{"a":' * 5000 + "1" + "}" * 5000, "deep"), ('{"format": "coalis-check", "version": 1e999}', "number"),
                       ("", "empty"), ('{"format": "coalis-check", "vers', "cut off")):
        (folder / "x.check.json").write_text(text)
        refused = coalis(folder, "report", "x.check.json", "-o", "x.html")
        assert refused.returncode == 3 and word in refused.stderr, refused.stderr


def test_every_bit_of_a_state_counts(folder):
    assert coalis(folder, "calibrate", "cal.toml", "-o", "p.csv", "--quiet").returncode == 0
    good, posterior = (folder / "p.state.json").read_bytes(), (folder / "p.csv").read_bytes()
    dice = random.Random(1)
    for _ in range(150):
        at = dice.randrange(8 * len(good))
        flipped = bytearray(good)
        flipped[at // 8] ^= 1 << at % 8
        (folder / "p.state.json").write_bytes(flipped)
        refused = coalis(folder, "calibrate", "cal.toml", "-o", "p.csv", "--quiet")
        assert refused.returncode == 3 and "p.state.json" in refused.stderr, (at, refused)
        assert (folder / "p.csv").read_bytes() == posterior
    (folder / "p.state.json").write_bytes(good)
    assert coalis(folder, "calibrate", "cal.toml", "-o", "p.csv", "--quiet").returncode == 0


def test_states_without_a_checksum_are_read_and_looked_at(folder):
    assert coalis(folder, "calibrate", "cal.toml", "-o", "p.csv", "--quiet").returncode == 0
    state, posterior = json.loads((folder / "p.state.json").read_text()), (folder / "p.csv").read_bytes()
    del state["checksum"]
    state["version"] = 1

    def goes_on(**changes):
        (folder / "p.state.json").write_text(json.dumps({**state, **changes}))
        return coalis(folder, "calibrate", "cal.toml", "-o", "p.csv", "--quiet")

    assert goes_on().returncode == 0 and (folder / "p.csv").read_bytes() == posterior
    rows = state["population"]
    for changes in ({"finished": []}, {"population": []}, {"population": rows[:-1]}, {"population": [rows[0]] * len(rows)},
                    {"finished": [], "population": []}, {"population": [[r[0], r[1], -1, *r[3:]] for r in rows]},
                    {"population": [[r[0], r[1], 1e308, *r[3:]] for r in rows]}, {"population": [[*r[:3], None, *r[4:]] for r in rows]},
                    {"current": {**state["current"], "proposals": -1}}, {"current": {**state["current"], "number": 1}},
                    {"accepted": rows}, {"stopped": 3}, {"population": 5}):
        refused = goes_on(**changes)
        assert refused.returncode == 3 and "is damaged" in refused.stderr, (list(changes), refused)
    assert goes_on(version=2).returncode == 3


@pytest.mark.parametrize("value", ["99999999999999999999", "-1", "1e9", "12 ", "soon", "253402300800", "9223372036854775807"])
def test_source_date_epoch(folder, value):
    assert coalis(folder, "compare", "small.toml", "small.toml", "--replicates", "4", "-o", "c.h5").returncode == 0
    refused = coalis(folder, "report", "c.h5", "-o", "c.html", env={**os.environ, "SOURCE_DATE_EPOCH": value})
    assert refused.returncode == 3 and "SOURCE_DATE_EPOCH" in refused.stderr and not (folder / "c.html").exists()
    last = coalis(folder, "report", "c.h5", "-o", "c.html", env={**os.environ, "SOURCE_DATE_EPOCH": "253402300799"})
    assert last.returncode == 0 and "31 December 9999" in (folder / "c.html").read_text()


def test_chains_and_circles_of_includes(folder):
    head = 'format = "scenario"\nversion = 1\n'
    for i in range(10_000):
        (folder / f"c{i}.toml").write_text(head + f'include = "c{i + 1}.toml"\n')
    refused = coalis(folder, "check", "c0.toml")
    assert refused.returncode == 2 and "more than 64 deep" in refused.stderr and refused.stderr.count("\n") < 5
    (folder / "c40.toml").write_bytes((folder / "small.toml").read_bytes())
    assert coalis(folder, "check", "c0.toml").returncode == 0
    (folder / "c40.toml").write_text(head + 'include = "./link.toml"\n')
    (folder / "link.toml").symlink_to("c3.toml")
    circle = coalis(folder, "check", "c0.toml")
    assert circle.returncode == 2 and "includes itself" in circle.stderr


def test_lines_of_a_manifest_that_were_damaged(folder):
    (folder / "study.toml").write_text(SENSITIVITY.split("[sobol]")[0].replace("sensitivity", "study") + '[design]\nkind = "one_factor"\n')
    first, scenario = coalis(folder, "study", "run", "study.toml", "--quiet"), (folder / "small.toml").read_bytes()
    assert first.returncode == 0
    manifest = folder / "study.runs" / "manifest.jsonl"
    whole = manifest.read_text()
    place = f"study.runs/manifest.jsonl:{whole.count(chr(10)) + 1}: is damaged"
    for line in ({"shard": 5}, {"gone": []}, {"shard": "a.shard", "runs": "many"}, {"shard": "a.shard", "runs": -1}, {"shard": "../b.shard"},
                 {"shard": "ab/a.shard", "runs": 1, "bytes": -1}, {"shard": "abc/a.shard"}, {"gone": "../b.shard"}, {"shard": "../small.toml", "runs": 1}, {"shard": "small"}, {"share": "a.shard"}, {"format": "coalis-study"}, [], 7):
        manifest.write_text(whole + json.dumps(line) + "\n")
        for command in (["status", "study.toml"], ["run", "study.toml", "--quiet"], ["answer", "study.toml"], ["export", "study.toml", "--csv", "tables"]):
            found = coalis(folder, "study", *command)
            if command[0] == "answer" and "has no answer" in found.stderr: continue
            assert found.returncode == 3 and found.stderr.startswith(place) and "remove the line" in found.stderr, (line, command, found)
    for torn in ('{"shard": "a.sha', "\0\0\0"):
        manifest.write_text(whole + torn + "\n")
        assert coalis(folder, "study", "run", "study.toml", "--quiet").stdout == first.stdout
    assert (folder / "small.toml").read_bytes() == scenario


@pytest.mark.parametrize("text, said", [
    ("levers.information=0,5", "has a decimal comma: write 0.5"),
    ("levers.information=0.1.2", "write a number instead of '0.1.2'"),
    ('levers.information="0.5"', "write it without quotes"),
    ("kinds.metting.base=1", "there is no kind 'metting'; "),
])
def test_what_was_meant_by_a_value(folder, text, said):
    refused = coalis(folder, "run", "small.toml", "--no-file", "--set", text)
    assert refused.returncode == 2 and said in refused.stderr, refused.stderr


def test_a_decimal_comma_in_a_file(folder):
    (folder / "comma.toml").write_text('format = "scenario"\nversion = 2\ninclude = "small.toml"\n[levers]\ninformation = 0,5\n')
    refused = coalis(folder, "check", "comma.toml")
    assert refused.returncode == 2 and "comma.toml:5:" in refused.stderr and "write a decimal point, as in 0.5" in refused.stderr, refused.stderr


def test_brackets_that_are_never_closed(folder):
    (folder / "deep.toml").write_text('format = "scenario"\nversion = 2\nname = ' + "[" * 2000 + "\n")
    refused = coalis(folder, "check", "deep.toml")
    assert refused.returncode == 2 and "too deeply" in refused.stderr and "TOML_MAX" not in refused.stderr, refused.stderr


@pytest.mark.parametrize("change", [lambda state: state.update(finished="x"), lambda state: state.update(current=None),
                                    lambda state: state.pop("population"), lambda state: state.update(key=1)])
def test_a_state_with_another_type_in_it(folder, change):
    assert coalis(folder, "calibrate", "cal.toml", "-o", "p.csv", "--quiet").returncode == 0
    state = json.loads((folder / "p.state.json").read_text())
    state["version"] = 1
    del state["checksum"]
    change(state)
    (folder / "p.state.json").write_text(json.dumps(state))
    refused = coalis(folder, "calibrate", "cal.toml", "-o", "p.csv", "--quiet")
    assert refused.returncode == 3 and "json.exception" not in refused.stderr and "p.state.json: " in refused.stderr, refused.stderr


def test_priors_that_leave_no_values_are_said_before_the_first_run(folder):
    text = (folder / "cal.toml").read_text().replace('path = "parameters.hold_floor"\nbeta = [2, 6]', 'path = "parameters.awareness_0"\nuniform = [0.98, 0.999]')
    (folder / "aware.toml").write_text(text)
    refused = coalis(folder, "calibrate", "aware.toml", "-o", "p.csv", "--quiet")
    assert refused.returncode == 2 and refused.stderr.startswith("aware.toml:19:"), refused.stderr
    assert "the priors allow no values together: awareness_0 + awareness_mission is at least 1." in refused.stderr
    assert not list(folder.glob("p.*"))


def test_a_result_about_nothing_and_damaged_values(folder):
    study = ('format = "sensitivity"\nversion = 1\nname = "S"\nquestion = "?"\nscenarios = ["small.toml"]\noutcomes = ["engaged"]\nreplicates = 1\n'
             '[morris]\ntrajectories = 20\n[[factors]]\npath = "parameters.tie_prob"\nrange = [0.1, 0.3]\n'
             '[[factors]]\npath = "parameters.hold_floor"\nrange = [0.1, 0.3]\n')
    (folder / "s.toml").write_text(study)
    assert coalis(folder, "sensitivity", "s.toml", "--quiet", "-o", "s.json").returncode == 0
    whole = json.loads((folder / "s.json").read_text())
    whole.pop("content")
    for change in ({"targets": []}, {"values": [[["x"]]]}):
        (folder / "bad.json").write_text(json.dumps(whole | change))
        refused = coalis(folder, "report", "bad.json", "-o", "page.html")
        assert refused.returncode == 3 and "damaged" in refused.stderr and not (folder / "page.html").exists(), refused.stderr
    (folder / "nan.toml").write_text(study.replace("[0.1, 0.3]", "[nan, 1]", 1))
    refused = coalis(folder, "sensitivity", "nan.toml", "--quiet")
    assert refused.returncode == 2 and "range = nan is out of range; give a finite number\n" in refused.stderr, refused.stderr


@pytest.mark.parametrize("first, later", [("parameters.tie_prob=0.3", "parameters={tie_decay=0.1}"), ("kinds.meeting.base=0.3", "kinds.meeting={base=0.1}"),
                                          ("hubs.H.fte=0.3", "hubs=[]")])
def test_a_setting_that_a_later_one_would_drop_is_said(folder, first, later):
    refused = coalis(folder, "run", "small.toml", "--no-file", "--set", first, "--set", later)
    said = " ".join(refused.stderr.split())
    assert refused.returncode == 2 and f"with it what '{first}' sets; set each key by a path of its own" in said, refused.stderr
    both = coalis(folder, "check", "small.toml", "--set", "parameters.tie_prob=0.3", "--set", "parameters.tie_decay=0.1")
    assert both.returncode == 0, both.stderr


def test_a_character_that_is_refused_in_a_setting_is_said_of_its_key(folder):
    refused = coalis(folder, "run", "small.toml", "--no-file", "--set", 'name="\\u001b[2J"')
    said = " ".join(refused.stderr.split())
    assert refused.returncode == 2 and "the text of 'name' has the control character U+001B; write characters that can be seen" in said, refused.stderr
    assert "quote" not in said and "'v'" not in said


@pytest.mark.parametrize("value, right", [("0.3 # c", False), ("0.3#c", False), ('["H"] # c', False), ("'a' # b", False), ("'a # b'", True), ('"a \\" # b"', True)])
def test_a_comment_behind_a_value_is_refused(folder, value, right):
    key = "name" if right or "a" in value else "hubs.H.serves" if "[" in value else "parameters.tie_prob"
    found = coalis(folder, "explain", "small.toml", "--set", f"{key}={value}")
    assert (found.returncode == 0) == right, found.stderr
    if not right: assert found.returncode == 2 and "has a comment behind its value; leave out '#'" in " ".join(found.stderr.split()), found.stderr


def test_a_comment_in_a_cell_of_a_table_of_points(folder):
    (folder / "points.csv").write_text("hubs.H.fte\n0.3 # c\n")
    (folder / "study.toml").write_text(SENSITIVITY.split("[sobol]")[0].split("[[factors]]")[0].replace("sensitivity", "study") + '[design]\nkind = "table"\ntable = "points.csv"\n')
    refused = coalis(folder, "study", "run", "study.toml")
    assert refused.returncode == 2 and "has a comment behind its value" in " ".join(refused.stderr.split()), refused.stderr


def test_a_line_break_in_a_word_is_written_out(folder):
    refused = coalis(folder, "explain", "small.toml", "hubs\nforged: line")
    assert refused.returncode == 2 and "'hubs\\u000aforged: line'" in " ".join(refused.stderr.split()) and "\nforged" not in refused.stderr, refused.stderr


@pytest.mark.parametrize("budget, right", [("1e300", False), ("1000000001", False), ("60000", True)])
def test_a_budget_is_an_amount_of_money(folder, budget, right):
    found = coalis(folder, "compare", "small.toml", "--with", "information=1: levers.information=1", "--budget", budget, "--replicates", "2", "--quiet")
    assert (found.returncode == 0) == right, found.stderr
    if not right: assert "--budget: takes an amount of USD a year above 0, up to 1e9" in " ".join(found.stderr.split()), found.stderr
