"""What a terminal, a browser or a file format obeys instead of showing is refused in names and texts, and written out in messages.

A user expects: no file that somebody sent can clear the screen, turn the direction of text around, cut a name off in HDF5 or CSV, or
break a GraphML file; and a scenario with the harmless characters of HTML and CSV in its names works everywhere.
"""
import csv
import os
import subprocess
import xml.etree.ElementTree
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import h5py
import numpy as np
import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
ROOT = Path(__file__).resolve().parents[2]
ILLINOIS = ROOT / "scenarios" / "illinois.toml"
# NUL, C0, DEL, C1, separators, marks of direction, byte order mark, noncharacters
CONTROLS = ["0000", "0001", "0007", "0008", "000B", "000D", "001B", "001F", "007F", "0080", "0085", "009B", "2028", "2029", "061C", "200E",
            "200F", "202A", "202E", "2066", "2069", "FEFF", "FFFE", "FFFF", "FDD0"]
INVISIBLE = ["00AD", "034F", "115F", "180E", "200B", "2060", "2063", "206A", "3164", "FFA0", "FFF9"]  # not shown at all

SCENARIO = """format = "scenario"
version = 1
name = "{name}"
description = "{description}"
[calendar]
start = "2020-01"
months = 6
[organisations]
members = {{ nonprofit = 10, public = 3, for_profit = 1 }}
nonmembers = 4
[[regions]]
name = "{region}"
share = 1
[travel]
hours = [[0.5]]
[[roles]]
name = "{role}"
share = {{ nonprofit = 1, public = 1, for_profit = 1 }}
viewpoint = 0.3
[[hubs]]
name = "{hub}"
seat = "{region}"
serves = ["{region}"]
fte = 0.5
[kinds."{kind}"]
base = 0.5
networking = 1.0
awareness_gain = 0.1
yield = 1.0
[[series]]
name = "{series}"
kind = "{kind}"
hub = "{hub}"
audience = "all"
per_year = 12
hours = 3
[levers]
recruitment = 1.0
[environment]
support = 0.5
scarcity = 0.2
restricted = 0.2
cases_per_month = 5
"""
NAMES = {"name": "N", "description": "D", "region": "R", "role": "O", "hub": "H", "kind": "meeting", "series": "S"}


def coalis(*arguments, **options):
    run = subprocess.run([PROGRAM, *map(os.fsencode, map(str, arguments))], capture_output=True, timeout=120, **options)
    run.out, run.err = run.stdout.decode("utf-8"), run.stderr.decode("utf-8")  # what is printed is UTF-8, always
    return run


def scenario(folder, file="s.toml", **names):
    path = folder / file
    path.write_text(SCENARIO.format(**{**NAMES, **names}), encoding="utf-8")
    return path


NOT_SHOWN = {int(code, 16) for code in CONTROLS + INVISIBLE} - {0x0D}


def shows_nothing_to_obey(text):
    return not any(ord(c) < 0x20 and c not in "\n\t" or 0x7F <= ord(c) < 0xA0 or ord(c) in NOT_SHOWN for c in text)


@pytest.mark.parametrize("place", NAMES)
def test_refused_in_scenarios(place, tmp_path):
    def attempt(code):
        folder = tmp_path / code
        folder.mkdir()
        path = scenario(folder, **{place: f"a\\u{code}b"})
        run = coalis("run", path, "--replicates", "2", cwd=folder)
        assert run.returncode == 2, (code, run.out)
        kind = "invisible" if code in INVISIBLE else "control"
        assert f"{kind} character U+{code}" in run.err and f"{path}:" in run.err and run.err.splitlines()[0].split(":")[1].isdigit()
        assert shows_nothing_to_obey(run.err) and run.out == "" and [p.name for p in folder.iterdir()] == ["s.toml"]

    with ThreadPoolExecutor(4) as pool:  # four programs at a time
        list(pool.map(attempt, CONTROLS + INVISIBLE))


@pytest.mark.parametrize("place", ["name", "region", "role", "hub", "kind", "series"])
@pytest.mark.parametrize("text", ["a\\nb", "a\\tb", "a\\r\\nb"])
def test_names_stand_in_one_line(place, text, tmp_path):
    run = coalis("check", scenario(tmp_path, **{place: text}))
    assert run.returncode == 2 and "control character U+00" in run.err


def test_descriptions_have_lines(tmp_path):
    run = coalis("run", scenario(tmp_path, description="first\\n\\tsecond"), "--replicates", "2", "--no-file")
    assert run.returncode == 0, run.err


@pytest.mark.parametrize("byte", [b"\x80", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\xff", b"\xe2\x82"])
def test_no_utf8(byte, tmp_path):
    path = scenario(tmp_path, name="MARK")
    path.write_bytes(path.read_bytes().replace(b"MARK", b"a" + byte + b"b"))
    run = coalis("check", path)
    assert run.returncode == 2 and "UTF-8" in run.err and ":3:" in run.err


@pytest.mark.parametrize("text", ["name=a\x1b[2Jb", 'name="a\\u001bb"', "name=a\u202eb", "name='a\nb'", "description=a\x07b",
                                  'kinds."a\\u0001".base=1', b"name=a\xffb", 'hubs."\x1b".fte=1', "\x1b=1", "hubs.\x1b=1"])
def test_set(text, tmp_path):
    run = subprocess.run([PROGRAM, "check", str(ILLINOIS), "--set", text], capture_output=True)
    assert run.returncode == 2 and shows_nothing_to_obey(run.stderr.decode("utf-8")) and run.stdout == b""


HARMLESS = "<script>alert(1)</script>\\\" onload=x 'y ]]> javascript:1 &amp; {0} %s ,; ü \u4e2d \U0001f600 \u2764\ufe0f \u0645\u06cc\u200c\u062e"


def test_harmless_characters_work_everywhere(tmp_path):
    names = {key: f"{HARMLESS} {key}" for key in NAMES if key != "kind"} | {"kind": "meeting"}
    path = scenario(tmp_path, **names)
    other = scenario(tmp_path, "other.toml", **{**names, "name": "=cmd|A1"})
    for command in (["run", path, "--replicates", "3", "-o", "r.h5"], ["story", path, "--organisation", "1"], ["explain", path],
                    ["compare", path, other, "--replicates", "70", "-o", "c.h5"], ["report", "c.h5", "-o", "c.html"],
                    ["export", "r.h5", "--csv", "tables"], ["export", "r.h5", "--graphml", "r.graphml"], ["verify", "r.h5"]):
        run = coalis(*command, cwd=tmp_path)
        assert run.returncode == 0, (command, run.err)
        assert shows_nothing_to_obey(run.out + run.err)
    page = (tmp_path / "c.html").read_text(encoding="utf-8")
    assert "<script" not in page and "&lt;script&gt;" in page
    xml.etree.ElementTree.parse(tmp_path / "r.graphml")
    with open(tmp_path / "tables" / "organisations.csv", encoding="utf-8", newline="") as file:
        regions = {row["region"] for row in csv.DictReader(file)}
    assert regions == {names["region"].replace('\\"', '"')}


@pytest.mark.parametrize("name", [b"a\x1b[2Jb.toml", b"a\xc2\x9b2Jb.toml", "a\u202eb.toml".encode(), "a\u200bb\U000e0041.toml".encode(), b"a\xffb.toml", b"a\nb.toml"])
def test_paths_are_written_out(name, tmp_path):
    """A path may be anything; a terminal shows it."""
    path = os.path.join(os.fsencode(tmp_path), name)
    for arguments in ([b"check", path], [b"run", path], [b"study", b"run", path], [b"verify", path], [b"calibrate", path], [b"report", path, b"-o", b"x.html"],
                      [b"sensitivity", path], [b"compare", path, path], [b"run", path, path], [b"x" + name], [b"run", b"--" + name],
                      [b"export", path, b"--csv", b"x"], [b"explain", path], [b"run", os.fsencode(ILLINOIS), b"--parameters", path],
                      [b"run", os.fsencode(ILLINOIS), b"--outcomes", name], [b"distinguish", path, b"--candidate", name]):
        run = subprocess.run([PROGRAM, *arguments], capture_output=True, cwd=tmp_path)
        assert run.returncode in (2, 3), arguments
        assert shows_nothing_to_obey((run.stdout + run.stderr).decode("utf-8")), arguments
    Path(os.fsdecode(path)).write_text(SCENARIO.format(**NAMES))
    run = subprocess.run([PROGRAM, "run", path, "--replicates", "2", "-o", "r.h5"], capture_output=True, cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert shows_nothing_to_obey((run.stdout + run.stderr).decode("utf-8"))
    assert subprocess.run([PROGRAM, "check", path], capture_output=True).stdout.decode("utf-8").count("ok") == 1
    assert coalis("verify", "r.h5", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("text", ["weight,parameters.tie_prob\n1,0.2\x1b\n", "weight,parameters.tie_\x01prob\n1,0.2\n", "weight,\u202eparameters.tie_prob\n1,.2\n",
                                  "weight,parameters.\u200btie_prob\n1,.2\n"])
def test_tables(text, tmp_path):
    (tmp_path / "p.csv").write_bytes(text.encode())
    run = coalis("run", ILLINOIS, "--parameters", "p.csv", "--replicates", "2", cwd=tmp_path)
    assert run.returncode == 2 and "p.csv:" in run.err and "U+" in run.err and shows_nothing_to_obey(run.err)
    (tmp_path / "s.toml").write_text(f'format = "study"\nversion = 1\nname = "n"\nquestion = "q"\nscenarios = ["{ILLINOIS}"]\n'
                                     'replicates = 2\noutcomes = ["engaged"]\n[design]\nkind = "table"\ntable = "p.csv"\n')
    run = coalis("study", "run", "s.toml", cwd=tmp_path)
    assert run.returncode == 2 and "p.csv:" in run.err and "U+" in run.err and shows_nothing_to_obey(run.err)


@pytest.mark.parametrize("kind", ["study", "sensitivity", "calibration", "coalis-evidence"])
def test_other_files(kind, tmp_path):
    command = {"study": ["study", "run"], "sensitivity": ["sensitivity"], "calibration": ["calibrate"]}.get(kind)
    path = tmp_path / "f.toml"
    path.write_text(f'format = "{kind}"\nversion = 1\nname = "a\\u001bb"\nquestion = "a\\u0000b"\n')
    if not command:
        scenario(tmp_path, description='D"\nevidence = "f.toml').read_text()
        command, path = ["run", "--no-file"], tmp_path / "s.toml"
    run = coalis(*command, path)
    assert run.returncode == 2 and "f.toml:3:" in run.err and "U+001B" in run.err, run.err


OBEYED = "\x1b[2J\u202e\u200b\x07"


@pytest.mark.parametrize("file, place, name", [
    ("r.h5", "/", "model_version"), ("r.h5", "/", "format"), ("r.h5", "attendance/kind", None), ("r.h5", "names/region", None),
    ("r.h5", "outcomes/engaged", "long_name"), ("r.h5", "final/sector", "flag_meanings"), ("r.h5", "outcomes/engaged", "units"),
    ("c.h5", "scenarios/B", "title"), ("c.h5", "provenance", "command"), ("c.h5", "differences_by_region/region", None),
    ("c.h5", "scenarios/scenario", None), ("c.h5", "structures/structure", None)])
def test_results_of_others(file, place, name, tmp_path):
    """A file that somebody sent, whose checksums are those of an older program: none."""
    path = scenario(tmp_path)
    for command in (["run", path, "--replicates", "2", "-o", "r.h5", "--record", "all"],
                    ["compare", path, scenario(tmp_path, "other.toml", name="O"), "--replicates", "8", "-o", "c.h5", "--structures", "engagement"]):
        assert coalis(*command, cwd=tmp_path).returncode == 0
    with h5py.File(tmp_path / file, "r+") as result:
        for thing in [result, *result.values()]: thing.attrs.pop("content_checksum")
        if name: result[place].attrs[name] = np.bytes_(bytes(result[place].attrs[name]) + OBEYED.encode())
        else: result[place][0] = result[place][0] + OBEYED.encode()
    for command in (["verify", file], ["export", file, "--csv", "tables"], ["story", file, "--organisation", "1"], ["report", file, "-o", "page.html"],
                    ["export", file, "--graphml", "ties.graphml"]):
        run = coalis(*command, cwd=tmp_path)
        assert run.returncode in (0, 1, 3) and shows_nothing_to_obey(run.out + run.err), command
    for written in [*tmp_path.glob("tables/*"), *tmp_path.glob("page.html"), *tmp_path.glob("*.graphml")]:
        assert shows_nothing_to_obey(written.read_text(encoding="utf-8").replace("\r\n", "\n")), written


@pytest.mark.parametrize("command", [["report", "c.h5", "-o", "c.html", "--title"], ["report", "c.h5", "-o", "c.html", "--question"],
                                     ["explore", ILLINOIS, "-o", "c.html", "--title"]], ids=lambda c: f"{c[0]} {c[-1]}")
def test_texts_of_a_page(command, tmp_path):
    for text, said in ((b"a\x1bb", "U+001B"), ("a\u202eb".encode(), "U+202E"), (b"a\xffb", "UTF-8"), (b"a\nb", "U+000A"), (b" ", "is blank")):
        run = subprocess.run([PROGRAM, *map(os.fsencode, command), text], capture_output=True, cwd=tmp_path, timeout=60)
        message = run.stderr.decode("utf-8")
        assert run.returncode == 2 and command[-1] in message and said in message and shows_nothing_to_obey(message), message
        assert list(tmp_path.iterdir()) == []


def test_new(tmp_path):
    for name in (b"a\x1bb", b"a\nb", "a\u202eb".encode(), "a\u200bb".encode(), b"a\xffb"):
        run = subprocess.run([PROGRAM, "new", name], capture_output=True, cwd=tmp_path)
        assert run.returncode == 2 and list(tmp_path.iterdir()) == []
