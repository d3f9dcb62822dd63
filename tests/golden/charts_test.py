"""The example charts are well-formed SVG that keeps its promises, and those of usual data are charts/*.svg, byte for byte.

To renew the charts after a change, run this test with COALIS_RENEW_GOLDEN=1 and look at the pictures.
"""
import os
import re
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent / "charts"
SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {"svg", "title", "desc", "defs", "pattern", "rect", "line", "path", "circle", "text"}


@pytest.fixture(scope="module")
def charts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("charts")
    subprocess.run([os.environ["COALIS_WRITE_CHARTS"], str(folder)], check=True)
    found = {path.relative_to(folder).with_suffix("").as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.svg"))}
    assert len(found) > 100
    return found


def test_usual_charts_are_the_golden_ones(charts):
    usual = {name.removeprefix("usual/"): svg for name, svg in charts.items() if name.startswith("usual/")}
    if os.environ.get("COALIS_RENEW_GOLDEN"):
        for name, svg in usual.items():
            (HERE / f"{name}.svg").write_bytes(svg)
    assert sorted(usual) == sorted(path.stem for path in HERE.glob("*.svg"))
    assert [name for name, svg in usual.items() if svg != (HERE / f"{name}.svg").read_bytes()] == []


def test_each_is_well_formed_and_named_for_those_who_cannot_see_it(charts):
    for name, svg in charts.items():
        root = ElementTree.fromstring(svg)
        assert root.tag == SVG + "svg" and root.get("role") == "img", name
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        assert len(ids) == len(set(ids)), name
        title, description = root[0], root[1]
        assert (title.tag, description.tag) == (SVG + "title", SVG + "desc"), name
        assert root.get("aria-labelledby").split() == [title.get("id"), description.get("id")], name
        assert name.endswith("-empty") or (title.text.strip() and len(description.text) > 40), name


def test_nothing_but_shapes_text_and_presentation_attributes(charts):
    for name, svg in charts.items():
        for element in ElementTree.fromstring(svg).iter():
            assert element.tag.removeprefix(SVG) in ELEMENTS, name
            for attribute, value in element.attrib.items():
                assert attribute not in ("style", "class", "href", "src") and not attribute.startswith("on"), name
                assert "url(" not in value or value.startswith("url(#"), name
                assert not re.search(r"\b(nan|inf)\b", value) or attribute == "id", name


def test_each_is_small_and_of_one_width(charts):
    for name, svg in charts.items():
        assert len(svg) <= 60_000, (name, len(svg))
        left, top, width, height = map(float, ElementTree.fromstring(svg).get("viewBox").split())
        assert (left, top, width) == (0, 0, 400) and height > 40, name
        assert ElementTree.fromstring(svg).find(SVG + "text") is not None, name


def test_shapes_keep_within_the_page(charts):
    for name, svg in charts.items():
        root = ElementTree.fromstring(svg)
        height = float(root.get("height"))
        for element in root:
            for attribute, most in (("x", 400), ("x1", 400), ("x2", 400), ("cx", 400), ("y", height), ("y1", height), ("y2", height), ("cy", height)):
                assert -0.5 <= float(element.get(attribute, 0)) <= most + 0.5, (name, ElementTree.tostring(element))


def test_the_description_has_the_numbers(charts):
    description = ElementTree.fromstring(charts["usual/fan"])[1].text
    assert "In May 2007: median +9 organisations in 100; half of the runs +5 to +13; 8 in 10 +1 to +16; 19 in 20 \u22123 to +21." in description
    assert "Dec 2005: training begins." in description
