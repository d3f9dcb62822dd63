"""Where an answer is written: what a user names becomes that file, whole, or nothing changes and the reason is said.

A device, a pipe, a socket or a folder is never replaced; a link is followed and stays a link; an input is never overwritten,
whatever --force says; nothing stays behind, whatever ends the program; long names and names that are no UTF-8 work."""
import json
import os
import pathlib
import signal
import socket
import stat
import subprocess
import time

import h5py
import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
ROOT = pathlib.Path(__file__).resolve().parents[2]

SCENARIO = """format = "scenario"
version = 1
include = "base.toml"
name = "Small"
"""
STUDY = """format = "study"
version = 1
name = "s"
question = "?"
scenarios = ["small.toml"]
replicates = 2
outcomes = ["engaged"]
[design]
kind = "table"
table = "points.csv"
"""


def coalis(folder, *arguments, **options):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, cwd=folder, timeout=300, **options)


def run(folder, *more, **options):
    return coalis(folder, "run", "small.toml", "--replicates", "2", *more, **options)


def left_over(folder):
    return sorted(p.name for p in pathlib.Path(folder).rglob("*") if p.name.endswith(".part"))


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "base.toml").write_bytes((ROOT / "scenarios" / "illinois.toml").read_bytes().replace(b"evidence =", b"# evidence ="))
    (tmp_path / "small.toml").write_text(SCENARIO)
    (tmp_path / "points.csv").write_text("hubs.Chicago.fte\n0.2\n")
    (tmp_path / "study.toml").write_text(STUDY)
    (tmp_path / "sets.csv").write_text("parameters.tie_prob\n0.2\n")
    return tmp_path


def test_what_is_no_file_stays_what_it_is(folder):
    os.mkfifo(folder / "pipe.h5")
    (folder / "folder.h5").mkdir()
    socket.socket(socket.AF_UNIX).bind(str(folder / "socket.h5"))
    for name, said in (("pipe.h5", b"pipe"), ("folder.h5", b"folder"), ("socket.h5", b"socket"), ("/dev/null", b"device"),
                       ("/dev/stdout", b"open"), ("/dev/fd/1", b"open")):
        before = os.lstat(folder / name).st_mode
        refused = run(folder, "-o", name, "--force")
        assert refused.returncode == 3 and said in refused.stderr, (name, refused.stderr)
        assert stat.S_IFMT(os.lstat(folder / name).st_mode) == stat.S_IFMT(before)
    assert left_over(folder) == []


def test_a_link_is_followed_and_kept(folder):
    (folder / "kept").mkdir()
    target = folder / "kept" / "result.h5"
    (folder / "link.h5").symlink_to("kept/result.h5")
    (folder / "link2.h5").symlink_to("link.h5")
    assert run(folder, "-o", "link2.h5").returncode == 0  # leads to nothing yet: the file is made there
    assert target.is_file() and not target.is_symlink() and (folder / "link.h5").is_symlink()
    before = target.read_bytes()
    assert run(folder, "-o", "link.h5").returncode == 3 and target.read_bytes() == before
    target.write_text("old")
    target.chmod(0o640)
    assert run(folder, "-o", "link.h5", "--force").returncode == 0
    assert (folder / "link.h5").is_symlink() and h5py.is_hdf5(target) and stat.S_IMODE(target.stat().st_mode) == 0o640
    (folder / "circle.h5").symlink_to("circle.h5")
    assert run(folder, "-o", "circle.h5", "--force").returncode == 3


@pytest.mark.parametrize("name", ["small.toml", "base.toml", "link.toml", "hard.toml", "./sub/../base.toml"])
def test_an_input_is_no_output(folder, name):
    (folder / "sub").mkdir()
    (folder / "link.toml").symlink_to("base.toml")
    os.link(folder / "base.toml", folder / "hard.toml")
    before = (folder / name).read_bytes()
    for command in (["run", "small.toml", "--replicates", "2", "-o", name, "--force"],
                    ["compare", "small.toml", "base.toml", "--replicates", "2", "-o", name, "--force"],
                    ["export", "small.toml", "--graphml", name, "--force"],
                    ["study", "run", "study.toml", "-o", name, "--force"],
                    ["study", "run", "study.toml", "--json-log", name]):
        refused = coalis(folder, *command)
        assert refused.returncode == 3 and b"is read by this command" in refused.stderr, (command, refused.stderr)
        assert (folder / name).read_bytes() == before
    assert not (folder / "study.runs").exists() or not list((folder / "study.runs").glob("*/*.shard"))  # before the first run


def test_parameters_studies_and_tables_of_points_are_inputs(folder):
    for command, name in ((["compare", "small.toml", "base.toml", "--replicates", "2", "--parameters", "sets.csv"], "sets.csv"),
                          (["study", "run", "study.toml"], "points.csv"), (["study", "run", "study.toml"], "study.toml")):
        before = (folder / name).read_bytes()
        refused = coalis(folder, *command, "-o", name, "--force")
        assert refused.returncode == 3 and b"is read by this command" in refused.stderr
        assert (folder / name).read_bytes() == before


def test_two_outputs_of_one_name(folder):
    for command in (["export", "small.toml", "--graphml", "x.csv", "--edges", "./x.csv"],
                    ["export", "small.toml", "--graphml", "x-nodes.csv", "--edges", "x.csv"],
                    ["study", "run", "study.toml", "-o", "x.h5", "--json-log", "x.h5"]):
        refused = coalis(folder, *command)
        assert refused.returncode == 3 and b"twice" in refused.stderr, (command, refused.stderr)
    assert not list(folder.glob("x*"))


@pytest.mark.parametrize("name", [b"n" * 252 + b".h5", b"\xe9t\xe9.h5", "Größe 東京.h5".encode(), b"-=+ name.h5"])
def test_long_names_and_names_that_are_no_utf8(folder, name):
    assert run(os.fsencode(folder), "-o", b"./" + name).returncode == 0
    assert h5py.is_hdf5(os.fsencode(folder) + b"/" + name)
    again = coalis(os.fsencode(folder), "verify", b"./" + name)
    assert again.returncode == 0 and again.stdout
    too_long = run(os.fsencode(folder), "-o", b"n" * 256)
    assert too_long.returncode == 3 and b"name too long" in too_long.stderr


def test_names_of_inputs_that_are_no_utf8(folder):
    os.rename(folder / "small.toml", os.fsencode(folder) + b"/sm\xe4ll.toml")
    answer = coalis(os.fsencode(folder), "compare", b"sm\xe4ll.toml", "base.toml", "--replicates", "2", "--json")
    assert answer.returncode == 0, answer.stderr
    assert "sm" in json.dumps(json.loads(answer.stdout.decode("utf-8")))


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP, signal.SIGTERM, signal.SIGQUIT, signal.SIGPIPE])
def test_nothing_stays_behind(folder, number):
    process = subprocess.Popen([PROGRAM, "run", "small.toml", "--replicates", "1000000", "-o", "big.h5", "--threads", "1"], cwd=folder,
                               stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    deadline = time.time() + 60
    while not left_over(folder) and time.time() < deadline:
        time.sleep(0.01)
    assert left_over(folder)
    # A file that is being written is left to its process.
    assert run(folder, "-o", "other.h5").returncode == 0 and len(left_over(folder)) == 1
    process.send_signal(number)
    process.wait(60)
    if number != signal.SIGKILL:
        assert left_over(folder) == []
    assert run(folder, "-o", "third.h5").returncode == 0
    assert left_over(folder) == []


def test_names_of_what_is_being_written_are_not_followed(folder):
    victim = folder / "victim"
    victim.write_text("untouched")
    assert coalis(folder, "study", "run", "study.toml").returncode == 0
    (folder / "tables").mkdir()
    for name in (".runs.csv.part", ".coalis-0000000000000000.part"):
        (folder / "tables" / name).symlink_to(victim)
    assert coalis(folder, "study", "export", "study.toml", "--csv", "tables").returncode == 0
    assert victim.read_text() == "untouched"


@pytest.mark.parametrize("name", ["claims", "manifest.jsonl"])
def test_what_is_kept_of_runs_is_not_written_through_links(folder, name):
    (folder / "study.runs").mkdir()
    (folder / "precious").write_text("keep\n")
    (folder / "study.runs" / name).symlink_to("../precious")
    refused = coalis(folder, "study", "run", "study.toml", "--quiet")
    assert refused.returncode == 3 and f"study.runs/{name}: is a link".encode() in refused.stderr, refused.stderr
    assert (folder / "precious").read_text() == "keep\n"


def test_a_file_may_not_grow(folder):
    import resource

    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
    full = run(folder, "-o", "big.h5", preexec_fn=limit)
    assert full.returncode == 3 and not (folder / "big.h5").exists() and left_over(folder) == []


def test_a_posterior_replaces_posteriors_only(folder):
    for case in ("small.toml", "cal.toml", "ev2.toml"):
        (folder / case).write_bytes((ROOT / "tests" / "field" / "data" / case).read_bytes())
    (folder / "thesis.csv").write_text("years of work")
    refused = coalis(folder, "calibrate", "cal.toml", "-o", "thesis.csv")
    assert refused.returncode == 3 and b"no posterior" in refused.stderr and (folder / "thesis.csv").read_text() == "years of work"
    refused = coalis(folder, "calibrate", "cal.toml", "-o", "cal.toml")
    assert refused.returncode == 3 and b"is read by this command" in refused.stderr


def test_what_stands_under_the_name_of_a_result_is_looked_at_and_no_input(folder):
    (folder / "study.toml").write_text(STUDY)
    for more in ([], ["--json-log", "log"], ["--json-log", "log"], ["-o", "other.h5"]):
        assert coalis(folder, "study", "run", "study.toml", "--quiet", *more).returncode == 0
    assert coalis(folder, "run", "small.toml", "-o", "run.h5", "--replicates", "2", "--quiet").returncode == 0
    whole = (folder / "run.h5").read_bytes()
    refused = coalis(folder, "study", "run", "study.toml", "--quiet", "-o", "run.h5")
    assert refused.returncode == 3 and b"exists already" in refused.stderr and (folder / "run.h5").read_bytes() == whole, refused.stderr
    assert coalis(folder, "study", "run", "study.toml", "--quiet", "-o", "run.h5", "--force").returncode == 0


def test_extending_a_study_can_be_repeated(folder):
    assert coalis(folder, "study", "run", "study.toml").returncode == 0
    (folder / "study.h5").unlink()
    (folder / "study.h5").mkdir()  # the result cannot be written
    failed = coalis(folder, "study", "extend", "study.toml", "--replicates", "4")
    assert failed.returncode == 3
    (folder / "study.h5").rmdir()
    again = coalis(folder, "study", "extend", "study.toml", "--replicates", "4")
    assert again.returncode == 0, again.stderr
    fewer = coalis(folder, "study", "extend", "study.toml", "--replicates", "3")
    assert fewer.returncode == 2 and b"4 replicates already" in fewer.stderr
    assert "replicates = 4" in (folder / "study.toml").read_text()


def test_a_log_is_a_new_file_or_a_log(folder):
    log = folder / "log.jsonl"
    for times in (1, 2):  # it is appended to
        assert coalis(folder, "study", "run", "study.toml", "--quiet", "--json-log", "log.jsonl").returncode == 0
        assert log.read_text().count('"begin"') == times
    (folder / "precious.txt").write_text("a diary\n")
    kept = sorted(p.relative_to(folder / "study.runs") for p in (folder / "study.runs").rglob("*") if p.is_file())
    for name in ("precious.txt", *(f"study.runs/{n}" for n in kept), "study.runs/new.jsonl"):
        before = (folder / name).read_bytes() if (folder / name).exists() else None
        done = coalis(folder, "study", "run", "study.toml", "--quiet", "--json-log", name)
        assert done.returncode == 3 and name.encode() in done.stderr, done
        assert ((folder / name).read_bytes() if (folder / name).exists() else None) == before
    done = coalis(folder, "study", "run", "study.toml", "--quiet", "--json-log", "/dev/full")
    assert done.returncode == 3 and b"not complete" in done.stderr
    assert coalis(folder, "study", "run", "study.toml", "--quiet", "--json-log", "/dev/null").returncode == 0


def test_a_folder_of_kept_runs_takes_nothing_else(folder):
    assert coalis(folder, "study", "run", "study.toml", "--quiet").returncode == 0
    store = folder / "study.runs"
    before = {str(p.relative_to(store)): p.read_bytes() for p in store.rglob("*") if p.is_file()}
    shard = next(name for name in before if name.endswith(".shard"))
    assert run(folder, "-o", "r.h5").returncode == 0
    for command in (["run", "small.toml", "-o"], ["compare", "small.toml", "base.toml", "--replicates", "2", "-o"],
                    ["study", "run", "study.toml", "-o"], ["export", "r.h5", "--graphml"], ["export", "r.h5", "--edges"]):
        for name in ("manifest.jsonl", "claims", shard, "new.h5"):
            done = coalis(folder, *command, f"study.runs/{name}", "--force")
            assert done.returncode == 3 and b"keeps the runs of a study" in done.stderr, (command, name, done)
    for command in (["export", "r.h5", "--csv"], ["export", "r.h5", "--waves", "2006-01", "--siena"],
                    ["study", "export", "study.toml", "--csv"]):
        done = coalis(folder, *command, "study.runs", "--force")
        assert done.returncode == 3 and b"keeps the runs of a study" in done.stderr, (command, done)
    assert {str(p.relative_to(store)): p.read_bytes() for p in store.rglob("*") if p.is_file()} == before


def test_a_folder_within_kept_runs_is_refused_too(folder):
    assert coalis(folder, "study", "run", "study.toml", "--quiet").returncode == 0
    assert run(folder, "-o", "r.h5").returncode == 0
    (folder / "members.csv").write_text("Organization,Sector\nLegal Aid,Nonprofit\nClay Shelter,Nonprofit\n")
    (folder / "study.runs" / "there").mkdir()
    (folder / "link").symlink_to("study.runs/there")
    before = sorted(str(p) for p in (folder / "study.runs").rglob("*"))
    for place in ("study.runs/new", "study.runs/there", "study.runs/there/new", "link", "link/new"):
        for command in (["bundle", "study.toml", "-o"], ["export", "r.h5", "--force", "--csv"], ["export", "r.h5", "--waves", "2006-01", "--siena"],
                        ["import", "members.csv", "--assume", "-o"], ["study", "export", "study.toml", "--csv"]):
            done = coalis(folder, *command, place)
            assert done.returncode == 3 and b"keeps the runs of a study" in done.stderr, (command, place, done)
    done = run(folder, "-o", "study.runs/there/r.h5")
    assert done.returncode == 3 and b"study.runs keeps the runs of a study" in done.stderr
    assert sorted(str(p) for p in (folder / "study.runs").rglob("*")) == before


def test_evidence_of_an_option_is_an_input(folder):
    (folder / "more.toml").write_text('format = "scenario"\nversion = 2\nname = "More"\nevidence = "ev.toml"\n[levers]\ninformation = 1\n')
    (folder / "ev.toml").write_bytes((ROOT / "tests" / "field" / "data" / "ev2.toml").read_bytes())
    before = (folder / "ev.toml").read_bytes()
    for command in (["compare", "small.toml", "--with", "more.toml"], ["run", "small.toml", "--with", "more.toml"]):
        done = coalis(folder, *command, "--replicates", "2", "-o", "ev.toml", "--force")
        assert done.returncode == 3 and b"is read by this command" in done.stderr, (command, done)
        assert (folder / "ev.toml").read_bytes() == before


def test_the_table_of_points_of_a_study_is_no_table_of_its_result(folder):
    (folder / "tables").mkdir()
    (folder / "tables" / "design.csv").write_text("hubs.Chicago.fte\n0.2\n")
    (folder / "study.toml").write_text(STUDY.replace("points.csv", "tables/design.csv"))
    assert coalis(folder, "study", "run", "study.toml", "--quiet").returncode == 0
    for command in (["export", "study.h5", "--csv", "tables", "--force"], ["export", str(folder / "study.h5"), "--csv", str(folder / "tables"), "--force"]):
        done = coalis(folder, *command)
        assert done.returncode == 3 and b"design.csv: is read by this command" in done.stderr, done
    assert [(p.name, p.read_text()) for p in (folder / "tables").iterdir()] == [("design.csv", "hubs.Chicago.fte\n0.2\n")]
    assert coalis(folder, "export", "study.h5", "--csv", "elsewhere").returncode == 0


def test_tables_replace_nothing_unasked(folder):
    assert coalis(folder, "study", "run", "study.toml", "--quiet").returncode == 0
    (folder / "tables").mkdir()
    (folder / "tables" / "failed.csv").write_text("mine\n")
    done = coalis(folder, "study", "export", "study.toml", "--csv", "tables")
    assert done.returncode == 3 and b"failed.csv: exists already" in done.stderr
    assert [(p.name, p.read_text()) for p in (folder / "tables").iterdir()] == [("failed.csv", "mine\n")]
    assert coalis(folder, "study", "export", "study.toml", "--csv", "tables", "--force").returncode == 0
    assert (folder / "tables" / "failed.csv").read_text() != "mine\n"


def test_an_export_checks_all_before_it_writes_one(folder):
    assert run(folder, "-o", "r.h5").returncode == 0
    (folder / "t").mkdir()
    (folder / "t" / "outcomes.csv").write_text("old\n")
    (folder / "d.graphml").mkdir()
    for more in (["--graphml", "d.graphml"], ["--graphml", "t/outcomes.csv"], ["--edges", "r.h5"],
                 ["--month", "1999-01", "--edges", "e.csv"], ["--waves", "2006-02,2006-01", "--siena", "w"]):
        done = coalis(folder, "export", "r.h5", "--csv", "t", *more, "--force")
        assert done.returncode in (2, 3) and done.stderr, (more, done)
        assert [(p.name, p.read_text()) for p in (folder / "t").iterdir()] == [("outcomes.csv", "old\n")], more
    (folder / "t" / "survey.csv").symlink_to("../small.toml")  # of the tables one is an input's name
    assert coalis(folder, "export", "r.h5", "--csv", "t", "--force").returncode == 0  # the result alone is read
    assert (folder / "t" / "outcomes.csv").read_text() != "old\n"


def test_folders_that_are_none(folder):
    assert run(folder, "-o", "r.h5").returncode == 0
    (folder / "circle").symlink_to("circle")
    (folder / "dangling").symlink_to("nowhere/at/all")
    (folder / "file").write_text("x")
    link = b"a link that leads to no folder"
    for name, said in (("circle", link), ("dangling", link), ("file", b"is no folder")):
        for command in (["export", "r.h5", "--csv", name], ["export", "r.h5", "--waves", "2006-01", "--siena", name],
                        ["study", "export", "study.toml", "--csv", name]):
            done = coalis(folder, *command)
            assert done.returncode == 3 and name.encode() + b": " in done.stderr and said in done.stderr, (command, done)


def test_an_answer_of_check_replaces_answers_only(folder):
    for case in ("small.toml", "cal.toml", "ev2.toml"):
        (folder / case).write_bytes((ROOT / "tests" / "field" / "data" / case).read_bytes())
    (folder / "p.check.json").write_text('{"format": "mine"}\n')
    done = coalis(folder, "calibrate", "cal.toml", "-o", "p.csv", "--check", "--table", "0", "--quiet")
    assert done.returncode == 3 and b"p.check.json: exists already and is no answer" in done.stderr
    assert (folder / "p.check.json").read_text() == '{"format": "mine"}\n'


def test_evidence_that_is_no_file_is_said(folder):
    os.mkfifo(folder / "pipe.toml")
    (folder / "e").mkdir()
    for name, said in (("pipe.toml", b"it is a pipe"), ("e", b"it is a folder")):
        (folder / "s.toml").write_text(SCENARIO + f'evidence = "{name}"\n')
        for command in (["check", "s.toml"], ["run", "s.toml", "--replicates", "2", "-o", f"{name}.h5"]):
            done = coalis(folder, *command)
            assert said in done.stderr and done.returncode in (2, 3), (command, done)


def test_a_path_stays_on_its_line(folder):
    name = "a\nb: forged line"
    for command in (["export", name, "--csv", "t"], ["report", name, "-o", "r.html"], ["verify", name],
                    ["run", "small.toml", "-o", f"nowhere/{name}/x.h5"], ["story", name, "--organisation", "0"], ["run", name]):
        done = coalis(folder, *command)
        assert done.returncode in (2, 3) and b"a\\u000ab" in done.stderr and b"\nb: forged" not in done.stderr, (command, done)


def test_commands_to_give_again_are_words_of_a_shell(folder):
    name = "it's.toml"
    (folder / name).write_text((folder / "study.toml").read_text())
    done = coalis(folder, "study", "status", name)
    assert b"'it'\\''s.toml'" in done.stdout + done.stderr
    done = coalis(folder, "new", "A", "-o", "her's.toml")
    assert b"coalis check 'her'\\''s.toml'" in done.stdout


@pytest.fixture
def calibration(folder):
    for case in ("small.toml", "cal.toml", "ev2.toml"):
        (folder / case).write_bytes((ROOT / "tests" / "field" / "data" / case).read_bytes())
    (folder / "other.toml").write_text((folder / "cal.toml").read_text().replace("seed = 1", "seed = 2"))
    return folder


def test_the_posterior_of_another_calibration_stays(calibration):
    made = lambda *more: coalis(calibration, "calibrate", *more, "-o", "p.csv", "--quiet")
    assert made("other.toml").returncode == 0
    theirs = (calibration / "p.csv").read_bytes()
    for state in ("p.state.json", None):
        if state:
            (calibration / state).rename(calibration / "away")
        refused = made("cal.toml")
        assert refused.returncode == 3 and b"is a posterior that belongs to other settings" in refused.stderr, refused.stderr
        assert (calibration / "p.csv").read_bytes() == theirs
    assert made("other.toml").returncode == 0 and (calibration / "p.csv").read_bytes() == theirs  # its own, as it was written
    (calibration / "p.csv").write_bytes(theirs + theirs.splitlines(True)[-1])
    refused = made("other.toml")
    assert refused.returncode == 3 and b"has been changed since it was written" in refused.stderr
    assert made("cal.toml", "--restart").returncode == 0 and (calibration / "p.csv").read_bytes() != theirs


def test_restart_replaces_states_only(calibration):
    (calibration / "p.state.json").write_text('{"mine": 1}')
    refused = coalis(calibration, "calibrate", "cal.toml", "-o", "p.csv", "--restart")
    assert refused.returncode == 3 and b"is no state of a calibration" in refused.stderr
    assert (calibration / "p.state.json").read_text() == '{"mine": 1}' and not (calibration / "p.csv").exists()
    (calibration / "p.state.json").write_text('{"format": "coalis-calibration-state", "version": 1, "fini')  # damaged
    assert coalis(calibration, "calibrate", "cal.toml", "-o", "p.csv", "--restart", "--quiet").returncode == 0


def test_two_calibrations_at_once_with_one_output(calibration):
    for attempt in range(3):
        for old in calibration.glob("x.*"):
            old.unlink()
        both = [subprocess.Popen([PROGRAM, "calibrate", case, "-o", "x.csv", "--quiet"], cwd=calibration, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.PIPE) for case in ("cal.toml", "other.toml")]
        said = [one.communicate(timeout=120)[1] for one in both]
        assert sorted(one.returncode for one in both) == [0, 3], said
        first = ("cal.toml", "other.toml")[[one.returncode for one in both].index(0)]
        whole = (calibration / "x.csv").read_bytes()
        assert coalis(calibration, "calibrate", first, "-o", "x.csv", "--quiet").returncode == 0  # it is that one's
        assert (calibration / "x.csv").read_bytes() == whole


def test_tables_of_others_stay(folder):
    assert run(folder, "-o", "r.h5", "--record", "detailed").returncode == 0
    assert run(folder, "-o", "few.h5", "--record", "outcomes").returncode == 0
    assert coalis(folder, "export", "r.h5", "--csv", "t").returncode == 0
    (folder / "t" / "parameters.csv").write_text("mine\n1\n")
    (folder / "t" / "ties.csv").write_text("from,to\n1,2\n")
    there = {path.name for path in (folder / "t").iterdir()}
    done = coalis(folder, "export", "few.h5", "--csv", "t", "--force")
    assert done.returncode == 0 and b"removed: it was of an earlier export" in done.stdout
    assert (folder / "t" / "parameters.csv").read_text() == "mine\n1\n" and (folder / "t" / "ties.csv").read_text() == "from,to\n1,2\n"
    gone = there - {path.name for path in (folder / "t").iterdir()}
    assert {"attendance.csv", "organisations.csv", "trajectories.csv"} <= gone
    assert {line.split()[0] for line in done.stdout.decode().splitlines() if "removed" in line} == gone
    (folder / "own").mkdir()
    (folder / "own" / "ties.csv").write_text("mine")
    assert coalis(folder, "export", "few.h5", "--csv", "own", "--force").returncode == 0
    assert (folder / "own" / "ties.csv").read_text() == "mine"


def test_waves_of_others_stay(folder):
    (folder / "w").mkdir()
    (folder / "w" / "ties-3.txt").write_text("mine")
    waves = lambda months: coalis(folder, "export", "small.toml", "--waves", months, "--siena", "w", "--force")
    assert waves("3,6").returncode == 0 and (folder / "w" / "ties-3.txt").read_text() == "mine"
    assert waves("3,6,9").returncode == 0 and waves("3,6").returncode == 0
    assert not (folder / "w" / "ties-3.txt").exists() and (folder / "w" / "ties-2.txt").exists()


SENSITIVITY = """format = "sensitivity"
version = 1
name = "Sen"
question = "?"
scenarios = ["small.toml"]
outcomes = ["engaged"]
replicates = 1
[morris]
trajectories = 20
[[factors]]
path = "parameters.tie_prob"
range = [0.1, 0.3]
[[factors]]
path = "parameters.hold_floor"
range = [0.1, 0.3]
"""


def test_restart_of_a_sensitivity_study_removes_its_runs_only(folder):
    (folder / "sen.toml").write_text(SENSITIVITY)
    assert coalis(folder, "sensitivity", "sen.toml", "--quiet").returncode == 0
    (folder / "sen.runs" / "notes.txt").write_text("mine")
    (folder / "sen.runs" / "c.h5").write_text("mine")
    old = set((folder / "sen.runs").glob("*/*.shard"))
    assert coalis(folder, "sensitivity", "sen.toml", "--quiet", "--restart").returncode == 0
    assert (folder / "sen.runs" / "notes.txt").exists() and (folder / "sen.runs" / "c.h5").exists()
    assert not old & set((folder / "sen.runs").glob("*/*.shard"))


def test_runs_of_another_study_are_not_added_to(folder):
    assert coalis(folder, "study", "run", "study.toml", "--quiet").returncode == 0
    (folder / "sen.toml").write_text(SENSITIVITY)
    (folder / "study.runs").rename(folder / "sen.runs")
    there = sorted(path.name for path in (folder / "sen.runs").iterdir())
    for more in ([], ["--restart"]):
        refused = coalis(folder, "sensitivity", "sen.toml", "--quiet", *more)
        assert refused.returncode == 3 and b"keeps runs of 's', not of the sensitivity study 'Sen'" in refused.stderr, refused.stderr
        assert sorted(path.name for path in (folder / "sen.runs").iterdir()) == there


def test_a_store_is_a_folder(folder):
    (folder / "study.runs").write_text("x")
    for command in (["status"], ["answer"], ["run", "--quiet"]):
        refused = coalis(folder, "study", command[0], "study.toml", *command[1:])
        if command != ["answer"]:
            assert refused.returncode == 3 and b"is no folder" in refused.stderr, refused.stderr


def test_an_interrupted_comparison_says_where_it_is(folder):
    going = subprocess.Popen([PROGRAM, "compare", "small.toml", "small.toml", "--set", "parameters.tie_prob=0.2", "--replicates", "60000", "-o", "c.h5"],
                             cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(2)
    going.send_signal(signal.SIGTERM)
    said = going.communicate(timeout=60)[1]
    if b"Interrupted after" in said:
        assert b"they are in c.h5" in said and (folder / "c.h5").exists()


def test_what_a_scenario_names_and_a_study_has_made_is_no_output(folder):
    (folder / "e.toml").write_text('format = "coalis-evidence"\nversion = 2\n')
    (folder / "evident.toml").write_text(SCENARIO + 'evidence = "e.toml"\n')
    whole = (folder / "e.toml").read_bytes()
    for command in (["explore", "evident.toml", "-o", "e.toml"], ["export", "evident.toml", "--graphml", "e.toml"],
                    ["run", "evident.toml", "--replicates", "1", "-o", "e.toml"]):
        refused = coalis(folder, *command, "--force")
        assert refused.returncode == 3 and b"is read by this command" in refused.stderr, refused.stderr
        assert (folder / "e.toml").read_bytes() == whole
    assert coalis(folder, "study", "run", "study.toml", "--quiet").returncode == 0
    whole = (folder / "study.h5").read_bytes()
    refused = coalis(folder, "report", "study.toml", "-o", "study.h5", "--force")
    assert refused.returncode == 3 and (folder / "study.h5").read_bytes() == whole, refused.stderr
