"""The report on a comparison: one well-formed file without anything from elsewhere, whose numbers are those of the comparison file."""

import base64
import hashlib
import html.parser
import json
import os
import pathlib
import re
import subprocess

import numpy as np
import pytest
import xarray

SOURCE = pathlib.Path(__file__).resolve().parents[2]
A = SOURCE / "scenarios" / "illinois.toml"
B = SOURCE / "scenarios" / "illinois-three-hubs.toml"
C = SOURCE / "scenarios" / "illinois-full-time-leader.toml"
REPLICATES = 30


def run(*arguments, **environment):
    return subprocess.run([os.environ["COALIS_PROGRAM"], *map(str, arguments)], capture_output=True, text=True,
                          env={**os.environ, **environment})


def coalis(*arguments, **environment):
    done = run(*arguments, **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("report")


@pytest.fixture(scope="module")
def result(folder):
    answer = coalis("compare", A, B, C, "-o", folder / "three.h5", "--replicates", REPLICATES, "--structures", "trait", "--json")
    (folder / "answer.json").write_text(answer, encoding="utf-8")
    return folder / "three.h5"


@pytest.fixture(scope="module")
def page(result, folder):
    coalis("report", result, "-o", folder / "three.html")
    return (folder / "three.html").read_text(encoding="utf-8")


class Checker(html.parser.HTMLParser):
    """Every element that is opened is closed in order; collects tags, attributes, tables and text."""

    VOID = {"meta", "br", "hr", "link", "img", "input"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.ids, self.links, self.texts, self.tables = [], [], [], [], [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        for name, value in attributes:
            if name == "id":
                self.ids.append(value)
            if name in ("href", "src", "xlink:href", "srcset", "data", "action"):
                self.links.append(value)
            assert name != "style" and not name.startswith("on"), (tag, name)
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in ("td", "th"):
            self.tables[-1][-1].append("")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, tag

    def handle_data(self, data):
        if self.open and self.open[-1] in ("td", "th"):
            self.tables[-1][-1][-1] += data
        if self.open and self.open[-1] != "style":
            self.texts.append(data)


@pytest.fixture(scope="module")
def checked(page):
    checker = Checker()
    checker.feed(page)
    checker.close()
    assert checker.open == []
    return checker


def test_is_well_formed_and_takes_nothing_from_elsewhere(page, checked):
    assert len(checked.ids) == len(set(checked.ids))
    assert not {"script", "link", "img", "iframe", "object", "embed", "form", "base"} & set(checked.tags)
    assert all(link.startswith("#") and link[1:] in checked.ids for link in checked.links)
    assert "url(" not in page.replace("url(#", "") and "@import" not in page
    assert [name for name in re.findall(r"https?://[^\"' <]+", page) if name != "http://www.w3.org/2000/svg"] == []
    assert len(page.encode()) < 600_000


def test_policy_names_the_style_and_nothing_else(page):
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page).group(1)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL).group(1)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_equal_files_give_equal_bytes(result, folder, page):
    (folder / "again").mkdir()
    coalis("report", result, "-o", folder / "again" / "three.html")
    assert (folder / "again" / "three.html").read_text(encoding="utf-8") == page
    coalis("report", result, "-o", folder / "again" / "three.html", "--force", SOURCE_DATE_EPOCH="86400")
    dated = (folder / "again" / "three.html").read_text(encoding="utf-8")
    assert "2 January 1970" in dated and "2 January 1970" not in page


def spoken(value, decimals):
    size = abs(value)
    text = f"{size:,.0f}" if decimals == 0 and size >= 0.95 else f"{size:,.1f}"
    return "0" if text == "0.0" else text


def spoken_beside(value, matters, decimals):
    """With more digits where rounding would make it what matters: "2.7", not "3", beside "3 at most"."""
    text = border = spoken(matters, decimals)
    if spoken(value, decimals) != border or not matters > 0 or abs(abs(value) - matters) < 1e-6:
        return spoken(value, decimals)
    for digits in (1, 2, 3):
        if text == border and f"{abs(value):.{digits}f}" != f"{matters:.{digits}f}":
            text = f"{abs(value):.{digits}f}"
    return text


LESS_IS_BETTER = {"hours_per_goal", "never_attended", "regional_gap", "dormant", "withdrawn", "strife", "conflict", "network.components"}


def test_every_number_of_the_tables_is_that_of_the_file(result, folder, checked):
    answer = json.loads((folder / "answer.json").read_text(encoding="utf-8"))["differences"]
    clear = {label: {name: d["clear"] for name, d in answer[label].items()} for label in "BC"}
    with xarray.open_dataset(result, group="outcomes", engine="netcdf4") as data:
        data = data.load()
    table = max(checked.tables, key=len)
    assert table[0][:4] == ["Outcome", "A", "B", "C"]
    assert len(table) == 1 + len(data.data_vars)
    for row, (name, values) in zip(table[1:], data.data_vars.items()):
        scale = 100 if values.attrs["units"] == "1" else 1
        decimals = 1 if values.attrs["units"] in ("events", "h/year") else 0
        for column, label in enumerate("ABC", start=1):
            level = values.sel(scenario=label).dropna("replicate").values * scale
            numbers = re.findall(r"[\d.,]*\d", row[column])
            # Means have a digit more where whole numbers would not differ by what stands beside them.
            finer = len(numbers[0].partition(".")[2]) > decimals
            expected = [spoken(level.mean(), decimals + finer), *(spoken(x, decimals) for x in np.quantile(level, [.1, .9]))]
            assert numbers == (expected if len(numbers) == 3 else expected[:1]), (name, row)
        matters = values.attrs["difference_that_matters"]
        for column, label in ((4, "B"), (6, "C")):
            difference = (values.sel(scenario=label) - values.sel(scenario="A")).dropna("replicate").values
            if not difference.any():
                assert row[column:column + 2] == ["the same", "-"]
                continue
            of_levels = len(re.match(r"[\d,]*\.?(\d*)", row[1])[1])  # a difference and its levels have the same digits
            size = spoken_beside(difference.mean() * scale, matters * scale, max(decimals, of_levels))
            if size == "0":  # more digits where it is clear
                finer = [f"{abs(difference.mean() * scale):.{digits}f}" for digits in (2, 3)]
                size = next((text for text in finer if float(text) > 0), "under 0.001") if clear[label].get(name) else size
            assert row[column].startswith("no clear difference" if size == "0" else size + " "), (name, row)
            assert row[column].endswith(", not clear") or clear[label].get(name, True) or size == "0", (name, row)
            above, below = int((difference > matters).sum()), int((difference < -matters).sum())
            counts = list(map(int, re.findall(r"\d+", row[column + 1])))
            left_out = int(values.sizes["replicate"]) - len(difference)
            alike = len(difference) - above - below
            told = [below, alike, above] if name in LESS_IS_BETTER else [above, alike, below]  # better is said first
            assert counts == told + [left_out] * (left_out > 0), (name, row)


def test_the_answer_is_that_of_compare(result, folder, checked):
    answer = json.loads((folder / "answer.json").read_text(encoding="utf-8"))
    text = " ".join("".join(checked.texts).split())
    for label in "BC":
        for sentence in re.split(r"(?<=\.) (?=[A-Z])", answer["differences"][label]["engaged"]["sentences"]):
            assert sentence in text


def test_engaged_is_defined_once(checked):
    text = " ".join("".join(checked.texts).split())
    assert text.count("attended any event in the last 12 months") == 1


def test_structures_and_what_equal_budget_did_are_told(folder):
    coalis("compare", A, B, "--equal-budget", "fte", "-o", folder / "budget.h5", "--replicates", 3)
    coalis("report", folder / "budget.h5", "-o", folder / "budget.html")
    text = html.unescape((folder / "budget.html").read_text(encoding="utf-8"))
    assert 'B was changed to the cost of A: "Paid coordination, full-time equivalents (Chicago)" 0.35 to 0.1098' in text
    assert "Not examined." in text


SETS = """weight,structure.engagement,parameters.tie_prob,parameters.beta_leadership
1,mixture,0.05,0.5
2,mixture,0.15,3.5
1,mixture,0.3,7.0
"""


def test_luck_parameters_and_rules_are_told_apart(folder):
    (folder / "sets.csv").write_text(SETS)
    answer = json.loads(coalis("compare", A, C, "-o", folder / "sets.h5", "--replicates", 20, "--structures", "decision",
                               "--parameters", folder / "sets.csv", "--outcomes", "engaged", "--json"))
    with xarray.open_dataset(folder / "sets.h5", group="variance", engine="netcdf4") as data:
        kept = data.load()
    # Sets that do not say what they were fitted to: none of the structures is calibrated with them.
    assert [v["calibration"] for v in answer["variance"]] == list(kept.calibration.values) == ["not calibrated"]
    for said in answer["variance"]:
        one = kept.sel(calibration=said["calibration"])
        assert (int(one.parameter_sets), int(one.structures)) == (3, said["structures"])
        parts = said["variances"]["B"]["engaged"]
        values = one.engaged.sel(scenario="B")
        low, high = parts["sets80"]
        for told, part in [(parts["difference"], "mean"), (parts["chance"], "chance"), (parts["parameters"], "parameters"),
                           (parts["structure"], "structure"), (parts["parameter_noise"], "parameter_noise"),
                           (parts["sets_same_sign"], "sets_same_sign"), (low, "sets_low"), (high, "sets_high")]:
            assert (told is None) == bool(np.isnan(values.sel(part=part))), part
            if told is not None:
                assert float(values.sel(part=part)) == pytest.approx(told, rel=1e-12)


def test_parts_of_parameter_sets_are_those_of_every_set_by_itself(folder):
    (folder / "sets.csv").write_text(SETS)
    replicates = 200
    answer = json.loads(coalis("compare", A, C, "-o", folder / "own.h5", "--replicates", replicates, "--parameters",
                               folder / "sets.csv", "--outcomes", "engaged", "--json"))
    own = answer["variance"][0]["variances"]["B"]["engaged"]
    alone = []
    for line in SETS.splitlines()[1:]:
        _, _, ties, leadership = line.split(",")
        file = folder / f"alone-{ties}.h5"
        coalis("compare", A, C, "-o", file, "--replicates", replicates, "--outcomes", "engaged", "--set",
               f"parameters.tie_prob={ties}", "--set", f"parameters.beta_leadership={leadership}")
        with xarray.open_dataset(file, group="outcomes", engine="netcdf4") as data:
            alone.append((data.engaged.sel(scenario="B") - data.engaged.sel(scenario="A")).values.astype(float))
    alone = np.array(alone)
    chosen = answer["parameters"]["set_of_replicate"]
    assert list(np.bincount(chosen)) == [50, 100, 50]
    assert own["difference"] == pytest.approx(alone[chosen, np.arange(replicates)].mean(), abs=1e-6)
    # The others are estimates, of two runs a replicate here and of all sets there: equal within their errors.
    weights, means = np.array([.25, .5, .25]), alone.mean(axis=1)
    mean = (weights * means).sum()
    assert own["chance"] == pytest.approx((weights * alone.var(axis=1, ddof=1)).sum(), rel=0.25)
    assert own["parameters"] == pytest.approx((weights * (means - mean) ** 2).sum(), abs=own["parameter_noise"])
    assert own["parameters"] > own["parameter_noise"] > 0
    assert own["sets80"] == pytest.approx([means.min(), means.max()], abs=0.02)
    assert own["sets_same_sign"] == 1 and (means > 0).all()
    coalis("report", folder / "own.h5", "-o", folder / "own.html")
    checker = Checker()
    checker.feed((folder / "own.html").read_text(encoding="utf-8"))
    text = " ".join("".join(checker.texts).split())
    assert "Luck, parameters and rules" in text
    assert text.count("Parameters: over 3 sets of them the average difference that B makes is") == 2  # for deciders, in its section
    assert f"{100 * own['sets_same_sign']:.0f} % of the weight agree on the direction" in text
    share = own["parameters"] / (own["parameters"] + own["chance"])
    assert f"({100 * share:.0f} %)" in text and "not examined" in text


def test_without_sets_and_structures_there_is_no_such_section(checked):
    text = " ".join("".join(checked.texts).split())
    assert "Luck, parameters and rules" not in text and "sets of them" not in text


def test_equal_scenarios_are_the_same(folder):
    coalis("compare", A, A, "-o", folder / "same.h5", "--replicates", 3)
    said = coalis("report", folder / "same.h5", "-o", folder / "same.html")
    assert "are the same in every run" in " ".join(said.split())  # on lines of the window's width


def test_text_of_scenarios_cannot_become_markup(folder):
    name = 'name="<script>alert(1)</script> & \\"B\\""'
    coalis("compare", A, B, "--set", name, "-o", folder / "evil.h5", "--replicates", 3)
    coalis("report", folder / "evil.h5", "-o", folder / "evil.html", "--question", "<b>?")
    text = (folder / "evil.html").read_text(encoding="utf-8")
    assert "<script" not in text and "<b>" not in text and "&lt;script&gt;" in text


@pytest.mark.parametrize("arguments, code, message", [
    (["{folder}/none.h5", "-o", "{folder}/x.html"], 3, "there is no such file"),
    (["{folder}/run.h5", "-o", "{folder}/x.html"], 3, "comparison files are written by `coalis compare -o`"),
    (["{folder}/three.h5", "-o", "{folder}/three.html"], 3, "exists"),
    (["{folder}/three.h5", "-o", "{folder}/none/x.html"], 3, "none"),
    (["{folder}/three.h5", "-o", "{folder}/x.html", "--on", "engagement"], 2, "no such outcome"),
    (["{folder}/three.h5", "-o", "{folder}/x.html", "--pdf"], 3, "there is no Chromium on PATH"),
])
def test_bad_input(page, folder, arguments, code, message):
    if not (folder / "run.h5").exists():
        coalis("run", A, "-o", folder / "run.h5", "--replicates", 2, "--quiet")
    done = run("report", *[a.format(folder=folder) for a in arguments], PATH=str(folder))
    assert done.returncode == code and message in done.stderr, done.stderr
    assert not (folder / "x.html").exists()


def test_a_study_is_reported_with_its_question_answer_and_points(folder):
    study = folder / "study.toml"
    study.write_text(f"""format = "study"
version = 1
name = "Leader"
question = "Does <staff time> matter?"
scenarios = ["{A}"]
replicates = 3
outcomes = ["engaged", "planned_cost"]
[design]
kind = "full_factorial"
[[factors]]
path = "hubs.Chicago.fte"
values = [0.35, 1.0]
""", encoding="utf-8")
    assert "coalis study run" in run("report", study, "-o", folder / "study.html").stderr
    coalis("study", "run", study, "--quiet")
    coalis("report", study, "-o", folder / "study.html")
    text = (folder / "study.html").read_text(encoding="utf-8")
    checker = Checker()
    checker.feed(text)
    assert checker.open == [] and "Does &lt;staff time&gt; matter?" in text
    assert text.count("<svg") == 2  # dose and response, frontier
    with xarray.open_dataset(folder / "study.h5", group="outcomes", engine="netcdf4") as data:
        engaged = data.engaged.load().values * 100
    points = next(t for t in checker.tables if t[0][0] == "Point")
    for row, values in zip(points[1:], engaged):
        expected = [spoken(x, 0) for x in (values.mean(), *np.quantile(values, [.1, .9]))]
        assert re.findall(r"[\d.,]*\d", row[1]) == expected, row


def test_fit_is_on_the_page_where_it_is_named(folder, result):
    check = SOURCE / "scenarios" / "posterior" / "mixture.check.json"
    page = folder / "fit.html"
    refused = run("report", result, "-o", page, "--fit", check)
    assert refused.returncode == 2 and "--parameters mixture.csv" in refused.stderr and not page.exists()
    with_sets = folder / "sets-of-the-fit.h5"
    coalis("compare", A, B, "-o", with_sets, "--replicates", "20", "--parameters", check.with_name("mixture.csv"), "--quiet")
    coalis("report", with_sets, "-o", page, "--fit", check)
    text = re.sub(r"\s+", " ", page.read_text(encoding="utf-8"))
    fit = json.loads(check.read_text(encoding="utf-8"))
    assert f"lie {fit['distance']:.1f} from the survey" in text and f"p = {fit['p']:.3f}" in text
    assert "checks-title" in text and "Meetings attended: 0" in text
    outreach = next(item for item in fit["items"] if item["id"] == "outreach_days_attended")["categories"][0]
    assert f"Outreach days attended: 0 (not used in the fit): observed {100 * outreach['observed']:.0f}" in text
    assert f"predicted median {100 * outreach['posterior']['q50']:.0f}" in text


@pytest.mark.parametrize("content, complaint", [("{}", "it is JSON that does not say what it is, not an answer of coalis calibrate --check"),
                                                ("<html>", "it is a web page, not an answer of coalis calibrate --check"), ("{", "is no JSON"),
                                                ('{"format": "coalis-check", "version": 9}', "version 9 of its format is too new"),
                                                ('{"format": "coalis-check", "version": 1}', "is damaged")])
def test_fit_of_another_kind_is_refused(folder, result, content, complaint):
    wrong = folder / "wrong.check.json"
    wrong.write_text(content)
    answer = run("report", result, "-o", folder / "never.html", "--fit", wrong)
    assert answer.returncode == 3 and complaint in answer.stderr and not (folder / "never.html").exists()


CHECKS = [SOURCE / "scenarios" / "posterior" / f"{name}.check.json" for name in ("mixture", "trait", "reinforcement")]


def test_checks_of_posteriors_stand_side_by_side(folder):
    page = folder / "posteriors.html"
    coalis("report", *CHECKS, "-o", page)
    text = page.read_text(encoding="utf-8")
    checks = [json.loads(path.read_text(encoding="utf-8")) for path in CHECKS]
    for check in checks:
        assert re.search(rf'<th scope="row">{check["engagement"]}: [^<]*</th><td>{re.escape(check["posterior"])}</td>', text)
        half = 1e-9  # of a last digit is rounded up
        assert f'<td>{check["distance"] + half:.1f}</td>' in text and f'<td>{check["p"] + half:.3f}</td>' in text
        assert f'ranks-{check["engagement"]}-title' in text
    used = [item for item in checks[0]["items"] if item["use"] != "specify"]
    rows = sum(1 if len(item["categories"]) == 2 else len(item["categories"]) for item in used)
    # The picture that the page begins with has four of them, in the same words.
    assert text.count("Bars from the top: commitment is partly given") == 1 + len(re.findall(r'id="checks-\d+-title"', text))
    assert len(re.findall(r"(?<=[.] )[A-Z][a-z ]+: [^.]*?: observed \d+, commitment is partly given, partly earned predicted median", text)) == rows + 4
    coverage = [check["coverage"]["parameters"][0]["nearest"]["coverage"] for check in checks]
    assert "Events planned a year (meetings): commitment is partly given, partly earned {:.0f}, commitment is a fixed trait {:.0f}, commitment is earned {:.0f}.".format(*(100 * c for c in coverage)) in text
    coalis("report", *CHECKS, "-o", folder / "again.html")
    assert (folder / "again.html").read_text(encoding="utf-8").replace("again.html", "posteriors.html") == text


def test_checks_that_do_not_belong_together_are_refused(folder, result):
    other = json.loads(CHECKS[1].read_text(encoding="utf-8"))
    other["parameters"][0]["path"] = other["coverage"]["parameters"][0]["path"] = "parameters.other"
    (folder / "other.check.json").write_text(json.dumps(other))
    for arguments, status, complaint in (([CHECKS[0], folder / "other.check.json"], 3, "they cannot stand side by side"),
                                         ([CHECKS[0], folder / "none.check.json"], 3, "cannot be read: there is no such file"),
                                         ([CHECKS[0], "--fit", CHECKS[1]], 2, "leave it out"),
                                         ([result, CHECKS[0]], 2, "name one")):
        answer = run("report", *arguments, "-o", folder / "never.html")
        assert (answer.returncode, complaint in answer.stderr) == (status, True), answer.stderr
        assert not (folder / "never.html").exists()
    for check in CHECKS:
        one = json.loads(check.read_text(encoding="utf-8"))
        one["coverage"] = None
        (folder / check.name).write_text(json.dumps(one))
    coalis("report", folder / CHECKS[0].name, "-o", folder / "uncovered.html")
    assert "Not computed for all" in (folder / "uncovered.html").read_text(encoding="utf-8")
