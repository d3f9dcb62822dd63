"""Organisations by name, by the command line: from tables as people keep them to the life of one organisation. Names are invented."""
import base64
import csv
import json
import os
import pathlib
import random
import re
import subprocess

import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
SOURCE = pathlib.Path(__file__).resolve().parents[2]
ILLINOIS = SOURCE / "scenarios" / "illinois.toml"

ROWS = [
    ("Legal Aid Society", "nonprofit", "legal", "Chicago", "2004-01", ""),
    ("Adams County Police", "public", "law enforcement", "Central", "2006-03", "2008-02"),
    ("Brown Health Center", "nonprofit", "health", "", "", ""),
    ("Clay Shelter", "nonprofit", "shelter", "South", "2005-06", ""),
    ("Harvest Church", "", "faith-based", "North", "2005-11", ""),
    ("Print Shop, LLC", "for_profit", "", "", "", "2007-01"),
    ("École du Nord", "public", "education", "North", "2005-06", ""),
] + [(f"Agency {k}", ["nonprofit", "public", ""][k % 3], "", "", "", "") for k in range(40)]
TIES = "source,target,weight\nClay Shelter,Legal Aid Society,0.9\nHarvest Church,Clay Shelter,\n"


def coalis(folder, *arguments, expect=0):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, cwd=folder)
    assert done.returncode == expect, (arguments, done.stdout, done.stderr)
    return done


def write_roster(path, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["name", "sector", "role", "region", "joined", "left"])
        writer.writerows(rows)


def write(folder, rows=ROWS, ties=TIES, more=""):
    write_roster(folder / "members.csv", rows)
    (folder / "ties.csv").write_text(ties, encoding="utf-8")
    (folder / "ours.toml").write_text(
        f'format = "scenario"\nversion = 2\nname = "Ours"\ninclude = "{ILLINOIS}"\n[organisations]\nfile = "members.csv"\nties = "ties.csv"\n{more}',
        encoding="utf-8")
    return folder / "ours.toml"


def hashes(folder, file):
    return coalis(folder, "verify", file).stdout


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_from_tables_to_the_life_of_one(tmp_path):
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "roster.csv").write_text(
        "Organization,Sector,Field,County,Member since,Until\nLegal Aid Society,Nonprofit,legal,Adams,2024-01-05,\n"
        "Adams Police,Government,police,Adams,2023-11-20,2024-04-30\nBrown Health,Nonprofit,health,Brown,2024-03-15,\n"
        "legal aid society,,,,,\n\"Clay Shelter, Inc.\",Nonprofit,,,,\n", encoding="utf-8")
    (tables / "came.csv").write_text("Organization,2024-01-09,2024-02-13,2024-05-14\nLegal Aid Society,1,1,0\nAdams Police,0,1,\nA Guest,1,,\n",
                                     encoding="utf-8")
    (tables / "who.csv").write_text("Organization,Works with\nLegal Aid Society,Brown Health\nBrown Health,Legal Aid Society\n"
                                    "A Guest,Brown Health\n", encoding="utf-8")
    coalis(tmp_path, "import", "tables", "-o", "ours", "--assume")
    members = (tmp_path / "ours" / "members.csv").read_text(encoding="utf-8").splitlines()
    assert members[0] == "name,sector,role,region,joined,left" and len(members) == 5
    assert "Adams Police,public,other,Adams,2023-11,2024-05" in members
    assert '"Clay Shelter, Inc.",nonprofit,,,,' in members
    ties = (tmp_path / "ours" / "ties.csv").read_text(encoding="utf-8")
    assert sorted(ties.splitlines()[1].split(",")[:2]) == ["Brown Health", "Legal Aid Society"] and len(ties.splitlines()) == 2
    scenario = (tmp_path / "ours" / "ours.toml").read_text(encoding="utf-8")
    assert 'file = "members.csv"' in scenario and 'ties = "ties.csv"' in scenario and "nonmembers = 1" in scenario
    assert "ok (5 organisations" in coalis(tmp_path, "check", "ours/ours.toml").stdout
    story = coalis(tmp_path, "story", "ours/ours.toml", "--name", "adams  police").stdout
    assert "Adams Police: public, " in story and "A member from the start" in " ".join(story.split())
    assert re.search(r" May 2024 (?:(?! 2024 ).)*withdrew from the coalition", " ".join(story.split())) and story.count("withdrew") == 1
    # From then on the tables are not needed.
    coalis(tmp_path, "run", "ours/ours.toml", "--replicates", "3", "-o", "ours.h5", "--quiet")
    for table in ("members.csv", "ties.csv", "ours.toml"):
        (tmp_path / "ours" / table).unlink()
    assert "withdrew from the coalition" in coalis(tmp_path, "story", "ours.h5", "--name", "Adams Police", "--replicate", "2").stdout
    coalis(tmp_path, "verify", "ours.h5")


def test_what_is_known_is_so_in_every_run(tmp_path):
    write(tmp_path, more="nonmembers = 2\n")
    coalis(tmp_path, "run", "ours.toml", "--replicates", "6", "-o", "ours.h5", "--quiet", "--record", "all")
    coalis(tmp_path, "export", "ours.h5", "--csv", "tables")
    organisations = rows_of(tmp_path / "tables" / "organisations.csv")
    assert len(organisations) == 6 * 49
    known = {row[0]: row for row in ROWS}
    drawn = set()
    for row in organisations:
        if row["name"].startswith("non-member "):
            assert int(row["organisation"]) >= 47
            continue
        _, sector, role, region, joined, left = known[row["name"]]
        for column, value in (("sector", sector), ("role", role), ("region", region)):
            assert value in ("", row[column]), row
        if left:
            assert row["status"] == "withdrawn"
        if joined == "2006-03":
            assert row["entry"] == "9"
        if row["name"] == "Brown Health Center":
            drawn.add(row["region"])
    assert len(drawn) > 1
    months = rows_of(tmp_path / "tables" / "organisation_trajectories.csv")
    police = [row for row in months if row["name"] == "Adams County Police"]
    assert len(police) == 6 * 43
    for row in police:
        assert (row["status"] == "0") == (row["date"] < "2006-03") and (row["status"] == "3") == (row["date"] >= "2008-02"), row
    assert {row["name"] for row in rows_of(tmp_path / "tables" / "attendance.csv")} == {row["name"] for row in organisations}
    ties = rows_of(tmp_path / "tables" / "ties.csv")
    assert ties and all(row["owner_name"] and row["partner_name"] for row in ties)
    assert all(row["name"] for row in rows_of(tmp_path / "tables" / "respondents.csv"))


def test_the_order_of_rows_is_no_matter_and_another_row_no_ones_luck(tmp_path):
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
    shuffled = ROWS[:]
    random.Random(3).shuffle(shuffled)
    known = [("Agency 100", "nonprofit", "legal", "North", "2005-06", "")]
    sectors = [(name, sector or "nonprofit", *rest) for name, sector, *rest in ROWS]
    for name, rows in (("a", ROWS), ("b", shuffled)):
        write(tmp_path / name, rows)
        coalis(tmp_path / name, "run", "ours.toml", "--replicates", "4", "-o", "../r.h5", "--quiet", "--force", "--threads", "1" if name == "a" else "2")
        coalis(tmp_path, "export", "r.h5", "--csv", f"{name}-tables")
    for table in ("organisations.csv", "outcomes.csv", "ties.csv"):
        assert (tmp_path / "a-tables" / table).read_bytes() == (tmp_path / "b-tables" / table).read_bytes(), table
    found = []
    for rows in (sectors, known + sectors):
        write(tmp_path / "c", rows)
        coalis(tmp_path / "c", "run", "ours.toml", "--replicates", "4", "-o", "../r.h5", "--quiet", "--force")
        coalis(tmp_path, "export", "r.h5", "--csv", "c-tables", "--force")
        found.append({(row["replicate"], row["name"]): {k: row[k] for k in ("role", "region", "mission_alignment", "capacity", "type", "entry")}
                      for row in rows_of(tmp_path / "c-tables" / "organisations.csv")})
    assert found[0] == {key: value for key, value in found[1].items() if key[1] != "Agency 100"}


def test_commands_know_the_names(tmp_path):
    write(tmp_path, more="nonmembers = 3\n")
    explained = coalis(tmp_path, "explain", "ours.toml", "organisations").stdout
    assert '"Adams County Police"' in explained and "members.csv:3" in explained
    other = tmp_path / "other"
    other.mkdir()
    write(other, [(*row[:5], "") for row in ROWS[:-1]])
    different = coalis(tmp_path, "diff", "ours.toml", "other/ours.toml").stdout
    assert "Agency 39" in different and "Adams County Police" in different and "Legal Aid" not in different
    coalis(tmp_path, "export", "ours.toml", "--edges", "edges.csv")
    names = {row[0] for row in ROWS} | {f"non-member {k}" for k in (1, 2, 3)}
    assert {row["name"] for row in rows_of(tmp_path / "edges-nodes.csv")} == names
    edges = rows_of(tmp_path / "edges.csv")
    assert edges and all(row["source_name"] in names and row["target_name"] in names for row in edges)
    coalis(tmp_path, "export", "ours.toml", "--graphml", "net.graphml", "--month", "0")
    assert "École du Nord" in (tmp_path / "net.graphml").read_text(encoding="utf-8")
    start = coalis(tmp_path, "story", "ours.toml", "--name", "clay shelter", "--to", "2005-12").stdout
    assert start.splitlines()[2].startswith("Clay Shelter: nonprofit, shelter, in South")
    for arguments, said in ((["--name", "Clay Shelters"], "did you mean 'Clay Shelter'?"), (["--name", "Nobody at all known"], "coalis explain"),
                            (["--organisation", "50"], "numbered 0 to 49"), ([], "--organisation or --name is required"),
                            (["--organisation", "1", "--name", "Clay Shelter"], "excludes")):
        assert said in coalis(tmp_path, "story", "ours.toml", *arguments, expect=2).stderr, arguments
    assert "organisations have no names" in coalis(tmp_path, "story", ILLINOIS, "--name", "x", expect=2).stderr


def test_comparisons_studies_and_options_take_rosters(tmp_path):
    write(tmp_path, more="nonmembers = 3\n")
    answer = json.loads(coalis(tmp_path, "compare", "ours.toml", "ours.toml", "--replicates", "8", "--json").stdout)
    assert "scenarios" in answer
    coalis(tmp_path, "compare", "ours.toml", "--with", "2 hubs", "--replicates", "8", "-o", "both.h5", "--quiet")
    (tmp_path / "members.csv").unlink()
    coalis(tmp_path, "verify", "both.h5")
    coalis(tmp_path, "report", "both.h5", "-o", "both.html")
    write(tmp_path, more="nonmembers = 3\n")
    assert "recruit" in coalis(tmp_path, "options", "ours.toml").stdout
    (tmp_path / "study.toml").write_text(
        'format = "study"\nversion = 1\nname = "s"\nquestion = "Q?"\nscenarios = ["ours.toml"]\nreplicates = 3\noutcomes = ["engaged"]\n'
        '[design]\nkind = "full_factorial"\n[[factors]]\nname = "staff"\npath = "hubs.Chicago.fte"\nvalues = [0.35, 1.0]\n', encoding="utf-8")
    coalis(tmp_path, "study", "run", "study.toml", "--quiet")


def test_pairs_go_by_name_across_rosters(tmp_path):
    """Of two rosters that share most rows, the shared organisations have the same luck: the difference varies far less than unpaired."""
    other = tmp_path / "other"
    other.mkdir()
    for folder, rows in ((tmp_path, ROWS), (other, ROWS[1:])):
        write(folder, [(name, sector or "nonprofit", *rest) for name, sector, *rest in rows], "source,target\nClay Shelter,Harvest Church\n")
    coalis(tmp_path, "compare", "ours.toml", "other/ours.toml", "--replicates", "60", "-o", "pair.h5", "--quiet")
    coalis(tmp_path, "export", "pair.h5", "--csv", "pair")
    rows = [row for row in rows_of(tmp_path / "pair" / "outcomes.csv")]
    engaged = [[float(row["engaged"]) for row in rows if row["scenario"] == scenario] for scenario in dict.fromkeys(row["scenario"] for row in rows)]
    paired = [a - b for a, b in zip(*engaged)]
    unpaired = [a - b for a, b in zip(engaged[0], engaged[1][1:] + engaged[1][:1])]

    def variance(x):
        mean = sum(x) / len(x)
        return sum((v - mean) ** 2 for v in x) / (len(x) - 1)

    assert variance(paired) < 0.7 * variance(unpaired), (variance(paired), variance(unpaired))


def test_a_page_has_no_names(tmp_path):
    write(tmp_path)
    coalis(tmp_path, "explore", "ours.toml", "-o", "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    held = b"".join(base64.b64decode(text) for text in re.findall(r"[A-Za-z0-9+/]{200,}={0,2}", page) if len(text) % 4 == 0)
    assert b"Chicago" in held and b"Clay Shelter" not in held and "Clay Shelter" not in page


@pytest.mark.parametrize("table, said", [
    ("name,region\nA,Nort\n", "members.csv:2:3: error: there is no region 'Nort'; did you mean 'North'?"),
    ("name,sector\nA,public\na,public\n", "members.csv:3:1: error: 'a' and 'A' (members.csv:2:1) are one name"),
    ("name,joined,left\nA,2006-05,2006-01\n", "members.csv:2:11: error: 'A' leaves before it has been a member"),
    ("name,sector\n=HYPERLINK(1),public\n", "members.csv:2:1: error: '=HYPERLINK(1)' is a formula to a spreadsheet"),
    ("date,organisation\n2006-01-01,A\n", "members.csv:1:1: error: unknown column 'date'"),
    ("", "a table of organisations 'members.csv': it is empty"),
    ("format = \"study\"\n", "it is a study, not a table of organisations"),
    ("name\nA\x00\n", "it is no text, not a table of organisations"),
])
def test_bad_tables_are_refused_before_the_first_run(table, said, tmp_path):
    write(tmp_path)
    (tmp_path / "members.csv").write_text(table, encoding="utf-8")
    for command in (["check"], ["run", "--no-file", "--replicates", "1"]):
        done = coalis(tmp_path, command[0], "ours.toml", *command[1:], expect=2)
        assert said in done.stderr, done.stderr
    (tmp_path / "members.csv").unlink()
    assert "members.csv" in coalis(tmp_path, "check", "ours.toml", expect=2).stderr


def test_a_long_roster_is_read(tmp_path):
    write(tmp_path, [(f"Organisation {k}", "nonprofit", "", "North" if k % 2 else "", "", "") for k in range(20000)], "source,target\n" + "".join(
        f"Organisation {k},Organisation {k + 1}\n" for k in range(5000)))
    assert "ok (20000 organisations" in coalis(tmp_path, "check", "ours.toml").stdout
    coalis(tmp_path, "run", "ours.toml", "--replicates", "1", "-o", "long.h5", "--quiet")
    coalis(tmp_path, "verify", "long.h5")
    assert coalis(tmp_path, "story", "long.h5", "--name", "Organisation 19999").stdout
