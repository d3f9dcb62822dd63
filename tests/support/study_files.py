"""A small study on disk, and what is kept of it."""
import os
import pathlib
import re
import struct
import subprocess

PROGRAM = os.environ["COALIS_PROGRAM"]
ILLINOIS = pathlib.Path(__file__).resolve().parents[2] / "scenarios" / "illinois.toml"
QUEUES = re.compile("SLURM|SGE_|PBS|LSB_|PMI|OMPI")
ALONE = {name: value for name, value in os.environ.items() if not QUEUES.match(name)}
POINTS = 6

STUDY = """format = "study"
version = 1
name = "test"
question = "Is anything lost?"
scenarios = ["{scenario}"]
replicates = {replicates}
seed = 7
outcomes = ["engaged", "goal_attainment"]
batch = {batch}
[design]
kind = "full_factorial"
[[factors]]
path = "hubs.Chicago.fte"
values = [0.2, 1.0]
[[factors]]
path = "levers.information"
range = [0, 1]
levels = 3
"""


def study(folder, replicates, batch=60):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "s.toml"
    path.write_text(STUDY.format(scenario=ILLINOIS, replicates=replicates, batch=batch))
    return path


def shards(path):
    """Its files of runs; not those that were set aside."""
    return sorted(path.with_suffix(".runs").glob("[0-9a-f][0-9a-f]/*.shard"))


def runs_of(shard):
    """The numbers of runs of its whole batches (docs/formats/runs.md)."""
    data, at, found = shard.read_bytes(), 0, []
    while at + 40 <= len(data):
        head, records, runs = struct.unpack_from("<QQQ", data, at + 16)
        end = at + head + records
        if data[at:at + 8] != b"COALRUN2" or end > len(data):
            break
        found.append(runs)
        at = end
    return found


def batches(path):
    """How many whole ones are kept."""
    return sum(len(runs_of(shard)) for shard in shards(path))


def kept(path):
    """Runs in the shards, also those that are kept twice."""
    return sum(sum(runs_of(shard)) for shard in shards(path))


def coalis(path, *command):
    return subprocess.run([PROGRAM, "study", *command], cwd=path.parent, env=ALONE, check=True, stdout=subprocess.DEVNULL, timeout=200)


def merged(path):
    """What one process makes of it; the command in it is that of merging, of the same length everywhere."""
    coalis(path, "run", path.name, "--quiet")
    path.with_suffix(".h5").unlink()
    coalis(path, "merge", path.name, "--quiet")
    return path.with_suffix(".h5")
