"""Figures of other sites are what was published, agree with each other, and no fit sees them; scripts/sites computes the model's as they are defined."""
import os
import re
import subprocess
import tomllib
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import numpy as np
import pytest

import coalis

ROOT = Path(__file__).resolve().parents[2]
SITES = ROOT / "scenarios" / "sites"
COUNTS = np.array([10, 4, 5, 8, 7, 22, 12, 17])


@pytest.fixture(scope="module")
def script():
    loader = SourceFileLoader("sites_script", str(ROOT / "scripts" / "sites"))
    module = module_from_spec(spec_from_loader("sites_script", loader))
    loader.exec_module(module)
    return module


def sites():
    return tomllib.loads((SITES / "sites.toml").read_text(encoding="utf-8"))["site"]


def published(site):
    return {figure["quantity"]: figure["value"] for figure in site["figure"]}


def test_figures_of_the_councils_agree_with_their_counts():
    item = tomllib.loads((SITES / "water-councils-evidence.toml").read_text(encoding="utf-8"))["item"][0]
    assert item["counts"] == COUNTS.tolist() and item["n"] == COUNTS.sum() == 85
    came = np.repeat(np.arange(8), COUNTS)
    said = published(sites()[0])
    assert said["mean"] == round(came.mean() / 7, 3) and said["none"] == round(10 / 85, 3) and said["all"] == round(17 / 85, 3)
    sheet = np.arange(7)[:, None] < came  # which meetings they were does not matter here
    assert said["intraclass"] == round(coalis.intraclass_correlation(sheet), 2)


def test_figures_of_the_others_agree_with_what_they_are_made_of():
    _, ohio, conference, trial = map(published, sites())
    assert conference["ratio"] == round(282 / 197, 2) and ohio == {"arcs": [53, 112], "reciprocity": [0.23, 0.34]}
    assert trial == {"density_change": "lower"}


def test_every_figure_says_what_it_is_and_of_what():
    for site in sites():
        assert site["limits"] and site["source"] and all((SITES / name).is_file() for name in site["scenarios"])
        assert all(figure["definition"] and figure["denominator"] for figure in site["figure"])


def test_scenarios_are_right_and_members_those_of_the_site():
    names = sorted({name for site in sites() for name in site["scenarios"]})
    run = subprocess.run([os.environ["COALIS_PROGRAM"], "check", *(SITES / name for name in names)], capture_output=True, text=True)
    assert run.returncode == 0 and run.stderr == "", run.stderr
    for name, members in (("water-councils", 85), ("ohio-network", 18), ("prevention-training", 17)):
        assert f"{name}.toml: ok ({members} organisations" in run.stdout


def test_no_fit_sees_them():
    for path in (ROOT / "scenarios" / "calibration").glob("*.toml"):
        assert "sites" not in path.read_text(encoding="utf-8")
    items = tomllib.loads((SITES / "water-councils-evidence.toml").read_text(encoding="utf-8"))["item"]
    assert {item["use"] for item in items} == {"validate"}


def test_sets_are_drawn_from_the_priors(script):
    sets = script.prior_sets(4000)
    calibration = tomllib.loads((ROOT / "scenarios" / "calibration" / "mixture.toml").read_text(encoding="utf-8"))
    paths = [prior["path"] for key in ("parameters", "nuisance_parameters") for prior in calibration[key]]
    assert set(sets) == {path for one in paths for path in ([one] if isinstance(one, str) else one)}
    # Means within four standard errors: a right program fails once in 4,000 seeds.
    assert abs(sets["parameters.hold_floor"].mean() - 2 / 8) < 4 * 0.1443 / 4000**0.5
    assert abs(np.log(sets["parameters.contact_rate"] / 0.05).mean()) < 4 * 0.6 / 4000**0.5
    assert (sets["parameters.beta_leadership"] >= 0).all() and abs(sets["parameters.leadership_0"].mean() - 0.55) < 4 * 0.1443 / 4000**0.5
    assert (sets["kinds.meeting.base"] == sets["kinds.outreach.base"]).all()


def test_the_model_s_figures_are_those_of_its_sheets(script, tmp_path):
    site = sites()[0]
    runs = script.Runs(tmp_path, 6)
    figures = script.council_figures(runs, site, script.BASE, "prior")
    result = coalis.open_result(tmp_path / "run.h5")
    attended = result["attendance"].attended.sel(kind="meeting").values
    assert figures["counts"].sum(axis=1).tolist() == [85] * 6
    assert np.allclose(figures["mean"], attended.mean(axis=1) / 7)
    assert np.allclose(figures["none"], result["outcomes"].never_attended)
    assert figures["after_coming"].shape == (6, 6)
    made = [("mixture", figures)]
    assert re.search(r"^\| \*\*published\*\* \| 0.617 \| 0.118 \|", script.table(site, made), re.MULTILINE)
    assert script.span(np.arange(101.0), 50)[1] is False and script.span(np.arange(101.0), 96)[1] is True


def test_networks_are_counted_at_the_end_of_both_years(script, tmp_path):
    runs = script.Runs(tmp_path, 4)
    figures = script.network_figures(runs, sites()[1], script.BASE, "mixture")
    ties = coalis.open_result(tmp_path / "run.h5")["ties"]
    assert figures["arcs"].shape == (4, 2) and figures["arcs"][:, 1].tolist() == ties.edge_count.values.tolist()
    assert np.nanmax(figures["reciprocity"]) <= 1


def test_the_page_has_what_was_published():
    page = (ROOT / "docs" / "sites.md").read_text(encoding="utf-8")
    for site in sites():
        assert f"## {site['name']}" in page and site["limits"] in page
    assert "| **published**, members | 10 | 4 | 5 | 8 | 7 | 22 | 12 | 17 |" in page
