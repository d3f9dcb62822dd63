"""Sheets of workbooks as tables of text: .xlsx by openpyxl, .ods and networks in GraphML by what Python has itself.

`coalis import` holds this text and starts it by itself, so that it names nothing else of the package: the file comes by standard input, what is
read goes to standard output. Limits keep a small file from becoming a large one.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import sys
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from xml.etree import ElementTree

LARGEST_UNPACKED = 50_000_000  # bytes of all parts together
MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 100_000, 1_000, 200
LARGEST_HEAD = 4096  # of XML before its content
MEMORY, SECONDS = 4 << 30, 120  # of the process


class WorkbookError(Exception):
    """What is wrong with a file, and what to do."""


class Sheet(NamedTuple):
    """One table. Row i of `rows` is row i + 1 of the sheet; `why`: it is not read for that reason."""

    name: str
    rows: list[list[str]]
    notes: list[str]
    why: str = ""


def counted(count: int, what: str) -> str:
    return f"{count} {what}" + ("" if count == 1 else "s")


def cell_text(value: Any) -> str:
    """A cell as a table of text has it: dates as 2024-03-05, whole numbers without a decimal point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.strftime("%Y-%m-%d" if midnight else "%Y-%m-%d %H:%M:%S")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return " ".join(str(value).split())


def trimmed(cells: dict[tuple[int, int], str], name: str, notes: list[str]) -> Sheet:
    """Cells by row and column, from 1, as rows without what is empty at the end of each and of all."""
    filled = {place: text for place, text in cells.items() if text}
    if not filled:
        return Sheet(name, [], [], "empty")
    height, width = max(row for row, _ in filled), max(column for _, column in filled)
    if height > MOST_ROWS or width > MOST_COLUMNS:
        return Sheet(name, [], [], f"{counted(height, 'row')} by {counted(width, 'column')}: more than {MOST_ROWS} by {MOST_COLUMNS}; "
                                   "delete what is far below or to the right of the table")
    rows: list[list[str]] = [[] for _ in range(height)]
    for (row, column), text in sorted(filled.items()):
        cells_of_row = rows[row - 1]
        cells_of_row.extend([""] * (column - 1 - len(cells_of_row)))
        cells_of_row.append(text)
    return Sheet(name, rows, notes)


def filled_down(cells: dict[tuple[int, int], str], merges: Iterable[tuple[int, int, int]]) -> int:
    """Merged cells (row, column, last row): one over several rows says the same of each. How many there are."""
    count = 0
    for row, column, last in merges:
        text = cells.get((row, column), "")
        if last == row or not text:
            continue
        count += 1
        for below in range(row + 1, min(last, MOST_ROWS) + 1):
            cells[below, column] = text
    return count


def notes_of(merged: int, formulas: int, uncounted: int, faults: int, hidden: int) -> list[str]:
    """What is said of a sheet beside its table."""
    notes = []
    if merged:
        notes.append(f"{counted(merged, 'merged cell')} over several rows: read as if each row said it")
    if formulas:
        notes.append(f"{counted(formulas, 'formula')}: the value that the workbook keeps was read")
    if uncounted:
        notes.append(f"{counted(uncounted, 'formula')} without a kept value: read as empty; open the workbook in a spreadsheet and save it")
    if faults:
        notes.append(f"{counted(faults, 'cell')} with an error of a formula (as #REF!): read as empty")
    if hidden:
        notes.append(f"{counted(hidden, 'hidden row or column')}: read, too")
    return notes


def sheet_of_excel(values: Any, formulas: Any) -> Sheet:
    """A worksheet, twice opened: with the values that formulas last had, and with the formulas."""
    if values.sheet_state != "visible":
        return Sheet(values.title, [], [], "hidden; show it in the workbook to have it read")
    kept, written = values._cells, formulas._cells  # iterating through the interface would make every empty cell between them
    cells, faults, uncounted, computed = {}, 0, 0, 0
    for place, cell in kept.items():
        if cell.data_type == "e":
            faults += 1
        else:
            cells[place] = cell_text(cell.value)
        if place in written and written[place].data_type == "f":
            computed += cell.value is not None and cell.data_type != "e"
            uncounted += cell.value is None
    merges = [(area.min_row, area.min_col, area.max_row) for area in values.merged_cells.ranges]
    merged = filled_down(cells, merges)
    dimensions = list(values.row_dimensions.values()) + list(values.column_dimensions.values())
    hidden = sum(bool(one.hidden) for one in dimensions)
    return trimmed(cells, values.title, notes_of(merged, computed, uncounted, faults, hidden))


def sheets_of_excel(data: bytes) -> list[Sheet]:
    import openpyxl  # alone needed for this kind

    books = [openpyxl.load_workbook(io.BytesIO(data), data_only=values) for values in (True, False)]
    sheets = [sheet_of_excel(values, formulas) for values, formulas in zip(books[0].worksheets, books[1].worksheets)]
    return sheets + [Sheet(chart.title, [], [], "a chart") for chart in books[0].chartsheets]


ODS = {"office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0", "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
       "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0", "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0"}


def named(prefixed: str) -> str:
    prefix, name = prefixed.split(":")
    return f"{{{ODS[prefix]}}}{name}"


def number_of(element: ElementTree.Element, attribute: str) -> int:
    said = element.get(named(attribute), "1")
    return int(said) if said.isdecimal() and len(said) < 9 else 1


def text_of_ods(cell: ElementTree.Element) -> str:
    kind = cell.get(named("office:value-type"), "")
    if kind in ("float", "percentage", "currency"):
        said = cell.get(named("office:value"), "")
        return cell_text(float(said)) if re.fullmatch(r"-?[0-9.eE+-]+", said) else ""
    if kind == "date":
        return cell.get(named("office:date-value"), "").replace("T00:00:00", "").replace("T", " ")
    if kind == "boolean":
        return "yes" if cell.get(named("office:boolean-value")) == "true" else "no"
    # A remark beside a cell has paragraphs of its own, one level deeper.
    return cell_text(" ".join("".join(paragraph.itertext()) for paragraph in cell.findall(named("text:p"))))


def rows_of_ods(table: ElementTree.Element) -> Iterator[tuple[int, ElementTree.Element]]:
    """Rows with their numbers; those that are repeated and empty are stepped over."""
    number = 1
    for row in table.iter(named("table:table-row")):
        times = number_of(row, "table:number-rows-repeated")
        filled = any(cell.get(named("office:value-type")) for cell in row)
        for again in range(min(times, MOST_ROWS) if filled else 0):
            yield number + again, row
        number += times


def sheet_of_ods(table: ElementTree.Element) -> Sheet:
    name = table.get(named("table:name"), "")
    cells: dict[tuple[int, int], str] = {}
    merges, formulas, faults = [], 0, 0
    for number, row in rows_of_ods(table):
        column = 1
        for cell in row:
            if cell.tag not in (named("table:table-cell"), named("table:covered-table-cell")):
                continue
            times = number_of(cell, "table:number-columns-repeated")
            text = text_of_ods(cell) if cell.tag == named("table:table-cell") else ""
            computed = cell.get(named("table:formula")) is not None
            if computed and (text.startswith("#") or re.match(r"Err:\d+$", text)):
                faults, text = faults + 1, ""
            formulas += computed and bool(text)
            for again in range(min(times, MOST_COLUMNS + 1) if text else 0):
                cells[number, column + again] = text
            if (rows := number_of(cell, "table:number-rows-spanned")) > 1:
                merges.append((number, column, number + rows - 1))
            column += times
        if len(cells) > MOST_ROWS * 20:
            raise WorkbookError("holds too many cells; save the sheets that are wanted as CSV")
    merged = filled_down(cells, merges)
    return trimmed(cells, name, notes_of(merged, formulas, 0, faults, 0))


def sheets_of_ods(parts: zipfile.ZipFile) -> list[Sheet]:
    if "META-INF/manifest.xml" in parts.namelist() and b"encryption-data" in parts.read("META-INF/manifest.xml"):
        raise WorkbookError("is protected by a password; save it without one")
    root = ElementTree.fromstring(parts.read("content.xml"))
    hidden = {style.get(named("style:name")) for style in root.iter(named("style:style"))
              for shown in style.findall(named("style:table-properties")) if shown.get(named("table:display")) == "false"}
    sheets = []
    for table in root.iter(named("table:table")):
        if table.get(named("table:style-name")) in hidden:
            sheets.append(Sheet(table.get(named("table:name"), ""), [], [], "hidden; show it in the workbook to have it read"))
        else:
            sheets.append(sheet_of_ods(table))
    return sheets


NAMES_OF_NODES = ("organization", "organisation", "agency", "org", "label", "name", "title")  # keys of GraphML, the best first


def local(tag: str) -> str:
    return tag.rpartition("}")[2]


class Network(NamedTuple):
    """Of a network file: whose names its nodes have, by their identities; ties; and what its keys are called."""

    names: dict[str, str]
    ties: list[tuple[str, str, str]]  # two nodes, weight or ""
    said: str  # the key that the names come from, "" for identities


def network_of(root: ElementTree.Element) -> Network:
    keys = {key.get("id", ""): key.get("attr.name", key.get("id", "")).lower() for key in root.iter() if local(key.tag) == "key"}

    def data(element: ElementTree.Element) -> dict[str, str]:
        return {keys.get(one.get("key", ""), ""): cell_text("".join(one.itertext())) for one in element if local(one.tag) == "data"}

    nodes = [node for node in root.iter() if local(node.tag) == "node"]
    told = {node.get("id", ""): data(node) for node in nodes}
    said = next((key for key in NAMES_OF_NODES if any(values.get(key) for values in told.values())), "")
    names = {}
    for node in nodes:
        drawn = next((cell_text("".join(label.itertext())) for label in node.iter() if local(label.tag) == "NodeLabel"), "")
        names[node.get("id", "")] = told[node.get("id", "")].get(said, "") or drawn or cell_text(node.get("id", ""))
    edges = [edge for edge in root.iter() if local(edge.tag) == "edge"]
    return Network(names, [(edge.get("source", ""), edge.get("target", ""), data(edge).get("weight", "")) for edge in edges], said)


def is_nothing(weight: str) -> bool:
    return re.fullmatch(r"-?0*\.?0*", weight) is not None and "0" in weight


def sheets_of_graphml(data: bytes) -> list[Sheet]:
    if b"<graphml" not in data[:LARGEST_HEAD]:
        raise WorkbookError("is a web page or XML, no workbook and no network in GraphML; save it as .xlsx or CSV")
    root = ElementTree.fromstring(data)
    network = network_of(root)
    of_organisations = network.said in NAMES_OF_NODES[:4]
    rows = [["Organization", "Works with"] if of_organisations else ["From", "To"]]
    absent, tied = 0, set()
    for source, target, weight in network.ties:
        if is_nothing(weight):
            absent += 1
        else:
            rows.append([network.names.get(source, source), network.names.get(target, target)])
            tied |= {source, target}
    alone = len(network.names.keys() - tied)
    notes = [f"{counted(absent, 'tie')} of weight 0: none"] if absent else []
    notes += [f"{counted(alone, 'node')} without a tie"] if alone else []
    if len(rows) == 1:
        return [Sheet("", [], [], "a network without a tie")]
    if len(rows) > MOST_ROWS:
        raise WorkbookError(f"has more than {MOST_ROWS} ties")
    return [Sheet("", rows, notes)]


def opened(data: bytes) -> zipfile.ZipFile:
    """The parts of a workbook. Their sizes are those of the directory, beyond which none is unpacked."""
    parts = zipfile.ZipFile(io.BytesIO(data))
    if sum(part.file_size for part in parts.infolist()) > LARGEST_UNPACKED:
        raise WorkbookError(f"is larger than {LARGEST_UNPACKED // 1_000_000} MB unpacked; save the sheets that are wanted as CSV")
    return parts


def sheets_of(data: bytes) -> list[Sheet]:
    """All sheets of a file's bytes; `why` says why one is not read. Throws WorkbookError; others for what is damaged."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise WorkbookError("is protected by a password; save it without one")
        raise WorkbookError("is a workbook of the old kind (.xls); save it as .xlsx")
    if not data.startswith(b"PK"):
        if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
            return sheets_of_graphml(data)
        raise WorkbookError("is no workbook")
    parts = opened(data)
    names = set(parts.namelist())
    if "content.xml" in names:
        sheets = sheets_of_ods(parts)
    elif "xl/workbook.xml" in names:
        sheets = sheets_of_excel(data)
    elif "xl/workbook.bin" in names:
        raise WorkbookError("is a binary workbook (.xlsb); save it as .xlsx")
    else:
        raise WorkbookError("is no workbook (.xlsx or .ods)")
    if len(sheets) > MOST_SHEETS:
        raise WorkbookError(f"has more than {MOST_SHEETS} sheets")
    return sheets


def record(kind: str, text: str) -> bytes:
    content = text.encode("utf-8", "replace")
    return f"{kind} {len(content)}\n".encode() + content + b"\n"


def records_of(data: bytes) -> Iterator[bytes]:
    """What the program reads: each a kind, the length of its text, the text."""
    for sheet in sheets_of(data):
        yield record("sheet", sheet.name)
        if sheet.why:
            yield record("why", sheet.why)
            continue
        table = io.StringIO()
        csv.writer(table, lineterminator="\n").writerows(sheet.rows)
        yield record("table", table.getvalue())
        yield from (record("note", note) for note in sheet.notes)


def limit_process() -> None:
    try:
        import resource
    except ImportError:  # not on every machine
        return
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def main() -> None:
    limit_process()
    warnings.simplefilter("ignore")
    data = sys.stdin.buffer.read()
    try:
        records = list(records_of(data))
    except WorkbookError as error:
        records = [record("error", str(error))]
    except ModuleNotFoundError as error:
        records = [record("missing", error.name or "")]
    except MemoryError:
        records = [record("error", "needs too much memory; save the sheets that are wanted as CSV")]
    except Exception as error:  # whatever a damaged file does to a reader; its words may hold what is in the file
        records = [record("error", f"cannot be read ({type(error).__name__}): is it damaged? Open it in a spreadsheet and save it anew")]
    sys.stdout.buffer.write(b"".join(records))


if __name__ == "__main__":
    main()
