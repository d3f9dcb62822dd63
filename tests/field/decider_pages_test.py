"""The part of every page that is for those who decide. They read the question, the answer in one short sentence and its picture; no key of a
file, no sentence of more than 25 words; what the words mean, how sure it is, and how much evidence there is."""
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))
import pages_of_every_kind  # noqa: E402
from page_parts import Part  # noqa: E402
from reading_ease import flesch  # noqa: E402

PROGRAM = os.environ["COALIS_PROGRAM"]
KINDS = ["answered", "best", "budget", "distinguish", "fit", "forecast", "hubs", "import", "later", "members", "rules", "sensitivity", "study"]
LONGEST, LEAST = 25, 55


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    made = pages_of_every_kind.make(PROGRAM, tmp_path_factory.mktemp("pages"))
    return {name: path.read_text(encoding="utf-8") for name, path in made.items()}


def words(sentence):
    return re.findall(r"\w[\w'.,/-]*", sentence)


def sentences(texts):
    return [sentence for text in texts for sentence in re.split(r"(?<=[.!?])\"?\s+(?=[A-Z\"\d])", text)]


def keys():
    """All keys of the rows of fields, and the names of their values, but for those that are words of the language: which the meanings use."""
    listed = subprocess.run([PROGRAM, "defaults"], capture_output=True, text=True, check=True).stdout
    names, meanings = set(), set()
    for line in listed.splitlines():
        if row := re.match(r"  (\w+) {2,}.* {2}\S  (.*)$", line):
            names.add(row[1])
            meanings |= set(re.findall(r"\b[a-z]+\b", row[2]))
    names |= {"benefit_cost", "conditional_cooperation", "bounded_confidence", "friedkin_johnsen", "degroot", "mu*"}
    assert len(names) > 60
    plain = {name for name in names if "_" not in name and name in meanings}
    return names - plain - {"from", "until", "support", "name", "start"}


def test_every_kind_is_there(pages):
    assert sorted(pages) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_no_key_stands_where_deciders_read(pages, kind):
    said = "\n".join(Part(pages[kind]).said(without=("code",)))
    found = {key for key in keys() if re.search(rf"(?<![\w.]){re.escape(key)}(?![\w])", said)}
    paths = re.findall(r"\b(?:hubs|series|kinds|regions|roles|levers|structure|parameters|costs|organisations|interventions)\.[\w\"]+", said)
    assert (found, paths, re.findall(r"\b[a-z]+_[a-z_]+\b", said)) == (set(), [], []), kind


# Words of the model's and of the program's, which nobody else says so: the rest of a page has them.
INTERNAL = r"\b(?:FTE|[Ee]ver-members?|[Ss]eries|[Ll]evers?|[Ii]nterventions?|[Ff]actors?|[Ss]teps?|[Pp]osteriors?|[Pp]riors?|[Rr]eplicates?|CRPS)\b"


@pytest.mark.parametrize("kind", KINDS)
def test_no_internal_word_stands_where_deciders_read(pages, kind):
    said = "\n".join(Part(pages[kind]).said(without=("code",)))
    assert re.findall(rf".{{0,40}}{INTERNAL}.{{0,40}}", said) == [], kind


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("hubs", "later", "members", "rules", "best", "sensitivity", "budget")])
def test_hubs_are_spoken_of_only_where_the_scenario_does(pages, kind):
    said = "\n".join(Part(pages[kind]).said(without=("code",)))
    assert re.findall(r".{0,40}\b[Hh]ubs?\b.{0,40}", said) == [], kind


@pytest.mark.parametrize("kind", KINDS)
def test_no_sentence_is_longer_than_25_words(pages, kind):
    part = Part(pages[kind])
    told = part.said(without=("svg", "table", "blockquote", "code", "figure"))
    assert len(told) > 5
    assert [sentence for sentence in sentences(told) if len(words(sentence)) > LONGEST] == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_deciders_read_is_read_with_ease(pages, kind):
    told = Part(pages[kind]).said(without=("svg", "table", "blockquote", "code", "figure"))
    ease = flesch([text if text[-1] in ".!?" else f"{text}." for text in told])
    print(f"{kind}: Flesch {ease}")
    assert ease >= LEAST


@pytest.mark.parametrize("kind", KINDS)
def test_answer_picture_and_evidence_come_first(pages, kind):
    page, part = pages[kind], Part(pages[kind])
    (heading,) = re.findall(r"<h1>(.*?)</h1>", page)
    assert heading.endswith("?"), heading
    answer = part.said(inside="answer")[0]
    assert 3 <= len(words(answer)) <= LONGEST and answer[-1] in ".!", answer
    assert part.svgs >= 1 and "nan" not in words(answer)
    below = " ".join(part.said(inside="said"))
    assert re.search(r"\bEvidence: ", below) and len(part.said(inside="said")) >= 3, below
    rest = page[page.index('class="decider"'):]
    assert "<details" in rest or kind == "import"
    assert "<code>" in rest and "<table>" in rest


def test_a_study_without_a_text_has_an_answer(pages):
    answer = Part(pages["study"]).said(inside="answer")[0]
    assert re.fullmatch(r"\d+ organisations in 100 engaged with one full post in Chicago, 12 meetings per year, the most of 9; .*", answer), answer
    assert any("These runs" in text for text in Part(pages["study"]).said(inside="beside"))
    assert Part(pages["answered"]).said(inside="answer")[0].startswith("More staff brings more: +")


def test_changes_are_told(pages):
    said = Part(pages["later"]).said(inside="dd")
    for words_said in ('A new place of coordination, "South", with a quarter of a post.', '"meetings" 12 a year instead of 2.',
                       "Probability that a contact strengthens a tie: 0.2 instead of 0.142."):
        assert words_said in said, (words_said, said)
    hubs = Part(pages["hubs"]).said(inside="dd")
    assert any(re.fullmatch(r"0\.11 of a post in Chicago instead of 0\.35 of a post\.", text) for text in hubs), hubs


def test_no_clear_difference_is_not_no_effect(pages):
    """Where the average may as well be 0, the words and the picture say so."""
    unclear = [kind for kind in ("hubs", "later", "members") if "These runs cannot tell" in " ".join(Part(pages[kind]).said(inside="answer"))]
    for kind in unclear:
        assert "That is not the same as no effect: the average may be " in " ".join(Part(pages[kind]).said(inside="beside"))
    bars = [text for kind in ("hubs", "later") for text in Part(pages[kind]).said(inside="svg") if re.fullmatch(r"[BC]: .*", text)]
    assert any(text.endswith(": no clear difference") for text in bars) and any(re.search(r": [\d,.]+ \w+", text) for text in bars), bars
    assert not any(re.search(r": no difference", text) for text in bars)


def test_a_key_would_be_seen():
    assert {"per_year", "fte", "hold_floor", "beta_mission"} <= keys()
    assert not {"hours", "share"} & keys()
    part = Part('<section id="a" aria-labelledby="a" class="decider"><div class="said"><p class="answer">A fte.</p></div><p>Two</p></section>')
    assert part.said(inside="answer") == ["A fte."] and part.said() == ["A fte.", "Two"]
