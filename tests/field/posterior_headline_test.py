"""With parameter sets the answer is made of them: mean over sets, ranges over sets and chance together, and it says so in text, JSON, file
and page. A user expects that one set is the same as setting its values, that weights count, that a replicate has the same set in all
scenarios, and the same bits for any number of threads."""

import json
import os
import pathlib
import subprocess

import netCDF4
import numpy as np
import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
SCENARIOS = pathlib.Path(__file__).resolve().parents[2] / "scenarios"
A, B = SCENARIOS / "illinois.toml", SCENARIOS / "illinois-full-time-leader.toml"


def compare(*more, status=0):
    done = subprocess.run([PROGRAM, "compare", A, B, "--outcomes", "engaged", "--quiet", *map(str, more)], capture_output=True, text=True,
                          timeout=300)
    assert done.returncode == status, done.stderr
    return done


def engaged(*more):
    return json.loads(compare("--json", *more).stdout)["differences"]["B"]["engaged"]


def csv(folder, text):
    (folder / "sets.csv").write_text(text)
    return folder / "sets.csv"


def test_one_set_is_what_its_values_are(tmp_path):
    one = csv(tmp_path, "parameters.beta_leadership\n0.5\n")
    with_set, by_hand = engaged("--replicates", 40, "--parameters", one), engaged("--replicates", 40, "--set", "parameters.beta_leadership=0.5")
    for figure in ("difference", "se", "range80", "above", "reference", "scenario"):
        assert with_set[figure] == by_hand[figure]
    assert with_set["difference"] != engaged("--replicates", 40)["difference"]
    assert "Uncertainty included: chance alone; not included: uncertain parameters" in with_set["sentences"]


def test_sets_count_by_weight(tmp_path):
    """64 replicates: a systematic draw, so that weights 1 and 3 come up 16 and 48 times."""
    sets = csv(tmp_path, "weight,parameters.beta_leadership\n1,0.5\n3,9\n0,3\n")
    done = compare("--replicates", 64, "--parameters", sets, "--json", "-o", tmp_path / "c.h5")
    answer = json.loads(done.stdout)
    chosen = np.array(answer["parameters"]["set_of_replicate"])
    assert list(np.bincount(chosen, minlength=3)) == [16, 48, 0] and answer["parameters"]["sets_used"] == 2
    low, high = (compare("--replicates", 64, "--set", f"parameters.beta_leadership={v}", "-o", tmp_path / f"{v}.h5") for v in ("0.5", "9"))
    assert low.returncode == high.returncode == 0
    values = []
    for name in ("c", "0.5", "9"):
        with netCDF4.Dataset(tmp_path / f"{name}.h5") as data:
            values.append(data["outcomes/engaged"][:].filled(np.nan))
    # Replicate by replicate it is the run with that set's value, in both scenarios.
    np.testing.assert_array_equal(values[0], np.where((chosen == 0)[:, None], values[1], values[2]))
    d = values[0][:, 1] - values[0][:, 0]
    said = answer["differences"]["B"]["engaged"]
    assert said["difference"] == pytest.approx(0.25 * d[chosen == 0].mean() + 0.75 * d[chosen == 1].mean(), abs=1e-12)
    assert said["range80"] == pytest.approx(list(np.quantile(d, [.1, .9])), abs=1e-12)
    parts = answer["variance"][0]["variances"]["B"]["engaged"]
    assert parts["difference"] == pytest.approx(said["difference"], abs=1e-12) and parts["parameters"] >= 0
    assert "chance and uncertain parameters (2 sets)" in said["sentences"]


def test_text_says_what_it_is_made_of(tmp_path):
    sets = csv(tmp_path, "parameters.beta_leadership\n0.5\n9\n")
    said = " ".join(compare("--replicates", 20, "--parameters", sets).stdout.split())
    assert "Every replicate has one of the 2 parameter sets of" in said
    assert "means over sets, ranges over sets and chance together" in said
    assert "scenarios' own parameters" not in said and "chance alone" not in said


def test_same_bits_for_any_threads_and_a_look_earlier(tmp_path):
    sets = SCENARIOS / "posterior/mixture.csv"
    one, three = (compare("--replicates", 40, "--parameters", sets, "--json", "--threads", n).stdout for n in (1, 3))
    assert one == three
    first, more = (json.loads(compare("--replicates", n, "--parameters", sets, "--json").stdout)["parameters"]["set_of_replicate"] for n in (20, 40))
    assert more[:20] == first
    precise = json.loads(compare("--precision", 0.5, "--on", "engaged", "--parameters", sets, "--json").stdout)
    assert precise["replicates"] == 64 and precise["precision"]["reached"]
    assert precise["parameters"]["set_of_replicate"][:40] == more


def test_structures_have_the_sets_too(tmp_path):
    sets = csv(tmp_path, "parameters.beta_leadership\n0.5\n9\n")
    answer = json.loads(compare("--replicates", 20, "--parameters", sets, "--structures", "engagement", "--json").stdout)
    by_hand = json.loads(compare("--replicates", 20, "--parameters", sets, "--set", "structure.engagement=trait", "--json").stdout)
    trait = next(v for v in answer["structures"]["variants"] if v["structure"].startswith("trait"))
    assert trait["differences"]["B"]["engaged"]["difference"] == by_hand["differences"]["B"]["engaged"]["difference"]
