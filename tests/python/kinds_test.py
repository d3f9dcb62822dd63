"""Every kind of answer has the same face: said, shown, drawn, written, copied, sent to another process; a table says which kinds there are."""

import copy
import multiprocessing
import pickle
import re

import pytest
from conftest import SCENARIOS, SOURCE

import coalis
from asking_test import SENSITIVITY, STUDY

COUNCILS = SOURCE / "scenarios/sites/water-councils.toml"
KINDS = ("run", "comparison", "study", "sensitivity", "calibration", "check", "best", "story", "forecast", "counts")
STAYS_WHERE_IT_WAS_MADE = {"run", "study"}  # its page: it says so


def sheets(path):
    rows = [[(i * 7 + k * k * 3 + i * k) % 5 < i % 4 + 1 for k in range(7)] for i in range(85)]
    names = ",".join(f"2017-{m:02}" for m in range(1, 8))
    path.write_text(f"organisation,{names}\n" + "".join(f"Member {i}," + ",".join(str(int(c)) for c in row) + "\n" for i, row in enumerate(rows)))
    return path


@pytest.fixture(scope="module")
def answers(illinois, three_hubs, tmp_path_factory):
    folder = tmp_path_factory.mktemp("kinds")
    study, sensitivity, calibration = (folder / f"{name}.toml" for name in ("study", "sensitivity", "calibration"))
    study.write_text(STUDY.format(scenario=SCENARIOS["illinois"]))
    sensitivity.write_text(SENSITIVITY.format(scenario=SCENARIOS["illinois"]))
    text = (SOURCE / "scenarios/calibration/trait.toml").read_text()
    text = text.replace("draws = 1000", "draws = 30").replace("prior_runs = 20000", "prior_runs = 100").replace("least_acceptance = 0.003", "least_acceptance = 0.3")
    calibration.write_text(re.sub(r'"(\.\./[^"]+)"', lambda m: f'"{(SOURCE / "scenarios/calibration" / m[1]).resolve()}"', text))
    table = sheets(folder / "sheets.csv")
    calibrated = coalis.calibrate(calibration, nuisance="fixed")
    made = {
        "run": illinois.run(4),
        "comparison": coalis.compare(illinois, three_hubs, replicates=4),
        "study": coalis.study(study, replicates=2),
        "sensitivity": coalis.sensitivity(sensitivity),
        "calibration": calibrated,
        "check": calibrated.check(table=0),
        "best": coalis.best(illinois, 60000, points=12, replicates=40),
        "story": coalis.story(illinois, 3),
        "forecast": coalis.forecast(COUNCILS, table, replicates=100),
        "counts": coalis.count_attendance(table, hold_out=2),
    }
    assert tuple(made) == KINDS
    return made


def said(answer):
    return type(answer).__name__, answer.sentences(), len(answer.to_dataframe())


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_has_the_whole_face(kind, answers, tmp_path):
    answer = answers[kind]
    words = answer.sentences()
    assert words.strip() and not re.search(r"(^|\s)--\w", words), words
    assert repr(answer).strip() and "object at 0x" not in repr(answer) and len(repr(answer)) < 20_000
    assert "<" in answer._repr_html_()
    assert len(answer.to_dataframe()) > 0 and answer.answer
    figure = coalis.save(answer.plot(), tmp_path / "figure.svg").read_text()
    assert figure.startswith("<?xml") and "Source:" in figure
    saved = answer.save(tmp_path / "saved")
    assert saved.stat().st_size > 0
    with pytest.raises(coalis.ResultError, match="exists already; choose another name, or overwrite=True"):
        answer.save(saved)
    assert answer.save(saved, overwrite=True) == saved
    page = answer.report(tmp_path / "page.html").read_text()
    assert page.startswith("<!DOCTYPE html>") and "</html>" in page
    with pytest.raises(coalis.ResultError, match="exists already"):
        answer.report(tmp_path / "page.html")


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_is_copied_and_sent(kind, answers, tmp_path):
    answer = answers[kind]
    for other in (copy.copy(answer), copy.deepcopy(answer), pickle.loads(pickle.dumps(answer))):
        assert other == answer and other is not answer and said(other) == said(answer)
        assert other.save(tmp_path / "other", overwrite=True).read_bytes()
    for number, other in enumerate((copy.copy(answer), copy.deepcopy(answer))):
        assert other.report(tmp_path / f"{number}.html").exists()
    sent = pickle.loads(pickle.dumps(answer))
    if kind in STAYS_WHERE_IT_WAS_MADE:
        with pytest.raises(coalis.ResultError, match="came from another process; make the page where it was run"):
            sent.report(tmp_path / "sent.html")
    else:
        assert sent.report(tmp_path / "sent.html").exists()
    with pytest.raises(TypeError, match="unhashable"):
        hash(answer)


def test_answers_come_back_from_spawned_processes(answers):
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        for kind, found in zip(KINDS, pool.map(said, [answers[kind] for kind in KINDS])):
            assert found == said(answers[kind]), kind


def test_a_copy_has_datasets_of_its_own(illinois):
    run = illinois.run(3)
    first = float(run["outcomes"].engaged[0])
    other = copy.deepcopy(run)
    other["outcomes"].engaged[0] = 7
    other.outcomes["engaged"][0] = 7
    assert run["outcomes"].engaged[0] == first and run.outcomes["engaged"][0] == first


ASKING = """
import multiprocessing, coalis
s = coalis.Scenario("scenarios/illinois.toml")
def f(call):
    try: return repr(eval(call))[:40]
    except RuntimeError as error: return str(error)
s.run(3)
with multiprocessing.get_context("fork").Pool(1) as pool:
    for said in pool.map(f, {calls!r}): print(said)
"""


def test_every_question_says_why_a_forked_process_cannot(script, tmp_path):
    study = tmp_path / "study.toml"
    study.write_text(STUDY.format(scenario=SCENARIOS["illinois"]))
    sensitivity = tmp_path / "sensitivity.toml"
    sensitivity.write_text(SENSITIVITY.format(scenario=SCENARIOS["illinois"]))
    table = str(sheets(tmp_path / "sheets.csv"))
    calls = [
        "s.run(3)", "coalis.compare(s, s, replicates=2)", f"coalis.study({str(study)!r})", f"coalis.sensitivity({str(sensitivity)!r})",
        "coalis.calibrate('scenarios/calibration/trait.toml')", "coalis.check_posterior('scenarios/calibration/trait.toml', 'scenarios/posterior/trait.csv')",
        "coalis.best(s, 60000)", f"coalis.forecast(s, {table!r})",
    ]  # fmt: skip
    lines = script(ASKING.format(calls=calls)).splitlines()
    assert len(lines) == len(calls) and all("spawn" in line for line in lines), lines
