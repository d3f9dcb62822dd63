"""Scenarios in Python: what they hold, how they are changed, what is said of wrong ones."""

import copy
import json
import pickle
import tomllib
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from conftest import SCENARIOS

import coalis


def test_keys_are_attributes_and_items(illinois):
    assert illinois.hubs.Chicago.fte == illinois["hubs.Chicago.fte"] == illinois["hubs"]["Chicago"]["fte"] == 0.35
    assert illinois.series["Outreach Day"].per_year == illinois['series."Outreach Day".per_year']
    assert illinois.name == "Illinois, as it was" and illinois.calendar.months == 43
    assert illinois.hubs.Chicago.unit("fte") == "FTE" and "FTE" in illinois.hubs.Chicago.help("fte")
    assert "Chicago" in dir(illinois.hubs) and "hubs" in dir(illinois)
    with pytest.raises(AttributeError, match="it has .*Chicago"):
        illinois.hubs.Chcago
    with pytest.raises(KeyError, match="no 'hubs.Chcago.fte'"):
        illinois["hubs.Chcago.fte"]


def test_every_value_is_that_of_explain(illinois, program):
    printed = json.loads(program("explain", SCENARIOS["illinois"], "--json"))
    told = illinois.explain()
    assert [v.path for v in told] == [item["path"] for item in printed]
    assert illinois.hubs.Chicago == dict(illinois.hubs.Chicago)
    for value, item in zip(told, printed):
        assert value.unit == item["unit"] and value.meaning == item["meaning"]
        if not value.path.startswith("interventions"):
            assert value.value == ("" if item["value"] is None else item["value"]), value.path
            assert illinois[value.path] == value.value


def test_a_change_is_that_of_set(illinois, program):
    changed = illinois.with_({"hubs.Chicago.fte": 1.0, "structure.engagement": "trait"}, name="changed")
    printed = json.loads(program("explain", SCENARIOS["illinois"], "hubs", "structure", "--json", "--set", "hubs.Chicago.fte=1.0",
                                 "--set", "structure.engagement=trait"))  # fmt: skip
    assert {v.path: v.value for v in changed.explain("hubs", "structure")} == {i["path"]: i["value"] for i in printed}
    assert changed.name == "changed" and illinois.hubs.Chicago.fte == 0.35
    assert {d.path for d in illinois.diff(changed)} == {"name", "hubs.Chicago.fte", "structure.engagement"}
    assert changed.value("hubs.Chicago.fte").origin == "set here"
    assert illinois.value("hubs.Chicago.fte").origin.startswith(str(SCENARIOS["illinois"]))
    with pytest.raises(AttributeError, match="with_"):
        changed.name = "other"
    with pytest.raises(AttributeError, match="with_"):
        changed.hubs.Chicago.fte = 2


def test_what_follows_from_a_value_changes_with_it(illinois):
    longer = illinois.with_({"calendar.months": 60})
    assert longer.series["Outreach Day"].until == "2010-06"  # a default, which a resolved text would have fixed
    with pytest.raises(coalis.ScenarioError):
        coalis.Scenario(illinois.text, {"calendar.months": 20})


def test_text_and_tables_are_scenarios_too(illinois):
    assert coalis.Scenario(illinois.text) == illinois
    assert coalis.Scenario(tomllib.loads(illinois.text)) == illinois


def test_equal_ones_are_one_key_and_go_to_other_processes(illinois):
    again = coalis.Scenario(SCENARIOS["illinois"])
    assert again == illinois and len({again, illinois, illinois.with_({"levers.facilitation": 1})}) == 2
    assert copy.copy(illinois) == illinois and copy.deepcopy(illinois) == illinois
    assert pickle.loads(pickle.dumps(illinois.hubs)) == illinois.hubs and copy.deepcopy(illinois.hubs.Chicago).fte == illinois.hubs.Chicago.fte
    changed = illinois.with_({"hubs.Chicago.fte": 1.0})
    there = pickle.loads(pickle.dumps(changed))
    assert there == changed and there.value("hubs.Chicago.fte") == changed.value("hubs.Chicago.fte")
    assert there.with_({"calendar.months": 60}) == changed.with_({"calendar.months": 60})


def test_a_file_that_changed_is_not_mixed_with_what_was_read(illinois, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(illinois.text.replace("evidence.toml", str(SCENARIOS["illinois"].with_name("evidence.toml"))))
    there = pickle.loads(pickle.dumps(coalis.Scenario(path)))
    path.write_text(path.read_text().replace("fte = 0.35", "fte = 1.0"))
    assert there.hubs.Chicago.fte == 0.35
    with pytest.raises(coalis.ScenarioError, match="has changed"):
        there.with_({"levers.facilitation": 1})


def test_what_is_wrong_is_said_with_its_place(illinois, tmp_path):
    path = tmp_path / "wrong.toml"
    path.write_text(illinois.text.replace("fte = 0.35", "ft = 0.35").replace("evidence.toml", str(SCENARIOS["illinois"].with_name("evidence.toml"))))
    with pytest.raises(coalis.ScenarioError) as wrong:
        coalis.Scenario(path)
    first = next(problem for problem in wrong.value.problems if "'ft'" in problem.problem)
    assert first.file == str(path) and path.read_text().splitlines()[first.line - 1].startswith("ft")
    assert f"{path}:{first.line}:{first.column}: error: " in str(wrong.value)
    assert pickle.loads(pickle.dumps(wrong.value)).problems == wrong.value.problems
    with pytest.raises(coalis.ScenarioError, match="levers.facilitation"):
        illinois.with_({"levers.facilitation": 7})
    with pytest.raises(coalis.ScenarioError, match="cannot be read"):
        coalis.Scenario("nowhere.toml")
    with pytest.raises(coalis.AskError, match="no value of a scenario"):
        illinois.with_({"levers.facilitation": object()})


def test_it_is_a_mapping(illinois):
    assert "hubs" in illinois and "hubs.Chicago.fte" in illinois and 'series."Outreach Day"' in illinois
    assert "hubs.Nowhere" not in illinois and 3 not in illinois and "" not in illinois
    assert list(illinois)[:2] == ["name", "description"] and len(illinois) == len(list(illinois)) == len(dict(illinois))
    assert illinois.get("nothing", 7) == 7 and dict(illinois.hubs.Chicago)["fte"] == 0.35
    assert coalis.Scenario(illinois) == illinois and coalis.Scenario(illinois, {"hubs.Chicago.fte": 1}).hubs.Chicago.fte == 1


def test_numbers_and_arrays_of_numpy_are_values(illinois):
    hours = np.full((6, 6), 1.5)
    changed = illinois.with_({"travel.hours": hours, "hubs.Chicago.fte": np.float64(0.5), "calendar.months": np.int64(60)})
    assert changed.travel.hours.North == [1.5] * 6 and changed.hubs.Chicago.fte == 0.5 and changed.calendar.months == 60
    assert changed == illinois.with_({"travel.hours": hours.tolist(), "hubs.Chicago.fte": Decimal("0.5"), "calendar.months": 60})
    served = np.array(illinois.hubs.Chicago.serves)
    assert illinois.with_({"hubs.Chicago.serves": served, "evidence": Path(illinois.evidence)}) == illinois


WRONG = [
    ("coalis.Scenario('')", coalis.AskError, "source='': takes the path of a scenario"),
    ("coalis.Scenario(3)", TypeError, "source=3: takes the path of a scenario, its text, a dict of its tables, or another scenario, not an int"),
    ("coalis.Scenario(None)", TypeError, "source=None: takes the path of a scenario"),
    ("coalis.Scenario('nowhere/a.toml')", coalis.ScenarioError, "nowhere/a.toml: error: cannot be read"),
    ("illinois.with_(3)", TypeError, "overrides=3: takes a name or a list of names"),
    ("illinois.with_('hubs.Chicago.fte')", coalis.AskError, "takes path=value"),
    ("illinois.explain(3)", TypeError, "tables=3"),
    ("illinois.explain(['hub'])", KeyError, "there is no 'hub'"),
    ("illinois.diff(None)", TypeError, "scenario=None: takes a scenario, its path"),
    ("illinois.diff('nowhere.toml')", coalis.ScenarioError, "nowhere.toml"),
    ("coalis.compare([illinois, illinois])", TypeError, r"coalis.compare\(a, b\)"),
    ("coalis.compare(illinois, 50)", TypeError, "scenario=50: takes a scenario"),
    ("coalis.run(None)", TypeError, "scenario=None: takes a scenario"),
]


@pytest.mark.parametrize("call, kind, says", WRONG)
def test_what_is_no_scenario_is_said(call, kind, says, illinois):
    with pytest.raises(kind, match=says):
        eval(call, {"illinois": illinois, "coalis": coalis})


def test_a_difference_is_that_of_a_path_too(illinois, three_hubs):
    assert illinois.diff(SCENARIOS["illinois-three-hubs"]) == illinois.diff(three_hubs)
    assert illinois.explain(["hubs", "levers"]) == illinois.explain("hubs", "levers")


def test_it_reads_well(illinois):
    text = repr(illinois.with_({"hubs.Chicago.fte": 1.0}))
    assert "Illinois, as it was" in text and "Chicago 1 FTE" in text and "hubs.Chicago.fte = 1.0" in text
    assert "<table>" in illinois._repr_html_() and "FTE" in repr(illinois.hubs.Chicago)
    assert repr(illinois.diff(illinois)) == "(nothing)"
    assert list(illinois.diff(illinois.with_({"levers.facilitation": 1})).to_dataframe().b) == [1.0]


def test_a_dict_of_tables_is_that_of_the_scenario_or_of_the_file(illinois):
    tables = tomllib.loads(illinois.text)
    assert coalis.Scenario(tables) == illinois
    named = {key: {item["name"]: {k: v for k, v in item.items() if k != "name"} for item in value} if key in ("hubs", "regions") else value for key, value in tables.items()}
    assert coalis.Scenario(named) == illinois
    named["hubs"]["Chicago"]["fte"] = -1
    with pytest.raises(coalis.ScenarioError, match=r"^dict: hubs.fte: error: fte") as wrong:
        coalis.Scenario(named)
    assert wrong.value.problems[0].line > 0


@pytest.mark.parametrize("name", ["illinois.toml", "illinois-members.toml", "illinois-funding-shock.toml", "southwestern-city.toml", "twins/pause.toml"])
def test_a_dict_of_a_scenario_makes_it_again(name):
    def plain(value):
        return {key: plain(one) for key, one in value.items()} if hasattr(value, "items") else value

    made = coalis.Scenario(SCENARIOS["illinois"].parent / name)
    assert coalis.Scenario(dict(made)) == coalis.Scenario(plain(made)) == coalis.Scenario(json.loads(json.dumps(plain(made)))) == made


def test_hours_of_travel_are_of_all_regions():
    tables = dict(coalis.Scenario(SCENARIOS["illinois"]))
    hours = dict(tables["travel"]["hours"])
    reversed_ = {**tables, "travel": {"hours": dict(reversed(hours.items()))}}
    assert coalis.Scenario(reversed_) == coalis.Scenario(SCENARIOS["illinois"])
    hours.pop("Chicago")
    with pytest.raises(coalis.AskError, match="travel.hours: is of .*; give those of all regions, .*Chicago"):
        coalis.Scenario({**tables, "travel": {"hours": hours}})
