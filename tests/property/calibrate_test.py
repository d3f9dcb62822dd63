"""`coalis calibrate` end to end: the same bytes for any number of threads and after any interruption; what it says of bad input."""
import json
import os
import pathlib
import re
import signal
import subprocess
import time

PROGRAM = os.environ["COALIS_PROGRAM"]
SCENARIO = pathlib.Path(__file__).resolve().parents[2] / "scenarios" / "illinois.toml"
SMALL = f"""format = "calibration"
version = 1
name = "small"
scenario = "{SCENARIO}"
engagement = "trait"
[sampler]
draws = 60
prior_runs = 1500
least_acceptance = 0.02
most_generations = 4
[[parameters]]
path = ["kinds.meeting.base", "kinds.outreach.base"]
normal = [0, 1.5]
source = "assumption"
[[parameters]]
path = "series.meetings.per_year"
uniform = [1, 5]
source = "assumption"
[[nuisance_parameters]]
path = "parameters.tie_prob"
beta = [2, 8]
source = "assumption"
"""


def call(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=120)


def calibrate(folder, *arguments):
    (folder / "small.toml").write_text(SMALL)
    return call("calibrate", folder / "small.toml", "--quiet", *arguments)


def rows(folder):
    """The posterior without its comments: these name the command."""
    lines = (folder / "small.posterior.csv").read_text().splitlines()
    return [line for line in lines if not line.startswith("#")]


def test_same_bytes_for_any_threads_and_after_an_interruption(tmp_path):
    one, many = tmp_path / "one", tmp_path / "many"
    one.mkdir(), many.mkdir()
    assert calibrate(one, "--threads", 1).returncode == 0
    (many / "small.toml").write_text(SMALL)
    going = subprocess.Popen([PROGRAM, "calibrate", many / "small.toml", "--quiet", "--threads", "3"], stderr=subprocess.PIPE)
    while going.poll() is None and not (many / "small.posterior.state.json").exists():
        time.sleep(0.01)
    going.send_signal(signal.SIGINT)
    assert going.wait(60) == 130
    assert not (many / "small.posterior.csv").exists()
    assert calibrate(many).returncode == 0
    assert rows(one) == rows(many)
    assert rows(one)[0] == ("weight,distance,seed,replicate,structure.engagement,kinds.meeting.base,kinds.outreach.base,"
                            "series.meetings.per_year,parameters.tie_prob")
    assert len(rows(one)) == 61


def test_run_and_compare_take_a_posterior(tmp_path):
    assert calibrate(tmp_path).returncode == 0
    posterior = tmp_path / "small.posterior.csv"
    own = call("run", SCENARIO, "--parameters", posterior, "--replicates", 20)
    assert own.returncode == 2 and "structure 'trait, benefit_cost" in own.stderr
    run = call("run", SCENARIO, "--parameters", posterior, "--replicates", 20, "--set", "structure.engagement=trait")
    assert run.returncode == 0 and "Every replicate has a parameter set" in run.stdout
    own = call("compare", SCENARIO, SCENARIO, "--replicates", 5, "--parameters", posterior, "--draws", 3)
    assert own.returncode == 2 and "was fitted under the structure 'trait, benefit_cost" in own.stderr
    other = call("calibrate", "--check", "--table", 0, "-o", SCENARIO.parent / "posterior/trait.csv", SCENARIO.parent / "calibration/mixture.toml")
    assert other.returncode == 2 and "was fitted under the structure 'trait, benefit_cost, bounded_confidence', and the calibration is of 'mixture, " in other.stderr
    same = call("compare", SCENARIO, SCENARIO, "--replicates", 5, "--parameters", posterior, "--draws", 3, "--set",
                "structure.engagement=trait")
    assert same.returncode == 0 and "series.meetings.per_year left to the scenarios" in same.stderr


def test_refuses_a_state_of_other_settings(tmp_path):
    assert calibrate(tmp_path).returncode == 0
    (tmp_path / "small.toml").write_text(SMALL.replace("[1, 5]", "[1, 4]"))
    other = call("calibrate", tmp_path / "small.toml")
    assert other.returncode == 3 and "belongs to other settings" in other.stderr
    assert call("calibrate", tmp_path / "small.toml", "--nuisance", "fixed").returncode == 3
    assert call("calibrate", tmp_path / "small.toml", "--restart", "--quiet").returncode == 0


def error_of(tmp_path, old, new):
    (tmp_path / "bad.toml").write_text(SMALL.replace(old, new, 1))
    answer = call("calibrate", tmp_path / "bad.toml")
    assert answer.returncode == 2
    return answer.stderr.replace(str(tmp_path / "bad.toml"), "")


def test_says_what_is_wrong_before_the_first_run(tmp_path):
    assert ":12:1: error: unknown key 'pth'" in error_of(tmp_path, "path = [", "pth = [")
    assert "takes whole numbers or names" in error_of(tmp_path, '"parameters.tie_prob"', '"parameters.K"')
    assert "the scenario has no 'picnic'" in error_of(tmp_path, '"parameters.tie_prob"', '"kinds.picnic.base"')
    assert "has no source" in error_of(tmp_path, 'source = "assumption"', "")
    assert "is empty: uniform(5, 1)" in error_of(tmp_path, "[1, 5]", "[5, 1]")
    assert "nearly all of the prior" in error_of(tmp_path, "beta = [2, 8]", "normal = [9, 0.1]")
    assert "needs one prior" in error_of(tmp_path, "uniform = [1, 5]", "uniform = [1, 5]\nbeta = [1, 2]")
    assert "there is no engagement 'both'" in error_of(tmp_path, '"trait"', '"both"')
    assert "'draws' must be a number from 20" in error_of(tmp_path, "draws = 60", "draws = 2")
    assert "is there twice" in error_of(tmp_path, '"kinds.outreach.base"', '"kinds.meeting.base"')
    assert call("calibrate", tmp_path / "none.toml").returncode == 2


def test_check_says_how_well_it_fits(tmp_path):
    """Coverage of 200 truths at 90 %: within 80 to 100 % for a right posterior but once in 10,000 seeds; conservative ones are allowed."""
    assert calibrate(tmp_path).returncode == 0
    check = call("calibrate", tmp_path / "small.toml", "--quiet", "--check", "--table", 6000)
    assert check.returncode == 0
    words = " ".join(check.stdout.split())
    assert "held out" in words and "What the evidence says of single parameters" in words
    answer = json.loads((tmp_path / "small.posterior.check.json").read_text())
    assert {item["use"] for item in answer["items"]} == {"calibrate", "validate", "specify"}
    assert all(0 <= item["p"] <= 1 for item in answer["items"])
    for parameter in answer["coverage"]["parameters"]:
        assert 0.8 <= parameter["nearest"]["coverage"] <= 1
        assert sum(parameter["nearest"]["ranks"]) == 200
    again = call("calibrate", tmp_path / "small.toml", "--quiet", "--check", "--table", 6000, "--threads", 1)
    assert again.stdout == check.stdout
    assert call("calibrate", tmp_path / "small.toml", "-o", tmp_path / "none.csv", "--check").returncode == 2


def test_a_posterior_is_weighted_anew_where_that_suffices(tmp_path):
    """Its own evidence again leaves enough of many draws; of a few, or of draws far away, too little: then it is sampled."""
    assert calibrate(tmp_path).returncode == 0
    fitted = tmp_path / "small.posterior.csv"
    comments, rows_of_it = fitted.read_text().split("weight,")[0], rows(tmp_path)
    many = tmp_path / "many.csv"
    many.write_text("\n".join([rows_of_it[0], *(row for row in rows_of_it[1:] for _ in range(20))]) + "\n")
    done = call("calibrate", tmp_path / "small.toml", "-o", tmp_path / "new.csv", "--from", many, "--threads", 2)
    words = " ".join((done.stdout + done.stderr).split())
    assert done.returncode == 0 and "That suffices." in words and "many.csv, weighted anew by your evidence: " in words, done.stderr
    assert "It ended because the draws of many.csv suffice, weighted anew by the evidence" in words
    assert not (tmp_path / "new.state.json").exists()
    near, runs, size = (int(re.search(pattern, words)[1].replace(",", "")) for pattern in (r"evidence: (\d+) of", r"of (\d+) runs come", r"count as (\d+) independent"))
    assert runs == 12000 and 1000 < near < 12000 and 100 <= size <= 1200
    new = [line.split(",") for line in (tmp_path / "new.csv").read_text().splitlines() if not line.startswith("#")]
    weights = [float(row[0]) for row in new[1:]]
    assert abs(sum(weights) - 1) < 1e-9 and abs(1 / sum(w * w for w in weights) - size) < 1
    assert {tuple(row[5:]) for row in new[1:]} <= {tuple(line.split(",")[5:]) for line in rows_of_it[1:]}  # values are those of its draws
    again = call("calibrate", tmp_path / "small.toml", "-o", tmp_path / "again.csv", "--from", many, "--threads", 1, "--quiet")
    assert again.returncode == 0
    assert [line for line in (tmp_path / "again.csv").read_text().splitlines() if not line.startswith("#")][1:] == [",".join(row) for row in new[1:]]
    assert call("run", SCENARIO, "--parameters", tmp_path / "new.csv", "--replicates", 5, "--no-file", "--set", "structure.engagement=trait").returncode == 0
    few = call("calibrate", tmp_path / "small.toml", "-o", tmp_path / "few.csv", "--from", fitted)
    words = " ".join((few.stdout + few.stderr).split())
    assert few.returncode == 0 and "That does not suffice: fitting anew." in words and (tmp_path / "few.state.json").exists(), few.stderr
    assert [line for line in (tmp_path / "few.csv").read_text().splitlines() if not line.startswith("#")] == rows_of_it
    assert "# structure: trait" in comments
    (tmp_path / "mixture.toml").write_text(SMALL.replace('"trait"', '"mixture"'))
    other = call("calibrate", tmp_path / "mixture.toml", "--from", fitted)
    assert other.returncode == 2 and "was fitted under the structure 'trait, " in other.stderr
    (tmp_path / "strange.csv").write_text("weight,parameters.goal_rate\n1,0.2\n")
    other = call("calibrate", tmp_path / "small.toml", "-o", tmp_path / "x.csv", "--from", tmp_path / "strange.csv")
    assert other.returncode == 2 and "has none of the parameters that the calibration has" in other.stderr
