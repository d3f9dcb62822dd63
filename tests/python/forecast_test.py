"""Who came and who will come, from Python: the figures of the commands, what is said of wrong questions."""

import json
import re

import pytest
from conftest import SOURCE
from kinds_test import COUNCILS, sheets

import coalis


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    return sheets(tmp_path_factory.mktemp("sheets") / "sheets.csv")


@pytest.mark.parametrize("options, arguments", [({}, []), ({"hold_out": 3, "seed": 9, "threads": 1}, ["--hold-out", 3, "--seed", 9])])
def test_a_forecast_is_that_of_the_command(options, arguments, program, table):
    printed = program("forecast", COUNCILS, "--attendance", table, "--replicates", 120, "--json", "--quiet", *arguments)
    found = coalis.forecast(COUNCILS, table, replicates=120, **options)
    assert json.dumps(found.answer) == json.dumps(json.loads(printed))  # every digit
    printed = program("forecast", COUNCILS, "--attendance", table, "--replicates", 120, "--quiet", *arguments)
    assert found.sentences(80).split() == printed.replace("with --json", "in to_dataframe()").split()
    assert found.verdict == found.answer["verdict"]


def test_its_tables_hold_its_figures(table):
    found = coalis.forecast(COUNCILS, table, replicates=120)
    members, meetings = found.to_dataframe(), found.to_dataframe("meetings")
    assert len(members) == 85 and len(meetings) == 2
    assert found.scores.loc["model", "crps"] == pytest.approx(members["model.crps"].mean())
    assert found.scores.loc["last_year", "crps_in_all"] == pytest.approx(meetings["last_year.crps"].mean())
    less = found.scores.loc["beta_binomial", "model_less_this.value"]
    assert less == pytest.approx((members["model.crps"] - members["beta_binomial.crps"]).mean())
    inside = (members["held_out.came"] >= members["model.low"]) & (members["held_out.came"] <= members["model.high"])
    assert found.scores.loc["model", "covered"] == pytest.approx(inside.mean())
    assert members["held_out.came"].sum() == meetings.came.sum()


def test_sets_are_used(table, tmp_path):
    undated = tmp_path / "undated.csv"  # of no year
    undated.write_text(table.read_text().replace("2017-0", "meeting "))
    table = undated
    trait = coalis.Scenario(SOURCE / "scenarios/illinois.toml", {"structure.engagement": "trait"})
    sets = SOURCE / "scenarios/posterior/trait.csv"
    found = coalis.forecast(trait, table, parameters=sets, replicates=100)
    assert found.answer["parameters"].endswith("trait.csv") and found != coalis.forecast(trait, table, replicates=100)


def test_counts_are_the_file_of_the_command(program, table, tmp_path):
    program("attendance", table, "-o", tmp_path / "program.toml", "--hold-out", 2)
    found = coalis.count_attendance(table, hold_out=2)
    assert found.evidence == (tmp_path / "program.toml").read_text() == found.save(tmp_path / "python.toml").read_text()
    rows = [[int(cell) for cell in line.split(",")[1:6]] for line in table.read_text().splitlines()[1:]]
    counts = found.to_dataframe().set_index(["item", "category"])["count"]
    assert [counts["attendance_by_member", str(k)] for k in range(6)] == [[sum(row) for row in rows].count(k) for k in range(6)]
    assert list(counts["attendance_by_meeting"]) == [sum(column) for column in zip(*rows)]
    assert found.sentences().strip() == "sheets.csv: 85 members, 5 meetings; the last 2 are left out"


@pytest.mark.parametrize(
    "call, kind, message",
    [
        ("coalis.forecast(s, t, hold_out=0)", coalis.AskError, "hold_out=0: takes a whole number from 1 to 1000"),
        ("coalis.forecast(s, t, hold_out=6)", coalis.AskError, "^hold_out=6: .* has 7 meetings, of which 2 are to be left to forecast from"),
        ("coalis.forecast(s, t, replicates=50)", coalis.AskError, "replicates=50: takes a whole number from 100"),
        ("coalis.forecast(s, 'nowhere.csv')", coalis.AskError, "nowhere.csv: .*there is no such file"),
        ("coalis.forecast(s, 3)", TypeError, "attendance=3: takes the path of a file"),
        ("coalis.forecast(s, t, parameters='nowhere.csv')", coalis.AskError, "nowhere.csv"),
        ("coalis.forecast(s.with_({'calendar.months': 6}), t)", coalis.AskError, "let the scenario's calendar end with the table"),
        ("coalis.forecast(s, t, replicates=100).to_dataframe('nobody')", coalis.AskError, "choose 'members' or 'meetings'"),
        ("coalis.count_attendance(t, hold_out=7)", coalis.AskError, "^hold_out=7: .* has 7 meetings; hold fewer out"),
        ("coalis.count_attendance(None)", TypeError, "path=None: takes the path of a file"),
    ],
)
def test_a_wrong_question_says_what_and_how_to_mend_it(call, kind, message, table):
    with pytest.raises(kind, match=message) as wrong:
        eval(call, {"coalis": coalis, "s": coalis.Scenario(COUNCILS), "t": table})
    assert not re.search(r"(^|\s)--\w", str(wrong.value))
