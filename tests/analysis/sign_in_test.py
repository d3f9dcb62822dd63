"""What sign-in sheets say, worked out by hand."""
import numpy as np
import pytest

import coalis

# Three meetings by five members: always, never, first two, last, first.
SHEET = np.array([[1, 0, 1, 0, 1], [1, 0, 1, 0, 0], [1, 0, 0, 1, 0]])


def test_persistence_by_lag():
    table = coalis.persistence(SHEET)
    assert list(table.index) == [1, 2]
    assert table.after_coming.tolist() == [3 / 5, 1 / 3]
    assert table.after_staying_away.tolist() == [1 / 5, 1 / 2]


def test_intraclass_correlation():
    shares = SHEET.mean(axis=0)  # 1, 0, 2/3, 1/3, 1/3
    between, within = 3 * ((shares - 7 / 15) ** 2).sum() / 4, 3 * (3 * 2 / 9) / (5 * 2)
    assert coalis.intraclass_correlation(SHEET) == pytest.approx((between - within) / (between + 2 * within))


def test_poles():
    stay = np.tile([1, 0, 1, 0, 1], (6, 1))
    assert coalis.intraclass_correlation(stay) == 1
    table = coalis.persistence(stay)
    assert set(table.after_coming) == {1.0} and set(table.after_staying_away) == {0.0}
    tosses = np.random.default_rng(1).random((7, 4000)) < 0.6  # standard error of a share about .004, of the correlation .002
    assert abs(coalis.intraclass_correlation(tosses)) < 0.01
    table = coalis.persistence(tosses)
    assert (abs(table - 0.6) < 0.03).all(axis=None)


def test_nothing_to_tell():
    assert np.isnan(coalis.intraclass_correlation(np.ones((3, 4))))
    assert np.isnan(coalis.intraclass_correlation(np.ones((1, 4))))
    assert np.isnan(coalis.persistence(np.ones((3, 4))).after_staying_away).all()


@pytest.mark.parametrize("ask", [coalis.persistence, coalis.intraclass_correlation])
def test_what_is_neither_came_nor_stayed_away_is_refused(ask):
    for sheet, says in (
        ([1, 0], "came: has 1 dimension; takes a table, meeting by organisation"),
        ([[1, np.nan], [0, 1]], r"came: row 0, column 1 \(from 0\) is nan; takes 0 or 1, True or False; leave out members or meetings"),
        ([[1, 0], [2, -1]], "came: row 1, column 0 .* is 2, and 1 more like it"),
        ([["1", "0"], ["0", "1"]], "came: row 0, column 0 .* is '1', and 3 more like it"),
        ([[1, 0], [1]], "came: its rows are not equally long"),
        (np.zeros((0, 0)), "came: is of no organisation"),
    ):
        with pytest.raises(coalis.AskError, match=says):
            ask(sheet)
