"""The pages of `coalis forecast` and `coalis distinguish`: every number is that of --json, a rule that wins is named first, what is chosen is found
in the picture; they are written whole and do not depend on threads or folders. And names of options on the page of best: a " + " in a name is its own."""
import html
import json
import os
import re
import subprocess
from pathlib import Path

import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
COUNCILS = SCENARIOS / "sites/water-councils.toml"
TWINS = [SCENARIOS / "twins/as-it-is.toml", SCENARIOS / "twins/monthly-meetings.toml"]
DISTINGUISH = ["distinguish", *TWINS, "--candidate", "mixture", "--candidate", "trait", "--organisations", "25,50", "--months", "6,12",
               "--coalitions", "1,2", "--replicates", 60, "--quiet"]


def coalis(folder, *arguments, fails=0):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, cwd=folder, timeout=200)
    assert done.returncode == fails, done.stderr
    return done.stderr if fails else done.stdout


def forecast(*more):
    return ["forecast", COUNCILS, "--attendance", "sheets.csv", "--hold-out", 2, "--replicates", 200, "--quiet", *more]


def sheets(path, meetings=7):
    rows = [[int((i * 7 + k * k * 3 + i * k) % 5 < i % 4 + 1) for k in range(meetings)] for i in range(85)]
    names = [f"2017-{k + 1:02}" for k in range(meetings)]
    path.write_text("organisation," + ",".join(names) + "\n" + "".join(f"Member {i},{','.join(map(str, row))}\n" for i, row in enumerate(rows)))


def rows_of(page, caption):
    """Cells of the table whose caption begins so, row by row."""
    table = next(t for t in re.findall(r"<table>.*?</table>", page, re.DOTALL) if f"<caption>{caption}" in t)
    return [[html.unescape(re.sub(r"<[^>]+>", "", cell)).replace("−", "-") for cell in re.findall(r"<t[hd][ >].*?</t[hd]>", row)]
            for row in table.split("<tbody>")[1].split("</tr>")[:-1]]


@pytest.fixture(scope="module")
def forecast_made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("forecast")
    sheets(folder / "sheets.csv")
    answer = json.loads(coalis(folder, *forecast("--json", "--page", "page.html")))
    return folder, answer, (folder / "page.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def told_apart(tmp_path_factory):
    folder = tmp_path_factory.mktemp("distinguish")
    return json.loads(coalis(folder, *DISTINGUISH, "--json", "--page", "page.html")), (folder / "page.html").read_text(encoding="utf-8")


def in_brackets(said):
    return f"{said['mean']:.1f} ({said['low']} to {said['high']})"


def test_every_number_of_a_forecast_is_that_of_its_answer(forecast_made):
    _, answer, page = forecast_made
    keys = ["model", "last_year", "beta_binomial"]
    assert rows_of(page, "Who came to each meeting") == [
        [m["meeting"], f"{m['came']} of {m['of']}", *(in_brackets(m["forecast"][key]) for key in keys)] for m in answer["meetings"]]
    for row, m in zip(rows_of(page, "Meetings that each member came to"), answer["members"], strict=True):
        said = m["forecast"]["model"]
        inside = said["low"] <= m["held_out"]["came"] <= said["high"]
        assert row == [m["member"], f"{m['before']['came']} of {m['before']['of']}", in_brackets(said),
                       f"{m['held_out']['came']} of {m['held_out']['of']}", "yes" if inside else "no"]
    for row, key in zip(rows_of(page, "Errors (CRPS)"), keys, strict=True):
        score = answer["scores"][key]
        assert row[1] == f"{score['crps']:.3f}" and row[4:] == [f"{100 * score['covered']:.0f} %", f"{100 * score['expected']:.0f} %", f"{score['crps_in_all']:.2f}"]
        if key != "model":
            assert float(row[2]) == pytest.approx(score["model_less_this"]["value"], abs=6e-4)


def test_a_rule_that_wins_is_named_first(forecast_made):
    _, answer, page = forecast_made
    wins = [answer["scores"][key]["model_less_this"]["low"] > 0 for key in ("last_year", "beta_binomial")]
    said = html.unescape(re.search(r'class="answer">(.*?)</p>', page)[1])
    assert any(wins), "the table is made so that a rule wins"
    assert said.startswith("Both plain rules forecast better than the model: " if all(wins) else "A plain rule forecasts better than the model: ")
    assert f"{answer['scores']['model']['crps']:.2f}" in said and "use the plain rule" in page


def test_a_forecast_is_drawn_as_it_is_counted(forecast_made):
    _, answer, page = forecast_made
    drawn = html.unescape(re.search(r"<desc[^>]*>(.*?)</desc>", page, re.DOTALL)[1])
    for m in answer["meetings"]:
        assert f"{m['meeting']}: {m['came']} of {m['of']} came; the model said {m['forecast']['model']['mean']:.1f}, 8 in 10 " in drawn
    held = sum(f["low"] <= m["came"] <= f["high"] for m in answer["meetings"] for f in m["forecast"].values())
    assert drawn.count(", held") == held and drawn.count(", missed") == 6 - held


def test_the_page_of_a_forecast_is_whole_and_the_same_everywhere(forecast_made):
    folder, _, page = forecast_made
    assert "exists" in coalis(folder, *forecast("--page", "page.html"), fails=3)
    (folder / "elsewhere").mkdir()
    coalis(folder, *forecast("--threads", 3, "--page", "elsewhere/page.html"))
    assert (folder / "elsewhere/page.html").read_text(encoding="utf-8") == page
    assert str(folder) not in page and "coalis forecast 'water-councils.toml' --attendance 'sheets.csv' --hold-out 2 " in html.unescape(page)
    assert "none" in coalis(folder, *forecast("--page", "none/page.html"), fails=3)
    before = (folder / "sheets.csv").read_text()
    coalis(folder, *forecast("--page", "sheets.csv", "--force"), fails=3)
    assert (folder / "sheets.csv").read_text() == before, "what the command reads is not written over"


def test_every_number_of_telling_apart_is_that_of_its_answer(told_apart):
    answer, page = told_apart
    rows = rows_of(page, "Every way of watching")
    for row, one in zip(rows, answer["rows"], strict=True):
        assert row[1:4] == [str(one["organisations"]), str(one["coalitions"]), str(one["months"])]
        assert abs(float(row[4]) - 100 * (1 - one["error"])) <= 0.5 and abs(float(row[5]) - 196 * one["se"]) <= 0.5
        assert row[6].replace(",", "") == str(one["organisations"] * one["coalitions"] * one["months"])
    said = html.unescape(re.search(r'class="answer">(.*?)</p>', page)[1])
    best = min(answer["rows"], key=lambda one: one["error"])
    if "None of these" not in said:
        assert best["error"] + 2 * best["se"] < 0.5
        times = re.search(r"(\d+) times in 100", said)[1]
        drawn = html.unescape(re.search(r"<desc[^>]*>(.*?)</desc>", page, re.DOTALL)[1])
        assert re.search(rf"The answer: \d+ organisations, \d+ months: .* {times}\b", drawn), (said, drawn)
    else:
        assert "none is told from guessing, right 50 times in 100." in said


def test_two_models_of_one_rule_are_told_by_their_files(tmp_path):
    (tmp_path / "never.csv").write_text("kinds.meeting.base,kinds.outreach.base,kinds.training.base\n-5,-5,-5\n")
    coalis(tmp_path, "distinguish", TWINS[0], "--candidate", "trait", "--candidate", "trait=never.csv", "--organisations", 25, "--months", 6,
           "--coalitions", 1, "--replicates", 40, "--quiet", "--page", "page.html")
    page = html.unescape((tmp_path / "page.html").read_text(encoding="utf-8"))
    assert "Commitment is a fixed trait (never.csv)." in page and "Commitment is a fixed trait (the scenario's own parameters)." in page
    assert "The attendance lists so far of 25 organisations would name the right model" in page


def test_a_plus_in_the_name_of_an_option_is_its_own(tmp_path):
    coalis(tmp_path, "best", SCENARIOS / "illinois.toml", "--budget", 60000, "--points", 8, "--replicates", 20, "--quiet", "-o", "best.json")
    answer = json.loads((tmp_path / "best.json").read_text(encoding="utf-8"))
    del answer["content"]  # the checksum: what is changed here is no damage
    for i, option in enumerate(answer["options"][1:]):
        option["changes"] = [f"tea {i} + cake" if i % 2 else f"cake + tea {i}", f"thing {i}"]
        option["name"] = " + ".join(option["changes"])
    (tmp_path / "best.json").write_text(json.dumps(answer), encoding="utf-8")
    coalis(tmp_path, "report", "best.json", "-o", "apart.html")
    apart = html.unescape((tmp_path / "apart.html").read_text(encoding="utf-8"))
    assert "All but as it is have" not in apart
    assert any(option["name"] in apart for option in answer["options"][1:])
    for i, option in enumerate(answer["options"][1:]):
        option["changes"] = ["tea + cake", f"thing {i}", f"staff 0.{i + 1}"]
        option["name"] = f"tea + cake + thing {i} + 0.{i + 1} posts in all"
    (tmp_path / "best.json").write_text(json.dumps(answer), encoding="utf-8")
    coalis(tmp_path, "report", "best.json", "-o", "shared.html")
    shared = html.unescape((tmp_path / "shared.html").read_text(encoding="utf-8"))
    assert "All but as it is have: tea + cake<" in shared.replace("</text>", "<")
    assert re.search(r"thing \d+ \+ 0\.\d+ posts in all", shared)
