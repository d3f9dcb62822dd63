"""Waves in Python: `result.waves()` has what the program's files have, for several replicates."""

import re
import sys
from pathlib import Path

import coalis
import numpy as np
import pytest


@pytest.fixture(scope="module")
def waves(run):
    return run.waves(["2006-06", np.datetime64("2006-09"), 42], replicates=[0, 7])


def test_waves_are_labelled(waves, run):
    assert waves.tie.dims == ("replicate", "wave", "organisation", "partner")
    assert waves.tie.shape[:2] == (2, 3) and waves.sizes["organisation"] == waves.sizes["partner"]
    assert [str(month)[:7] for month in waves.month.values] == ["2006-06", "2006-09", "2008-12"]
    assert "replicate" not in waves.attrs
    assert waves.attrs["title"] == run.title and waves.replicate.values.tolist() == [0, 7]
    assert set(waves.region.values.ravel()) <= {"", *run["names"].region.values}


def test_the_last_wave_is_the_end_of_the_run(waves, run):
    ties, status = run["ties"], run["final"].status
    for replicate in (0, 7):
        last = waves.sel(replicate=replicate, wave=3)
        member = np.isin(status.sel(replicate=replicate).values, (1, 2))
        assert last.organisation.values[last.member.values.astype(bool)].tolist() == np.flatnonzero(member).tolist()
        start, count = int(ties.edge_start[replicate]), int(ties.edge_count[replicate])
        pairs = zip(ties.owner.values[start : start + count], ties.partner.values[start : start + count])
        expected = {(int(a), int(b)) for a, b in pairs if member[a] and member[b]}
        found = {(int(last.organisation[a]), int(last.partner[b])) for a, b in np.argwhere(last.tie.values)}
        assert found == expected
    absent = ~waves.member.values.astype(bool)
    assert np.isnan(waves.attendance.values[absent]).all() and not waves.tie.values[absent].any()
    assert not np.isnan(waves.commitment.values[~absent]).any()


def jaccard(run, apart, replicates):
    """Mean over successive waves, among members at both."""
    waves = run.waves(list(range(6, 43, apart)), replicates=range(replicates))
    found = []
    for one in (waves.isel(replicate=k) for k in range(replicates)):
        ties, member = one.tie.values.astype(bool), one.member.values.astype(bool)
        for k in range(len(ties) - 1):
            both = member[k] & member[k + 1]
            first, second = (ties[at][np.ix_(both, both)] for at in (k, k + 1))
            found.append((first & second).sum() / (first | second).sum())
    return np.mean(found)


def test_the_page_says_how_far_waves_are_apart(run):
    page = (Path(__file__).resolve().parents[2] / "docs" / "formats" / "waves.md").read_text(encoding="utf-8")
    said = re.search(r"is ([\d.]+) three months\s+apart, ([\d.]+) six months apart and ([\d.]+) after a year", page)
    for apart, figure in zip((3, 6, 12), said.groups()):
        assert abs(jaccard(run, apart, 5) - float(figure)) < 0.06, apart


def test_fit_of_a_wave(waves):
    one, other = coalis.cases(waves, wave=2)
    assert len(one.ties) == len(one.attended) == int(waves.member.sel(replicate=0, wave=2).sum())
    assert one.ties.sum() == int(waves.tie.sel(replicate=0, wave=2).sum()) and len(other.region) == len(other.ties)
    with pytest.raises(coalis.ResultError, match="wave=None: say which one of 1, 2"):
        coalis.cases(waves)


def test_what_cannot_be_is_said(run, compared, tmp_path, monkeypatch):
    with pytest.raises(coalis.ResultError, match="is a comparison; waves are of a result of `coalis run`"):
        compared.waves(["2006-06"])
    with pytest.raises(coalis.ResultError, match="2012-01: the run has the months June 2005"):
        run.waves(["2012-01"])
    with pytest.raises(coalis.ResultError, match="months: names none"):
        run.waves([])
    with pytest.raises(coalis.ResultError, match="2012-01: the run has the months"):
        run.waves("2012-01")
    with pytest.raises(coalis.ResultError, match="no waves of `coalis export --siena`, or damaged"):
        coalis.read_waves(tmp_path)
    monkeypatch.delenv("COALIS_PROGRAM")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delattr(coalis, "_coalis", raising=False)  # a package without its compiled part
    monkeypatch.setitem(sys.modules, "coalis._coalis", None)
    with pytest.raises(coalis.ResultError, match="is not on PATH; put its folder there, or name it in COALIS_PROGRAM"):
        run.waves(["2006-06"])
