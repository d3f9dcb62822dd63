"""Workbooks and networks in GraphML by `coalis import`: what is read of each sheet, as golden files (tests/golden/import/), what is said of those
that cannot be read, and that nothing personal of them (names, remarks, who made the file, hidden sheets) is in an output. All names are invented.
"""
import datetime
import io
import os
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from import_test import GOLDEN, PERSONAL, PROGRAM, ROSTER, run, what_was_read, write_tables

SOURCE = Path(__file__).resolve().parents[2]


def saved(book):
    book.properties.creator = book.properties.lastModifiedBy = "Zebulon Quackenbush"
    book.properties.title = "of Xiomara Thistlewood"
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def book_of(sheets):
    """Sheets by name: lists of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def members_workbook():
    """A title, a county merged over its rows, dates of several kinds, formulas, a remark, a hidden sheet, a column of persons."""
    day = datetime.date
    book = book_of({"Members": [["Our coalition"], [], ["Organization", "Sector", "County", "Member since", "Contact", "Size"],
                                ["Legal Aid Society", "Nonprofit", "Adams", day(2024, 1, 5), "Zebulon Quackenbush", "=1+1"],
                                ["Adams County Police", "Government", None, datetime.datetime(2023, 11, 20, 9, 30), "Xiomara Thistlewood", 12.0],
                                ["Brown Health Center", "Nonprofit", "Brown", "3/25/2024", None, None], ["Clay Shelter", "Nonprofit", "Brown", 2024, None, "#REF!"],
                                [None], ["Total", "=COUNTA(A4:A7)"]],
                    "Old": [["Organization"], ["Zebulon Quackenbush"]], "Notes": [], "Phone list": [["Name", "Phone"], ["Xiomara Thistlewood", "312-555-0142"]]})
    book["Members"].merge_cells("C4:C5")
    book["Members"].merge_cells("A1:F1")
    book["Members"]["F7"].data_type = "e"
    book["Members"]["A4"].comment = Comment("ask Xiomara Thistlewood, 47 Larkspur", "Zebulon Quackenbush")
    book["Members"].row_dimensions[6].hidden = True
    book["Old"].sheet_state = "hidden"
    return saved(book)


def sheets_of_meetings():
    """A sheet a meeting, named as people name them: a day, a month, a month of the year that the file's name has."""
    rows = [["Print name", "Agency", "E-mail"], ["Zebulon Quackenbush", "Legal Aid Society", "zebulon@gmail.com"]]
    return saved(book_of({"Jan 9": rows + [[None, "Clay Shelter", None]], "3-12-2024": rows, "May": [["Agency", "Attended"], ["Clay Shelter", True], ["Legal Aid Society", False]],
                          "Members": [["Organization", "Sector"], ["Legal Aid Society", "Nonprofit"], ["Clay Shelter", "Nonprofit"], ["Harvest Church", "Nonprofit"]]}))


def matrix_workbook():
    day = datetime.date
    return saved(book_of({"Attendance": [["Organization", day(2024, 1, 9), day(2024, 2, 13), day(2024, 3, 12)], ["Legal Aid Society", True, False, 1.0],
                                         ["Clay Shelter", "x", None, "x"], ["Harvest\nChurch", None, None, "x"]]}))


NAMESPACES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style"))


def ods(tables, more=""):
    content = (f'<?xml version="1.0"?><office:document-content {NAMESPACES}><office:automatic-styles><style:style style:name="h" style:family="table">'
               f'<style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>{tables}'
               "</office:spreadsheet></office:body></office:document-content>")
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("content.xml", content)
        parts.writestr("META-INF/manifest.xml", f"<manifest>{more}</manifest>")
    return data.getvalue()


def cell(text, more=""):
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


ODS_ROWS = ("<table:table-row>" + cell("Organization") + cell("County") + cell("Joined") + '</table:table-row><table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
            "<table:table-row>" + cell("Legal Aid Society") + cell("Adams", 'table:number-rows-spanned="2"')
            + '<table:table-cell office:value-type="date" office:date-value="2024-01-05"><office:annotation><text:p>Xiomara Thistlewood</text:p></office:annotation><text:p>05.01.24</text:p></table:table-cell>'
            "</table:table-row><table:table-row>" + cell("Clay Shelter") + "<table:covered-table-cell/>" + '<table:table-cell office:value-type="float" office:value="2024"><text:p>2024</text:p></table:table-cell></table:table-row>'
            "<table:table-row>" + cell("Harvest Church") + cell("#REF!", 'table:formula="of:=[.A1]"') + '</table:table-row><table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>')
GRAPHML = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="d0" for="node" attr.name="Label" attr.type="string"/><key id="d1" for="edge" attr.name="weight" attr.type="double"/>
<key id="d2" for="node" attr.name="contact" attr.type="string"/><graph edgedefault="undirected">
<node id="n0"><data key="d0">Legal Aid Society</data><data key="d2">Zebulon Quackenbush</data></node><node id="n1"><data key="d0">Clay Shelter</data></node>
<node id="n2"><data key="d0">Harvest Church</data></node><node id="n3"><data key="d0">Print Shop LLC</data></node><node id="n4"><data key="d0">Rotary Club</data></node>
<edge source="n0" target="n1"><data key="d1">2.0</data></edge><edge source="n1" target="n2"><data key="d1">0.0</data></edge><edge source="n1" target="n4"/></graph></graphml>"""

CASES = {
    "workbook-of-members": ({"members.xlsx": members_workbook()}, ["--assume"]),
    "workbook-a-sheet-a-meeting": ({"Sign-in sheets 2024.xlsx": sheets_of_meetings()}, ["--dates", "mdy", "--assume"]),
    "workbook-of-attendance": ({"members.csv": ROSTER, "attendance.xlsx": matrix_workbook()}, []),
    "workbook-ods": ({"members.ods": ods(f'<table:table table:name="Members">{ODS_ROWS}</table:table><table:table table:name="Secret" table:style-name="h">{ODS_ROWS}</table:table>')}, ["--assume"]),
    "network-graphml": ({"members.csv": ROSTER, "network.graphml": GRAPHML.encode()}, ["--names", "organisations", "--guests", "nonmembers"]),
    "workbooks-that-cannot-be-read": ({"members.csv": ROSTER, "damaged.xlsx": members_workbook()[:3000], "old.xls": b"\xd0\xcf\x11\xe0" + bytes(600),
                                       "secret.xlsx": b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "~$members.xlsx": b"Zebulon Quackenbush",
                                       "minutes.xlsx": ods("").replace(b"content.xml", b"contant.xml"), "secret.ods": ods("", "encryption-data")}, []),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_read_of_workbooks_is_the_golden_text(name, tmp_path):
    files, options = CASES[name]
    write_tables(tmp_path, files)
    done = run(tmp_path, "tables", "-o", "ours", *options)
    assert done.returncode == 0, done.stderr
    text = what_was_read(tmp_path, done)
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("COALIS_RENEW_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")
    written = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "ours").glob("*"))
    assert [word for word in PERSONAL if word in written + done.stdout + done.stderr] == []
    check = subprocess.run([PROGRAM, "check", "ours/ours.toml"], capture_output=True, text=True, cwd=tmp_path)
    assert check.returncode == 0, check.stderr
    again = run(tmp_path, "tables", "-o", "ours", "--force")  # the mapping answers
    assert again.returncode == 0, again.stderr


def bomb():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", bytes(60_000_000))
    return data.getvalue()


def far_cell():
    book = book_of({"Far": [["Organization"], ["Legal Aid"]]})
    book["Far"].cell(200_000, 1, "far below")
    return saved(book)


@pytest.mark.parametrize("name, content, said", [
    ("a.xlsx", bomb(), "is larger than 50 MB unpacked"),
    ("a.xlsx", members_workbook()[:3000], "cannot be read (BadZipFile): is it damaged?"),
    ("a.xlsx", b"Organization,Sector\n", "is no workbook"),
    ("a.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "is a workbook of the old kind (.xls); save it as .xlsx"),
    ("a.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "is protected by a password"),
    ("a.ods", ods("", "encryption-data"), "is protected by a password"),
    ("a.xls", b"<html><table><tr><td>Organization", "is a web page or XML"),
    ("a.graphml", b"<graphml><node", "cannot be read (ParseError)"),
    ("a.xlsx", b"", "is no workbook"),
])
def test_a_file_that_is_no_workbook_is_refused_with_what_to_do(name, content, said, tmp_path):
    (tmp_path / name).write_bytes(content)
    done = run(tmp_path, name, "-o", "ours")
    assert done.returncode == 3 and f"{name}: {said}" in " ".join(done.stderr.split()) and not (tmp_path / "ours").exists(), done.stderr


def test_a_sheet_that_is_far_too_long_is_said(tmp_path):
    write_tables(tmp_path, {"members.csv": ROSTER, "far.xlsx": far_cell()})
    done = run(tmp_path, "tables", "-o", "ours")
    assert done.returncode == 0 and "far.xlsx: Far: 200000 rows by 1 column: more than 100000 by 1000" in " ".join(done.stdout.split()), done.stderr


def test_what_is_missing_is_said_with_what_to_install(tmp_path):
    write_tables(tmp_path, {"members.xlsx": members_workbook()})
    (tmp_path / "bin").mkdir()
    for there in (False, True):  # no Python at all; one without the library
        if there:
            (tmp_path / "bin" / "python3").write_text("#!/bin/sh\ncat >/dev/null\nprintf 'missing 8\\nopenpyxl\\n'\n")
            (tmp_path / "bin" / "python3").chmod(0o755)
        path = str(tmp_path / "bin") + (":/bin" if there and not Path("/bin/python3").exists() else "")
        done = subprocess.run([PROGRAM, "import", "tables/members.xlsx", "-o", "ours"], capture_output=True, text=True, cwd=tmp_path, env={**os.environ, "PATH": path}, timeout=60)
        assert done.returncode == 3 and "apt-get install python3-openpyxl" in " ".join(done.stderr.split()), done.stderr


def test_a_python_that_ends_early_is_said(tmp_path):
    write_tables(tmp_path, {"members.xlsx": members_workbook()})
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python3").write_text("#!/bin/sh\necho nonsense\nexit 1\n")
    (tmp_path / "bin" / "python3").chmod(0o755)
    done = subprocess.run([PROGRAM, "import", "tables/members.xlsx", "-o", "ours"], capture_output=True, text=True, cwd=tmp_path, env={**os.environ, "PATH": str(tmp_path / "bin")}, timeout=60)
    assert done.returncode == 3 and "could not be read: Python ended early" in " ".join(done.stderr.split())


def test_what_lies_beside_the_tables_is_no_part_of_python(tmp_path):
    write_tables(tmp_path, {"members.xlsx": members_workbook()})
    for name in ("openpyxl.py", "csv.py", "zipfile.py"):
        (tmp_path / name).write_text("raise SystemExit('of the folder')\n")
    done = run(tmp_path, "tables/members.xlsx", "-o", "ours", "--assume")
    assert done.returncode == 0, done.stderr


def test_templates_say_the_same_as_tables_and_as_a_workbook(tmp_path):
    templates = SOURCE / "docs" / "templates"
    assert run(tmp_path, *map(str, sorted(templates.glob("*.csv"))), "-o", "tables").returncode == 0
    assert run(tmp_path, str(templates / "coalition.xlsx"), "-o", "book").returncode == 0
    for name in ("ours.toml", "members.csv", "ties.csv", "ours-evidence.toml", "ours-attendance.csv"):
        assert (tmp_path / "tables" / name).read_bytes() == (tmp_path / "book" / name).read_bytes(), name
    assert (tmp_path / "book" / "members.csv").read_text().splitlines()[1] == "Example Shelter,nonprofit,other,North,2025-01,"
