"""scenarios/scenario.schema.json is what the program prints, accepts every shipped scenario, and rejects malformed ones.

The validator is python3-jsonschema, TOML is read by Python's own reader. COALIS_RENEW_GOLDEN=1 renews the shipped file.
"""
import copy
import os
import subprocess
import tomllib
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "scenarios" / "scenario.schema.json"


def printed():
    return subprocess.run([os.environ["COALIS_PROGRAM"], "schema"], check=True, capture_output=True, text=True).stdout


def scenarios():
    files = sorted(ROOT.glob("scenarios/**/*.toml")) + sorted(ROOT.glob("tests/docking/data/*.toml"))
    return [file for file in files if load(file).get("format") == "scenario"]


def load(path):
    return tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def validator():
    import json
    schema = json.loads(printed())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_shipped_file_is_current():
    if os.environ.get("COALIS_RENEW_GOLDEN"):
        SHIPPED.write_text(printed(), encoding="utf-8")
    assert SHIPPED.read_text(encoding="utf-8") == printed(), "run: coalis schema > scenarios/scenario.schema.json"


def test_the_baseline_points_to_the_schema():
    assert (ROOT / "scenarios" / "illinois.toml").read_text(encoding="utf-8").startswith("#:schema ./scenario.schema.json\n")


@pytest.mark.parametrize("path", scenarios(), ids=lambda path: path.name)
def test_shipped_scenarios_are_valid(validator, path):
    assert [error.message for error in validator.iter_errors(load(path))] == []


def test_there_are_enough_scenarios():
    assert len(scenarios()) >= 7


def test_the_template_and_the_resolved_text_are_valid(validator, tmp_path):
    path = tmp_path / "new.toml"
    subprocess.run([os.environ["COALIS_PROGRAM"], "new", "New", "-o", path], check=True, stdout=subprocess.DEVNULL)
    assert [error.message for error in validator.iter_errors(load(path))] == []


def test_members_are_counted_or_named(validator):
    scenario = load(ROOT / "scenarios" / "illinois.toml")
    members = scenario["organisations"].pop("members")
    for given, right in (({}, False), ({"file": "members.csv"}, True), ({"rows": ["name,sector", "A,public"]}, True),
                         ({"file": "members.csv", "ties": "ties.csv", "members": members}, True), ({"file": 3}, False), ({"rows": "A"}, False)):
        scenario["organisations"] = {"founding_share": 1, **given}
        assert validator.is_valid(scenario) == right, given


def put(scenario, path, value):
    *outer, last = path
    for name in outer:
        scenario = scenario[name]
    scenario[last] = value


INTERVENTION = {"set": "levers.information", "value": 0.5, "from": "2006-01"}


@pytest.mark.parametrize("path, value", [
    (["calender"], {}), (["format"], "study"), (["version"], 3), (["version"], "1"), (["include"], ""),
    (["calendar", "start"], "2005-13"), (["calendar", "start"], 3), (["calendar", "months"], 0), (["calendar", "months"], 2.5),
    (["organisations", "members"], 115), (["organisations", "members"], {"private": 3}), (["organisations", "members", "public"], -1),
    (["regions"], []), (["regions", 0, "share"], 1.5), (["regions", 0], {"share": 0.5}), (["regions", 0, "size"], 3),
    (["travel"], {}), (["travel", "hours"], [1, 2]), (["travel", "hours", 0, 0], -1),
    (["roles", 0, "viewpoint"], 1.01), (["roles", 0, "share", "nonprofit"], "half"),
    (["hubs", 0, "convenor"], "nobody"), (["hubs", 0, "serves"], "Chicago"), (["hubs", 0, "serves"], ["North", "North"]),
    (["kinds", "meeting", "always_held"], 1), (["kinds", "party"], {"base": 0}),
    (["series", 0, "audience"], "none"), (["series", 0, "from"], "June 2005"), (["series", 0, "from"], -1), (["series", 0, "per_year"], 401),
    (["levers", "information"], 11), (["levers", "informaton"], 1), (["structure", "decision"], "chance"),
    (["parameters", "distance_hours"], 0), (["parameters", "grant_loss"], 1), (["parameters", "K"], 9), (["parameters", "tie_prob"], True),
    (["costs", "fte"], -1), (["survey", "month"], "2008"),
    (["interventions"], [{"set": "levers.information"}]), (["interventions"], [INTERVENTION | {"set": "parameters.tie_prob"}]),
    (["interventions"], [INTERVENTION | {"set": "levers.informaton"}]), (["interventions"], [INTERVENTION | {"value": 11}]),
    (["interventions"], [INTERVENTION | {"set": "hubs.Chicago.convenor", "value": "nobody"}]),
    (["interventions"], [INTERVENTION | {"ramp": 0}]), (["interventions"], [INTERVENTION | {"till": "2007-01"}]),
])
def test_malformed_variants_are_rejected(validator, path, value):
    scenario = load(ROOT / "scenarios" / "illinois.toml")
    scenario.setdefault("survey", {})
    scenario.setdefault("costs", {})
    scenario["interventions"] = [INTERVENTION]
    assert validator.is_valid(scenario)
    put(scenario, path, value)
    assert not validator.is_valid(scenario)


@pytest.mark.parametrize("table, key", [("calendar", None), ("organisations", None), ("regions", None), ("travel", None), ("roles", None),
                                        ("environment", None), ("calendar", "start"), ("organisations", "members"), ("environment", "support")])
def test_missing_parts_are_rejected_unless_included(validator, table, key):
    scenario = load(ROOT / "scenarios" / "illinois.toml")
    if key:
        del scenario[table][key]
    else:
        del scenario[table]
    assert not validator.is_valid(scenario)
    including = copy.deepcopy(scenario) | {"include": "base.toml"}
    assert validator.is_valid(including)


def test_new_never_overwrites_and_its_file_runs(tmp_path):
    path = tmp_path / "new.toml"
    command = [os.environ["COALIS_PROGRAM"], "new", "A \"new\" one", "-o", path]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    before = path.read_bytes()
    again = subprocess.run(command, capture_output=True, text=True)
    assert again.returncode == 3 and "exists already" in again.stderr and path.read_bytes() == before
    run = subprocess.run([command[0], "run", path, "--replicates", "2", "--no-file", "--quiet"], capture_output=True, text=True)
    assert run.returncode == 0 and run.stderr == "" and run.stdout.startswith('A "new" one\n')
    checked = subprocess.run([command[0], "check", path], capture_output=True, text=True)
    assert checked.returncode == 0 and checked.stderr == ""
