"""coalis distinguish: its rows, the same bits for any number of threads, what it refuses."""
import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ["COALIS_PROGRAM"]
TWINS = [ROOT / "scenarios/twins/as-it-is.toml", ROOT / "scenarios/twins/monthly-meetings.toml"]
SMALL = ["--organisations", "25", "--months", "6,12", "--coalitions", "1,2", "--replicates", "60"]


def distinguish(*arguments):
    return subprocess.run([PROGRAM, "distinguish", *map(str, arguments), "--quiet"], capture_output=True, text=True, timeout=120)


def candidates(*texts):
    return [word for text in texts for word in ("--candidate", text)]


def test_rows_and_the_same_bits_for_any_number_of_threads():
    answers = [distinguish(*TWINS, *candidates("mixture", "trait"), *SMALL, "--json", "--threads", threads) for threads in (1, 3)]
    assert answers[0].returncode == 0, answers[0].stderr
    assert answers[0].stdout == answers[1].stdout
    answer = json.loads(answers[0].stdout)
    # lists so far, repeated survey and lists under two scenarios for two lengths; each for one coalition and for two
    assert len(answer["rows"]) == 2 * (1 + 2 + 2 * 2)
    assert {row["coalitions"] for row in answer["rows"]} == {1, 2}
    for row in answer["rows"]:
        assert all(abs(sum(shares) - 1) < 1e-9 for shares in row["confusion"])
        assert abs(row["error"] - sum(1 - shares[i] for i, shares in enumerate(row["confusion"])) / 2) < 1e-9


def test_what_is_the_same_cannot_be_told_apart_and_what_is_far_apart_can(tmp_path):
    # 60 coalitions of each in two halves: an error of one half has a standard error of 0.05 at most.
    same = json.loads(distinguish(TWINS[0], *candidates("trait", "trait"), *SMALL, "--json").stdout)
    assert min(row["error"] for row in same["rows"]) > 0.3
    never = tmp_path / "never.csv"
    never.write_text("kinds.meeting.base,kinds.outreach.base,kinds.training.base\n-5,-5,-5\n")
    apart = json.loads(distinguish(TWINS[0], *candidates("trait", f"trait={never}"), *SMALL, "--json").stdout)
    assert apart["rows"][0]["error"] < 0.05


def test_nobody_is_observed_who_is_not_there_and_nothing_after_the_end(tmp_path):
    """Of 72 members; a run that goes on for 15 months after its survey. Without options the rows are those that can be."""
    small = tmp_path / "small.toml"
    small.write_text(f'format = "scenario"\nversion = 2\ninclude = "{ROOT / "scenarios/template-statewide.toml"}"\n[survey]\nmonth = "2025-09"\n'
                     '[calendar]\nmonths = 36\n')
    ask = [small, *candidates("mixture", "trait"), "--replicates", "60", "--coalitions", "1"]
    rows = json.loads(distinguish(*ask, "--json").stdout)["rows"]
    assert {row["organisations"] for row in rows} == {25, 50, 72} and {row["months"] for row in rows} == {6, 12, 21}
    done = distinguish(*ask, "--organisations", "73")
    assert done.returncode == 2 and "--organisations 73: " in done.stderr and "has 72 member organisations; observe no more than there are" in done.stderr


@pytest.mark.parametrize("arguments, reason", [
    ([TWINS[0], *candidates("mixture")], "one candidate"),
    ([TWINS[0], *candidates("mixture", "mixtures")], "choose one of"),
    ([TWINS[0], *candidates("mixture", "trait=none.csv")], "none.csv"),
    ([TWINS[0], *candidates("mixture", "trait"), "--months", "37"], "37 months are to be observed"),
    ([ROOT / "scenarios/illinois.toml", *candidates("mixture", "trait"), "--months", "1"], "after which 1 month is to be observed"),
    ([ROOT / "scenarios/illinois.toml", *candidates("mixture", "trait")], "ends with its survey, after which 6 months are to be observed"),
    ([TWINS[0], ROOT / "scenarios/illinois.toml", *candidates("mixture", "trait")], "differ in calendar"),
    ([TWINS[0], *candidates("mixture", "trait"), "--replicates", "40", "--coalitions", "50"], "too few cases"),
])
def test_wrong_input_is_refused(arguments, reason):
    answer = distinguish(*arguments)
    assert answer.returncode == 2 and reason in answer.stderr, answer.stderr
