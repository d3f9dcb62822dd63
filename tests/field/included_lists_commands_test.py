"""What commands say of a scenario whose lists are merged with included ones: where each value came from, what differs, what an
editor's schema allows; and shipped scenarios, which use it, are what they were.
"""
import json
import os
import subprocess
import tomllib
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parents[2]
ILLINOIS = ROOT / "scenarios" / "illinois.toml"
MINE = f"""format = "scenario"
version = 2
include = "{ILLINOIS}"

[remove]
series = ["trainings"]

[[hubs]]
name = "Chicago"
fte = 1

[[series]]
name = "core group"
kind = "meeting"
hub = "Chicago"
audience = "core"
per_year = 4
hours = 3
"""


def coalis(*arguments):
    return subprocess.run([os.environ["COALIS_PROGRAM"], *map(str, arguments)], capture_output=True, text=True)


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(MINE)
    return path


def test_explain_says_which_file_and_line_each_value_of_a_merged_entry_is_from(mine):
    answer = coalis("explain", mine, "hubs.Chicago", "series.\"core group\"", "--set", "hubs.Chicago.authority=0.3", "--json")
    assert answer.returncode == 0, answer.stderr
    origin = {value["path"]: value["origin"] for value in json.loads(answer.stdout)}
    lines = ILLINOIS.read_text().splitlines()
    seat = lines.index("[[hubs]]") + 3
    assert origin["hubs.Chicago.fte"] == {"from": "file", "file": str(mine), "line": 10, "column": 7}
    assert (origin["hubs.Chicago.seat"]["file"], origin["hubs.Chicago.seat"]["line"]) == (str(ILLINOIS), seat)
    assert origin["hubs.Chicago.authority"]["from"] == "--set"
    assert origin['series."core group".per_year']["line"] == 17
    assert origin['series."core group".remote']["from"] == "default"


def test_diff_shows_what_was_changed_added_and_removed_and_nothing_else(mine):
    answer = json.loads(coalis("diff", ILLINOIS, mine, "--json").stdout)
    paths = {difference["path"] for difference in answer["differences"]}
    assert "hubs.Chicago.fte" in paths and 'series."core group".kind' in paths and "series.trainings.kind" in paths
    assert all(path.startswith(("hubs.Chicago.fte", 'series."core group"', "series.trainings")) for path in paths), paths


def test_a_comparison_warns_of_what_an_old_file_drops_and_runs_it(tmp_path):
    old = tmp_path / "old.toml"
    old.write_text(MINE.replace("version = 2", "version = 1").replace('[remove]\nseries = ["trainings"]\n', "").replace("fte = 1", (
        'fte = 1\nseat = "Chicago"\nserves = ["Chicago", "Collar counties", "North", "Central", "Southwest", "South"]')))
    answer = coalis("check", old)
    assert answer.returncode == 0 and "1 series" in answer.stdout
    assert "[[series]] replaces the whole list" in answer.stderr and "'trainings'" in answer.stderr and "write version = 2" in answer.stderr


@pytest.fixture(scope="module")
def schema():
    return jsonschema.Draft202012Validator(json.loads(coalis("schema").stdout))


@pytest.mark.parametrize("text, valid", [
    (MINE, True),
    (MINE.replace("version = 2", "version = 1"), False),                                 # neither [remove] nor half an entry
    (MINE.replace('"trainings"', '"trainings", "trainings"'), False),
    (MINE.replace("series = [", "serie = ["), False),
    (MINE.replace('name = "Chicago"\nfte', 'title = "Chicago"\nfte'), False),
    (MINE.replace("[remove]", 'replace = ["hubs"]\n[remove]'), False),                    # then the hub must be whole
    (MINE.replace("[remove]", 'replace = ["series", "interventions"]\n[remove]'), True),
    (MINE.replace("[remove]", 'replace = ["kinds"]\n[remove]'), False),
    (MINE.replace(f'include = "{ILLINOIS}"', f'include = ["{ILLINOIS}"]'), True),
    (MINE.replace(f'include = "{ILLINOIS}"\n', ""), False),
])
def test_the_schema_allows_half_an_entry_where_it_is_merged(schema, text, valid):
    assert schema.is_valid(tomllib.loads(text)) == valid


def test_several_files_may_be_included_the_later_on_top(tmp_path, mine):
    (tmp_path / "calls.toml").write_text('format = "scenario"\nversion = 2\n[[series]]\nname = "core group"\nper_year = 9\n')
    top = tmp_path / "top.toml"
    top.write_text('format = "scenario"\nversion = 2\ninclude = ["mine.toml", "calls.toml"]\n[[hubs]]\nname = "Chicago"\nfte = 0.5\n')
    answer = json.loads(coalis("explain", top, "series", "hubs", "--json").stdout)
    value = {each["path"]: each["value"] for each in answer}
    assert value['series."core group".per_year'] == 9 and value['series."core group".hours'] == 3 and value["hubs.Chicago.fte"] == 0.5
    top.write_text(top.read_text().replace("version = 2", "version = 1"))
    assert "include takes the path of a scenario file" in coalis("check", top).stderr


# What they resolved to when their lists stood in them whole.
@pytest.mark.parametrize("name, series, hubs", [
    ("illinois-three-hubs", 8, 3), ("illinois-six-hubs", 14, 6), ("illinois-members", 14, 6), ("illinois-hubs-with-core", 9, 3),
    ("illinois-no-coalition", 3, 1)])
def test_shipped_scenarios_resolve_without_a_warning(name, series, hubs):
    answer = coalis("check", ROOT / "scenarios" / f"{name}.toml")
    assert answer.returncode == 0 and f"{hubs} hub" in answer.stdout and f"{series} series" in answer.stdout, answer.stdout
    assert "replaces" not in answer.stderr, answer.stderr
