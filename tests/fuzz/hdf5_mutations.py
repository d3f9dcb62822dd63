"""Damages files of every kind and has the program read them: by single bytes, and by their structure with h5py.

    COALIS_PROGRAM=build/release/coalis tests/fuzz/hdf5_mutations.py [--count N] [--seed S] [KIND ...]

KIND: result, comparison, study; default all. Every other mutation first takes the checksums out, so that the readers' own checks of
types and sizes are met and not the checksums alone. A find is an end by a signal, a report of a sanitizer (other than one inside libhdf5
in the child process that reads, when the file is then refused), no end within a minute, an exit status other than 0, 1 or 3, or an
error that does not name the file; it is kept as found-*.h5 in the working folder. Exit status 1 if there was any.
"""

import argparse
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

import h5py
import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "field"))
from hdf5_cases import PROGRAM, write_comparison, write_inputs, write_result, write_study  # noqa: E402

COMMANDS = {
    "result": [["export", "M", "--csv", "tables", "--force"], ["verify", "M", "--quiet", "--threads", "1"],
               ["story", "M", "--organisation", "1"]],
    "comparison": [["report", "M", "-o", "page.html", "--force"], ["verify", "M", "--quiet", "--threads", "1"],
                   ["export", "M", "--csv", "tables", "--force"]],
    "study": [["study", "run", "study.toml", "--quiet", "--threads", "1"], ["verify", "M", "--quiet", "--threads", "1"],
              ["export", "M", "--csv", "tables", "--force"]],
}
ENVIRONMENT = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0:max_allocation_size_mb=4000", "OMP_NUM_THREADS": "1"}


def names_in(file):
    sets, groups, attributes = [], [], [("/", key) for key in file.attrs]

    def note(name, thing):
        (sets if isinstance(thing, h5py.Dataset) else groups).append(name)
        attributes.extend((name, key) for key in thing.attrs if key != "REFERENCE_LIST")

    file.visititems(note)
    return sets, groups, attributes


def change_texts(file, name, chance):
    values, shape = list(file[name][()]), file[name].shape
    del file[name]
    text = h5py.string_dtype()
    way = chance.randrange(5)
    if way == 0: file.create_dataset(name, data=np.array(values[:-1], dtype=object), dtype=text)
    elif way == 1: file.create_dataset(name, data=np.array(values + [b"extra"], dtype=object), dtype=text)
    elif way == 2: file.create_dataset(name, shape=(0,), dtype=text)
    elif way == 3: file.create_dataset(name, shape=shape, dtype=text)  # null texts
    else: file.create_dataset(name, data=np.array([b"x" * 300] * len(values), dtype=object), dtype=text)
    return f"{name} texts {way}"


def change_numbers(file, name, chance):
    values, kind, shape = np.atleast_1d(file[name][()]), file[name].dtype, list(file[name].shape)
    del file[name]
    way, axis = chance.randrange(11), chance.randrange(max(1, len(shape)))
    other = shape.copy()
    if way == 0 and shape: other[axis] = max(0, shape[axis] - 1)
    elif way == 1 and shape: other[axis] += chance.choice([1, 7])
    elif way == 2: other = [0] * len(shape)
    elif way == 3 and len(shape) > 1: other = shape[:-1]
    elif way == 4: other = shape + [2]
    elif way == 5: kind = np.dtype("S4")
    elif way == 6: other = []
    elif way == 7 and shape: other[axis] = chance.choice([10**6, 10**9, 2**40, 2**62])
    elif way == 8: kind = np.dtype(chance.choice(["f8", "i8", "u1", ">f4", "c8"]))
    elif way == 9: values[...] = chance.choice([1e308, -1e308, np.inf, np.nan, -1, 5e-324]) if kind.kind == "f" else chance.choice([0, 1, 100])
    else: return f"{name} removed"
    if way == 9: file.create_dataset(name, data=values.reshape(shape))
    elif way == 7: file.create_dataset(name, shape=other, dtype=kind, chunks=tuple(max(1, min(x, 64)) for x in other))
    else: file.create_dataset(name, shape=other, dtype=kind)
    return f"{name} numbers {way}"


def change_attribute(file, place, key, chance):
    thing = file[place]
    old = thing.attrs[key]
    del thing.attrs[key]
    way = chance.randrange(7)
    new = {1: "a text of variable length", 2: np.array([1, 2, 3]), 3: np.int64(-1), 4: np.string_(b"x" * chance.choice([1, 5, 300])),
           5: np.float64("nan")}.get(way)
    if way == 6 and isinstance(old, (bytes, np.bytes_, str)):
        text = bytearray(old if isinstance(old, bytes) else old.encode()) or bytearray(b" ")
        for _ in range(chance.randrange(1, 4)):
            at = chance.randrange(len(text))
            if chance.random() < .5: text[at] = chance.randrange(32, 127)
            else: text = text[:at] + text[at + chance.randrange(1, 30):] or bytearray(b" ")
        new = np.string_(bytes(text))
    elif way == 6: new = np.asarray(old).dtype.type(chance.choice([0, 1, 2, 100])) if np.asarray(old).dtype.kind in "iuf" else "other"
    if new is not None: thing.attrs[key] = new
    return f"{place}@{key} {way}"


def change_structure(path, chance, with_checksums):
    with h5py.File(path, "r+") as file:
        if not with_checksums:
            for thing in [file, *file.values()]: thing.attrs.pop("content_checksum", None)
        sets, groups, attributes = names_in(file)
        said = []
        for _ in range(chance.choice([1, 1, 1, 2, 4])):
            way = chance.randrange(10)
            try:
                if way < 5:
                    name = chance.choice(sets)
                    said.append((change_texts if file[name].dtype.kind == "O" else change_numbers)(file, name, chance))
                elif way == 5:
                    name = chance.choice(sets + groups)
                    del file[name]
                    said.append(f"{name} removed")
                elif way == 6:
                    name = chance.choice(sets + groups)
                    file[f"linked{chance.randrange(100)}"] = chance.choice([h5py.SoftLink("/" + name), h5py.ExternalLink("x.h5", "/"), file[name]])
                    said.append(f"{name} linked")
                else:
                    place, key = chance.choice(attributes)
                    said.append(change_attribute(file, place, key, chance))
            except (KeyError, OSError, TypeError, ValueError, RuntimeError):
                pass  # this change cannot be made of what the others left
        return ", ".join(said)


def change_bytes(path, chance):
    whole = bytearray(path.read_bytes())
    way = chance.randrange(4)
    # Superblock, heaps, trees and headers lie at the front, or where a signature of the library stands.
    signatures = [at for mark in (b"OHDR", b"TREE", b"GCOL", b"FRHP", b"BTHD", b"FHDB", b"OCHK", b"BTLF") for at in find_all(whole, mark)]
    for _ in range(chance.choice([1, 1, 2, 8])):
        at = chance.randrange(min(len(whole), 4096)) if way == 0 else (
            min(len(whole) - 1, chance.choice(signatures) + chance.randrange(64)) if way == 1 and signatures else chance.randrange(len(whole)))
        whole[at] = chance.choice([0, 1, 0x7f, 0x80, 0xff, chance.randrange(256), whole[at] ^ 1 << chance.randrange(8)])
    if way == 3: whole = whole[:chance.randrange(8, len(whole))] if chance.random() < .5 else whole + bytes(64)
    path.write_bytes(whole)
    return f"bytes {way}"


def find_all(data, mark):
    at = data.find(mark)
    while at >= 0:
        yield at
        at = data.find(mark, at + 1)


def inside_library(report):
    """Is what the sanitizer saw the library's own fault? Such files end the child process that reads them, and are refused."""
    frames = re.findall(r"#\d+ 0x[0-9a-f]+ (?:in (\S+) )?.*?\(?(\S+)\+0x", report)
    own = [place for function, place in frames if not function.startswith(("__interceptor", "__asan", "__sanitizer"))]
    return bool(own) and "libhdf5" in own[0]


def problem_of(command, name):
    try:
        run = subprocess.run([PROGRAM, *command], capture_output=True, text=True, errors="replace", timeout=60, env=ENVIRONMENT)
    except subprocess.TimeoutExpired:
        return "no end within a minute"
    if run.returncode < 0 or run.returncode >= 128: return f"ended by signal: {run.returncode}"
    sanitized = "Sanitizer" in run.stderr or "runtime error" in run.stderr
    if sanitized and not (run.returncode == 3 and inside_library(run.stderr)): return run.stderr[:2000]
    if run.returncode not in (0, 1, 3): return f"exit status {run.returncode}: {run.stderr[:300]}"
    if "HDF5-DIAG" in run.stderr: return "messages of the library are shown"
    if run.returncode == 3 and name not in run.stderr: return f"does not name the file: {run.stderr[:300]}"
    return None


def mutate(kind, source, count, seed, keep):
    """The finds, each with what was changed."""
    chance, finds = random.Random(f"{seed} {kind}"), []
    path = pathlib.Path("study.h5" if kind == "study" else f"mutated-{kind}.h5")
    for i in range(count):
        shutil.copy(source, path)
        if i % 2: without_checksums_or_pass(path, i % 4 == 1)
        said = change_bytes(path, chance) if i % 3 == 0 else change_structure(path, chance, i % 2 == 0)
        copy = path.read_bytes()
        for command in COMMANDS[kind]:
            problem = problem_of([path.name if part == "M" else part for part in command], path.name)
            if path.read_bytes() != copy: path.write_bytes(copy)  # a study made it again
            if not problem: continue
            finds.append((kind, i, command[0], said, problem))
            (keep / f"found-{kind}-{seed}-{i}.h5").write_bytes(copy)
    return finds


def without_checksums_or_pass(path, remove):
    if not remove: return
    with h5py.File(path, "r+") as file:
        for thing in [file, *file.values()]: thing.attrs.pop("content_checksum", None)


def mutate_all(kinds, count, seed, folder, keep):
    os.chdir(folder)
    write_inputs(folder)
    write = {"result": write_result, "comparison": write_comparison, "study": write_study}
    finds = []
    for kind in kinds:
        source = write[kind](folder).rename(folder / f"source-{kind}.h5")
        finds += mutate(kind, source, count, seed, keep)
    return finds


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("kinds", nargs="*", metavar="KIND", default=list(COMMANDS))
    words.add_argument("--count", type=int, default=2000, help="mutations of each kind")
    words.add_argument("--seed", type=int, default=1)
    options = words.parse_args()
    keep = pathlib.Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        finds = mutate_all(options.kinds, options.count, options.seed, pathlib.Path(folder), keep)
        os.chdir(keep)
    for find in finds: print(*find, sep=" | ")
    print(f"{options.count} mutations of each of {', '.join(options.kinds)}: {len(finds)} finds")
    return 1 if finds else 0


if __name__ == "__main__": sys.exit(main())
