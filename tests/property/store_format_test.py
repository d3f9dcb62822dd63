"""Shards as docs/formats/runs.md describes them, read by other means than the program's; every damage of a store is noticed; whoever dies, no run is lost."""

import json
import os
import pathlib
import random
import struct
import subprocess
import sys
import time
import uuid

import h5py
import numpy as np
import pytest
import xxhash

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import study_files  # noqa: E402
from raw_bytes import raw  # noqa: E402
from study_files import ALONE, POINTS, PROGRAM, kept, shards  # noqa: E402

REPLICATES = 37
RUNS = POINTS * REPLICATES


def study(folder):
    return study_files.study(folder, REPLICATES, batch=4)


def run(path, *more):
    return subprocess.run([PROGRAM, "study", "run", path.name, "--threads", "1", "--quiet", *more], cwd=path.parent, env=ALONE, capture_output=True,
                          text=True, timeout=120)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    path = study(tmp_path_factory.mktemp("whole"))
    assert run(path).returncode == 0
    return path


def batches(data):
    """Of each batch what its label says, and (key of the point, replicate, hash, outcomes) of its runs."""
    at = 0
    while at < len(data):
        magic, checksum, length, records, runs = struct.unpack_from("<8sQQQQ", data, at)
        head = data[at + 16:at + length]
        assert magic == b"COALRUN2" and xxhash.xxh3_64_intdigest(head) == checksum
        size = struct.unpack_from("<I", head, 24)[0]
        label, place, found = json.loads(head[28:28 + size]), 28 + size, []
        finished, seconds, rectangles = struct.unpack_from("<qdI", head, place)
        assert finished > 1.7e9 and seconds >= 0
        place, record_at = place + 20, at + length
        for _ in range(rectangles):
            first, count, points = struct.unpack_from("<QQI", head, place)
            place += 20
            for _ in range(points):
                key, numbers = uuid.UUID(bytes=head[place:place + 16]), struct.unpack_from("<4I", head, place + 16)
                place += 32
                assert numbers[1:] == (0, 0, 0)
                record, replicate = 8 + 8 * numbers[0], first
                each = max(1, 262_144 // record)
                while replicate < first + count:
                    page = min(each, first + count - replicate) * record
                    assert xxhash.xxh3_64_intdigest(data[record_at + 8:record_at + 8 + page]) == struct.unpack_from("<Q", data, record_at)[0]
                    for i in range(page // record):
                        begin = record_at + 8 + i * record
                        found.append((key, replicate + i, struct.unpack_from("<Q", data, begin)[0], np.frombuffer(data, "<f8", numbers[0], begin + 8)))
                    record_at, replicate = record_at + 8 + page, replicate + page // record
        assert struct.unpack_from("<I", head, place)[0] == 0 and place + 4 == len(head) and len(found) == runs
        at += length + records
        assert record_at == at
        yield label, found


def test_another_program_reads_what_the_description_says(whole):
    done = {}
    for shard in shards(whole):
        assert shard.parent.name == shard.stem[-2:]
        for label, found in batches(shard.read_bytes()):
            assert (label["format"], label["format_version"], label["study"], label["kept"]) == ("coalis-runs", 2, "test", "outcomes")
            done.update({(key, replicate): (hash_, outcomes) for key, replicate, hash_, outcomes in found})
    assert len(done) == RUNS == kept(whole)
    with h5py.File(whole.with_suffix(".h5")) as file:
        keys = [uuid.UUID(key.decode() if isinstance(key, bytes) else key) for key in file["design/key"][()]]
        for point, key in enumerate(keys):
            for replicate in range(REPLICATES):
                hash_, outcomes = done[key, replicate]
                assert hash_ == file["runs/hash"][point, replicate]
                assert file["outcomes/engaged"][point, replicate] in outcomes
    lines = [json.loads(line) for manifest in whole.with_suffix(".runs").glob("manifests/*.jsonl") for line in manifest.read_text().splitlines()]
    assert sum(line.get("runs", 0) for line in lines) == RUNS


def test_every_damage_of_a_shard_is_said_or_costs_only_runs(whole, tmp_path):
    """A bit anywhere; of the manifest, too. The result is always that of whole files."""
    chance = random.Random(5)
    path = study(tmp_path)
    assert run(path).returncode == 0
    for kind in ["shard"] * 6 + ["manifest"] * 6:
        files = shards(path) if kind == "shard" else sorted(path.with_suffix(".runs").glob("manifests/*.jsonl")) + [path.with_suffix(".runs") / "manifest.jsonl"]
        file = chance.choice(files)
        good = file.read_bytes()
        data = bytearray(good)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        file.write_bytes(data)
        path.with_suffix(".h5").unlink()
        answer = run(path)
        if kind == "shard":
            assert answer.returncode == 0 and "is damaged" in answer.stderr, answer.stderr
        elif answer.returncode != 0:  # a line that is whole and says what cannot be
            assert answer.returncode == 3 and ("is damaged" in answer.stderr or "format version" in answer.stderr), answer.stderr
            file.write_bytes(good)
            assert run(path).returncode == 0
        with h5py.File(path.with_suffix(".h5")) as a, h5py.File(whole.with_suffix(".h5")) as b:
            assert a["runs/hash"][()].tobytes() == b["runs/hash"][()].tobytes()


@pytest.mark.parametrize("locks", [[], ["--no-locks"]])
def test_kills_at_any_moment_lose_no_batch(whole, tmp_path, locks):
    path, moments, before = study(tmp_path), random.Random(2), 0
    for _ in range(12):
        process = subprocess.Popen([PROGRAM, "study", "run", path.name, "--threads", "1", "--quiet", *locks], cwd=tmp_path, env=ALONE,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moments.uniform(0, .25))
        process.kill()
        process.wait()
        assert kept(path) >= before
        before = kept(path)
    # Half a batch at the end of a shard of a process that died.
    if shards(path):
        with open(shards(path)[-1], "ab") as file:
            file.write(b"COALRUN2" + bytes(range(100)))
    answer = run(path)
    assert answer.returncode == 0, answer.stderr
    assert kept(path) == RUNS
    with h5py.File(path.with_suffix(".h5")) as a, h5py.File(whole.with_suffix(".h5")) as b:
        for name in b["outcomes"]:
            assert a["outcomes"][name][()].tobytes() == b["outcomes"][name][()].tobytes()


def test_a_shard_is_appended_to_by_one_process_alone(whole, tmp_path):
    path = study(tmp_path)
    assert run(path, "--part", "1/2").returncode == 0
    first = {p: p.read_bytes() for p in shards(path)}
    assert len(first) == 1 and run(path, "--part", "2/2").returncode == 0
    assert len(shards(path)) == 2 and all(p.read_bytes() == data for p, data in first.items())
    answer = subprocess.run([PROGRAM, "study", "merge", path.name, "--quiet"], cwd=tmp_path, env=ALONE, timeout=100)
    assert answer.returncode == 0
    os.remove(whole.with_suffix(".h5"))
    assert subprocess.run([PROGRAM, "study", "merge", whole.name, "--quiet"], cwd=whole.parent, env=ALONE, timeout=100).returncode == 0
    assert raw(path.with_suffix(".h5")) == raw(whole.with_suffix(".h5"))
