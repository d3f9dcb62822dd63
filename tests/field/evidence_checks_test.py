"""Figures of evidence are checked where they are read, by `check`, `run`, `compare` and `calibrate` alike: file, line, column, what is
wrong and what to do, before the first run."""

import os
import pathlib
import subprocess

import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
ILLINOIS = pathlib.Path(__file__).resolve().parents[2] / "scenarios" / "illinois.toml"
HEAD = 'format = "coalis-evidence"\nversion = 2\n[sources.poll]\ntitle = "poll"\n'
GOOD = '[[item]]\nid = "meetings_attended"\nsource = "poll"\nuse = "calibrate"\ncategories = ["0", "1", "2 or more"]\ncounts = [9, 8, 7]\nn = 24\n'
CALIBRATION = """format = "calibration"
version = 1
name = "c"
scenario = "s.toml"
[[parameters]]
path = "kinds.meeting.base"
normal = [0, 1]
source = "assumption"
"""
COMMANDS = [("check", "s.toml"), ("run", "s.toml", "--no-file", "--replicates", "2", "--quiet"),
            ("compare", "s.toml", "s.toml", "--replicates", "2", "--quiet"), ("calibrate", "c.toml", "--quiet")]


def errors(folder, text):
    """What every command says of this evidence."""
    (folder / "e.toml").write_text(HEAD + text)
    (folder / "s.toml").write_text(f'format = "scenario"\nversion = 1\ninclude = "{ILLINOIS}"\nevidence = "e.toml"\n')
    (folder / "c.toml").write_text(CALIBRATION)
    said = set()
    for command in COMMANDS:
        done = subprocess.run([PROGRAM, *command], capture_output=True, text=True, cwd=folder, timeout=60)
        assert done.returncode == 2 and done.stdout == "", command
        said.add(done.stderr)
    assert len(said) == 1, said
    return said.pop()


@pytest.mark.parametrize("old, new, place, problem", [
    ("counts = [9, 8, 7]", "counts = [9, 25, 7]", "10:14", "25 of 'meetings_attended' are more than n = 24"),
    ("counts = [9, 8, 7]", "counts = [9, 9, 7]", "10:10", "add up to 25, more than n = 24"),
    ("counts = [9, 8, 7]", "counts = [9, -2, 7]", "10:14", "a count of -2"),
    ("counts = [9, 8, 7]", "counts = [0, 0, 0]", "10:10", "has no answers"),
    ("counts = [9, 8, 7]", "counts = [9, 8]", "10:10", "2 counts for 3 categories"),
    ("counts = [9, 8, 7]", "counts = [9, 8.5, 7]", "10:14", "it takes whole numbers"),
    ("counts = [9, 8, 7]", "counts = [9, -1, -1]", "10:10", "more than one category unreported"),
    ("counts = [9, 8, 7]", "counts = [-1, 8, 7]", "10:10", "does not report the category"),
    ("counts = [9, 8, 7]\n", "", "9:14", "categories without counts"),
    ('categories = ["0", "1", "2 or more"]\n', "", "9:10", "3 counts for 0 categories"),
    ('"1", ', '"0", ', "9:14", "has the category '0' twice"),
    ("n = 24", "n = 0", "11:5", "n is 0"),
    ("n = 24", "n = -24", "11:5", "n is -24"),
    ("n = 24", "n = 24\nshare = 1.2", "12:9", "outside of 0..1"),
    ("n = 24", "n = 24\nnn = 3", "12:1", "unknown key 'nn' in [[item]]"),
    ('"meetings_attended"', '"meeting_attended"', "6:6", "the survey does not ask 'meeting_attended'; write 'meetings_attended'"),
    ('"meetings_attended"', '"sign-in sheets"', "6:6", "the survey does not ask 'sign-in sheets'"),
    ('id = "meetings_attended"', 'id = "q"\nmeasures = "meetings"', "7:12", "which the survey does not ask"),
    ('source = "poll"', 'source = "pol"', "7:10", "there is no source 'pol'"),
    ('use = "calibrate"', 'use = "calibration"', "8:7", "has the use 'calibration'"),
    ("counts = [9, 8, 7]", "counts = [9, 8, 7]\nalternatives = [{ name = \"other\", counts = [9, 8, 70], n = 24 }]", "11:", "70 of 'meetings_attended'"),
])
def test_what_is_wrong_is_said_with_its_place(tmp_path, old, new, place, problem):
    assert old in GOOD
    said = errors(tmp_path, GOOD.replace(old, new, 1))
    assert said.startswith("e.toml:" + place) and problem in said, said


def test_two_items_of_one_name(tmp_path):
    assert errors(tmp_path, GOOD + GOOD).startswith("e.toml:13:6: error: there is an item 'meetings_attended' already, in line 6")


def test_ids_are_names(tmp_path):
    spaced = GOOD.replace('id = "meetings_attended"', 'id = "came "\nmeasures = "meetings_attended"')
    assert "e.toml:6:6: error: the id 'came ' " in errors(tmp_path, spaced)
    other = GOOD.replace('id = "meetings_attended"', 'id = "Meetings/attended"\nmeasures = "meetings_attended"')
    assert "there is an item 'meetings_attended' already, in line 6" in errors(tmp_path, GOOD + other)


def test_a_share_says_of_how_many(tmp_path):
    share = '[[item]]\nid = "collaborates_inside"\nuse = "calibrate"\nshare = 0.4\n'
    assert "give n, or n_between" in errors(tmp_path, share)
    assert "fewer than one answer" in errors(tmp_path, share + "n_between = [0, 9]\n")
    assert "does not say which answers" in errors(tmp_path, share.replace("collaborates_inside", "leadership_rating") + "n = 9\n")


ROUGH = ('[[item]]\nid = "trainings_of_trained"\nuse = "validate"\ncategories = ["mean"]\nbetween = [[1.5, 2.5]]\n'
         '[[item]]\nid = "policy_awareness"\nuse = "validate"\nlowest = "none"\ncategories = ["none", "low", "expert"]\nbetween = [[0, 1], [0, 1], [0, 0.05]]\n')


@pytest.mark.parametrize("old, new, place, problem", [
    ("[[1.5, 2.5]]", "[[2.5, 1.5]]", "9:12", "between numbers that are none"),
    ("[[1.5, 2.5]]", "[1.5, 2.5]", "9:12", "between numbers that are none"),
    ("[0, 0.05]", "[0, 5]", "15:28", "write [0.28, 0.38] for 28 to 38 %"),
    ("[0, 0.05]", "[0.05]", "15:28", "between numbers that are none"),
    (", [0, 0.05]", "", "15:11", "between what for 2 of 3 categories"),
    ("between = [[1.5, 2.5]]", "counts = [2]", "5:1", "a number of trainings on average"),
    ('"validate"', '"calibrate"', "7:7", "nothing can be fitted"),
    ("[0, 1], [0, 0.05]]", "[0, 1], [0, 0.05]]\ncounts = [1, 2, 3]", "16:1", "known between two numbers only"),
    ('lowest = "none"\n', "", "13:15", "which category is the lowest"),
    ('["mean"]', '["mean", "median"]', "9:11", "1 of 2 categories"),
    ("[[1.5, 2.5]]", "[[1.5, 2.5]]\nlast_months = 12", "10:1", "is of attendance"),
])
def test_what_is_said_roughly_is_between_numbers(tmp_path, old, new, place, problem):
    assert old in ROUGH
    said = errors(tmp_path, ROUGH.replace(old, new, 1) + GOOD)
    assert said.startswith("e.toml:" + place) and problem in said, said


def test_parts_of_recruitment(tmp_path):
    item = '[[item]]\nid = "recruitment"\nuse = "calibrate"\ncategories = ["frame", "unreachable", "refused", "recruited", "returned"]\ncounts = {}\n'
    assert "no parts of each other" in errors(tmp_path, item.format("[100, 10, 10, 70, 80]"))
    assert "no parts of each other" in errors(tmp_path, item.format("[100, 30, 30, 70, 60]"))


def test_all_errors_at_once(tmp_path):
    said = errors(tmp_path, GOOD.replace("n = 24", "n = 0").replace('"poll"', '"pol"') + 'itme = 3\n')
    assert len(said.splitlines()) == 3


def test_what_is_right_passes(tmp_path):
    (tmp_path / "e.toml").write_text(HEAD + GOOD)
    (tmp_path / "s.toml").write_text(f'format = "scenario"\nversion = 1\ninclude = "{ILLINOIS}"\nevidence = "e.toml"\n')
    done = subprocess.run([PROGRAM, "check", "s.toml"], capture_output=True, text=True, cwd=tmp_path, timeout=60)
    assert done.returncode == 0 and done.stderr == ""
