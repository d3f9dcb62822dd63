"""Pages for coordinators are read with ease: Flesch's index (by `style` of the package diction) is 55 or more, no sentence of their own is
longer than 25 words. What the program printed into them is measured apart: the paragraph that each answer begins with."""
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))
from reading_ease import flesch  # noqa: E402

LEAST, LONGEST = 55, 25
PAGES = ["README.md", "docs/answers.md", "docs/charts.md", "docs/about-explorer.md", "docs/glossary.md", "docs/questions.md", "docs/reading-an-answer.md",
         "docs/tutorials/first-comparison.md", "docs/tutorials/own-files.md", "docs/best.md", "docs/options.md", "docs/import.md", "docs/questions-of-the-studies.md"]
PRINTED = ["docs/answers.md", "docs/questions.md"]


def prose(text):
    """Paragraphs and items of a page, one a line, without code, tables, titles, pictures and marks."""
    text = re.sub(r"<!-- begin (\S+) -->.*?<!-- end \1 -->|^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"<!--.*?-->|!\[[^\]]*\]\([^)]*\)", "", text, flags=re.DOTALL)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"^(?: {4,}(?=\S)(?! *-).*|\|.*|#.*)$", "", text, flags=re.MULTILINE)
    text = re.sub(r"[*`]|^ *(?:-|\d+\.) (?=\S)", "", re.sub(r"\n(?= *(?:-|\d+\.) )", "\n\n", text), flags=re.MULTILINE)
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text)]
    return [part if part[-1] in ".!?" else f"{part}." for part in parts if part]


def too_long(paragraphs):
    sentences = [sentence for part in paragraphs for sentence in re.split(r"(?<=[.!?])\)?\s+", part)]
    return [sentence for sentence in sentences if len(re.findall(r"\w[\w'.,/-]*", sentence)) > LONGEST]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_for_coordinators_is_read_with_ease(page):
    paragraphs = prose((ROOT / page).read_text(encoding="utf-8"))
    ease = flesch(paragraphs)
    print(f"{page}: Flesch {ease}")
    assert ease >= LEAST and too_long(paragraphs) == []


@pytest.mark.parametrize("page", PRINTED)
def test_printed_answers_are_read_with_ease(page):
    blocks = re.findall(r"^```\n(.*?)^```$", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert len(blocks) >= 10
    ease = flesch([" ".join(block.split("\n\n")[0].split()) for block in blocks])
    print(f"{page}, as printed: Flesch {ease}")
    assert ease >= LEAST


def test_what_is_hard_to_read_is_seen():
    hard = ["Organisational participation necessitates considerable institutional commitment, notwithstanding administrative complications."]
    assert flesch(hard) < LEAST < flesch(["We meet once a month. Most of us come."])
    assert too_long([" ".join(["word"] * 26) + "."]) and not too_long([" ".join(["word"] * 25) + ". Another one."])
    assert prose("# Title\n\nA [page](x.md) of `code`:\n\n    code\n\n- one\n- two\n  goes on\n\n| a |\n") == ["A page of code:.", "one.", "two goes on."]
