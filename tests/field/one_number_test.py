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
    text = re.sub(r" \w+ (of|in) 100", "", text)
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
