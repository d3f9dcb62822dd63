"""Tables of BehaviorSpace: those that NetLogo 6 writes are read, ours have their shape, and one becomes the design of a study."""

import csv
import io
from pathlib import Path

import coalis
import numpy as np
import pytest

SOURCE = Path(__file__).resolve().parents[2]

# As NetLogo 6.3 writes it: six lines above the names, every field in quotes, runs in the order in which they ended.
OLDER = '''"BehaviorSpace results (NetLogo 6.3.0)"
"coalition.nlogo"
"staff and meetings"
"11/03/2022 14:02:11:523 -0500"
"min-pxcor","max-pxcor","min-pycor","max-pycor"
"-16","16","-16","16"
"[run number]","coordinator-fte","meetings-per-year","facilitate?","layout","[step]","share-engaged","mean [commitment] of turtles"
"2","0.2","4","true","centre","43","0.5","0.31"
"1","0.2","2","true","centre","43","0.4","0.3"
"4","0.6","4","true","centre","43","","0.4"
"3","0.6","2","true","centre","43","0.55","0.41"
"5","0.2","2","true","centre","43","0.45","0.29"
'''
NEWER = OLDER.replace('"BehaviorSpace results (NetLogo 6.3.0)"', 'BehaviorSpace results (NetLogo 6.4.0), "Table version 2.0"')


@pytest.fixture
def table(tmp_path):
    (tmp_path / "table.csv").write_text(OLDER, encoding="utf-8")
    return coalis.read_behaviorspace(tmp_path / "table.csv")


def test_tables_of_netlogo_6_are_read(table, tmp_path):
    assert table.attrs["experiment"] == "staff and meetings" and table.attrs["version"] == "BehaviorSpace results (NetLogo 6.3.0)"
    assert table["[run number]"].tolist() == [2, 1, 4, 3, 5] and table["coordinator-fte"].tolist() == [0.2, 0.2, 0.6, 0.6, 0.2]
    assert table["facilitate?"].tolist() == [True] * 5 and table.layout.tolist() == ["centre"] * 5
    assert np.isnan(table["share-engaged"][2]) and table["mean [commitment] of turtles"][0] == 0.31
    (tmp_path / "newer.csv").write_bytes(b"\xef\xbb\xbf" + NEWER.replace("\n", "\r\n").encode())
    newer = coalis.read_behaviorspace(tmp_path / "newer.csv")
    assert newer.equals(table) and newer.attrs["model"] == "coalition.nlogo"
    assert newer.attrs["version"] == "BehaviorSpace results (NetLogo 6.4.0)"


@pytest.mark.parametrize(
    "change, says",
    [
        (lambda text: text.replace("BehaviorSpace results", "Results"), "no table of BehaviorSpace"),
        (lambda text: text.replace('"[run number]"', '"run"'), ":7: a table has .run number. first, and .step."),
        (lambda text: text.replace('"0.5","0.31"', '"0.5"'), ":8: has 7 fields, the names of the columns are 8"),
        (lambda text: text[:80], "no table of BehaviorSpace"),
    ],
)
def test_what_is_no_table_is_refused(change, says, tmp_path):
    (tmp_path / "other.csv").write_text(change(OLDER), encoding="utf-8")
    with pytest.raises(coalis.ResultError, match=says):
        coalis.read_behaviorspace(tmp_path / "other.csv")


STUDY = """format = "study"
version = 1
name = "again"
question = "What do staff time and meetings change?"
scenarios = ["{scenario}"]
replicates = 2
outcomes = ["engaged"]
[design]
kind = "table"
table = "design.csv"
"""
PATHS = {"coordinator-fte": "hubs.Chicago.fte", "meetings-per-year": "series.meetings.per_year", "facilitate?": "levers.facilitation"}


def test_a_table_becomes_the_design_of_a_study(table, tmp_path, program):
    coalis.write_design(table, tmp_path / "design.csv", PATHS, values={"facilitate?": {True: 1, False: 0}})
    assert (tmp_path / "design.csv").read_text(encoding="utf-8") == (
        "hubs.Chicago.fte,series.meetings.per_year,levers.facilitation\n0.2,4,1\n0.2,2,1\n0.6,4,1\n0.6,2,1\n"
    )
    scenario = SOURCE / "scenarios" / "illinois.toml"
    (tmp_path / "again.toml").write_text(STUDY.format(scenario=scenario), encoding="utf-8")
    program("study", "run", tmp_path / "again.toml", "--quiet")
    design = coalis.open_result(tmp_path / "again.h5")["design"]
    assert design["hubs.Chicago.fte"].values.tolist() == [0.2, 0.2, 0.6, 0.6]
    assert design["series.meetings.per_year"].values.tolist() == [4, 2, 4, 2]


def test_what_cannot_be_a_design_is_refused(table, tmp_path):
    out = tmp_path / "design.csv"
    with pytest.raises(coalis.ResultError, match="no parameter 'fte'; it has coordinator-fte, meetings-per-year"):
        coalis.write_design(table, out, {"fte": "hubs.Chicago.fte"})
    with pytest.raises(coalis.ResultError, match="'meetings-per-year' varies and has no key"):
        coalis.write_design(table, out, {"coordinator-fte": "hubs.Chicago.fte"})
    with pytest.raises(coalis.ResultError, match="'facilitate.' has the value True, for which values= has none"):
        coalis.write_design(table, out, PATHS, values={"facilitate?": {False: 0}})
    assert not out.exists()


def lines_of(path):
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_a_study_has_the_shape_of_a_table(study, tmp_path):
    path = coalis.write_behaviorspace(study, tmp_path / "out.csv")
    lines = lines_of(path)
    assert lines[0] == ["BehaviorSpace results (Coalis 0.1.0)", "Table version 2.0"]
    assert lines[4] == ["min-pxcor", "max-pxcor", "min-pycor", "max-pycor"] and lines[5] == ["0"] * 4
    names = lines[6]
    assert names[:7] == ["[run number]", "scenario", "hubs.Chicago.fte", "levers.facilitation", "seed", "replicate", "[step]"]
    assert all(text.startswith('"') and text.endswith('"') for text in path.read_text(encoding="utf-8").splitlines())
    back = coalis.read_behaviorspace(path)
    assert back["[run number]"].tolist() == list(range(1, 37)) and set(back["[step]"]) == {43} and set(back["seed"]) == {3}
    np.testing.assert_array_equal(back.engaged, study["outcomes"].engaged.values.ravel())
    np.testing.assert_array_equal(back["hubs.Chicago.fte"], np.repeat(study["design"]["hubs.Chicago.fte"].values, 6))
    assert (back.index[back["hubs.Chicago.fte"] == 0.6].size, back.replicate.tolist()[:7]) == (12, [0, 1, 2, 3, 4, 5, 0])
    again = coalis.write_design(back, tmp_path / "design.csv", {name: name for name in names[2:4]} | {"replicate": None})
    assert len(again.read_text(encoding="utf-8").splitlines()) == 7
    with pytest.raises(coalis.ResultError, match="exists already"):
        coalis.write_behaviorspace(study, path)


def test_every_month_is_a_step(run, compared, tmp_path):
    back = coalis.read_behaviorspace(coalis.write_behaviorspace(run, tmp_path / "run.csv", every_step=True))
    assert back["[step]"].tolist() == list(range(1, 44)) * 21 and back["[run number]"].tolist() == list(np.repeat(range(1, 22), 43))
    np.testing.assert_allclose(back.commitment, run["trajectories"].commitment.values.ravel(), rtol=1e-7)
    both = coalis.read_behaviorspace(coalis.write_behaviorspace(compared, tmp_path / "compared.csv"))
    assert both["[run number]"].max() == 63 and set(both.scenario) == {"A", "B", "C"}
    of_b = both[both.scenario == "B"].sort_values("replicate")
    np.testing.assert_array_equal(of_b.engaged, compared["outcomes"].engaged.sel(scenario="B").values)
    assert of_b["[run number]"].is_monotonic_increasing
