"""Parameter sets mean the same in every command. A user expects that replicate r of `coalis run` has the set that it has in `coalis compare`,
however many replicates there are; that `coalis verify` reruns a comparison with its sets; that "fitted" and "calibrated" go by all rules
that a posterior was fitted under; and that a page with sets and other structures has a number wherever it says one."""

import json
import os
import pathlib
import re
import subprocess

import netCDF4
import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
SCENARIOS = pathlib.Path(__file__).resolve().parents[2] / "scenarios"
A, B = SCENARIOS / "illinois.toml", SCENARIOS / "illinois-full-time-leader.toml"
MIXTURE = SCENARIOS / "posterior/mixture.csv"
FITTED = "the model was fitted to 7 items of evidence.toml about this coalition"
THRESHOLD = 'structure.decision="threshold"'


def call(*arguments, status=0):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=300)
    assert done.returncode == status, done.stdout + done.stderr
    return done


def said(*arguments):
    return " ".join(call(*arguments).stdout.split())  # lines are wrapped


def compare(*more):
    return call("compare", A, B, "--outcomes", "engaged", "--quiet", *more)


@pytest.fixture
def sets(tmp_path):
    path = tmp_path / "sets.csv"
    path.write_text("weight,parameters.beta_leadership\n" + "".join(f"{w},{v}\n" for w, v in ((1, .5), (2, 3), (4, 6), (1, 9), (3, 12))))
    return path


def test_the_set_of_a_replicate_is_the_same_however_many_there_are(tmp_path, sets):
    in_comparison = json.loads(compare("--replicates", 40, "--parameters", sets, "--json").stdout)
    expected = in_comparison["parameters"]["set_of_replicate"]
    for replicates in (8, 16, 40):
        call("run", A, "--replicates", replicates, "--parameters", sets, "-o", tmp_path / f"{replicates}.h5", "--record", "outcomes", "--quiet")
        with netCDF4.Dataset(tmp_path / f"{replicates}.h5") as data:
            assert list(data["parameters/set_of_replicate"][:]) == expected[:replicates]


def test_run_and_the_reference_of_compare_agree(sets):
    level = json.loads(compare("--replicates", 40, "--parameters", sets, "--json").stdout)["differences"]["B"]["engaged"]["reference"]
    alone = json.loads(call("run", A, "--replicates", 40, "--parameters", sets, "--json", "--quiet").stdout)["outcomes"]["engaged"]
    assert (level["mean"], level["se"]) == (alone["mean"], alone["se"])


def test_a_comparison_with_sets_is_verified(tmp_path, sets):
    compare("--replicates", 12, "--parameters", sets, "--draws", 3, "--structures", "trait", "-o", tmp_path / "c.h5")
    assert "reproduced. 12 of its 12 replicates were rerun" in said("verify", tmp_path / "c.h5")
    compare("--replicates", 6, "--parameters", MIXTURE, "-o", tmp_path / "m.h5")
    assert "reproduced. 3 of its 6 replicates were rerun" in said("verify", tmp_path / "m.h5", "--sample", 3)
    with netCDF4.Dataset(tmp_path / "c.h5") as data:
        assert list(data["parameters/parameters.beta_leadership"][:]) == [.5, 3, 6, 9, 12]


@pytest.mark.parametrize("change", [THRESHOLD, 'structure.influence="degroot"'])
def test_other_rules_than_the_fitted_ones_are_not_fitted(change):
    assert FITTED in said("run", A, "--replicates", 2, "--quiet", "--no-file", "--parameters", MIXTURE)
    other = said("run", A, "--replicates", 2, "--quiet", "--no-file", "--parameters", MIXTURE, "--set", change)
    assert FITTED not in other
    assert "mixture.csv was fitted under the structure 'mixture, benefit_cost, bounded_confidence', and here it is 'mixture, " in other


def test_the_structure_of_the_fit_is_the_calibrated_one(tmp_path):
    """Fitted under another rule of decision than the scenarios have: that one is calibrated, theirs is not."""
    threshold = tmp_path / "threshold.csv"
    threshold.write_text(re.sub("# content: .*\n", "", MIXTURE.read_text()).replace("# structure: mixture, benefit_cost", "# structure: mixture, threshold"))
    answer = json.loads(compare("--replicates", 2, "--parameters", threshold, "--structures", "decision", "--json").stdout)
    calibration = {v["structure"].split(", ")[1]: v["calibration"] for v in answer["structures"]["variants"]}
    assert calibration.pop("threshold") == "calibrated" and set(calibration.values()) == {"not calibrated"}
    assert not answer["scenarios"][0]["fitted"]["to_this_coalition"]


def test_a_posterior_of_an_older_program_is_read(tmp_path):
    """It says engagement alone: the default rules of decision and influence are taken, which is said; others are not known to be fitted."""
    old = tmp_path / "old.csv"
    old.write_text(re.sub("# (structure|content): .*\n", "", MIXTURE.read_text()))
    usual = said("run", A, "--replicates", 2, "--quiet", "--no-file", "--parameters", old)
    assert FITTED + " (old.csv, of an older program, does not say under which rules of decision and influence" in usual
    other = said("run", A, "--replicates", 2, "--quiet", "--no-file", "--parameters", old, "--set", THRESHOLD)
    assert "not known to be fitted as it is: old.csv does not say under which rules of decision and influence it was fitted" in other


def test_sets_and_structures_on_a_page(tmp_path, sets):
    """Nothing is calibrated here, so that the row of the own structure has others in it: its figures are its own all the same."""
    answer = json.loads(compare("--replicates", 24, "--parameters", sets, "--structures", "engagement", "--json", "-o", tmp_path / "c.h5").stdout)
    alone = json.loads(compare("--replicates", 24, "--parameters", sets, "--json").stdout)
    assert answer["variance"][0]["structures"] == 3
    together, own = (a["variance"][0]["variances"]["B"]["engaged"] for a in (answer, alone))
    assert together["sets80"] == own["sets80"] and None not in own["sets80"] and together["sets_same_sign"] == own["sets_same_sign"]
    call("report", tmp_path / "c.h5", "-o", tmp_path / "c.html")
    page = (tmp_path / "c.html").read_text()
    assert not re.search(r"\bnan\b", page)
    sentence = re.search(r"Parameters: over 5 sets of them the average difference that B makes is (\d+) more \(in 100\); in 8 of 10 sets", page)
    assert int(sentence[1]) == round(100 * alone["differences"]["B"]["engaged"]["difference"])


def test_sets_that_do_not_matter_are_not_said_to_agree(tmp_path):
    """What the threshold rule alone reads changes nothing here: all that sets seem to differ by is luck, and drawn in to nothing all would agree."""
    idle = tmp_path / "idle.csv"
    idle.write_text("parameters.threshold_noise\n" + "".join(f"0.{i}\n" for i in range(1, 7)))
    answer = json.loads(compare("--replicates", 24, "--parameters", idle, "--json", "-o", tmp_path / "c.h5").stdout)
    parts = answer["variance"][0]["variances"]["B"]["engaged"]
    assert parts["parameters"] <= parts["parameter_noise"] and parts["sets80"] == [None, None] and parts["sets_same_sign"] is None
    row = re.search(r"parameters +of noise +structure\n +B: engaged +(\S+) +(\S+) +(\S+) +(\S+)",
                    compare("--replicates", 24, "--parameters", idle).stdout)
    assert [float(cell) for cell in row.groups()[2:]] == pytest.approx([parts["parameters"] ** 0.5, parts["parameter_noise"] ** 0.5], abs=6e-4)
    call("report", tmp_path / "c.h5", "-o", tmp_path / "c.html")
    page = " ".join((tmp_path / "c.html").read_text().split())
    assert page.count("How far single sets differ from that cannot be told from luck in these runs") == 2
    assert "agree on the direction" not in page and "in 8 of 10 sets" not in page
