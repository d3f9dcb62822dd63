"""A small study on disk, and what is kept of it."""
import json
import os
import pathlib
import re
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


def kept(path):
    """Runs in the shards, also those that are kept twice (docs/formats/runs.md)."""
    count = 0
    for shard in path.with_suffix(".runs").glob("*.shard"):
        with open(shard, "rb") as file:
            head = file.read(28)
            count += json.loads(file.read(int.from_bytes(head[24:28], "little")))["runs"]
    return count


def coalis(path, *command):
    return subprocess.run([PROGRAM, "study", *command], cwd=path.parent, env=ALONE, check=True, stdout=subprocess.DEVNULL, timeout=200)


def merged(path):
    """What one process makes of it; the command in it is that of merging, of the same length everywhere."""
    coalis(path, "run", path.name, "--quiet")
    path.with_suffix(".h5").unlink()
    coalis(path, "merge", path.name, "--quiet")
    return path.with_suffix(".h5")
