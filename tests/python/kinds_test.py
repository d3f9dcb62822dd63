"""Every kind of answer has the same face: said, shown, drawn, written, copied, sent to another process; a table says which kinds there are."""

import copy
import multiprocessing
import os
import pickle
import re

import h5py
import numpy as np
import pytest
from conftest import SCENARIOS, SOURCE

import coalis
from asking_test import SENSITIVITY, STUDY

COUNCILS = SOURCE / "scenarios/sites/water-councils.toml"
KINDS = ("run", "comparison", "study", "sensitivity", "calibration", "check", "best", "story", "forecast", "counts")
STAYS_WHERE_IT_WAS_MADE = {"study"}  # its page: it says so


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
        with pytest.raises(coalis.ResultError, match="is made where it was run; ask it again with coalis.study"):
            sent.report(tmp_path / "sent.html")
    else:
        assert sent.report(tmp_path / "sent.html").exists()
    with pytest.raises(TypeError, match="unhashable"):
        hash(answer)


OPENS = {
    "run": coalis.open_result, "comparison": coalis.open_result, "study": coalis.open_result,
    "sensitivity": coalis.open_answer, "check": coalis.open_answer, "best": coalis.open_answer,
}  # fmt: skip


@pytest.mark.parametrize("kind", OPENS)
def test_an_answer_opened_again_has_the_face_it_had(kind, answers, tmp_path):
    fresh = answers[kind]
    file = fresh.save(tmp_path / (fresh._path.name if kind == "check" else "saved"))  # whose page draws its name
    again = OPENS[kind](file)
    assert type(again) is type(fresh) and again == fresh
    assert all(again.sentences(width) == fresh.sentences(width) for width in (0, 60, 100))
    assert {**again.answer, "content": ""} == {**fresh.answer, "content": ""}
    assert again.to_dataframe().equals(fresh.to_dataframe())
    assert coalis.save(again.plot(), tmp_path / "again.svg").stat().st_size > 5000
    assert again.save(tmp_path / "again").read_bytes() == file.read_bytes()
    if kind in STAYS_WHERE_IT_WAS_MADE:
        with pytest.raises(coalis.ResultError, match="saved: a page of a .* is made where it was run"):
            again.report(tmp_path / "again.html")
    else:
        pages = [one.report(tmp_path / f"{number}.html").read_text() for number, one in enumerate((fresh, again))]
        aside = rf'<section id="provenance".*?</section>|[0-9a-f]{{40}}|{kind}\.h5|saved'  # names of files, their hashes
        assert len({re.sub(aside, "", page, flags=re.S) for page in pages}) == 1
    for other in (copy.copy(again), pickle.loads(pickle.dumps(again))):
        assert other == fresh and said(other) == said(fresh) and other.save(tmp_path / "other", overwrite=True).read_bytes()
    if kind in ("run", "comparison"):
        assert repr(again) == repr(fresh) and again._repr_html_() == fresh._repr_html_()
    if kind == "run":
        assert again.hashes.tolist() == fresh.hashes.tolist() and again.seed == fresh.seed and again.scenario == fresh.scenario
        assert list(again.outcomes) == list(fresh.outcomes)
        assert all(np.array_equal(again.outcomes[name], values, equal_nan=True) for name, values in fresh.outcomes.items())
        assert coalis.story(again, 3) == coalis.story(fresh, 3) and again.summary().equals(fresh.summary())
    if kind == "comparison":
        assert again.differences == fresh.differences and again.paragraph() == fresh.paragraph()


def test_a_file_that_is_gone_is_said(answers, tmp_path):
    file = answers["run"].save(tmp_path / "gone.h5")
    opened, sent = coalis.open_result(file), pickle.dumps(coalis.open_result(file))
    opened["outcomes"]
    file.unlink()
    assert pickle.loads(sent).sentences() == answers["run"].sentences() and opened["outcomes"].sizes["replicate"] == 4
    for call in (opened.sentences, lambda: opened["final"], lambda: opened.save(tmp_path / "other.h5"), lambda: pickle.dumps(opened), lambda: opened.waves([21])):
        with pytest.raises(coalis.ResultError, match=r"gone\.h5: is not there any more"):
            call()


def test_what_the_program_wrote_says_what_it_printed(program, answers, tmp_path):
    for arguments in (["run", SCENARIOS["illinois"]], ["compare", SCENARIOS["illinois"], SCENARIOS["illinois-three-hubs"]]):
        file = tmp_path / f"{arguments[0]}.h5"
        printed = program(*arguments, "--replicates", 4, "--quiet", "-o", file)
        opened = coalis.open_result(file)
        text = re.sub(r"\n(Result|Comparison) file:.*", "", printed, flags=re.S).replace("with --all", "in `answer`")
        words = re.sub(r"--(\w+)(?:-(\w+))?", lambda found: "_".join(filter(None, found.groups())), text)
        assert opened.sentences(80).split() == words.split()
        assert opened.answer["outcomes" if arguments[0] == "run" else "differences"] == (
            answers["run"].answer["outcomes"] if arguments[0] == "run" else answers["comparison"].answer["differences"]
        )


def without_answer(file):
    """As an older program wrote it."""
    with h5py.File(file, "r+") as content:
        del content["provenance/answer"]
        for group in (content, *content.values()):
            del group.attrs["content_checksum"]


def test_a_study_merged_by_an_older_program_is_merged_again(program, tmp_path):
    study = tmp_path / "study.toml"
    study.write_text(STUDY.format(scenario=SCENARIOS["illinois"]))
    printed = program("study", "run", study, "--replicates", 2, "--quiet")
    result = coalis.open_result(tmp_path / "study.h5")
    assert result.sentences(80).split() == printed.split() and result == coalis.study(study, replicates=2)
    time = os.stat(tmp_path / "study.h5").st_mtime_ns
    program("study", "run", study, "--replicates", 2, "--quiet")
    assert os.stat(tmp_path / "study.h5").st_mtime_ns == time
    without_answer(tmp_path / "study.h5")
    program("study", "run", study, "--replicates", 2, "--quiet")
    assert coalis.open_result(tmp_path / "study.h5").sentences() == result.sentences()


def test_a_file_of_an_older_program_says_what_makes_it_again(answers, tmp_path):
    file = answers["comparison"].save(tmp_path / "older.h5")
    without_answer(file)
    older = coalis.open_result(file)
    assert repr(older).startswith("<coalis comparison") and older.plot() and len(older.to_dataframe()) == 8 and older.replicates == 4
    assert older.report(tmp_path / "older.html").exists() and older == pickle.loads(pickle.dumps(older))
    for call in (older.sentences, lambda: older.answer, lambda: older.differences):
        with pytest.raises(coalis.ResultError, match=r"kept no answer in its files; make it again with: coalis\.compare\("):
            call()


def test_what_is_no_answer_says_what_reads_it(answers, tmp_path):
    for path, says in (
        (SCENARIOS["illinois"], r"it is a scenario, not an answer of .*; coalis\.Scenario\(path\) reads it"),
        (answers["run"].save(tmp_path / "run.h5"), r"coalis\.open_result\(path\) reads it"),
        (answers["calibration"].save(tmp_path / "p.csv"), "not an answer"),
        (answers["forecast"].save(tmp_path / "forecast.json"), "coalis.forecast"),
        (tmp_path / "nowhere.json", "there is no such file"),
    ):
        with pytest.raises(coalis.ResultError, match=says):
            coalis.open_answer(path)
    with pytest.raises(coalis.ResultError, match="coalis.open_answer opens answers in JSON"):
        coalis.open_result(answers["best"].save(tmp_path / "best.json"))
    broken = (tmp_path / "best.json").read_text().replace("engaged", "engagee")
    (tmp_path / "broken.json").write_text(broken)
    with pytest.raises(coalis.ResultError, match="broken.json"):
        coalis.open_answer(tmp_path / "broken.json")


def test_a_figure_of_a_study_takes_its_names_in_any_order(answers, tmp_path):
    study = answers["study"]
    factors = [name for name in study["design"].data_vars if name not in ("scenario", "key")]
    outcome, factor = "never_attended", factors[0]
    drawn = [
        coalis.save(figure, tmp_path / f"{number}.svg").read_bytes()
        for number, figure in enumerate((
            study.plot(outcome), study.plot(outcome=outcome), study.plot(factor, outcome), study.plot(outcome, factor),
            study.plot(outcome, factor=factor), study.plot(factor, outcome=outcome),
        ))
    ]  # fmt: skip
    assert len(set(drawn)) == 1 and b"never_attended against" in drawn[0]
    with pytest.raises(coalis.ResultError, match="'never_atended' is no outcome and no factor; did you mean 'never_attended'"):
        study.plot("never_atended")
    with pytest.raises(coalis.ResultError, match=f"did you mean '{factor}'"):
        study.plot(outcome, factor[:-1])
    with pytest.raises(coalis.ResultError, match=f"has no factor '{factor[:-1]}'; did you mean '{factor}'"):
        study.plot(outcome, factor=factor[:-1])
    with pytest.raises(TypeError, match="one factor and one outcome; 'engaged' is one too many"):
        study.plot(outcome, "engaged")
    with pytest.raises(TypeError, match="takes the name of one outcome, not a list"):
        study.plot([outcome])


MISSPELT = (
    ("run", lambda a, _: a.plot("engagd"), "engaged"),
    ("run", lambda a, p: a.report(p, on="engagd"), "engaged"),
    ("run", lambda a, _: a.to_dataframe("outcome"), "outcomes"),
    ("run", lambda a, _: a.to_dataframe("outcomes", "Engaged"), "engaged"),
    ("comparison", lambda a, _: a.plot("goal_attainmnt"), "goal_attainment"),
    ("comparison", lambda a, _: a.plot("engaged", scenario="b"), "B"),
    ("comparison", lambda a, p: a.report(p, on="engagd"), "engaged"),
    ("study", lambda a, _: a.plot(outcome="engagd"), "engaged"),
    ("sensitivity", lambda a, _: a.plot("engagd"), "engaged"),
    ("check", lambda a, _: a.plot("calibrat"), "calibrate"),
)


@pytest.mark.parametrize("number", range(len(MISSPELT)))
def test_a_name_that_is_nearly_right_is_said(number, answers, tmp_path):
    kind, call, meant = MISSPELT[number]
    with pytest.raises((coalis.ResultError, coalis.AskError), match=f"did you mean '{meant}'"):
        call(answers[kind], tmp_path / "page.html")


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


THREADS = """
import coalis, copy, pickle, threading
run = coalis.Scenario("scenarios/illinois.toml").run(10)
compared = coalis.compare("scenarios/illinois.toml", "scenarios/illinois-three-hubs.toml", replicates=4)
run.save({folder!r} + "/run.h5"), compared.save({folder!r} + "/compared.h5")
shared, told = coalis.open_result({folder!r} + "/run.h5"), []
def work(number):
    for _ in range(4):
        first, second = coalis.open_result({folder!r} + "/run.h5"), coalis.open_result({folder!r} + "/compared.h5")
        assert first.sentences() == run.sentences() and second.answer == compared.answer and shared["final"].identical(first["final"])
        second.report(f"{folder}/{{number}}.html", overwrite=True)
        assert pickle.loads(pickle.dumps(first)) == run.scenario.run(10) and copy.deepcopy(second) == compared
        first.save(f"{folder}/{{number}}.h5", overwrite=True)
    told.append(number)
threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(sorted(told))
"""


def test_threads_open_and_report_at_once(script, tmp_path):
    """A process that is forked to look into a file does not find the library of HDF5 locked."""
    assert script(THREADS.format(folder=str(tmp_path))) == "[0, 1, 2, 3]\n"


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
