"""Evidence that contradicts itself. A user expects that `check` refuses, with line and column, what cannot all be true of one item: counts
that are fewer than n with every category reported, bins that say otherwise than the names, a share that no count has, a range that no
run can have."""

import os
import pathlib
import subprocess

import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
ILLINOIS = pathlib.Path(__file__).resolve().parents[2] / "scenarios" / "illinois.toml"


def check(folder, item):
    (folder / "e.toml").write_text('format = "coalis-evidence"\nversion = 2\n[[item]]\n' + item)
    (folder / "s.toml").write_text(f'format = "scenario"\nversion = 2\ninclude = "{ILLINOIS}"\nevidence = "e.toml"\n')
    return subprocess.run([PROGRAM, "check", "s.toml"], capture_output=True, text=True, cwd=folder, timeout=60)


MEETINGS = 'id = "meetings_attended"\nuse = "calibrate"\ncategories = ["0", "1-3", "4+"]\n'
TRAINED = 'id = "trained"\nuse = "calibrate"\ncategories = ["yes", "no"]\ncounts = [5, 5]\n'
ALONE = 'id = "trained"\nuse = "validate"\n'
LIMIT = 'id = "limit"\nuse = "specify"\noutcome = "engaged"\n'


@pytest.mark.parametrize("item, place, problem", [
    (MEETINGS + "counts = [5, 6, 4]\nn = 20\n", "8:5", "add up to 15, less than n = 20, and every category is reported"),
    (MEETINGS + "counts = [5, 6, 4]\nbins = [[4], [1, 3], [0, 0]]\n", "8:9", "the category '0' of 'meetings_attended' has the bin [4]; write [0, 0]"),
    (MEETINGS + "counts = [5, 6, 4]\nbins = [[0, 0], [1, 2], [3]]\n", "8:17", "the category '1-3' of 'meetings_attended' has the bin [1, 2]"),
    (TRAINED + "share = 0.9\n", "8:9", "the share 0.9 of 'trained' is that of none of its counts"),
    (ALONE + "share = 0.51\nn = 40\n", "6:9", "the share 0.51 of 'trained' is that of no number of 40 answers; 20 of them are 0.500, 21 are 0.525"),
    (MEETINGS + "counts = [5, 6, 4]\nlast_months = 44\n", "8:15", "'meetings_attended': "),
    (LIMIT + "range = [1.5, 2.0]\n", "7:9", "the range of 'limit' reaches beyond what engaged can be; it lies from 0 to 1"),
    (LIMIT.replace("engaged", "events_held.meeting") + "range = [-1, 3]\n", "7:9", "it is 0 or more"),
])
def test_contradictions_are_refused(tmp_path, item, place, problem):
    done = check(tmp_path, item)
    assert done.returncode == 2
    said = " ".join(done.stderr.split() + done.stdout.split())
    assert f"e.toml:{place}: error: " in said and problem in said, said


@pytest.mark.parametrize("item", [
    MEETINGS + "counts = [5, 6, 4]\nn = 15\n",
    MEETINGS + "counts = [5, 6, -1]\nn = 20\n",
    MEETINGS.replace("4+", "4") + "counts = [5, 6, 4]\nbins = [[0, 0], [1, 3], [4]]\n",
    TRAINED + "share = 0.5\n",
    TRAINED.replace("[5, 5]", "[39, 32]") + "share = 0.55\n",
    LIMIT + "range = [0.2, 1.0]\n",
    ALONE + "share = 0.53\nn = 40\n",
    ALONE + "share = 0.5\nn_between = [30, 40]\n",
])
def test_what_agrees_is_not(tmp_path, item):
    done = check(tmp_path, item)
    assert done.returncode == 0, done.stderr


def test_a_share_of_so_many_is_shown_as_counts_are(tmp_path):
    assert check(tmp_path, ALONE + "share = 0.5\nn = 40\n").returncode == 0
    done = subprocess.run([PROGRAM, "run", "s.toml", "--replicates", "3", "--no-file", "--quiet"], capture_output=True, text=True, cwd=tmp_path, timeout=60)
    assert "50 % (20 of 40)" in done.stdout


def test_ranges_that_exclude_each_other(tmp_path):
    meetings = LIMIT.replace("engaged", "events_held.meeting")
    two = meetings + "range = [5, 6]\n[[item]]\n" + meetings.replace('"limit"', '"other"')
    done = check(tmp_path, two + "range = [10, 12]\n")
    assert done.returncode == 2 and "e.toml:12:9: error: no run can have events_held.meeting in the range of 'other' and in that of 'limit'" in done.stderr, done.stderr
    assert check(tmp_path, two + "range = [6, 12]\n").returncode == 0


@pytest.mark.parametrize("item, said", [
    ('id = "respondent_sector"\nuse = "calibrate"\ncategories = ["nonprofit", "public", "for_profit"]\ncounts = [5, 1, 90]\n',
     "'respondent_sector' has 90 answers from 'for_profit', and the scenario has 2 such members"),
    (MEETINGS + "counts = [200, 3000, 1]\n", "'meetings_attended' has 3201 answers, and the scenario has 115 members"),
    ('id = "recruitment"\nuse = "calibrate"\ncategories = ["frame", "unreachable", "refused", "recruited", "returned"]\ncounts = [50, 5, 5, 40, 30]\n',
     "'recruitment' has a list of 50, and the scenario has 115 members"),
])
def test_numbers_of_another_coalition_are_a_warning(tmp_path, item, said):
    done = check(tmp_path, item)
    assert done.returncode == 0 and f"warning: {said}" in done.stderr, done.stderr
