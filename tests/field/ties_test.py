"""Ties with the difference that matters, from outside. A user has 100, 50 or 200 members that never change and calls 3 in 100 the
difference that matters. Whoever counts members in the comparison file finds the counts that the program prints, in its tables, its
sentences, its page and its Python package: exactly 3 in 100 more is not more than 3 in 100."""

import json
import os
import pathlib
import re
import subprocess
import sys

import h5py
import numpy as np
import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "analysis"))


def coalis(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=False)


def compared(folder, members, matters, replicates=150):
    """A comparison of 0.35 and 0.45 posts, its JSON and the members by which each pair of runs differs."""
    paths = []
    for staff in (0.35, 0.45):
        paths.append(folder / f"posts-{staff}.toml")
        paths[-1].write_text(
            f'format = "scenario"\nversion = 1\ninclude = "{SOURCE}/scenarios/illinois.toml"\nname = "{staff} posts"\n'
            f"[organisations]\nfounding_share = 1\nmembers = {{ nonprofit = {members - 10}, public = 8, for_profit = 2 }}\n"
            f'[[interventions]]\nset = "hubs.Chicago.fte"\nvalue = {staff}\n'
        )
    out = folder / "out.h5"
    command = ["compare", *paths, "--replicates", replicates, "--outcomes", "engaged", "--matters", f"engaged={matters}", "--quiet"]
    done = coalis(*command, "--json", "-o", out)
    assert done.returncode == 0, done.stderr
    with h5py.File(out) as file:
        shares = file["outcomes/engaged"][()].astype(float)
    counts = np.rint(shares * members)
    assert np.abs(counts / members - shares).max() < 1e-6
    return json.loads(done.stdout)["differences"]["B"]["engaged"], (counts[:, 1] - counts[:, 0]).astype(int), out, command


@pytest.mark.parametrize(
    "members, border, matters",
    [(100, 3, "0.03"), (50, 2, "0.04"), (200, 6, "0.03"), (100, 7, "0.07"), (100, 1, "0.01"), (100, 0, "0"), (33, 0.99, "0.03")],
)
def test_counts_are_those_of_members(tmp_path, members, border, matters):
    said, more, out, command = compared(tmp_path, members, matters)
    assert (more == border).any() or border == 0.99, "no run lies on the border: another seed or staff would test nothing"
    above, below = int((more > border).sum()), int((more < -border).sum())
    pairs = more.size
    assert round(said["above"] * pairs) == above and round(said["below"] * pairs) == below
    assert round(said["within"] * pairs) == pairs - above - below
    numbers = [int(n) for n in re.findall(r"(\d+) of \d+ paired runs", said["sentences"])]
    assert numbers and numbers[0] in (above, below, pairs - above - below)
    import coalis as package

    row = package.summarise_pairs(package.open_result(out), ["engaged"]).loc[("B", "engaged")]
    assert (row["above"], row["within"], row["below"]) == (said["above"], said["within"], said["below"])
    page = tmp_path / "page.html"
    assert coalis("report", out, "-o", page).returncode == 0
    text = page.read_text(encoding="utf-8")
    described = re.search(r"too small to matter: ([\d,]+) run", text)
    assert described and int(described[1].replace(",", "")) == pairs - above - below


def test_swapping_mirrors_the_counts(tmp_path):
    said, _, _, command = compared(tmp_path, 100, "0.03")
    command[1], command[2] = command[2], command[1]
    back = json.loads(coalis(*command, "--json").stdout)["differences"]["B"]["engaged"]
    assert (back["above"], back["within"], back["below"]) == (said["below"], said["within"], said["above"])
