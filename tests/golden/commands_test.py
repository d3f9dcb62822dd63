"""What `coalis explain` and `coalis diff` print of small scenarios, word for word: commands/NAME.txt.

To renew the texts after a change, run this test with COALIS_RENEW_GOLDEN=1 and read the difference.
"""
import json
import os
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent / "commands"


def coalis(*arguments):
    return subprocess.run([os.environ["COALIS_PROGRAM"], *arguments], capture_output=True, text=True, cwd=HERE)


@pytest.mark.parametrize("name, arguments", [
    ("explain", ["explain", "small.toml", "--set", "costs.fte=80000", "--set", "hubs.Centre.authority=0.2"]),
    ("explain-some", ["explain", "small.toml", "hubs", "parameters.tie_prob", "series.'Open days'.hours", "interventions"]),
    ("explain-json", ["explain", "small.toml", "levers", "travel", "interventions", "--set", "levers.recruitment=1", "--json"]),
    ("diff", ["diff", "small.toml", "other.toml"]),
    ("diff-json", ["diff", "small.toml", "other.toml", "--json"]),
])
def test_output_is_the_golden_one(name, arguments):
    run = coalis(*arguments)
    assert run.returncode == 0, run.stderr
    golden = HERE / f"{name}.txt"
    if os.environ.get("COALIS_RENEW_GOLDEN"):
        golden.write_text(run.stdout, encoding="utf-8")
    assert run.stdout == golden.read_text(encoding="utf-8")


def test_origins_of_included_and_overridden_values():
    values = {value["path"]: value for value in json.loads(
        coalis("explain", "small.toml", "--json", "--set", "levers.recruitment=1").stdout)}
    assert values["levers.information"]["origin"] == {"from": "file", "file": "parts/base.toml", "line": 42, "column": 15}
    assert values["levers.facilitation"]["origin"]["file"] == "small.toml"
    assert values["levers.recruitment"]["origin"] == {"from": "--set", "text": "--set levers.recruitment=1"}
    assert values["levers.joint_grants"]["origin"] == {"from": "default", "source": "A"}
    assert values["name"]["value"] == "Small" and values["name"]["origin"]["line"] == 4
    assert values["organisations.members.for_profit"] | {"unit": "", "meaning": ""} == {
        "path": "organisations.members.for_profit", "value": 0, "unit": "", "origin": {"from": "default", "source": "E"}, "meaning": ""}


def test_equal_scenarios_do_not_differ_and_swapping_mirrors():
    assert coalis("diff", "small.toml", "small.toml", "--exit-code").stdout == "no differences\n"
    there = json.loads(coalis("diff", "small.toml", "other.toml", "--json").stdout)["differences"]
    back = json.loads(coalis("diff", "other.toml", "small.toml", "--json").stdout)["differences"]
    assert {(d["path"], json.dumps(d["a"]), json.dumps(d["b"])) for d in there} == {
        (d["path"], json.dumps(d["b"]), json.dumps(d["a"])) for d in back}


def test_exit_codes():
    assert coalis("diff", "small.toml", "other.toml", "--exit-code").returncode == 1
    assert coalis("diff", "small.toml", "nowhere.toml").returncode == 2
    wrong = coalis("explain", "small.toml", "parameters.tie_probe")
    assert wrong.returncode == 2 and "did you mean 'parameters.tie_prob'?" in wrong.stderr
