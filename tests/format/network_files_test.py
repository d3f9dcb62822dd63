"""The tie network as `coalis export` writes it, read back with Python's own XML and CSV readers; what `coalis story` says of bad input."""
import csv
import json
import os
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ILLINOIS = str(ROOT / "scenarios/illinois.toml")
NAMESPACE = {"g": "http://graphml.graphdrawing.org/xmlns"}


def coalis(*arguments, status=0):
    run = subprocess.run([os.environ["COALIS_PROGRAM"], *arguments], capture_output=True, text=True)
    assert run.returncode == status, run.stderr
    return run


def graph_of(path):
    root = ET.parse(path).getroot()
    names = {key.get("id"): key.get("attr.name") for key in root.findall("g:key", NAMESPACE)}

    def data(element):
        return {names[d.get("key")]: d.text for d in element.findall("g:data", NAMESPACE)}

    graph = root.find("g:graph", NAMESPACE)
    nodes = {node.get("id"): data(node) for node in graph.findall("g:node", NAMESPACE)}
    edges = [(edge.get("source"), edge.get("target"), float(data(edge)["weight"])) for edge in graph.findall("g:edge", NAMESPACE)]
    return data(graph), nodes, edges


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    path = tmp_path_factory.mktemp("network") / "illinois.h5"
    coalis("run", ILLINOIS, "--replicates", "3", "--seed", "5", "--quiet", "-o", str(path), "--set", "organisations.nonmembers=20")
    return path


def test_graphml_has_the_ties_of_the_outcomes(result, tmp_path):
    coalis("export", str(result), "--graphml", str(tmp_path / "a.graphml"), "--replicate", "2")
    about, nodes, edges = graph_of(tmp_path / "a.graphml")
    assert about["format"] == "coalis-network" and about["seed"] == "5" and about["replicate"] == "2" and about["month"] == "42"
    assert len(nodes) == 135 and len(edges) > 10
    members = [node for node in nodes.values() if node["member"] == "true"]
    assert all(nodes[a]["member"] == nodes[b]["member"] == "true" and 0 < weight <= 1 for a, b, weight in edges)
    assert len({frozenset(edge[:2]) for edge in edges}) == len(edges)
    # Replicate 2 alone from the means over 2 and over 3 replicates.
    means = {}
    for count in (2, 3):
        run = coalis("run", ILLINOIS, "--replicates", str(count), "--seed", "5", "--quiet", "--json", "--outcomes", "network",
                     "--set", "organisations.nonmembers=20")
        means[count] = {name: value["mean"] for name, value in json.loads(run.stdout)["outcomes"].items()}
    outcome = {name: 3 * means[3][name] - 2 * means[2][name] for name in means[3]}
    assert outcome["network.density"] * len(members) * (len(members) - 1) / 2 == pytest.approx(len(edges))
    crossing = sum(nodes[a]["region"] != nodes[b]["region"] for a, b, _ in edges)
    assert outcome["network.cross_region"] * len(edges) == pytest.approx(crossing)


def test_edge_list_and_graphml_agree(result, tmp_path):
    coalis("export", str(result), "--graphml", str(tmp_path / "a.graphml"), "--edges", str(tmp_path / "a.csv"), "--month", "2007-01")
    about, nodes, edges = graph_of(tmp_path / "a.graphml")
    assert about["month"] == "19"
    with open(tmp_path / "a.csv", encoding="utf-8") as file:
        rows = [(row["source"], row["target"], float(row["weight"])) for row in csv.DictReader(file)]
    assert rows == edges
    with open(tmp_path / "a-nodes.csv", encoding="utf-8") as file:
        listed = {row.pop("organisation"): row for row in csv.DictReader(file)}
    assert listed == nodes


def test_a_result_and_its_scenario_give_the_same_network(result, tmp_path):
    coalis("export", str(result), "--edges", str(tmp_path / "a.csv"))
    coalis("export", ILLINOIS, "--seed", "5", "--set", "organisations.nonmembers=20", "--edges", str(tmp_path / "b.csv"))
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    assert (tmp_path / "a-nodes.csv").read_bytes() == (tmp_path / "b-nodes.csv").read_bytes()


def test_bad_input_says_what_to_do(result, tmp_path):
    target = str(tmp_path / "x.graphml")
    assert "has 3 replicates, numbered from 0" in coalis("export", str(result), "--graphml", target, "--replicate", "9", status=2).stderr
    assert "June 2005 to December 2008 (0 to 42)" in coalis("export", str(result), "--graphml", target, "--month", "2009-01", status=2).stderr
    assert "leave out --seed" in coalis("export", str(result), "--graphml", target, "--seed", "1", status=2).stderr
    assert "--csv DIR, --graphml FILE, --edges FILE or --siena DIR" in coalis("export", str(result), status=2).stderr
    assert not os.path.exists(target)
    Path(target).write_text("mine", encoding="utf-8")
    coalis("export", str(result), "--graphml", target, status=3)
    assert Path(target).read_text(encoding="utf-8") == "mine"


def test_story_of_a_result(result):
    story = coalis("story", str(result), "--organisation", "7", "--replicate", "1").stdout
    assert "the hash of the run is the recorded one" in story and story.startswith("Illinois, as it was")
    part = coalis("story", str(result), "--organisation", "7", "--replicate", "1", "--from", "2006-01", "--to", "2006-12").stdout
    assert "January 2007" not in part and "December 2006" in part
    assert "there are 135 organisations, numbered 0 to 134" in coalis("story", str(result), "--organisation", "135", status=2).stderr
    assert "--to is before --from" in coalis("story", str(result), "--organisation", "1", "--from", "9", "--to", "3", status=2).stderr
