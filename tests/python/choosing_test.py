"""What could be done otherwise, and what is best for some money: figures and texts of the commands, what is said of wrong questions."""

import json
import pickle
import re

import pytest
from conftest import SCENARIOS

import coalis

QUICK = {"points": 12, "replicates": 40}


@pytest.fixture(scope="module")
def most(illinois):
    return coalis.best(illinois, 60000, guards="goal_attainment", seed=4, **QUICK)


def test_options_are_those_of_the_command(program, illinois):
    listed = json.loads(program("options", SCENARIOS["illinois"], "--json"))["options"]
    found = coalis.options(illinois)
    assert [(one.name, one.planned_cost, one.reason or None) for one in found] == [(one["name"], one["cost"], one["reason"]) for one in listed]
    printed = re.sub(r"\s+", " ", program("options", SCENARIOS["illinois"]))
    for one in found:
        if one.reason:
            assert one.costs_more is None and one.planned_cost is None
            continue
        assert abs(one.costs_more - (one.planned_cost - illinois.planned_cost)) <= 1
        words = f"{abs(one.costs_more):,.0f} USD a year {'more' if one.costs_more > 0 else 'less'}" if one.costs_more else "the same"
        assert f" {one.name} {one.meaning} It costs {words}." in printed, one.name
    assert "full-time leader" in repr(found) and len(found.to_dataframe()) == len(listed)


def test_options_are_compared_as_the_command_compares_them(program, illinois):
    words = ["3 hubs", "half a post: hubs.Chicago.fte=0.85"]
    for more, options in ((["--budget", 60000], {"budget": 60000}), (["--from-month", 21], {"from_month": 21}),
                          (["--from-month", "2007-03", "--budget", 60000], {"from_month": "2007-03", "budget": 60000})):
        said = program("compare", SCENARIOS["illinois"], "--with", words[0], "--with", words[1], *more, "--replicates", 20, "--json")
        found = coalis.compare(illinois, options=words, replicates=20, **options).answer
        assert json.loads(said)["differences"] == found["differences"]
        assert [one["name"] for one in found["scenarios"]] == [one["name"] for one in json.loads(said)["scenarios"]]


def test_the_best_is_that_of_the_command(program, illinois, most, tmp_path):
    said = json.loads(program("best", SCENARIOS["illinois"], "--budget", 60000, "--guard", "goal_attainment", "--seed", 4, "--points", 12,
                              "--replicates", 40, "--json", "--quiet"))
    aside = {"command": "", "content": ""}  # the checksum is over the command, too
    assert {**most.answer, **aside} == {**said, **aside}
    assert most.answer["command"].startswith("coalis.best(coalis.Scenario(") and "guards=['goal_attainment']" in most.answer["command"]
    assert most.choice in most.as_good and most.sentences().split("\n")[0] in pickle.loads(pickle.dumps(most)).sentences()
    assert len(most.to_dataframe()) == len(said["options"])
    assert most.report(tmp_path / "best.html").read_text().startswith("<!DOCTYPE html>")
    changes = "ours: " + "; ".join(most.choice["changes"])
    chosen = coalis.compare(illinois, options=changes, replicates=20)
    assert chosen.answer["scenarios"][1]["planned_cost"] == pytest.approx(most.choice["planned_cost"], rel=1e-6)


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda s: coalis.best(s, 0), "budget=0: takes a number above 0"),
        (lambda s: coalis.best(s, float("nan")), "budget=nan: takes a number above 0"),
        (lambda s: coalis.best(s, 60000, aim="engagd"), "engagd"),
        (lambda s: coalis.best(s, 60000, guards={"member_cst": 5}), "member_cst"),
        (lambda s: coalis.best(s, 60000, parameters="nowhere.csv"), "nowhere.csv"),
        (lambda s: coalis.best(s, 10), "10"),
        (lambda s: coalis.best(s, 60000, from_month="2009-07"), "2009-07: the run has the months"),
        (lambda s: coalis.compare(s, options="3 hubs", from_month=43), "43: the run has the months"),
        (lambda s: coalis.compare(s, options="3 hubs", from_month=-1), "from_month=-1: takes a whole number from 0"),
        (lambda s: coalis.best(s, 60000, draws=1, **QUICK), "draws=1: takes a whole number from 2"),
        (lambda s: coalis.compare(s, options="thre hubs"), "thre hubs"),
        (lambda s: coalis.compare(s, options="3 hubs", budget=0), "budget=0: takes a number above 0"),
        (lambda s: coalis.compare(s, options="3 hubs", budget=-1), "budget=-1: takes a number above 0"),
        (lambda s: coalis.compare(s, options="3 hubs", rule=lambda event: event.invited), "leave out options="),
    ],
)
def test_a_wrong_question_says_what_and_how_to_mend_it(call, message, illinois):
    with pytest.raises(coalis.AskError) as wrong:
        call(illinois)
    assert message in str(wrong.value) and not re.search(r"(^|\s)--\w", str(wrong.value)), str(wrong.value)
