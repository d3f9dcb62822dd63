"""An own coalition from `coalis new` to a calibrated answer and its page: 80 members in four counties, half a post, a survey of 40 with
bins of its own. A user expects that every sentence about evidence and uncertainty is right at every step, and that with a posterior the
answer is made of it: before the fit nothing is said to be fitted, after it only what was, of this coalition, and the headline is the mean
over the posterior's sets."""

import json
import os
import re
import subprocess

import netCDF4
import numpy as np
import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
EVIDENCE = """format = "coalis-evidence"
version = 2
[sources.poll]
title = "Poll of the members, December 2025 (invented)"
[[item]]
id = "poll, question 1"
source = "poll"
use = "calibrate"
measures = "meetings_attended"
categories = ["10 or more", "6-9", "3-5", "1-2", "never"]
counts = [2, 5, 9, 14, 10]
n = 40
[[item]]
id = "poll, question 2"
source = "poll"
use = "calibrate"
measures = "leadership_rating"
lowest = "very poor"
categories = ["excellent", "very good", "good", "fair", "poor", "bad", "very poor"]
counts = [1, 4, 9, 12, 8, 4, 2]
n = 40
[[item]]
id = "poll, question 3"
source = "poll"
use = "validate"
measures = "trained"
last_months = 12
categories = ["no", "once", "twice or more"]
counts = [22, 11, 5]
n = 38
"""
CALIBRATION = """format = "calibration"
version = 1
name = "our coalition"
scenario = "our.toml"
[sampler]
draws = 60
prior_runs = 1200
least_acceptance = 0.02
most_generations = 3
[[parameters]]
path = "kinds.meeting.base"
normal = [0, 1.5]
source = "assumption"
[[parameters]]
path = "parameters.leadership_0"
uniform = [0.2, 0.9]
source = "assumption"
"""
COUNTIES = [("Adams", 0.4), ("Brown", 0.3), ("Clay", 0.2), ("Dane", 0.1)]


def call(folder, *arguments, status=0):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, cwd=folder, timeout=300)
    assert done.returncode == status, done.stdout + done.stderr
    return done


def one_line(text):
    return " ".join(text.split())


def plain(page):
    text = re.sub(r"<[^>]+>", " ", page)
    for escape, sign in (("&#39;", "'"), ("&quot;", '"'), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(escape, sign)
    return re.sub(r"\s+", " ", text)


def write_scenario(folder):
    call(folder, "new", "Our counties", "-o", "our.toml")
    text = (folder / "our.toml").read_text()
    text = re.sub(r"(?m)^members = .*$", "members = { nonprofit = 56, public = 20, for_profit = 4 }", text)
    text = re.sub(r"(?m)^nonmembers = .*$", "nonmembers = 0", text)
    text = re.sub(r"(?m)^months = .*$", "months = 24", text)
    regions = "".join(f'[[regions]]\nname = "{name}"\nshare = {share}\n' for name, share in COUNTIES)
    hours = "[travel]\nhours = [[0.5, 1, 1, 2], [1, 0.5, 1, 1], [1, 1, 0.5, 1], [2, 1, 1, 0.5]]\n"
    text = re.sub(r"(?ms)^\[\[regions\]\].*?(?=^\[\[roles\]\])", regions + hours, text)
    text = re.sub(r"(?m)^seat = \S+", 'seat = "Adams"', text)
    text = re.sub(r"(?m)^serves = \[[^\]]*\]", 'serves = ["Adams", "Brown", "Clay", "Dane"]', text)
    text = re.sub(r"(?m)^fte = \S+", "fte = 0.5", text)
    text = re.sub(r"(?m)^name = ", 'evidence = "our-evidence.toml"\nname = ', text, count=1)
    (folder / "our.toml").write_text(text)
    (folder / "full-time.toml").write_text('format = "scenario"\nversion = 1\ninclude = "our.toml"\nname = "Full-time coordinator"\n'
                                           + re.search(r"(?ms)^\[\[hubs\]\].*?(?=^\[(?!\[hubs))", text).group(0).replace("fte = 0.5", "fte = 1.0"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own")
    write_scenario(folder)
    (folder / "our-evidence.toml").write_text(EVIDENCE)
    (folder / "our-calibration.toml").write_text(CALIBRATION)
    call(folder, "check", "our.toml", "full-time.toml")
    calibrate = ("calibrate", "our-calibration.toml", "-o", "our.csv", "--quiet")
    (folder / "calibrated.txt").write_text(call(folder, *calibrate).stdout)
    (folder / "checked.txt").write_text(call(folder, *calibrate, "--check", "--table", 0).stdout)
    common = ("compare", "our.toml", "full-time.toml", "--replicates", 120, "--quiet", "--outcomes", "engaged")
    (folder / "before.txt").write_text(one_line(call(folder, *common, "-o", "before.h5").stdout))
    (folder / "after.txt").write_text(one_line(call(folder, *common, "--parameters", "our.csv", "-o", "after.h5").stdout))
    (folder / "after.json").write_text(call(folder, *common, "--parameters", "our.csv", "--json").stdout)
    return folder


def test_before_the_fit_nothing_is_said_to_be_fitted(folder):
    said = (folder / "before.txt").read_text()
    assert "low confidence; not fitted to this coalition: the parameters are those of Illinois." in said
    assert "was fitted to" not in said and "medium" not in said
    assert "Uncertainty included: chance alone; not included: uncertain parameters" in said
    call(folder, "report", "before.h5", "-o", "before.html", "--force")
    page = plain((folder / "before.html").read_text())
    assert "not fitted to this coalition: the parameters are those of Illinois" in page
    assert "was fitted to" not in page and "Ranges over runs are chance alone" in page
    assert "No item was seen by a fit" in page
    run = call(folder, "run", "our.toml", "--replicates", 20, "--no-file", "--quiet").stdout
    assert "not fitted to this coalition" in one_line(run)


def test_the_survey_is_counted_in_the_bins_of_the_poll(folder):
    run = call(folder, "run", "our.toml", "--replicates", 20, "--no-file", "--quiet").stdout
    block = run[run.index("poll, question 1 (meetings attended)"):]
    rows = [line.split("  ")[2] for line in block.splitlines()[1:6]]
    assert rows == ["never", "1-2", "3-5", "6-9", "10 or more"]
    assert re.search(r"never .* 25 % \(10 of 40\)", block) and re.search(r"10 or more .* 5 % \(2 of 40\)", block)
    assert "poll, question 2 (leadership as rated)" in run and re.search(r"very poor .* 5 % \(2 of 40\)", run)
    assert "poll, question 3 (trained), last 12 months" in run and re.search(r"twice or more .* 13 % \(5 of 38\)", run)


def test_the_headline_is_made_of_the_posterior(folder):
    answer = json.loads((folder / "after.json").read_text())
    engaged = answer["differences"]["B"]["engaged"]
    with netCDF4.Dataset(folder / "after.h5") as data:
        outcomes = data["outcomes/engaged"][:].filled(np.nan)
        chosen, weight = data["parameters/set_of_replicate"][:], data["parameters/weight"][:]
    difference = outcomes[:, 1] - outcomes[:, 0]
    assert engaged["difference"] == pytest.approx(difference.mean(), abs=1e-12)
    # The mean over sets, each by how often it was drawn, which is what its weight says.
    sets = {s: difference[chosen == s].mean() for s in set(chosen)}
    drawn = {s: (chosen == s).sum() / len(chosen) for s in sets}
    assert engaged["difference"] == pytest.approx(sum(drawn[s] * sets[s] for s in sets), abs=1e-12)
    for s, share in drawn.items():
        assert abs(share - weight[s] / weight.sum()) < 2 / len(chosen)
    assert engaged["range80"] == pytest.approx(list(np.quantile(difference, [.1, .9])), abs=1e-12)
    assert answer["variance"][0]["variances"]["B"]["engaged"]["difference"] == pytest.approx(engaged["difference"], abs=1e-12)
    assert answer["parameters"]["sets"] == 60 and answer["parameters"]["set_of_replicate"] == list(chosen)
    own = call(folder, "compare", "our.toml", "full-time.toml", "--replicates", 120, "--quiet", "--json").stdout
    assert json.loads(own)["differences"]["B"]["engaged"]["difference"] != engaged["difference"]


def test_after_the_fit_the_sentences_say_what_was_fitted(folder):
    said, sets = (folder / "after.txt").read_text(), json.loads((folder / "after.json").read_text())["parameters"]["sets_used"]
    assert f"Uncertainty included: chance and uncertain parameters ({sets} sets) alone; not included: other structures" in said
    assert "low confidence; the model was fitted to 2 items of our-evidence.toml about this coalition" in said
    assert "not fitted" not in said and "medium" not in said
    fitted = json.loads((folder / "after.json").read_text())["scenarios"][1]["fitted"]
    assert fitted["to_this_coalition"] and fitted["items"] == ["poll, question 1", "poll, question 2"]
    study = one_line(call(folder, "run", "our.toml", "--parameters", "our.csv", "--replicates", 20, "--quiet").stdout)
    assert "fitted to 2 items of our-evidence.toml about this coalition" in study


def test_the_page_says_the_same(folder):
    call(folder, "report", "after.h5", "-o", "after.html", "--force", "--fit", "our.check.json")
    page = plain((folder / "after.html").read_text())
    for meaning in ("Of noise: what chance alone would add to parameters if sets did not share it",
                    "Structures that are not fitted are never averaged with fitted ones."):  # of the columns of a table
        assert page.count(meaning) == 1
        page = page.replace(meaning, "")
    assert "Ranges over runs are chance and parameter sets together" in page and "chance alone" not in page
    assert "fitted to 2 items of our-evidence.toml about this coalition" in page and "not fitted" not in page
    first = (folder / "after.txt").read_text()
    assert re.search(r"After 24 months .*?; 8 in 10 runs: .*?\.(?= )", first)[0] in page
    assert re.search(r"poll, question 1 \(meetings attended\) never 25 % \(10 of 40\) \S+ % \([^)]*\) yes", page)
    assert re.search(r"poll, question 3 \(trained\), last 12 months no 58 % \(22 of 38\) \S+ % \([^)]*\) no", page)
    check = json.loads((folder / "our.check.json").read_text())
    assert check["verdict"] in page and all(sentence in page for sentence in check["not_explained"])


def test_a_check_of_other_parameters_is_refused(folder):
    done = call(folder, "report", "before.h5", "-o", "other.html", "--fit", "our.check.json", status=2)
    assert "was made with the scenarios' own parameters" in done.stderr and "--parameters our.csv" in done.stderr
    assert not (folder / "other.html").exists()


def test_another_coalition_does_not_inherit_the_fit(folder):
    said = call(folder, "compare", "our.toml", "full-time.toml", "--set", "organisations.members.nonprofit=57", "--parameters", "our.csv",
                "--replicates", 4, "--quiet", "--outcomes", "engaged").stdout
    assert "not fitted to this coalition: the parameters of our.csv were fitted to our.toml (Our counties)" in one_line(said)
    said = call(folder, "compare", "our.toml", "full-time.toml", "--set", "parameters.tie_prob=0.3", "--parameters", "our.csv",
                "--replicates", 4, "--quiet", "--outcomes", "engaged").stdout
    assert "not fitted as it is: our.csv was fitted together with other values" in one_line(said)


def answered(folder, *change):
    return one_line(call(folder, "compare", "our.toml", "full-time.toml", *change, "--parameters", "our.csv", "--replicates", 4, "--quiet",
                         "--outcomes", "engaged", "-o", "changed.h5", "--force").stdout)


@pytest.mark.parametrize("change", ["environment.support=0.1", "environment.scarcity=0.9", "organisations.nonmembers=25"])
def test_another_world_does_not_either(folder, change):
    said = answered(folder, "--set", change)
    assert f"not fitted as it is: {change.split('=')[0]} differs from what our.csv was fitted with" in said, said
    assert "about this coalition" not in said
    call(folder, "report", "changed.h5", "-o", "changed.html", "--force")
    page = plain((folder / "changed.html").read_text())
    assert page.count("from what our.csv was fitted with") >= 3 and "about this coalition" not in page
    # The fit has seen the items all the same: agreement is no test.
    assert "No item was seen by a fit" not in page and "No fit stands behind these scenarios as they are: " in page
    assert re.search(r"poll, question 1 \(meetings attended\) never 25 % \(10 of 40\) \S+ % \([^)]*\) yes, under other values", page)
    assert not re.search(r"% \([^)]*\) yes(?!, under)", page)


def test_further_in_time_it_does(folder):
    start = int(json.loads(call(folder, "run", "our.toml", "--replicates", 1, "--json", "--quiet").stdout)["start"][:4])
    then = f"December {start + 1}"
    said = answered(folder, "--set", "calendar.months=36", "--set", f'survey.month="{start + 1}-12"')
    assert f"about this coalition (asked in {then}; what comes after {then} is extrapolated)" in said and "not fitted" not in said
    call(folder, "report", "changed.h5", "-o", "changed.html", "--force")
    assert re.search(r"never 25 % \(10 of 40\) \S+ % \([^)]*\) yes(?!, under)", plain((folder / "changed.html").read_text()))


def test_other_figures_are_not_those_of_the_fit(folder):
    """New counts after the fit: its check is refused, and the page says that the fit has seen others."""
    (folder / "new").mkdir()
    for name in ("our.toml", "full-time.toml", "our.csv", "our.check.json", "our-calibration.toml"):
        (folder / "new" / name).write_text((folder / name).read_text())
    (folder / "new" / "our-evidence.toml").write_text(EVIDENCE.replace("[2, 5, 9, 14, 10]", "[2, 5, 9, 10, 14]"))
    done = call(folder / "new", "calibrate", "our-calibration.toml", "-o", "our.csv", "--check", "--table", 0, status=2)
    assert "our.csv: was fitted to other figures of 'poll, question 1'" in done.stderr and "calibrate again" in done.stderr, done.stderr
    call(folder / "new", "compare", "our.toml", "full-time.toml", "--parameters", "our.csv", "--replicates", 4, "--quiet", "-o", "c.h5")
    call(folder / "new", "report", "c.h5", "-o", "c.html", "--fit", "our.check.json")
    page = plain((folder / "new" / "c.html").read_text())
    assert "the evidence gives other figures than the fit has seen" in page and "from the survey that our.csv was fitted to" in page
    assert re.search(r"never 35 % \(14 of 40\) \S+ % \([^)]*\) no", page)


def test_a_policy_does(folder):
    for change in ("hubs.Capital.authority=0.5", "levers.information=2", "costs.fte=90000"):
        assert "the model was fitted to 2 items of our-evidence.toml about this coalition" in answered(folder, "--set", change), change
    (folder / "shock.toml").write_text('format = "scenario"\nversion = 2\ninclude = "our.toml"\nname = "Shock"\n[[interventions]]\n'
                                       'set = "environment.scarcity"\nvalue = 0.9\nramp = 3\n')
    said = one_line(call(folder, "compare", "our.toml", "shock.toml", "--parameters", "our.csv", "--replicates", 4, "--quiet").stdout)
    assert "B is not fitted as it is: environment.scarcity differs from what our.csv was fitted with" in said


def test_how_much_the_answers_count_is_said_everywhere_alike(folder):
    check = json.loads((folder / "our.check.json").read_text())
    effects = {item["id"]: item["design_effect"] for item in check["items"] if item["use"] == "calibrate"}
    calibrated, checked = one_line((folder / "calibrated.txt").read_text()), one_line((folder / "checked.txt").read_text())
    said = re.search(r"How much answers count: .*?divided by its design effect, as it is before the fit: .*?\)\.", calibrated)[0]
    for item, effect in effects.items():
        assert re.search(re.escape(item) + rf" by {effect:.1f} \(its 40 answers count as about {min(40, max(1, round(40 / effect)))}\)", said), (said, effects)
    assert said in checked
    call(folder, "report", "our.check.json", "-o", "fit.html", "--force")
    call(folder, "report", "after.h5", "-o", "after.html", "--force", "--fit", "our.check.json")
    assert said in plain((folder / "fit.html").read_text()) and said in plain((folder / "after.html").read_text())
    runs = int(re.search(r"from (\d+) runs", calibrated)[1])
    given_up = re.search(r"from \d+ runs: (\d+) of the generations below, and (\d+) of one that was given up", calibrated)
    below = sum(map(int, re.findall(r"^ +\d+ +\d+\.\d+ +(\d+) +\d+\.\d+ +\d+ *$", (folder / "calibrated.txt").read_text(), re.M)))
    assert runs == below + (int(given_up[2]) if given_up else 0) and (not given_up or int(given_up[1]) == below)
