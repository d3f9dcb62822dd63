#!/usr/bin/python3
"""Damaged files of every format but HDF5 (hdf5_mutations.py), read by the program: a way of asking what a stranger's file can do to it.

    COALIS_PROGRAM=build/release/coalis COALIS_FAILING_CALL=... tests/fuzz/file_mutations.py [--count N] [--seed S] [KIND ...]

KIND: as in KINDS; default all. A find is an end by a signal, a report of a sanitizer, no end within a minute, an exit status that is none
of the program's or comes without a word, an error in the words of a library, or a control character on the terminal; it is kept as
found-* in the working folder. Exit status 1 if there was any.
"""

import argparse
import copy
import json
import os
import pathlib
import random
import re
import shutil
import struct
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from failing_calls_test import COMMANDS, FILES, PROGRAM, QUESTION, QUIET  # noqa: E402

ANSWER = """[answer]
text = "It moves by {moves}."
[[answer.figures]]
name = "moves"
figure = "difference"
outcome = "engaged"
at = { "hubs.H.fte" = 2.0 }
from = { "hubs.H.fte" = 0.2 }
"""
FILES = {
    **FILES,
    "study.toml": FILES["study.toml"] + ANSWER,
    "ev.toml": 'format = "scenario"\nversion = 1\ninclude = "small.toml"\nevidence = "evidence.toml"\nname = "T"\n',
    "table.toml": f'format = "study"\n{QUESTION}[design]\nkind = "table"\ntable = "points.csv"\n',
    "points.csv": "hubs.H.fte,levers.information\n0.5,1\n1,0\n",
    "named.toml": 'format = "scenario"\nversion = 1\ninclude = "small.toml"\nname = "N"\n[organisations]\nfile = "members.csv"\nties = "ties.csv"\n',
    "members.csv": "name,sector,role,region,joined,left\nAid,nonprofit,r,N,,\nCity,public,,,2020-02,2020-05\n'=Sum,,q,S,,\n",
    "ties.csv": "source,target,weight\nAid,City,0.5\nCity,'=Sum,\n",
    "came.csv": "organisation,2020-01-08,2020-02-12,2020-03-11,2020-04-08,2020-05-13\nAid,1,1,0,1,1\nCity,,1,1,0,0\nDay,0,0,1,,0\nEast,1,1,1,1,1\n",
}
FITTED = ("compare", "small.toml", "other.toml", "-o", "fitted.h5", "--replicates", "3", "--parameters", "p.csv", *QUIET)
IMPORT = ("import", "came.csv", "-o", "own", "--assume")
MADE_BY = ("study-run", "sensitivity", "best", "calibrate", "calibrate-check", "report")  # the other seeds
RUN = ["--replicates", "2", "--force", *QUIET]
STATUS, STUDY = ["study", "status", "study.toml"], ["study", "run", "study.toml", *QUIET]
# The file that is damaged, how, and the commands that read it.
KINDS = {
    "scenario": ("small.toml", "toml", [["check", "small.toml"], ["run", "small.toml", *RUN], ["explain", "small.toml"]]),
    "study": ("study.toml", "toml", [["plan", "study.toml"], STUDY, ["study", "answer", "study.toml"]]),
    "sensitivity": ("sensitivity.toml", "toml", [["sensitivity", "sensitivity.toml", *QUIET]]),
    "calibration": ("calibration.toml", "toml", [["calibrate", "calibration.toml", "-o", "q.csv", *QUIET]]),
    "evidence": ("evidence.toml", "toml", [["check", "ev.toml"], ["run", "ev.toml", *RUN], ["calibrate", "calibration.toml", "-o", "q.csv", *QUIET]]),
    "sets": ("sets.csv", "csv", [["run", "small.toml", "--parameters", "sets.csv", *RUN]]),
    "posterior": ("p.csv", "posterior", [["calibrate", "calibration.toml", "-o", "p.csv", "--check", "--table", "0", *QUIET],
                                   ["run", "small.toml", "--parameters", "p.csv", *RUN]]),
    "roster": ("members.csv", "csv", [["check", "named.toml"], ["run", "named.toml", *RUN], ["story", "named.toml", "--name", "City"]]),
    "ties": ("ties.csv", "csv", [["check", "named.toml"], ["run", "named.toml", *RUN]]),
    "attendance": ("came.csv", "csv", [["attendance", "came.csv", "--hold-out", "1", "-o", "e.toml"], [*IMPORT, "--force"]]),
    "mapping": ("own/mapping.toml", "toml", [[*IMPORT, "--mapping", "own/mapping.toml", "--force"]]),
    "points": ("points.csv", "csv", [["plan", "table.toml"], ["study", "run", "table.toml", *QUIET]]),
    "check": ("p.check.json", "json", [["report", "p.check.json", "-o", "x.html", "--force"], ["report", "fitted.h5", "--fit", "p.check.json", "-o", "y.html"]]),
    "answer": ("s.json", "json", [["report", "s.json", "-o", "x.html", "--force"], ["sensitivity", "sensitivity.toml", "--from", "s.json"]]),
    "best": ("b.json", "json", [["report", "b.json", "-o", "x.html", "--force"]]),
    "state": ("p.state.json", "json", [["calibrate", "calibration.toml", "-o", "p.csv", *QUIET]]),
    "design": ("sensitivity.runs/design.json", "json", [["sensitivity", "sensitivity.toml", *QUIET]]),
    "manifest": ("study.runs/manifest.jsonl", "bytes", [STATUS, STUDY]),
    "shard": ("study.runs/*.shard", "shard", [STATUS, STUDY, ["study", "answer", "study.toml"]]),
}
VALUES = [b"0", b"-1", b"1e308", b"-1e308", b"nan", b"inf", b"1e-320", b"18446744073709551616", b"9223372036854775807", b"4294967296", b"2147483648",
          b"", b'""', b'"x"', b"[]", b"{}", b"[[1]]", b"true", b"1979-05-27", b"\xff", b"\x00", b"\xe2\x80\xa8", b'"\\u0000"', b"0x10", b"010",
          b"1_000", b'"' + b"a" * 5000 + b'"', b"[1,2,3]", b"\x1b[2J"]
ITEMS = [None, [], {}, -1, 1e308, 1.5, 10**19, 2**31, 2**63, 0, "x", "", True, [[1]], {"a": 1}, 1e-320, "\x1b[2J"]
ENVIRONMENT = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0:max_allocation_size_mb=4000"}


def change_bytes(data, chance):
    data = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 4, 8])):
        at, way = chance.randrange(len(data) or 1), chance.randrange(8)
        numbers = list(re.finditer(rb"[-+0-9.eE]{1,20}", bytes(data)))
        if way == 0 and data: data[at] ^= 1 << chance.randrange(8)
        elif way == 1 and data: data[at] = chance.choice([0, 10, 13, 32, 34, 44, 0x7F, 0x80, 0xFF, chance.randrange(256)])
        elif way == 2: del data[at:at + chance.randrange(1, 20)]
        elif way == 3: data[at:at] = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 6)))
        elif way == 4: data[at:at] = data[chance.randrange(len(data) or 1):][:chance.randrange(1, 60)]
        elif way == 5: data[at:at] = chance.choice(VALUES)
        elif way == 6 and chance.random() < .2: del data[at:]
        elif numbers:
            number = chance.choice(numbers)
            data[number.start():number.end()] = chance.choice(VALUES)
    return bytes(data)


def change_toml(data, chance):
    if chance.random() < .3: return change_bytes(data, chance)
    lines = data.split(b"\n")
    for _ in range(chance.choice([1, 1, 2, 3])):
        i, j, way = chance.randrange(len(lines)), chance.randrange(len(lines)), chance.randrange(7)
        words = list(re.finditer(rb'[-+0-9.]+|"[^"]*"|\w+', lines[i]))
        if way == 0 and len(lines) > 1: del lines[i]
        elif way == 1: lines.insert(j, lines[i])
        elif way == 2: lines[i], lines[j] = lines[j], lines[i]
        elif way <= 4 and b"=" in lines[i]: lines[i] = lines[i].split(b"=")[0] + b"= " + chance.choice(VALUES)
        elif way == 5 and words:
            word = chance.choice(words)
            lines[i] = lines[i][:word.start()] + chance.choice(VALUES) + lines[i][word.end():]
        else: lines[i] += chance.choice([b",", b"]", b" = 3", b" # x", b'"', b"." + b"a" * 300])
    return b"\n".join(lines)


def change_csv(data, chance):
    if chance.random() < .3: return change_bytes(data, chance)
    rows = [line.split(b",") for line in data.split(b"\n")]
    for _ in range(chance.choice([1, 1, 2, 4])):
        i, way = chance.randrange(len(rows)), chance.randrange(8)
        cell = chance.randrange(len(rows[i]) or 1)
        if way == 0 and len(rows) > 1: del rows[i]
        elif way == 1: rows.insert(i, list(rows[i]))
        elif way == 2 and rows[i]: del rows[i][cell]
        elif way == 3 and rows[i]: rows[i].insert(cell, chance.choice(rows[i]))
        elif way == 4: rows = [row[:cell] + row[cell + 1:] for row in rows]
        elif rows[i]: rows[i][cell] = chance.choice([*VALUES, b'"' + rows[i][0]])
    return b"\n".join(b",".join(row) for row in rows)


def change_posterior(data, chance):
    """Mostly without the checksum, so that what it says is read."""
    if chance.random() < .75: data = re.sub(rb"(?m)^# content: .*\n", b"", data)
    return change_csv(data, chance)


def places(thing, path=()):
    yield from [path] if path else []
    for key, value in thing.items() if isinstance(thing, dict) else enumerate(thing) if isinstance(thing, list) else ():
        yield from places(value, (*path, key))


def change_json(data, chance):
    """Mostly without the checksum, so that what it says is read."""
    if chance.random() < .15: return change_bytes(data, chance)
    whole = json.loads(data)
    if chance.random() < .75: whole.pop("content", None)
    for _ in range(chance.choice([1, 1, 2, 3])):
        *path, last = chance.choice(list(places(whole)) or [("",)])
        inside = whole
        for key in path: inside = inside[key]
        old, way = (inside[last] if path or last in inside else None), chance.randrange(8)
        if way == 0: del inside[last]
        elif way == 1 and isinstance(old, list) and old: old.pop()
        elif way == 2 and isinstance(old, list) and old: old.extend(copy.deepcopy(old[-1:]) * chance.choice([1, 3, 1000]))
        elif way == 3:
            for _ in range(chance.choice([3, 200])): old = [old]
            inside[last] = old
        else: inside[last] = chance.choice(ITEMS)
        if not whole: break
    return json.dumps(whole).encode()


def crc64(data):
    """As shards have it: CRC-64/XZ."""
    value = 2**64 - 1
    for byte in data:
        value ^= byte
        for _ in range(8): value = value >> 1 ^ (0xC96C5795D7870F42 if value & 1 else 0)
    return value ^ 2**64 - 1


def change_shard(data, chance):
    """Mostly with a right checksum, so that what it says is read."""
    if chance.random() < .25: return change_bytes(data, chance)
    body = bytearray(change_bytes(data[24:], chance) if chance.random() < .5 else data[24:])
    for _ in range(chance.choice([1, 1, 2, 3])):
        if len(body) < 8: break
        at = chance.randrange(len(body) - 4) & chance.choice([~0, ~3])
        body[at:at + 4] = struct.pack("<I", chance.choice([0, 1, 2, 255, 2**16, 2**31 - 1, 2**31, 2**32 - 1, chance.randrange(2**32), len(body)]))
    after = struct.pack("<Q", len(body) if chance.random() < .95 else chance.choice([0, 2**63, 2**64 - 1])) + bytes(body)
    return data[:8] + struct.pack("<Q", crc64(after)) + after


WAYS = {"bytes": change_bytes, "toml": change_toml, "csv": change_csv, "posterior": change_posterior, "json": change_json, "shard": change_shard}
OF_A_LIBRARY = re.compile(r"std::|basic_string|vector::|bad_alloc|json\.exception|_M_|terminate called|Sanitizer|runtime error|HDF5-DIAG")


def problem_of(command, folder):
    try:
        run = subprocess.run([PROGRAM, *command], cwd=folder, capture_output=True, timeout=60, env=ENVIRONMENT)
    except subprocess.TimeoutExpired:
        return "no end within a minute"
    said = (run.stdout + run.stderr).decode(errors="replace")
    if run.returncode < 0 or run.returncode > 3: return f"exit status {run.returncode}: {said[-300:]}"
    if run.returncode and not said.strip(): return f"exit status {run.returncode} without a word"
    if words := OF_A_LIBRARY.search(said): return f"{words.group()}: {said[-1500:]}"
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f]", said): return f"control characters: {said[-300:]!r}"
    return None


def write_seeds(folder):
    for name, text in FILES.items(): (folder / name).write_text(text, encoding="utf-8")
    made_by = [words for name in MADE_BY for words in (*COMMANDS[name].after, COMMANDS[name].words)]
    for words in dict.fromkeys((*made_by, FITTED, IMPORT)):
        subprocess.run([PROGRAM, *words], cwd=folder, check=True, capture_output=True)


def mutate(kind, count, seed, top, keep):
    """The finds, each with the number of its mutation and the command."""
    pattern, way, commands = KINDS[kind]
    chance, finds, work = random.Random(f"{seed} {kind}"), [], top / "work"
    name = next((top / "seeds").glob(pattern)).relative_to(top / "seeds")
    good = (top / "seeds" / name).read_bytes()
    for i in range(count):
        data = WAYS[way](good, chance)
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(top / "seeds", work)
        (work / name).write_bytes(data)
        for command in commands:
            problem = problem_of(command, work)
            if not problem: continue
            finds.append((kind, i, " ".join(command), problem))
            (keep / f"found-{kind}-{seed}-{i}{name.suffix}").write_bytes(data)
    return finds


def mutate_all(kinds, count, seed, top, keep):
    (top / "seeds").mkdir()
    write_seeds(top / "seeds")
    finds = []
    for kind in kinds:
        found = mutate(kind, count, seed, top, keep)
        print(f"{kind}: {count} mutations, {len(found)} finds", flush=True)
        finds += found
    return finds


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("kinds", nargs="*", metavar="KIND", default=list(KINDS))
    words.add_argument("--count", type=int, default=2000, help="mutations of each kind")
    words.add_argument("--seed", type=int, default=1)
    options = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        finds = mutate_all(options.kinds, options.count, options.seed, pathlib.Path(folder), pathlib.Path.cwd())
    for find in finds: print(*find, sep=" | ")
    return 1 if finds else 0


if __name__ == "__main__": sys.exit(main())
