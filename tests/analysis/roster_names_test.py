"""Organisations by name in Python: tables of results have them, and a scenario's values and a story know them."""
import os
import pathlib
import subprocess

import coalis
import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
ILLINOIS = pathlib.Path(__file__).resolve().parents[2] / "scenarios" / "illinois.toml"


@pytest.fixture
def ours(tmp_path):
    (tmp_path / "members.csv").write_text("name,sector,role,region\nLegal Aid,nonprofit,legal,Chicago\nCounty Police,public,,\n", encoding="utf-8")
    scenario = tmp_path / "ours.toml"
    scenario.write_text(f'format = "scenario"\nversion = 2\ninclude = "{ILLINOIS}"\n[organisations]\nfile = "members.csv"\nnonmembers = 1\n', encoding="utf-8")
    return scenario


def test_tables_have_the_names(ours, tmp_path):
    subprocess.run([PROGRAM, "run", ours, "--replicates", "2", "-o", tmp_path / "a.h5", "--quiet"], check=True, capture_output=True)
    final = coalis.open_result(tmp_path / "a.h5").to_dataframe("final")
    assert list(final.name) == ["County Police", "Legal Aid", "non-member 1"] * 2
    assert set(final.role[final.name == "Legal Aid"]) == {"legal"}
    assert "name" not in coalis.open_result(tmp_path / "a.h5").to_dataframe("outcomes")


def test_stories_are_asked_for_by_name(ours):
    pytest.importorskip("coalis._coalis")
    scenario = coalis.Scenario(ours)
    assert scenario.organisations.rows["Legal Aid"] == {"sector": "nonprofit", "role": "legal", "region": "Chicago"}
    assert str(coalis.story(scenario, "legal aid").sentences()).splitlines()[2].startswith("Legal Aid: nonprofit, legal")
    with pytest.raises(coalis.AskError, match="no organisation of that name"):
        coalis.story(scenario, "Nobody")
