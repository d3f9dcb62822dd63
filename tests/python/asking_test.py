"""Asking: what is written, what is said of wrong questions, signals, processes, threads, memory."""

import json
import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from conftest import SCENARIOS, SOURCE

import coalis

STUDY = """format = "study"
version = 1
name = "doses"
question = "What does staff time change?"
scenarios = ["{scenario}"]
replicates = 6
seed = 3
outcomes = ["engaged"]
[design]
kind = "full_factorial"
[[factors]]
path = "hubs.Chicago.fte"
values = [0.2, 0.6, 1.0]
"""


def test_importing_it_imports_nothing_large(script):
    code = "import sys, coalis; print(*({'numpy', 'xarray', 'pandas', 'matplotlib', 'netCDF4', 'h5py'} & set(sys.modules)))"
    assert script(code).split() == []
    run = "coalis.Scenario('scenarios/illinois.toml').run(2)"
    assert "xarray" not in script(f"import sys, coalis; {run}; print(*sys.modules)").split()


def test_nothing_is_written_unless_asked(illinois, three_hubs, tmp_path, monkeypatch):
    study = tmp_path / "doses.toml"
    study.write_text(STUDY.format(scenario=SCENARIOS["illinois"]))
    monkeypatch.chdir(tmp_path)
    run, compared, done = illinois.run(5), coalis.compare(illinois, three_hubs, replicates=5), coalis.study(study)
    for result in (run, compared, done):
        assert result["outcomes"].engaged.sizes["replicate"] >= 5
        result.plot(), result.to_dataframe(), result.sentences(), repr(result), result._repr_html_()
    assert os.listdir(tmp_path) == ["doses.toml"]


def test_answers_can_be_read_and_shown(illinois, three_hubs, tmp_path):
    compared = coalis.compare(illinois, three_hubs, replicates=20)
    assert "20 paired replicates" in repr(compared) and "e+" not in repr(compared) and "±" in repr(compared) and "<table>" in compared._repr_html_()
    assert "equal_budget" in compared.sentences() and "--" not in compared.sentences()
    assert max(map(len, compared.sentences(60).splitlines())) <= 60
    assert compared.report(tmp_path / "page.html", on="engaged").read_text().startswith("<!DOCTYPE html>")
    assert "engaged" in repr(illinois.run(5)) and "e+" not in repr(illinois.run(5))
    assert illinois.run(5, outcomes="network")["outcomes"].sizes["replicate"] == 5


@pytest.mark.parametrize(
    "options, message",
    [
        ({"precision": 0.1, "on": "engagd"}, "on=engagd: there is no such outcome"),
        ({"precision": -1, "on": "engaged"}, "precision=-1: takes a number above 0"),
        ({"precision": float("nan"), "on": "engaged"}, "precision=nan: takes a number above 0"),
        ({"on": "engaged"}, "precision and on go together"),
        ({"precision": 0.1}, "precision and on go together"),
        ({"draws": 3}, "draws=3: takes some of the sets"),
        ({"equal_budget": "money"}, "equal_budget=money: choose one of fte"),
        ({"structures": "engagment"}, "structures"),
        ({"parameters": "nowhere.csv"}, "nowhere.csv"),
    ],
)
def test_a_wrong_question_says_what_and_how_to_mend_it(options, message, illinois, three_hubs):
    with pytest.raises(coalis.AskError) as wrong:
        coalis.compare(illinois, three_hubs, **options)
    assert message in str(wrong.value) and "--" not in str(wrong.value)


def test_what_cannot_fit_is_refused(illinois):
    with pytest.raises(MemoryError, match="replicates"):
        illinois.run(2_000_000_000)


@pytest.mark.parametrize("call", ["illinois.run(5_000_000, record='outcomes')", "coalis.compare(illinois, other, precision=1e-9, on='engaged')"])
def test_ctrl_c_keeps_what_is_done(call, illinois, three_hubs):
    for seconds in (0.5, 2, 8, 32):  # on a busy machine nothing may be done at first
        timer = threading.Timer(seconds, os.kill, [os.getpid(), signal.SIGINT])
        timer.start()
        with pytest.raises(KeyboardInterrupt) as interrupted:
            eval(call, {"illinois": illinois, "other": three_hubs, "coalis": coalis})
        done = interrupted.value.result
        if done is not None:
            break
    assert done.replicates > 0 and done["outcomes"].engaged.sizes["replicate"] == done.replicates
    assert len(done.to_dataframe()) >= done.replicates
    if isinstance(done, coalis.Run):
        assert done.answer["interrupted"]
        again = illinois.run(min(20, done.replicates), record="outcomes")
        assert (done.hashes[: again.replicates] == again.hashes).all()


def test_other_threads_go_on_meanwhile(illinois):
    turns = []
    stop = threading.Event()

    def count():
        while not stop.is_set():
            turns.append(1)
            time.sleep(0.001)

    thread = threading.Thread(target=count)
    thread.start()
    before = len(turns)
    illinois.run(3000, record="outcomes")
    stop.set()
    thread.join()
    assert len(turns) - before > 10


def test_several_threads_ask_at_once(illinois):
    found = {}
    threads = [threading.Thread(target=lambda s=s: found.update({s: illinois.run(50, s).hashes})) for s in (1, 2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for seed, hashes in found.items():
        assert (hashes == illinois.run(50, seed).hashes).all()


def test_a_forked_process_says_why_it_cannot(script):
    text = script(
        "import multiprocessing, coalis\n"
        "s = coalis.Scenario('scenarios/illinois.toml')\n"
        "def f(_):\n"
        "    try: return s.run(3).replicates\n"
        "    except RuntimeError as error: return str(error)\n"
        "with multiprocessing.get_context('fork').Pool(1) as pool: print(pool.map(f, [0]))\n"
        "s.run(3)\n"
        "with multiprocessing.get_context('fork').Pool(1) as pool: print(pool.map(f, [0]))\n"
    )
    first, second = text.splitlines()
    assert first == "[3]" and "spawn" in second


def test_progress_is_told(illinois, capfd):
    from coalis.progress import Ear

    told = []

    class Hearing(Ear):
        def progress(self, done, of):
            told.append((done, of))

    from coalis import _coalis

    with Hearing(False) as ear:
        _coalis.run(illinois._native, replicates=20000, seed=1, record="outcomes", outcomes=[], parameters="", threads=0, ear=ear)
    assert told and all(0 < done <= of == 20000 for done, of in told) and told == sorted(told)
    pytest.importorskip("tqdm")
    illinois.run(20000, record="outcomes", progress=True)
    illinois.run(20, progress=None)
    assert "Traceback" not in capfd.readouterr().err


def test_an_exception_of_who_listens_stops_the_work(illinois):
    class Deaf:
        def progress(self, done, of):
            raise OSError("no")

        def say(self, sentence):
            pass

    from coalis import _coalis

    run, raised = _coalis.run(
        illinois._native, replicates=500000, seed=1, record="outcomes", outcomes=[], parameters="", threads=0, ear=Deaf()
    )
    assert isinstance(raised, OSError) and 0 < run.replicates < 500000


# With threads and the arenas of their allocator the figure goes up and down by megabytes, though nothing is kept.
MEMORY = """
import coalis, resource, sys

def used():
    return int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize()

scenario = coalis.Scenario(sys.argv[1])
def ask():
    for _ in range(1000):
        scenario.run(2, threads=1)
    return used()

before = ask()
print(ask() - before)
"""


def test_memory_stays_flat():
    grown = subprocess.run(
        [sys.executable, "-c", MEMORY, SCENARIOS["illinois"]],
        env={**os.environ, "MALLOC_ARENA_MAX": "1"}, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert int(grown) < 1e6


def test_a_study_is_that_of_the_program(program, tmp_path):
    study = tmp_path / "doses.toml"
    study.write_text(STUDY.format(scenario=SCENARIOS["illinois"]))
    program("study", "run", study, "--quiet")
    done, recorded = coalis.study(study), coalis.open_result(tmp_path / "doses.h5")
    for group in recorded:
        if group != "provenance":
            assert done[group].identical(recorded[group])
    kept = coalis.study(study, keep=True)
    assert kept["outcomes"].identical(done["outcomes"]) and kept.sentences() == done.sentences()
    assert done.save(tmp_path / "saved.h5").exists()
    with pytest.raises(coalis.AskError, match="nowhere.toml"):
        coalis.study("nowhere.toml")


def test_a_study_of_the_project_answers(program):
    path = SOURCE / "scenarios/studies/meet-or-hire.toml"
    done = coalis.study(path, replicates=10)
    assert "second half post" in done.sentences() and done.answer["figures"] and "<pre>" in done._repr_html_()


SENSITIVITY = """format = "sensitivity"
version = 1
name = "small"
question = "What does it hang on?"
scenarios = ["{scenario}"]
replicates = 2
seed = 3
outcomes = ["engaged"]
[morris]
trajectories = 20
[[factors]]
path = "parameters.tie_prob"
range = [0.05, 0.3]
[[factors]]
path = "hubs.Chicago.fte"
range = [0.2, 1.0]
"""


def test_a_sensitivity_analysis_is_that_of_the_program(program, tmp_path):
    path = tmp_path / "small.toml"
    path.write_text(SENSITIVITY.format(scenario=SCENARIOS["illinois"]))
    found = coalis.sensitivity(path)
    assert os.listdir(tmp_path) == ["small.toml"]
    printed = program("sensitivity", path, "--json", "--quiet", "-o", tmp_path / "answer.json")
    assert found.answer == json.loads(printed)
    assert found.save(tmp_path / "saved.json").read_bytes() == (tmp_path / "answer.json").read_bytes()
    assert found.to_dataframe().loc[("engaged", "A", "hubs.Chicago.fte"), "morris.mu_star"] > 0
    assert found.report(tmp_path / "page.html").exists() and found.plot() and "engaged" in repr(found)


def test_a_story_is_that_of_the_program(illinois, program):
    told = coalis.story(illinois, 7, seed=5)
    printed = program("story", SCENARIOS["illinois"], "--organisation", 7, "--seed", 5)
    assert told.sentences(80).split() == printed.split()
    run = illinois.run(4, 5)
    assert coalis.story(run, 7).hash == run.hashes[0] and coalis.story(run, 7, 3).hash == run.hashes[3]
    assert told.dataset.commitment.sizes["month"] == 43 and list(told.to_dataframe().month.dt.year)[0] == 2005
    with pytest.raises(coalis.AskError, match="organisation=115: there are 115"):
        coalis.story(illinois, 115)
