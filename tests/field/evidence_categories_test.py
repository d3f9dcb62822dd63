"""Categories of evidence are matched by name, not by position; an item may say its own bins, its direction and its window, and the
simulated survey counts in these. A user expects that what cannot be told is refused, with line and column, and that the order in which
categories are written changes nothing."""

import json
import os
import pathlib
import re
import subprocess

import netCDF4
import numpy as np
import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
ILLINOIS = pathlib.Path(__file__).resolve().parents[2] / "scenarios" / "illinois.toml"
HEAD = 'format = "coalis-evidence"\nversion = {version}\n[[item]]\nid = "q"\nuse = "calibrate"\n'


def call(folder, *arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, cwd=folder, timeout=300)


def scenario(folder, item, version=2):
    (folder / "evidence.toml").write_text(HEAD.format(version=version) + item)
    (folder / "s.toml").write_text(f'format = "scenario"\nversion = 1\ninclude = "{ILLINOIS}"\nevidence = "evidence.toml"\n')
    return folder / "s.toml"


def refused(folder, item, version=2):
    done = call(folder, "check", scenario(folder, item, version))
    assert done.returncode == 2, done.stdout
    for other in (("run", "s.toml", "--no-file"), ("compare", "s.toml", "s.toml")):  # the same reader
        again = call(folder, *other, "--replicates", 2, "--quiet")
        assert (again.returncode, again.stderr) == (2, done.stderr.replace(str(folder) + "/", "")), other
    return done.stderr.replace(str(folder) + "/", "")


def shares(folder, item, version=2):
    """Simulated shares of the item's categories, by name."""
    done = call(folder, "run", scenario(folder, item, version), "--replicates", 40, "-o", "r.h5", "--force", "--quiet", "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    return answer, {k: v["mean"] for k, v in answer.get("survey_items", {}).get("q", {}).items()}


def from_the_file(folder, kind):
    """Events of a kind attended by those who answered, as [replicate][respondent], from the result file."""
    with netCDF4.Dataset(folder / "r.h5") as data:
        kinds = list(data["names/kind"][:])
        attended = data["attendance/attended"][:]
        group = data["survey/respondents"]
        starts, counts = group["respondent_start"][:], group["respondent_count"][:]
        answered = group[{"meeting": "meetings", "training": "trainings"}[kind]][:]
        who = group["organisation"][:]
        return [np.array([attended[r, kinds.index(kind), who[i]] for i in range(s, s + n) if answered[i] >= 0])
                for r, (s, n) in enumerate(zip(starts, counts))]


BINS = {"0": (0, 0), "1-2": (1, 2), "3-5": (3, 5), "6-9": (6, 9), "10 or more": (10, 10**9)}


@pytest.mark.parametrize("names", [["0", "1-2", "3-5", "6-9", "10 or more"], ["10 or more", "6-9", "3-5", "1-2", "0"]])
@pytest.mark.parametrize("version", [1, 2])
def test_own_bins_are_counted(tmp_path, names, version):
    item = f'measures = "meetings_attended"\ncategories = {json.dumps(names)}\ncounts = [9, 8, 7, 6, 5]\nn = 35\n'
    _, found = shares(tmp_path, item, version)
    attended = from_the_file(tmp_path, "meeting")
    for name, (low, high) in BINS.items():
        expected = np.mean([np.mean((a >= low) & (a <= high)) for a in attended])
        assert found[name] == pytest.approx(expected, abs=1e-12), name


def test_bins_given_as_numbers_and_names_of_numbers(tmp_path):
    item = ('measures = "trained"\ncategories = ["not yet", "now and then", "often"]\nbins = [[0, 0], [1, 2], [3]]\n'
            'counts = [20, 10, 5]\nn = 35\n')
    _, found = shares(tmp_path, item)
    named = 'measures = "trained"\ncategories = ["never", "once or twice", "three times or more"]\ncounts = [20, 10, 5]\nn = 35\n'
    attended = from_the_file(tmp_path, "training")
    assert found["now and then"] == pytest.approx(np.mean([np.mean((a >= 1) & (a <= 2)) for a in attended]), abs=1e-12)
    assert list(shares(tmp_path, named.replace("once or twice", "1 or 2").replace("three times or more", "3 or more"))[1].values()) \
        == pytest.approx(list(found.values()))


def test_never_once_twice_or_more(tmp_path):
    item = 'measures = "meetings_attended"\ncategories = ["never", "once", "twice or more"]\ncounts = [20, 10, 5]\nn = 35\n'
    _, found = shares(tmp_path, item)
    attended = from_the_file(tmp_path, "meeting")
    assert found["twice or more"] == pytest.approx(np.mean([np.mean(a >= 2) for a in attended]), abs=1e-12)


def test_the_usual_categories_keep_their_place_in_any_order(tmp_path):
    usual = 'measures = "meetings_attended"\ncategories = ["0", "1", "2", "3", "4 or more"]\ncounts = [9, 8, 7, 6, 5]\nn = 35\n'
    turned = 'measures = "meetings_attended"\ncategories = ["4 or more", "3", "2", "1", "0"]\ncounts = [5, 6, 7, 8, 9]\nn = 35\n'
    texts = []
    for item in (usual, turned):
        done = call(tmp_path, "run", scenario(tmp_path, item), "--replicates", 10, "--no-file", "--quiet")
        texts.append(done.stdout)
    assert texts[0] == texts[1] and re.search(r"none .* 26 % \(9 of 35\)", texts[0])


def test_a_reversed_scale_and_seven_points(tmp_path):
    five = 'measures = "leadership_rating"\nlowest = "bad"\ncategories = ["good", "fair", "so-so", "poor", "bad"]\ncounts = [1, 2, 3, 4, 5]\nn = 15\n'
    done = call(tmp_path, "run", scenario(tmp_path, five), "--replicates", 10, "--no-file", "--quiet")
    rated = done.stdout[done.stdout.index("q (leadership as rated)"):]
    assert re.search(r"0 \(lowest\) .* 33 % \(5 of 15\)", rated.split("Collaborates")[0])
    names = ["1", "2", "3", "4", "5", "6", "7"]
    seven = f'measures = "leadership_rating"\nlowest = "1"\ncategories = {json.dumps(names)}\ncounts = [1, 2, 3, 4, 5, 6, 7]\nn = 28\n'
    answer, found = shares(tmp_path, seven)
    assert list(found) == names and sum(found.values()) == pytest.approx(1)
    # Cut-points of seven and of five points are evenly spread: the share above .8 is at least that above 6/7 and at most that above 5/7.
    top = answer["survey"]["survey.leadership.4"]["mean"]
    assert found["7"] <= top <= found["7"] + found["6"]
    _, down = shares(tmp_path, seven.replace('lowest = "1"', 'lowest = "7"'))
    assert [down[n] for n in names] == pytest.approx([found[n] for n in reversed(names)])


def test_windows(tmp_path):
    item = 'measures = "meetings_attended"\ncategories = ["0", "1", "2 or more"]\ncounts = [9, 8, 7]\nn = 24\n{}\n'
    _, whole = shares(tmp_path, item.format("last_months = 43"))
    _, year = shares(tmp_path, item.format("last_months = 12"))
    _, since = shares(tmp_path, item.format('since = "2008-01"'))  # the run ends with 2008-12
    assert year == since and year["0"] > whole.get("0", 0)
    said = refused(tmp_path, item.format("last_months = 44"))
    assert said == "evidence.toml:10:15: error: 'q': the last 44 months before the survey begin before the scenario does, which has 43; " \
                   "ask for months of the run, up to the survey\n"
    assert "2005-05 is before the scenario's first month" in refused(tmp_path, item.format('since = "2005-05"'))
    assert "after the month of the survey" in refused(tmp_path, item.format('since = "2009-01"'))
    assert "two windows" in refused(tmp_path, item.format('since = "2008-01"\nlast_months = 3'))


@pytest.mark.parametrize("item, place, problem", [
    ('measures = "meetings_attended"\ncategories = ["0", "1-2", "4 or more"]\ncounts = [1, 2, 3]', "7:", "no category holds 3"),
    ('measures = "meetings_attended"\ncategories = ["1", "2 or more"]\ncounts = [1, 2]', "7:", "no category holds 0"),
    ('measures = "meetings_attended"\ncategories = ["0", "1", "2"]\ncounts = [1, 2, 3]', "7:", "no category holds 3 or more"),
    ('measures = "meetings_attended"\ncategories = ["0-2", "2-4", "5+"]\ncounts = [1, 2, 3]', "7:22", "overlaps another category"),
    ('measures = "meetings_attended"\ncategories = ["rarely", "often"]\ncounts = [1, 2]', "7:15", "'rarely' is no number of events"),
    ('measures = "leadership_rating"\ncategories = ["bad", "fair", "good"]\ncounts = [1, 2, 3]', "7:15", "which category is the lowest"),
    ('measures = "leadership_rating"\ncategories = ["1", "2", "3", "4", "5"]\ncounts = [1, 2, 3, 4, 5]', "7:15", "which category is the lowest"),
    ('measures = "leadership_rating"\nlowest = "2"\ncategories = ["1", "2", "3"]\ncounts = [1, 2, 3]', "8:", "neither end of the scale"),
    ('measures = "collaborates_inside"\ncategories = ["often", "seldom"]\ncounts = [1, 2]', "7:15", "'often' is no answer"),
    ('measures = "respondent_sector"\ncategories = ["nonprofit", "public"]\ncounts = [1, 2]', "7:", "'for_profit' is missing"),
    ('measures = "leadership_rating"\nlast_months = 3\ncategories = ["0", "1"]\ncounts = [1, 2]', "7:1", "counts no events"),
])
def test_what_cannot_be_matched_is_refused(tmp_path, item, place, problem):
    said = refused(tmp_path, item + "\n")
    assert said.startswith("evidence.toml:" + place) and problem in said, said


def test_version_1_without_numbers_is_told_what_to_do(tmp_path):
    item = 'measures = "leadership_rating"\ncategories = ["not at all", "a little", "very well"]\ncounts = [1, 2, 3]\n'
    assert 'write lowest = "not at all" or lowest = "very well" (in a file of version 2)' in refused(tmp_path, item, 1)
    assert "'lowest' is a key of version 2" in refused(tmp_path, item + 'lowest = "not at all"\n', 1)
