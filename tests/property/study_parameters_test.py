"""Studies with --parameters: which set each replicate has, that nothing else changes, what is refused, what the answer owes to what."""

import csv
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import time

import h5py
import numpy as np
import pytest
import xarray

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from study_files import kept  # noqa: E402

PROGRAM = os.environ["COALIS_PROGRAM"]
SOURCE = pathlib.Path(__file__).resolve().parents[2]
ILLINOIS = SOURCE / "scenarios" / "illinois.toml"

STUDY = """format = "study"
version = 1
name = "test"
question = "What is due to parameters?"
scenarios = ["{scenario}"]
replicates = {replicates}
seed = 7
outcomes = ["engaged"]
batch = 5
[design]
kind = "full_factorial"
[[factors]]
name = "staff"
path = "hubs.Chicago.fte"
values = [0.35, 1.0]
[[factors]]
name = "world"
settings = [{{ name = "as it is", set = [] }}, {{ name = "no ties", set = ["parameters.tie_prob=0"] }}]
[answer]
text = "A full post makes a difference of {{post}} in the share engaged; the level is {{level}}."
[[answer.figures]]
name = "post"
figure = "difference"
outcome = "engaged"
at = {{ staff = 1.0 }}
from = {{ staff = 0.35 }}
percent = true
[[answer.figures]]
name = "level"
figure = "level"
outcome = "engaged"
at = {{ staff = 0.35, world = "as it is" }}
"""
SETS = """# sets
weight,seed,structure.engagement,series.meetings.per_year,parameters.tie_prob,parameters.beta_leadership,kinds.meeting.base
1,5,mixture,3,0.05,1.0,0.5
0,5,mixture,3,0.99,9.0,3
2,6,mixture,2,0.15,3.5,0.7
1,6,mixture,2,0.3,6.0,-0.5
"""
NAMES = ["parameters.tie_prob", "parameters.beta_leadership", "kinds.meeting.base"]


def coalis(*arguments, **options):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=300, **options)


def study(folder, replicates=16, text=STUDY, sets=SETS):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sets.csv").write_text(sets)
    path = folder / "s.toml"
    path.write_text(text.format(scenario=ILLINOIS, replicates=replicates))
    return path


def run(path, *more, threads=2, parameters=("sets.csv",)):
    options = [word for name in parameters for word in ("--parameters", name)]
    return coalis("study", "run", path.name, *options, "--threads", threads, "--quiet", *more, cwd=path.parent)


def answer(path, *more, parameters=("sets.csv",)):
    options = [word for name in parameters for word in ("--parameters", name)]
    said = coalis("study", "answer", path.name, *options, *more, cwd=path.parent)
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout) if "--json" in more else said.stdout


def result(path):
    return path.parent / "s.sets.h5"


def contents(path):
    """Everything in the file but /provenance."""
    found = {}

    def note(name, item):
        if name.startswith("provenance"):
            return
        found[name] = {key: str(value) for key, value in item.attrs.items() if "LIST" not in key}
        if isinstance(item, h5py.Dataset):
            found[name]["values"] = item[()].tobytes() if item.dtype.kind in "iuf" else [str(x) for x in np.ravel(item[()])]

    with h5py.File(path) as file:
        found["/"] = {key: str(value) for key, value in file.attrs.items()}
        file.visititems(note)
    return found


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    path = study(tmp_path_factory.mktemp("whole"))
    done = run(path)
    assert done.returncode == 0, done.stderr
    return path


def sets_of(path):
    with h5py.File(result(path)) as file:
        return file["parameters/sets/set_of_replicate"][()]


def test_every_replicate_has_the_set_that_the_file_says(whole):
    drawn = sets_of(whole)
    assert (drawn[0::2] == drawn[1::2]).all()  # two replicates share a set
    counts = np.bincount(drawn, minlength=4)
    assert counts.tolist() == [4, 0, 8, 4]  # by weight, and never the one without
    rows = [row for row in csv.reader(SETS.splitlines()) if not row[0].startswith("#")]
    with h5py.File(result(whole)) as file:
        hashes = file["runs/hash"][()]
        for column in NAMES:
            assert file["parameters/sets"][column][()].tolist() == [float(row[rows[0].index(column)]) for row in rows[1:]]
        assert file["parameters/sets/line"][()].tolist() == [3, 4, 5, 6]
        assert file["parameters/sets/weight"][()].tolist() == [1, 0, 2, 1]
        sha1 = hashlib.sha1((whole.parent / "sets.csv").read_bytes()).hexdigest()
        assert file["parameters/sets"].attrs["sha1"].decode() == sha1
    for number in set(drawn.tolist()):
        values = dict(zip(rows[0], rows[number + 1]))
        for point, (staff, ties) in enumerate([(0.35, None), (0.35, "0"), (1, None), (1, "0")]):
            sets = {name: values[name] for name in NAMES} | {"hubs.Chicago.fte": staff}
            if ties:  # settings go before the sets
                sets["parameters.tie_prob"] = ties
            words = [word for name, value in sets.items() for word in ("--set", f"{name}={value}")]
            out = whole.parent / f"{number}-{point}.h5"
            done = coalis("run", ILLINOIS, "-o", out, "--replicates", 16, "--seed", 7, "--record", "outcomes", "--quiet", *words)
            assert done.returncode == 0, done.stderr
            with h5py.File(out) as file:
                alone = file["replicates/hash"][()]
            assert (hashes[point][drawn == number] == alone[drawn == number]).all()


def test_result_opens_with_xarray(whole):
    with xarray.open_dataset(result(whole), group="parameters/sets", engine="netcdf4") as data:
        assert dict(data.sizes) == {"set": 4, "replicate": 16}
        assert data["parameters.tie_prob"].values[data.set_of_replicate.values[0]] in (0.05, 0.15, 0.3)
    with xarray.open_dataset(result(whole), group="answer", engine="netcdf4") as data:
        assert list(data.figure.values) == ["post", "level"] and list(data.outcome.values) == ["engaged"] * 2
    with xarray.open_dataset(result(whole), group="design", engine="netcdf4") as data:
        assert list(data.parameter_file.values) == ["sets.csv"] * 4


def test_same_bytes_for_threads_and_after_kills(whole, tmp_path):
    expected = contents(result(whole))
    for threads in (1, 3):
        path = study(tmp_path / str(threads))
        assert run(path, threads=threads).returncode == 0
        assert contents(result(path)) == expected
    path = study(tmp_path / "killed", replicates=2000)
    for pause in (0.15, 0.3, 0.4):
        process = subprocess.Popen([PROGRAM, "study", "run", path.name, "--parameters", "sets.csv", "--threads", "2", "--quiet"],
                                   cwd=path.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(pause)
        process.kill()
        process.wait()
    study(tmp_path / "killed")
    done = run(path)
    assert done.returncode == 0, done.stderr
    assert contents(result(path)) == expected


@pytest.mark.parametrize("first", [5, 8])
def test_extension_keeps_the_sets_and_the_runs(whole, tmp_path, first):
    path = study(tmp_path, replicates=first)
    assert run(path).returncode == 0
    before = sets_of(path)
    with h5py.File(result(path)) as file:
        hashes = file["runs/hash"][()]
    done = coalis("study", "extend", path.name, "--parameters", "sets.csv", "--replicates", 16, "--quiet", cwd=path.parent)
    assert done.returncode == 0, done.stderr
    assert (sets_of(path)[:first] == before).all()
    with h5py.File(result(path)) as file:
        assert (file["runs/hash"][()][:, :first] == hashes).all()
    assert kept(tmp_path / "s.sets.toml") == 64  # nothing was done twice
    assert contents(result(path)) == contents(result(whole))


def test_a_set_of_the_scenarios_own_values_changes_nothing(tmp_path):
    values = {entry["path"]: entry["value"] for entry in json.loads(coalis("explain", ILLINOIS, "--json").stdout)}
    sets = ",".join(NAMES) + "\n" + ",".join(repr(values[name]) for name in NAMES) + "\n"
    path = study(tmp_path, sets=sets)
    assert run(path).returncode == 0
    assert run(path, parameters=()).returncode == 0
    with h5py.File(result(path)) as with_sets, h5py.File(tmp_path / "s.h5") as without:
        assert (with_sets["runs/hash"][()] == without["runs/hash"][()]).all()
        for name in without["outcomes"]:
            assert with_sets["outcomes"][name][()].tobytes() == without["outcomes"][name][()].tobytes()
        assert "parameters" not in without and "answer" not in without
    one, other = (answer(path, "--json", parameters=p) for p in (("sets.csv",), ()))
    assert one["figures"] == other["figures"] and one["answer"] == other["answer"] and one["spread"] is None


def analysis_of_variance(values, together=2):
    """One-way, random effects, of whole draws."""
    draws = values.reshape(-1, together)
    inside = ((draws - draws.mean(axis=1, keepdims=True)) ** 2).sum() / (draws.shape[0] * (together - 1))
    between = together * draws.mean(axis=1).var(ddof=1)
    return inside, (between - inside) / together


def test_the_answer_tells_parameters_and_chance_apart(whole):
    said = answer(whole, "--json")
    with h5py.File(result(whole)) as file:
        engaged = file["outcomes/engaged"][()]
        kept = {name: file["answer"][name][()] for name in ("mean", "se", "chance", "parameters", "share", "share_low", "share_high")}
    differences = engaged[2:].mean(axis=0) - engaged[:2].mean(axis=0)
    for number, values in enumerate([differences, engaged[0]]):
        chance, parameters = analysis_of_variance(values)
        figure = said["figures"][number]
        assert figure["variance"]["chance"] == pytest.approx(chance)
        assert figure["variance"]["parameters"] == pytest.approx(max(0, parameters), abs=1e-15)
        assert figure["variance"]["share"] == pytest.approx(max(0, parameters) / (max(0, parameters) + chance), abs=1e-12)
        assert figure["se"] == pytest.approx(values.reshape(-1, 2).mean(axis=1).std(ddof=1) / np.sqrt(8))
        for name, value in [("chance", chance), ("mean", values.mean()), ("se", figure["se"])]:
            assert kept[name][0][number] == pytest.approx(value)
        assert 0 <= kept["share_low"][0][number] <= kept["share"][0][number] <= kept["share_high"][0][number] <= 1
    text = " ".join(answer(whole).split())
    assert "luck and parameters (3 of the 4 sets of sets.csv in 8 draws by weight, 2 runs each)" in text
    assert "the share of their variance that is parameters is" in text
    assert "Settings of factors go before the parameter sets: parameters.tie_prob by 'world'." in text
    assert "sets.csv: series.meetings.per_year left to the scenarios" in text
    assert said["parameters"][0]["sets_drawn"] == 3


def test_page_status_plan_and_export(whole, tmp_path):
    words = ["--parameters", "sets.csv"]
    page = tmp_path / "page.html"
    done = coalis("report", whole.name, *words, "-o", page, cwd=whole.parent)
    assert done.returncode == 0, done.stderr
    text = page.read_text()
    assert "What single runs differ by: parameters or luck" in text and "SHA-1 of sets.csv" in text
    assert "coalis study run &#39;s.toml&#39; --parameters &#39;sets.csv&#39;" in text or "coalis study run 's.toml' --parameters 'sets.csv'" in text
    state = json.loads(coalis("study", "status", whole.name, *words, "--json", cwd=whole.parent).stdout)
    assert (state["done"], state["missing"]) == (64, 0) and state["parameters"][0]["file"] == "sets.csv"
    plan = json.loads(coalis("plan", whole.name, *words, "--json", cwd=whole.parent).stdout)
    assert plan["missing"] == 0
    assert json.loads(coalis("plan", whole.name, "--json", cwd=whole.parent).stdout)["missing"] == 64  # those without
    done = coalis("study", "export", whole.name, *words, "--csv", tmp_path / "tables", cwd=whole.parent)
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader((tmp_path / "tables" / "runs.csv").open()))
    drawn = sets_of(whole)
    assert len(rows) == 64
    for row in rows:
        assert row["parameter_file"] == "sets.csv" and int(row["parameter_line"]) == 3 + drawn[int(row["replicate"])]


def test_the_key_of_the_study_does_the_same(whole, tmp_path):
    path = study(tmp_path, text=STUDY.replace("batch = 5", 'batch = 5\nparameters = "sets.csv"'))
    assert run(path, parameters=()).returncode == 0
    with h5py.File(tmp_path / "s.h5") as one, h5py.File(result(whole)) as other:
        assert (one["runs/hash"][()] == other["runs/hash"][()]).all()
    (tmp_path / "other.csv").write_text(SETS.replace("6.0", "5.0"))
    assert run(path, parameters=("other.csv",)).returncode == 0  # goes before it, in a folder of its own
    assert (tmp_path / "s.other.runs").is_dir()


def test_a_file_that_changed_is_noticed_and_runs_are_never_mixed(tmp_path):
    path = study(tmp_path, replicates=4)
    assert run(path).returncode == 0
    kept = result(path).read_bytes()
    (tmp_path / "sets.csv").write_text(SETS.replace("6.0", "6.1"))
    for command in (["run", "--quiet"], ["status"], ["answer"], ["export", "--csv", tmp_path / "t"], ["extend", "--replicates", "8"]):
        done = coalis("study", command[0], path.name, "--parameters", "sets.csv", *command[1:], cwd=tmp_path)
        assert done.returncode == 3, (command, done)
        assert "its runs were made with the parameter sets of sets.csv (SHA-1 " in done.stderr
        assert "If the file has changed, put the one back that they were made with" in done.stderr
    assert "replicates = 4" in path.read_text()
    done = coalis("report", path.name, "--parameters", "sets.csv", "-o", "r.html", cwd=tmp_path)
    assert done.returncode == 3 and "runs are not mixed" in done.stderr
    assert result(path).read_bytes() == kept
    (tmp_path / "sets.csv").write_text(SETS)
    assert run(path).returncode == 0
    # The study's own runs: not with the key where there were none without.
    assert run(path, parameters=()).returncode == 0
    path.write_text(path.read_text().replace("batch = 5", 'batch = 5\nparameters = "sets.csv"'))
    done = run(path, parameters=())
    assert done.returncode == 3 and "were made without parameter sets, and are now asked for with the parameter sets of" in done.stderr


@pytest.mark.parametrize("change, says", [
    (("2,6,mixture,2,0.15,3.5,0.7", "2,6,mixture,2,0.15,3.5"), "sets.csv:5:1: error: 6 fields for 7 columns"),
    (("parameters.tie_prob", "parameters.tie_porb"), "tie_porb"),
    (("parameters.tie_prob", "hubs.Chicago.fte"), "column 'hubs.Chicago.fte' is no path of a parameter"),
    (("0.15,3.5", "1.5,3.5"), "sets.csv:5:1: error: "),
    (("0,5,mixture", "-1,5,mixture"), "weight '-1'"),
    (("2,6,mixture", "2,6,trait"), "sets.csv:5:1: error: was fitted under structure.engagement=trait"),
    (("mixture", "trait"), "no parameter sets were fitted under it: sets.csv (structure.engagement=trait)"),
    (("mixture", "mixtur"), "mixtur"),
    (("kinds.meeting.base", "kinds.meting.base"), "meting"),
])
def test_errors_name_their_place_before_the_first_run(tmp_path, change, says):
    path = study(tmp_path, sets=SETS.replace(*change))
    done = run(path)
    assert done.returncode == 2, done
    assert says in done.stderr
    assert not (tmp_path / "s.sets.runs").exists()


def test_a_factor_and_the_sets_cannot_both_set_a_key(tmp_path):
    path = study(tmp_path, text=STUDY.replace('path = "hubs.Chicago.fte"', "path = 'parameters.\"beta_leadership\"'").replace("1.0", "2.0"))
    done = run(path)
    assert done.returncode == 2
    assert "s.toml:14:8: error: the factor 'staff' sets parameters.\"beta_leadership\", and so do the parameter sets of sets.csv" in done.stderr
    done = run(path, parameters=("nowhere.csv",))
    assert done.returncode == 2 and "nowhere.csv: error: cannot be read" in done.stderr
    path.write_text(path.read_text().replace("batch = 5", 'parameters = ["nowhere.csv"]'))
    done = run(path, parameters=())
    assert done.returncode == 2 and "s.toml:9:15: error: there is no file of parameter sets" in done.stderr


def test_each_structure_has_the_sets_that_were_fitted_under_it(tmp_path):
    text = STUDY.replace("[answer]", '[[factors]]\nname = "engagement"\npath = "structure.engagement"\nswitch = true\n[answer]\nstructures = "engagement"')
    path = study(tmp_path, replicates=6, text=text)
    done = run(path)
    assert done.returncode == 2
    assert "has the structure 'trait, benefit_cost, bounded_confidence'" in done.stderr and "--parameters" in done.stderr
    for name in ("trait", "reinforcement"):
        (tmp_path / f"{name}.csv").write_text(SETS.replace("mixture", name).replace("6.0", "4.0"))
    files = ("reinforcement.csv", "sets.csv", "trait.csv")
    done = run(path, parameters=files)
    assert done.returncode == 0, done.stderr
    with xarray.open_dataset(tmp_path / "s.reinforcement+sets+trait.h5", group="design", engine="netcdf4") as data:
        own = {"mixture": "sets.csv", "trait": "trait.csv", "reinforcement": "reinforcement.csv"}
        assert [own[e] for e in data.engagement.values] == list(data.parameter_file.values)
    said = answer(path, "--json", parameters=files)
    assert {f["structure"] for f in said["figures"]} == {"mixture", "trait", "reinforcement"}
    assert all("variance" in f for f in said["figures"])
