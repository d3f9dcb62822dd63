"""One number is written alike in the sentence, the table and the picture of a page. A reader compares them: a difference of 2.6 in 100 is not
"+3" beside "too small to matter (3 or less)", and what is called clear has a size that can be seen."""

import html
import json
import os
import pathlib
import re
import subprocess

import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
SCENARIOS = pathlib.Path(__file__).resolve().parents[2] / "scenarios"
ILLINOIS = SCENARIOS / "illinois.toml"


def call(*arguments):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout


def sizes(text):
    """Signed: "+2.6" of "2.6 more", "0" of "no difference"."""
    text = re.sub(r" (?!more|fewer)\w+ (of|in) 100", "", text)
    found = re.search(r"([\d.,]+) (more|fewer|less|higher|lower|wider|narrower)", text)
    return None if not found else ("+" if found[2] in ("more", "higher", "wider") else "-") + found[1]


@pytest.mark.parametrize("other", ["illinois-small-raise", "illinois-full-time-leader", "illinois-three-hubs"])
def test_the_picture_says_the_numbers_of_the_sentence(tmp_path, other):
    call("compare", ILLINOIS, SCENARIOS / f"{other}.toml", "--replicates", 60, "--quiet", "-o", tmp_path / "c.h5")
    answer = json.loads(call("compare", ILLINOIS, SCENARIOS / f"{other}.toml", "--replicates", 60, "--quiet", "--json"))["differences"]["B"]
    compared = 0
    for outcome, d in answer.items():
        if d["pairs"] == 0 or not d["sd"] or outcome.endswith("cost"):
            continue
        said = call("report", tmp_path / "c.h5", "-o", tmp_path / "c.html", "--on", outcome, "--force")
        page = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", (tmp_path / "c.html").read_text())).split()).replace("\u2212", "-")
        picture = re.search(r"On average ([+-]?[\d.,]+) .*?; median [+-]?[\d.,]+; 8 in 10 runs: ([+-]?[\d.,]+) to ([+-]?[\d.,]+)\.", page)
        if not picture:  # too few different values for one
            continue
        low, high = d["range80"]
        sentence = re.search(r"8 in 10 runs: (.*?)\.( |$)", " ".join(said.split()))[1]
        if d["clear"]:
            mean = sizes(" ".join(said.split()).split(" than A ")[0])
            assert mean and mean == picture[1], (outcome, said, picture[0])
            assert float(mean.replace(",", "")) != 0
        for value, shown in ((low, picture[2]), (high, picture[3])):
            number = float(shown.lstrip("+-").replace(",", ""))
            told = [float(n.replace(",", "")) for n in re.findall(r"[\d.,]*\d", sentence)]
            assert number == 0 and "no difference" in sentence or number in told, (outcome, sentence, picture[0])
        compared += 1
    assert compared > 8


def page_of(folder, *compared, on):
    call("compare", *compared, "--quiet", "-o", folder / "p.h5", "--outcomes", "engaged", "--force")
    call("report", folder / "p.h5", "-o", folder / "p.html", "--on", on, "--force")
    text = re.sub(r"<[^>]+>", " ", (folder / "p.html").read_text())
    return " ".join(html.unescape(text).split()).replace("\u2212", "-")


TEMPLATE = SCENARIOS / "template-statewide.toml"


@pytest.fixture(scope="module")
def monthly(tmp_path_factory):
    """The reference meets four times a year and not in the first month."""
    folder = tmp_path_factory.mktemp("monthly")
    (folder / "m.toml").write_text(f'format = "scenario"\nversion = 2\ninclude = "{TEMPLATE}"\nname = "Monthly"\n[[series]]\nname = "plenaries"\nper_year = 12\n')
    return page_of(folder, TEMPLATE, folder / "m.toml", "--replicates", 60, on="engaged")


def test_two_pictures_say_one_median(monthly):
    fans = re.findall(r"median ([+-]?[\d.]+)(?= half| 8 in| no| 19)", monthly)
    dots = re.findall(r"; median ([+-]?[\d.]+);", monthly)
    assert fans and {float(m) for m in fans} == {float(m) for m in dots}, (fans, dots)


@pytest.mark.parametrize("replicates", [7, 20, 40])
def test_levels_in_a_table_give_the_difference_beside_them(tmp_path, replicates):
    page = page_of(tmp_path, ILLINOIS, SCENARIOS / "illinois-full-time-leader.toml", "--replicates", replicates, on="engaged")
    rows = re.findall(r"in 100 ([\d.]+) \([^)]*\) ([\d.]+) \([^)]*\) ([\d.]+) (more|fewer|wider|narrower) \([^)]*\) "
                      r"\d+ \w+, \d+ alike, \d+ \w+(, \d+ left out)?", page)
    assert len(rows) > 8
    for a, b, size, way, left_out in rows:
        if left_out:  # the difference is of fewer runs than the levels, which is said
            continue
        given = (float(b) - float(a)) * (1 if way in ("more", "wider") else -1)
        if "." in a:
            assert abs(given - float(size)) <= (0.55 if "." not in size else 0.11), (a, b, size, way)
        else:
            assert float(size) < 1 and abs(given) < 1 or given == float(size), (a, b, size, way)


def test_better_is_counted_first(monthly):
    assert re.search(r"\d+ better, \d+ alike, \d+ worse", monthly) and not re.search(r"\d+ worse, \d+ alike", monthly)


def test_half_of_a_difference_waits_for_an_event_under_both(monthly):
    """In the first month only the one that meets monthly has held an event: what stands there is no half of what comes about later."""
    said = re.search(r"Half of the average difference that B makes by the end is there by (\w+ \d+), and stays\. That is month (\d+)([^.]*)\.( It is the first in[^.]*\.)?( It was larger[^.]*)?", monthly)
    assert said and int(said[2]) > 1, monthly[:3000]
    answer = call("compare", TEMPLATE, TEMPLATE, "--set", "levers.information=1", "--replicates", 3, "--quiet", "--outcomes", "engaged", "--json")
    assert json.loads(answer)["differences"]["B"]["engaged"]["half_month"] is None
