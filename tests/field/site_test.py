"""The site of scripts/site: every link and anchor inside of it resolves, every page can be reached from the first, the search knows every section,
and what is wrong is said before anything is written."""
import ast
import html
import json
import posixpath
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "scripts" / "site"
MADE_ELSEWHERE = ("docs/explorer.html", "docs/illinois-report.html")  # the program's own pages, taken along


class Links(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.links, self.ids = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.ids += [attrs["id"]] if attrs.get("id") else []
        self.links += [attrs[name] for name in ("href", "src") if attrs.get(name)]


def made(folder, script=SITE):
    return subprocess.run([script, "-o", folder], capture_output=True, text=True)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site") / "site"
    run = made(folder)
    assert run.returncode == 0, run.stderr
    return folder


@pytest.fixture(scope="module")
def pages(site):
    return {str(path.relative_to(site)): Links(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}


def leads(page, link):
    """Where a link of a page leads: a file of the site and an anchor in it."""
    path, _, anchor = link.partition("#")
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path))) if path else page, unquote(anchor)


def test_every_link_and_anchor_resolves(site, pages):
    wrong, followed = [], 0
    for page, found in pages.items():
        for link in found.links if page not in MADE_ELSEWHERE else []:
            if re.match(r"https?:", link):
                continue
            followed += 1
            path, anchor = leads(page, link)
            if not (site / path).is_file() or (anchor and anchor not in pages[path].ids):
                wrong.append(f"{page}: {link}")
    assert wrong == [] and followed > 2000


def test_names_of_a_page_stand_once(pages):
    assert [page for page, found in pages.items() if len(found.ids) != len(set(found.ids))] == []


def test_every_page_is_reached_from_the_first(pages):
    seen, todo = set(), ["index.html"]
    while todo:
        page = todo.pop()
        if page in pages and page not in seen:
            seen.add(page)
            todo += [leads(page, link)[0] for link in pages[page].links]
    assert set(pages) - seen == set()


def test_what_the_repository_documents_is_in_the_site(pages):
    documents = [*ROOT.glob("docs/**/*.md"), *ROOT.glob("docs/*.html"), *ROOT.glob("analysis/notebooks/*.ipynb")]
    names = [re.sub(r"(^|/)README$", r"\1index", str(path.relative_to(ROOT).with_suffix(""))) + ".html" for path in documents]
    assert len(names) > 50 and set(names) - set(pages) == set()
    assert "docs/python-reference.html" in pages


def test_a_page_asks_for_nothing_outside(site):
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert not re.findall(r"<(?:script|link|img|iframe|source)[^>]*(?:src|href)=\"(?:https?:)?//[^>]*>", text), page
    assert re.findall(r"https?:|//[a-z]|@import|url\(", (site / "site.css").read_text(encoding="utf-8") + (site / "search.js").read_text(encoding="utf-8").replace("\n  //", "")) == []


def test_the_search_knows_every_section(site, pages):
    text = (site / "search-index.js").read_text(encoding="utf-8")
    rows = json.loads(re.fullmatch(r"coalisIndex\((.*)\);\n", text, re.DOTALL)[1])
    known = {row[0] for row in rows}
    for page, found in pages.items():
        if page not in MADE_ELSEWHERE:
            furniture = {"search", "words", "results", "count", "found", "text", "menu"}
            assert {f"{page}#{anchor}" for anchor in found.ids if anchor not in furniture} - known == set()
    assert [row[0] for row in rows if row[2] == "Strife"] == ["docs/glossary.html#strife"]


def test_the_reference_has_every_public_name(site):
    text = (ROOT / "analysis/coalis/__init__.py").read_text(encoding="utf-8")
    names = [name for names in ast.literal_eval(re.search(r"_HOMES = (\{.*?\n\})", text, re.DOTALL)[1]).values() for name in names]
    page = (site / "docs/python-reference.html").read_text(encoding="utf-8")
    assert len(names) > 40 and [name for name in names if f">coalis.{name}</h3>" not in page] == []
    assert "half the width" in page and "Scenario.with_" in page


def test_no_word_of_a_page_is_lost(site):
    """Of every line of text, the words stand on the page, in their order."""
    for source in [*ROOT.glob("docs/**/*.md"), ROOT / "README.md"]:
        name = re.sub(r"(^|/)README$", r"\1index", str(source.relative_to(ROOT).with_suffix(""))) + ".html"
        page = (site / name).read_text(encoding="utf-8").partition("<main")[2].partition("</main>")[0]
        shown = " ".join(re.findall(r"\w+", html.unescape(re.sub(r"<[^>]+>", "", page))))
        text = re.sub(r"^```.*?$|(?<!`)<!--.*?-->|`(?!<)|\*\*", "", source.read_text(encoding="utf-8"), flags=re.MULTILINE)
        lines = [line for line in text.splitlines() if not re.search(r"[\[\]|\\&]|<!--|\w\.(?:md|html|ipynb)", line)]
        assert [line for line in lines if " ".join(re.findall(r"\w+", re.sub(r"^\s*\d+\. ", "", line))) not in shown] == [], source


def test_comments_are_not_shown_and_other_marks_are(site):
    text = (site / "docs/reading-an-answer.html").read_text(encoding="utf-8")
    assert "figure months" not in text and "begin demo" not in text and "in the 43 months" in text
    assert "answered by 73\nof its 115 members" in (site / "index.html").read_text(encoding="utf-8")
    assert "&lt;!--" in (site / "docs/model.html").read_text(encoding="utf-8")


def test_a_second_site_is_the_same_and_replaces_the_first(site, tmp_path):
    assert made(tmp_path / "site").returncode == 0 and made(tmp_path / "site").returncode == 0
    files = {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    assert {path.relative_to(tmp_path / "site"): path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()} == files
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_that_is_no_site_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    run = made(tmp_path)
    assert run.returncode == 2 and "is no site made before" in run.stderr and [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("link, says", [
    ("[a](nowhere.md)", "the link 'nowhere.md' leads nowhere; there is no docs/nowhere.md"),
    ("[a](model.md#no-such-heading)", "the link 'model.md#no-such-heading' leads nowhere; docs/model.md has no heading of that name"),
    ("![a](images/none.svg)", "the link 'images/none.svg' leads nowhere"),
    ("### Deep", "the heading 'Deep' is ### below #; headings go down one level at a time"),
])
def test_what_is_wrong_in_a_page_is_refused_with_its_place(tmp_path, link, says):
    for name in ("docs", "analysis", "scripts", "tests/golden/charts"):
        shutil.copytree(ROOT / name, tmp_path / "copy" / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("README.md", "CHANGELOG.md"):
        shutil.copy(ROOT / name, tmp_path / "copy" / name)
    page = tmp_path / "copy" / "docs" / "charts.md"
    page.write_text(f"# Charts\n\nA line.\n\n{link}\n", encoding="utf-8")
    run = made(tmp_path / "site", tmp_path / "copy" / "scripts" / "site")
    assert run.returncode == 1 and f"docs/charts.md:5: {says}" in run.stderr and not (tmp_path / "site").exists()
