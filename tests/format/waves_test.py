"""Waves as `coalis export --siena` writes them, read by the rules of RSiena's manual, without the package, and by R; what they
hold is what the result and its tie networks hold."""

import csv
import os
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import h5py
import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
MONTHS = [9, 12, 15, 42]
NAMED = "2006-03,12,2006-09,42"


def coalis(*arguments, status=0):
    run = subprocess.run([os.environ["COALIS_PROGRAM"], *map(str, arguments)], capture_output=True, text=True)
    assert run.returncode == status, run.stderr
    return run


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    path = tmp_path_factory.mktemp("waves") / "illinois.h5"
    leaving = ("--set", "parameters.withdrawal=0.1", "--set", "organisations.nonmembers=20")
    coalis("run", ROOT / "scenarios/illinois.toml", "--replicates", 3, "--seed", 5, "--quiet", "--record", "all", "-o", path, *leaving)
    return path


@pytest.fixture(scope="module")
def folder(result):
    coalis("export", result, "--waves", NAMED, "--siena", result.parent / "waves", "--replicate", 2)
    return result.parent / "waves"


def network_of(path):
    """An adjacency matrix: a line an actor, whole numbers with blanks between; 10 is a structural zero, NA missing."""
    lines = [line.split(" ") for line in path.read_text(encoding="utf-8").splitlines()]
    assert all(len(line) == len(lines) for line in lines) and {code for line in lines for code in line} <= {"0", "1", "10"}
    return np.array(lines, dtype=int)


def behaviour_of(path):
    """A line an actor, a column a wave: whole numbers, NA is missing."""
    lines = [line.split(" ") for line in path.read_text(encoding="utf-8").splitlines()]
    assert all(code == "NA" or code.isdigit() for line in lines for code in line)
    return np.array([[np.nan if code == "NA" else int(code) for code in line] for line in lines])


def presence_of(path, waves):
    """A line an actor: an even number of ascending times from 1 to the last wave; each two are an interval, its ends included."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        times = [float(time) for time in line.split(" ")]
        assert len(times) % 2 == 0 and times and 1 <= times[0] and times[-1] <= waves
        assert all(earlier < later for earlier, later in zip(times, times[1:])) or times == [waves, waves]
        found.append(list(zip(times[::2], times[1::2])))
    return found


def rows_of(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_all_files_say_the_same_of_who_was_there(folder):
    networks = [network_of(folder / f"ties-{k}.txt") for k in (1, 2, 3, 4)]
    attendance, commitment = behaviour_of(folder / "attendance.txt"), behaviour_of(folder / "commitment.txt")
    presence, actors = presence_of(folder / "composition.txt", 4), rows_of(folder / "attributes.csv")
    n = len(actors)
    assert [int(row["actor"]) for row in actors] == list(range(1, n + 1)) and len(presence) == n
    assert all(network.shape == (n, n) for network in networks) and attendance.shape == commitment.shape == (n, 4)
    there = ~np.isnan(attendance)
    np.testing.assert_array_equal(there, ~np.isnan(commitment))
    np.testing.assert_array_equal(there, [[any(a <= k <= b for a, b in one) for k in (1, 2, 3, 4)] for one in presence])
    for k, network in enumerate(networks):
        absent = ~there[:, k]
        away = (absent[:, None] | absent[None, :]) & ~np.eye(n, dtype=bool)
        np.testing.assert_array_equal(network == 10, away)
        assert not network.diagonal().any() and network.sum() > 0
    assert there.any(axis=1).all(), "an actor that is never there"
    assert (~there[:, 0]).sum() > 5 and (there[:, 2] & ~there[:, 3]).sum() > 0, "nobody joins or leaves: nothing is tested"
    assert set(np.unique(attendance[there])) <= set(range(13)) and set(np.unique(commitment[there])) <= {1, 2, 3, 4, 5}


def test_values_are_those_of_the_result(result, folder):
    actors = [int(row["organisation"]) for row in rows_of(folder / "attributes.csv")]
    attendance, commitment = behaviour_of(folder / "attendance.txt"), behaviour_of(folder / "commitment.txt")
    with h5py.File(result) as file:
        by_month = {name: file[f"organisation_trajectories/{name}"][2] for name in ("status", "attended", "commitment")}
        ties = {name: file[f"ties/{name}"][()] for name in ("owner", "partner", "edge_replicate")}
        mission = file["final/mission_alignment"][2]
    member = np.isin(by_month["status"], (1, 2))
    assert actors == np.flatnonzero(member[MONTHS].any(axis=0)).tolist()
    for k, month in enumerate(MONTHS):
        there = member[month][actors]
        came = (by_month["attended"][max(0, month - 11) : month + 1] > 0).sum(axis=0)[actors]
        np.testing.assert_array_equal(attendance[there, k], came[there])
        classes = np.minimum(np.floor(by_month["commitment"][month][actors].astype(np.float32) * np.float32(5)), 4) + 1
        np.testing.assert_array_equal(commitment[there, k], classes[there])
    number = {organisation: actor for actor, organisation in enumerate(actors)}
    mine = ties["edge_replicate"] == 2
    last = {
        (number[a], number[b])
        for a, b in zip(ties["owner"][mine], ties["partner"][mine])
        if member[42][a] and member[42][b]
    }
    assert last == set(map(tuple, np.argwhere(network_of(folder / "ties-4.txt") == 1).tolist()))
    written = [float(row["mission_alignment"]) for row in rows_of(folder / "attributes.csv")]
    np.testing.assert_array_equal(np.float32(written), mission[actors])


def test_members_join_and_leave_in_the_middle_of_a_month(result, folder):
    actors = [int(row["organisation"]) for row in rows_of(folder / "attributes.csv")]
    with h5py.File(result) as file:
        status = file["organisation_trajectories/status"][2]
    member = np.isin(status, (1, 2))
    time = np.interp(np.arange(43) - 0.5, MONTHS, [1, 2, 3, 4])
    for actor, intervals in zip(actors, presence_of(folder / "composition.txt", 4)):
        changes = [m for m in range(10, 43) if member[m, actor] != member[m - 1, actor]]
        ends = [1.0] * bool(member[9, actor]) + [time[m] for m in changes] + [4.0] * bool(member[42, actor])
        np.testing.assert_allclose([end for one in intervals for end in one], ends, rtol=1e-12)


def test_ties_of_a_month_are_those_of_its_network(result, folder, tmp_path):
    coalis("export", result, "--graphml", tmp_path / "a.graphml", "--replicate", 2, "--month", "2006-06")
    names = {"g": "http://graphml.graphdrawing.org/xmlns"}
    edges = {(int(e.get("source")), int(e.get("target"))) for e in ET.parse(tmp_path / "a.graphml").iterfind(".//g:edge", names)}
    actors = [int(row["organisation"]) for row in rows_of(folder / "attributes.csv")]
    pairs = np.argwhere(network_of(folder / "ties-2.txt") == 1)
    assert {tuple(sorted((actors[a], actors[b]))) for a, b in pairs} == edges and len(edges) > 5


def test_the_table_of_waves(folder):
    waves = rows_of(folder / "waves.csv")
    assert [row["date"] for row in waves] == ["2006-03", "2006-06", "2006-09", "2008-12"]
    networks = [network_of(folder / f"ties-{k}.txt") for k in (1, 2, 3, 4)]
    assert [int(row["ties"]) for row in waves] == [int((network == 1).sum()) for network in networks]
    for row, before, now in zip(waves[1:], networks, networks[1:]):
        both = (before != 10) & (now != 10)
        either = ((before == 1) | (now == 1)) & both
        assert float(row["jaccard"]) == pytest.approx(((before == 1) & (now == 1)).sum() / either.sum())
    assert waves[0]["jaccard"] == "" and float(waves[1]["jaccard"]) > 0.1
    about = (folder / "about.txt").read_text(encoding="utf-8")
    assert "format: coalis-waves\nformat_version: 1\n" in about and "seed: 5\nreplicate: 2\n" in about


READ = """
networks <- array(unlist(lapply(1:4, function(k) as.matrix(read.table(sprintf("ties-%d.txt", k))))), dim = c(actors, actors, 4))
attendance <- as.matrix(read.table("attendance.txt"))
composition <- lapply(strsplit(sub("^ +", "", readLines("composition.txt")), " +"), as.numeric)
attributes <- read.csv("attributes.csv")
stopifnot(all(networks %in% c(0, 1, 10)), dim(attendance) == c(actors, 4), length(composition) == actors, nrow(attributes) == actors)
stopifnot(all(lengths(composition) %% 2 == 0), !anyNA(unlist(composition)), is.numeric(attributes$region_number))
cat(sum(networks == 1), sum(networks == 10), sum(is.na(attendance)), sum(attendance, na.rm = TRUE))
"""


def test_r_reads_the_same(folder):
    networks = [network_of(folder / f"ties-{k}.txt") for k in (1, 2, 3, 4)]
    attendance = behaviour_of(folder / "attendance.txt")
    run = subprocess.run(["Rscript", "-e", f"actors <- {len(attendance)}\n{READ}"], cwd=folder, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    tens = sum(int((network == 10).sum()) for network in networks)
    ones = sum(int((network == 1).sum()) for network in networks)
    assert [int(n) for n in run.stdout.split()] == [ones, tens, int(np.isnan(attendance).sum()), int(np.nansum(attendance))]


@pytest.mark.parametrize(
    "arguments, says",
    [
        (["--waves", "2006-06,2006-06"], "--waves 2006-06: comes before or with the wave before it"),
        (["--waves", "2006-06,2005-12"], "--waves 2005-12: comes before or with the wave before it"),
        (["--waves", "2006-06,2009-01"], "--waves 2009-01: the run has the months June 2005 to December 2008"),
        (["--waves", "2006-06,"], "--waves : '' is no month"),
        ([], "--siena requires --waves"),
    ],
)
def test_wrong_months_write_nothing(result, arguments, says, tmp_path):
    run = coalis("export", result, *arguments, "--siena", tmp_path / "waves", status=2)
    assert says in run.stderr and not (tmp_path / "waves").exists()


def test_files_are_kept_and_those_of_more_waves_removed(result, tmp_path):
    out = tmp_path / "waves"
    coalis("export", result, "--waves", "0,6,12,18", "--siena", out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    assert "exists already" in coalis("export", result, "--waves", "0,6", "--siena", out, status=3).stderr
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    coalis("export", result, "--waves", "0,6", "--siena", out, "--force")
    assert sorted(path.name for path in out.glob("ties-*")) == ["ties-1.txt", "ties-2.txt"]
    coalis("export", ROOT / "scenarios/illinois.toml", "--seed", 5, "--waves", "0,6", "--siena", tmp_path / "b")
    assert (tmp_path / "b" / "ties-2.txt").exists()
