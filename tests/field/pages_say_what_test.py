"""What pages say is what was done: options by what a budget made of them, the time since options begin, which answers are not told apart."""
import html
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import h5py
import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))
from page_parts import Part  # noqa: E402

PROGRAM, ILLINOIS = os.environ["COALIS_PROGRAM"], ROOT / "scenarios/illinois.toml"
HUBS = ROOT / "scenarios/illinois-three-hubs.toml"


def coalis(folder, *arguments, code=0):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, cwd=folder, timeout=300)
    assert done.returncode == code, done.stderr
    return " ".join(done.stdout.split())


def page_of(folder, file, *arguments):
    coalis(folder, "report", file, "-o", "page.html", "--force", *arguments)
    return (folder / "page.html").read_text(encoding="utf-8")


def test_options_are_named_by_what_a_budget_made_of_them(tmp_path):
    said = coalis(tmp_path, "compare", ILLINOIS, "--with", "full-time leader", "--budget", 60000, "--replicates", 12, "--quiet", "-o", "c.h5")
    names = ["as it was, raised to 0.64 of a post", "full-time leader, scaled to 0.64 of a post"]
    undone = "The same money undoes what B changes in staff time: nothing of that difference from A is left."
    assert all(text in said for text in (*names, undone))
    page = page_of(tmp_path, "c.h5")
    part, heading = Part(page), html.unescape(re.search(r"<h1>(.*?)</h1>", page)[1])
    assert undone in " ".join(part.said(inside="said"))
    assert all(name in heading for name in names)
    drawn = " ".join(part.said(inside="svg"))
    for name in names:
        assert name in drawn
        bare = re.escape(name.split(",")[-2].strip()) + "(?!, (?:scaled|raised) to)"
        assert not re.search(bare, drawn) and not re.search(bare, heading), (bare, drawn)
    with h5py.File(tmp_path / "c.h5") as file:
        assert file["scenarios/B"].attrs["undone"].decode().startswith(undone) and "undone" not in file["scenarios/A"].attrs


def test_another_lever_is_named_where_there_is_one(tmp_path):
    said = coalis(tmp_path, "compare", ILLINOIS, "--with", "more staff: hubs.Chicago.fte=0.4", "--equal-budget", "fte", "--replicates", 4, "--quiet")
    assert "To keep that change, scale something else: events (--equal-budget per_year)." in said
    kept = coalis(tmp_path, "compare", ILLINOIS, "--with", "more staff: hubs.Chicago.fte=0.4", "--equal-budget", "per_year", "--replicates", 4, "--quiet")
    assert "undoes" not in kept
    hubs = coalis(tmp_path, "compare", ILLINOIS, HUBS, "--equal-budget", "fte", "--replicates", 4, "--quiet")
    assert "undoes" not in hubs  # that they share the posts is what is asked


@pytest.fixture(scope="module")
def later(tmp_path_factory):
    folder = tmp_path_factory.mktemp("later")
    coalis(folder, "compare", ILLINOIS, "--with", "monthly meetings", "--from-month", "2008-07", "--replicates", 60, "--quiet", "-o", "c.h5")
    return folder, page_of(folder, "c.h5")


def test_what_is_said_is_of_the_time_since_the_month(later):
    folder, page = later
    with h5py.File(folder / "c.h5") as file:
        more = {name: float(np.diff(file[f"outcomes/{name}"][:].mean(axis=0))[0]) for name in ("member_cost", "coordination_cost")}
    said = " ".join(Part(page).said(without=("table", "code")))
    for name, change in more.items():
        since, over_all = (f"{value:,.0f}" for value in (change * 43 / 6, change))
        assert f"B: {since} more since July 2008" in said, (name, since, said)
        assert f"{over_all} more" not in said
    assert re.search(r"Members' own time and travel comes on top: from July 2008 on B takes [\d,]+ ± [\d,]+ USD a year more than A\.", said)
    assert "Members' own cost, over all 43 months" in said
    assert "Of the 12 months counted, 6 are before B begins to differ." in " ".join(Part(page).said(inside="said"))


def test_an_end_that_differs_from_the_year_before_it_is_said_to(later):
    folder, page = later
    with h5py.File(folder / "c.h5") as file:
        over_time = file["differences_over_time/engaged"][:].mean(axis=(0, 1))
    assert over_time[-1] - over_time[-12:].mean() > 0.03
    beside = " ".join(Part(page).said(inside="beside"))
    size = re.search(r"That is of December 2008 alone: over the last twelve months it is ([\d.]+) more on average\.", beside)
    assert size and float(size[1]) == pytest.approx(100 * over_time[-12:].mean(), abs=0.51), beside


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """An answer of `best`, to be changed: without its checksum, as a program of before wrote it."""
    folder = tmp_path_factory.mktemp("best")
    coalis(folder, "best", ILLINOIS, "--budget", 60000, "--points", 8, "--replicates", 40, "--quiet", "-o", "b.json")
    answer = json.loads((folder / "b.json").read_text())
    del answer["content"]
    return json.dumps(answer)


def best_page(folder, found, change):
    answer = json.loads(found)
    change(answer)
    (folder / "b.json").write_text(json.dumps(answer))
    return answer, page_of(folder, "b.json")


def test_of_options_that_are_not_told_apart_none_is_the_best(tmp_path, found):
    def alike(answer):
        step = answer["steps"][answer["budget_step"]]
        within = [i for i, one in enumerate(answer["options"]) if one["planned_cost"] <= 60000 and i > 0]
        step["not_told_apart"] = sorted({*within[:2], step["choice"]})

    answer, page = best_page(tmp_path, found, alike)
    part, step = Part(page), answer["steps"][answer["budget_step"]]
    cheapest = min((answer["options"][i] for i in step["not_told_apart"]), key=lambda one: one["planned_cost"])
    said = part.said(inside="answer")[0]
    assert re.search(rf"\b[Aa]ny of {len(step['not_told_apart'])} options\b", said) and "Do this" not in said, said
    listed = re.search(r"What is not told apart, the cheapest first</h3>\s*<ul>(.*?)</ul>", page, re.DOTALL)[1]
    items = [html.unescape(one) for one in re.findall(r"<li>(.*?)</li>", listed)]
    assert len(items) == len(step["not_told_apart"]) and cheapest["name"] in items[0], (items, cheapest)
    assert f"{cheapest['planned_cost']:,.0f} USD a year" in items[0]
    verdicts = re.findall(r"<td>(chosen|as good|less good|may do harm)</td>", page)
    assert "chosen" not in verdicts and verdicts.count("as good") >= len(items)


def test_greater_gain_is_not_less_good(tmp_path, found):
    def greater(answer):
        step = answer["steps"][answer["budget_step"]]
        for i, one in enumerate(answer["options"]):
            if i in (0, step["choice"]) or one["planned_cost"] > 60000:
                continue
            step["not_told_apart"] = [step["choice"]]
            one["gain"]["mean"] = answer["options"][step["choice"]]["gain"]["mean"] + 0.01
            answer["steps"] = [step, {"money": one["planned_cost"] + 1, "choice": i, "not_told_apart": [i]}]
            answer["steps"].sort(key=lambda other: other["money"])
            answer["budget_step"] = answer["steps"].index(step)
            return

    _, page = best_page(tmp_path, found, greater)
    verdicts = re.findall(r"<td>(chosen|as good|less good|may do harm)</td>", page)
    assert "as good" in verdicts, verdicts


def drawn_verdicts(page):
    return [text for text in Part(page).said(inside="svg") if text in ("observed above", "observed below", "within 9 in 10", "not reported")]


def test_the_worst_items_stand_in_the_picture(tmp_path):
    check = json.loads((ROOT / "scenarios/posterior/mixture.check.json").read_text())
    asked = [one for one in check["items"] if one["use"] != "specify"]
    page = page_of(tmp_path, ROOT / "scenarios/posterior/mixture.check.json")
    outside = [1 for one in asked for c in one["categories"]
               if c["observed"] is not None and not c["posterior"]["q05"] <= c["observed"] <= c["posterior"]["q95"]]
    verdicts = drawn_verdicts(page)
    assert len(verdicts) == 7 and 0 < len(outside) < 7
    assert [text.startswith("observed") for text in verdicts] == sorted((text.startswith("observed") for text in verdicts), reverse=True)
    assert verdicts[0].startswith("observed") and any(text.startswith("Worst first: ") for text in Part(page).said(inside="svg"))
    for one in asked:  # where more than the first screen has room for lie outside, all of them stand below it
        for category in one["categories"]:
            category["observed"] = 0.999
    (tmp_path / "m.json").write_text(json.dumps(check))
    page = page_of(tmp_path, "m.json")
    drawn = drawn_verdicts(page)
    assert "All that lies outside" in page and len(drawn) > 7 + 7 and set(drawn) == {"observed above"}, drawn


def test_one_meeting_is_no_last_1(tmp_path):
    table = ["organisation,2017-05,2017-06,2017-07"] + [f"Member {i},{i % 2},{(i + 1) % 2},1" for i in range(85)]
    (tmp_path / "sheets.csv").write_text("\n".join(table) + "\n", encoding="utf-8")
    said = coalis(tmp_path, "forecast", ROOT / "scenarios/sites/water-councils.toml", "--attendance", "sheets.csv", "--hold-out", 1, "--replicates", 100,
                  "--quiet", "--page", "page.html")
    page = " ".join(Part((tmp_path / "page.html").read_text(encoding="utf-8")).said())
    assert "The last of 3 meetings is held out" in said and "Forecast: who comes to the last of 3 meetings, told" in page
    assert "last 1 " not in said + page
    (tmp_path / "one.csv").write_text("organisation,2017-05\nMember 1,1\n", encoding="utf-8")
    refused = subprocess.run([PROGRAM, "attendance", "one.csv", "-o", "e.toml", "--hold-out", "1"], capture_output=True, text=True, cwd=tmp_path)
    assert refused.returncode == 2 and "hold fewer out" not in refused.stderr and "hold none out" in refused.stderr, refused.stderr


def test_bars_of_an_import_are_what_is_said_beside_them(tmp_path):
    (tmp_path / "tables").mkdir()
    rows = "".join(f"Body {i},Nonprofit,Adams\n" for i in range(3)) + "Total,3,\n"
    (tmp_path / "tables/members.csv").write_text("Organization,Sector,County\n" + rows, encoding="utf-8")
    coalis(tmp_path, "import", "tables", "-o", "ours", "--assume")
    (page,) = (tmp_path / "ours").glob("*.html")
    text = page.read_text(encoding="utf-8")
    said = Part(text).said(inside="svg")
    assert {"used: 3, 75 %", "left out: 1, 25 %"} <= set(said), said
    widths = [float(width) for width in re.findall(r'<rect[^>]* width="([\d.]+)" height="11"', text)]
    assert len(widths) >= 2 and widths[0] / widths[1] == pytest.approx(3, rel=0.02), widths
