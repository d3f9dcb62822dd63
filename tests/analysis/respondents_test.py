"""scripts/sector-return takes the survey of the program again, and other rules of answering do what they say; scripts/related-share changes
two things of evidence and calibration."""
import tomllib
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]


def loaded(name):
    loader = SourceFileLoader(name.replace("-", "_"), str(ROOT / "scripts" / name))
    module = module_from_spec(spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def sectors():
    return loaded("sector-return")


@pytest.fixture(scope="module")
def related():
    return loaded("related-share")


def test_probabilities_are_those_of_the_survey(sectors):
    status, commitment = np.array([1, 1, 2, 3, 0, 1]), np.array([0.5, 0.5, 0.5, 0.5, 0.5, 1.0])
    public = np.array([False, True, False, False, False, True])
    expected = [0.97 * 0.97 * 0.77, 0.97 * 0.97 * 0.92, 0.65 * 0.6 * 0.77, 0.3 * 0.3 * 0.77, 0, 0.97 * 0.97 * 0.98]
    assert sectors.probability(status, commitment, public) == pytest.approx(expected)
    dormant = np.array([2, 2])
    enrolled = sectors.probability(dormant, commitment[:2], public[:2], as_enrolled=True)
    assert enrolled == pytest.approx([0.65 * 0.6 * 0.77, 0.97 * 0.97 * 0.92])  # public bodies alone


def test_the_same_rule_gives_the_surveys_of_the_program(sectors, tmp_path):
    status, commitment, sector, of_program = sectors.final_state("trait", 60, tmp_path)
    again = sectors.shares(status, commitment, sector, 1, **sectors.RULES["as the model has it: public bodies return .15 more"])[0]
    error = np.sqrt((again.var() + of_program.var()) / len(again))
    assert abs(again.mean() - of_program.mean()) < 4 * error  # of two samples of the same: 1 in 15,000
    alike = sectors.shares(status, commitment, sector, 1, more=0)
    assert alike[0].mean() > again.mean() + 0.01


def test_as_far_is_two_sided(sectors):
    assert sectors.as_far(np.array([1.0, 2, 3, 4, 5]), 5) == 0.4 and sectors.as_far(np.array([1.0, 2, 3, 4, 5]), 3) == 1


def test_observed_figures(sectors):
    answered, members, of = sectors.observed()
    assert answered.tolist() == [55, 16] and members.tolist() == [96, 17] and of == 73


def test_one_item_more_is_seen_and_nothing_else_changes(related):
    text = (ROOT / "scenarios" / "evidence.toml").read_text(encoding="utf-8")
    before, after = (tomllib.loads(one)["item"] for one in (text, related.seen_by_the_fit(text)))
    changed = [(a, b) for a, b in zip(before, after) if a != b]
    assert len(before) == len(after) and len(changed) == 1
    assert changed[0][1] == changed[0][0] | {"use": "calibrate"} and changed[0][0]["id"] == "mission_related"


def test_one_parameter_more_is_fitted(related):
    shipped = tomllib.loads((ROOT / "scenarios" / "calibration" / "trait.toml").read_text(encoding="utf-8"))
    made = tomllib.loads(related.calibration("trait", "/s.toml"))
    assert made["parameters"][:-1] == shipped["parameters"] and made["parameters"][-1]["path"] == "parameters.related_share"
    assert made["nuisance_parameters"] == shipped["nuisance_parameters"] and made["sampler"] == shipped["sampler"]
    assert made["scenario"] == "/s.toml" and made["evidence"] == "evidence.toml"


def test_effective_size(related):
    assert related.effective(np.array([1.0, 1, 1, 1])) == 4 and related.effective(np.array([1.0, 0, 0])) == 1
