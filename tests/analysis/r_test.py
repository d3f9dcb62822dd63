"""The R package in r/: it asks with the program's bits, reads what Python reads, has the program's paired figures, says what is wrong."""

import json
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import coalis
import h5py
import numpy as np
import pandas
import pytest

SOURCE = Path(__file__).resolve().parents[2]
ILLINOIS, LEADER = SOURCE / "scenarios" / "illinois.toml", SOURCE / "scenarios" / "illinois-full-time-leader.toml"


@pytest.fixture
def r(r_library, folder, tmp_path):
    """Runs R code and returns what it prints."""

    def call(code):
        names = f"folder <- '{folder}'; illinois <- '{ILLINOIS}'; leader <- '{LEADER}'"
        command = ["Rscript", "-e", f"library(coalis); {names}; setwd('{tmp_path}')\n{code}"]
        run = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"R_LIBS": str(r_library)})
        assert run.returncode == 0, run.stderr
        return run.stdout

    return call


def test_groups_are_what_python_reads(r, run, study, tmp_path):
    r(
        """
        exact <- function(values) if (is.numeric(values)) sprintf("%.17g", values) else values
        write <- function(table, name) write.csv(lapply(table, exact), paste0(name, ".csv"), row.names = FALSE, quote = FALSE)
        run <- coalis_open(file.path(folder, "a.h5"))
        write(coalis_read(run), "outcomes")
        write(coalis_read(run, "trajectories", "engaged"), "months")
        write(coalis_read(run, "final", c("region", "home_hub", "status", "commitment")), "final")
        write(coalis_read(run, "ties"), "ties")
        write(coalis_read(run, "survey/respondents"), "respondents")
        write(coalis_read(run, "attendance", "attended"), "attended")
        write(coalis_read(coalis_open(file.path(folder, "doses.h5")), "outcomes", "engaged"), "study")
        """
    )

    def same(name, expected):
        table = pandas.read_csv(
            tmp_path / f"{name}.csv", keep_default_na=False, na_values=["NaN", "NA"], float_precision="round_trip"
        )
        keys = [column for column in ("point", "replicate", "month", "organisation", "kind") if column in expected]
        if name not in ("ties", "respondents"):
            table, expected = (one.sort_values(keys).reset_index(drop=True) for one in (table, expected))
        assert len(table) == len(expected) and len(table.columns) > 1
        for column in table:
            if expected[column].dtype.kind in "OM":
                texts = [text[:10] if column == "month" else text for text in expected[column].astype(str)]
                assert table[column].astype(str).tolist() == texts, column
            else:
                found, wanted = (one[column].to_numpy(dtype=float) for one in (table, expected))
                np.testing.assert_array_equal(found, wanted, err_msg=column)

    same("outcomes", coalis.to_dataframe(run))
    same("months", coalis.to_dataframe(run, "trajectories", ["engaged"]))
    same("final", coalis.to_dataframe(run, "final", ["region", "home_hub", "status", "commitment"]))
    same("ties", coalis.to_dataframe(run, "ties"))
    same("respondents", coalis.to_dataframe(run, "survey/respondents"))
    same("attended", coalis.to_dataframe(run, "attendance", ["attended"]))
    same("study", coalis.to_dataframe(study, "outcomes", ["engaged"]))


def test_vectors_and_matrices_are_values(r):
    printed = r(
        """
        hours <- matrix(1, 6, 6)
        hours[1, 2] <- hours[2, 1] <- 2.5
        set <- list("travel.hours" = hours, "hubs.Chicago.serves" = c("South", "Chicago", "North", "Central", "Southwest", "Collar counties"), name = "two 'regions'")
        run <- coalis_run(illinois, replicates = 2, set = set)
        cat(run$about$scenario)
        cat(coalis:::setting(list("Chicago")), coalis:::setting(c(TRUE, FALSE)), coalis:::setting(0.1), coalis:::setting("word"))
        """
    )
    scenario, said = printed.rsplit("\n", 1)
    values = tomllib.loads(scenario)
    assert values["travel"]["hours"][0] == [1, 2.5, 1, 1, 1, 1] and values["hubs"][0]["serves"][:2] == ["South", "Chicago"]
    assert values["name"] == "two 'regions'" and said == '["Chicago"] [true, false] 0.1 "word"'


def test_values_have_the_type_that_was_given(r):
    printed = r(
        """
        names <- c("2010", "true", "0.60", "[1]", "nan", "a \\"b\\" \\\\ / c", "\u00dcber\u00f6de")
        for (name in names) stopifnot(grepl(coalis:::setting(name), coalis_run(illinois, replicates = 1, set = list(name = name))$about$scenario, fixed = TRUE))
        same <- list(list("hubs.Chicago.fte" = 0.6, name = "2010"), list("hubs.Chicago.fte" = 0.6, name = factor("2010")))
        for (set in same) cat(coalis_run(illinois, replicates = 1, set = set)$about$title, "\\n")
        """
    )
    assert printed.split() == ["2010", "2010"]


def test_runs_are_the_programs_to_the_last_bit(r, tmp_path):
    r(
        """
        changed <- coalis_run(illinois, replicates = 5, seed = 9, set = list("hubs.Chicago.fte" = 0.62), record = "outcomes", file = "r.h5")
        stopifnot(changed$kind == "run", nrow(coalis_read(changed)) == 5, changed$about$seed == 9)
        """
    )
    subprocess.run(
        [os.environ["COALIS_PROGRAM"], "run", ILLINOIS, "--replicates", "5", "--seed", "9", "--set", "hubs.Chicago.fte=0.62"]
        + ["--record", "outcomes", "--quiet", "-o", tmp_path / "program.h5"],
        check=True,
        capture_output=True,
    )
    hashes = [coalis.open_result(tmp_path / name)["replicates"].hash.values for name in ("r.h5", "program.h5")]
    np.testing.assert_array_equal(*hashes)


def test_differences_are_those_of_the_program(r, tmp_path):
    said = json.loads(
        r(
            """
            on_the_border <- coalis:::paired(c(0.63, 0.5, 0.66), c(0.66, 0.6, 0.63), 0.03)
            stopifnot(on_the_border$above == 1 / 3, on_the_border$below == 0)
            asked <- coalis_compare(illinois, leader, replicates = 21, seed = 5, matters = list(engaged = 0.05))
            write.csv(coalis_differences(asked), "differences.csv", row.names = FALSE)
            cat(jsonlite::toJSON(asked$answer$differences$B, digits = NA, auto_unbox = TRUE))
            """
        )
    )
    table = pandas.read_csv(tmp_path / "differences.csv").set_index("outcome")
    compared, names = 0, ("difference", "se", "half_width", "sd", "median", "matters", "above", "below", "variance_reduction", "pairs")
    for outcome, row in table.iterrows():
        answer = said[outcome]
        for name in (*names, "left_out"):
            expected, value = answer.get(name), row[name]
            if isinstance(expected, (int, float)):
                assert value == pytest.approx(expected, rel=1e-8, abs=1e-12), (outcome, name)
            else:
                assert pandas.isna(value), (outcome, name)
            compared += 1
        for name in ("range80", "range95"):
            if all(isinstance(end, (int, float)) for end in answer[name]):
                assert [row[f"{name}_low"], row[f"{name}_high"]] == pytest.approx(answer[name], rel=1e-9, abs=1e-12), (outcome, name)
    assert compared > 200 and table.loc["engaged", "matters"] == 0.05


def test_options_budgets_and_months_are_those_of_the_program(r, program):
    said = json.loads(
        r(
            """
            words <- c("3 hubs", "half a post: hubs.Chicago.fte=0.85")
            money <- coalis_compare(illinois, with = words, budget = 60000, replicates = 20)
            months <- coalis_compare(illinois, with = words, from_month = 21, replicates = 20)
            lever <- coalis_compare(illinois, with = "3 hubs", budget = 45000, lever = "facilitation", replicates = 5)
            every <- lapply(list(money, months, lever), function(one) list(one$answer$scenarios$name, one$answer$differences))
            stopifnot(isTRUE(all.equal(coalis_differences(money, "engaged")$difference[1], money$answer$differences$B$engaged$difference)))
            stopifnot(grepl("60,000 USD a year", coalis_sentences(money)), !grepl("(^|\\\\s)--", coalis_sentences(money)))
            cat(jsonlite::toJSON(every, digits = NA, auto_unbox = TRUE, null = "null", na = "null"))
            """
        )
    )
    hubs, both = ("--with", "3 hubs"), ("--with", "3 hubs", "--with", "half a post: hubs.Chicago.fte=0.85")
    asked = (*both, "--budget", 60000), (*both, "--from-month", 21), (*hubs, "--budget", 45000, "--lever", "facilitation")
    for (names, differences), more, replicates in zip(said, asked, (20, 20, 5)):
        printed = json.loads(program("compare", ILLINOIS, "--json", "--quiet", "--replicates", replicates, *more))
        assert names == [one["name"] for one in printed["scenarios"]]
        for label, outcomes in printed["differences"].items():
            for name, figures in outcomes.items():
                for figure in ("difference", "half_width", "above"):
                    assert differences[label][name][figure] == pytest.approx(figures[figure], rel=1e-14, nan_ok=True), (label, name, figure)


def test_options_are_listed_with_what_they_cost(r, program):
    rows = r(
        """
        found <- coalis_options(illinois, set = list("hubs.Chicago.fte" = 0.5))
        stopifnot(found$reason[found$name == "recruitment"] != "", is.na(found$costs_more[found$name == "recruitment"]))
        cat(sprintf("%s|%.0f|%.17g\n", found$name, found$costs_more, found$planned_cost), sep = "")
        """
    ).splitlines()
    listed = json.loads(program("options", ILLINOIS, "--json", "--set", "hubs.Chicago.fte=0.5"))
    assert len(rows) == len(listed["options"])
    for row, one in zip(rows, listed["options"]):
        name, more, cost = row.split("|")
        assert name == one["name"]
        if one["cost"] is not None:
            assert float(cost) == one["cost"] and abs(float(more) - (one["cost"] - listed["cost"])) <= 1
    assert dict((row.split("|")[0], row.split("|")[1]) for row in rows)["full-time leader"] == "37500"


def test_the_best_is_that_of_the_program(r, program, tmp_path):
    printed = r(
        """
        best <- coalis_best(illinois, 60000, guards = c("goal_attainment", member_cost = 1000000), points = 12, replicates = 40, file = "best.json")
        stopifnot(nrow(best$options) == length(best$answer$options), best$choice$name %in% best$as_good)
        writeLines(best$choice$name)
        cat(sprintf("%.17g ", best$options$gain), "\n")
        print(best)
        """
    ).splitlines()
    program("best", ILLINOIS, "--budget", 60000, "--guard", "goal_attainment,member_cost=1000000", "--points", 12, "--replicates", 40, "--quiet", "-o", tmp_path / "program.json")
    answer, own = (json.loads((tmp_path / name).read_text()) for name in ("program.json", "best.json"))
    assert answer["options"] == own["options"]
    assert printed[0] == answer["options"][answer["steps"][answer["budget_step"]]["choice"]]["name"]
    assert [float(gain) for gain in printed[1].split()] == [one["gain"]["mean"] for one in answer["options"]]
    assert " ".join(printed[2:]).split() == " ".join(answer["sentences"]).split()


def test_a_forecast_and_counts_are_those_of_the_program(r, program, tmp_path):
    rows = [[int((i * 7 + k * k * 3 + i * k) % 5 < i % 4 + 1) for k in range(7)] for i in range(85)]
    table = tmp_path / "sheets.csv"
    lines = ["organisation," + ",".join(f"2017-{m:02}" for m in range(1, 8))] + [f"M{i}," + ",".join(map(str, row)) for i, row in enumerate(rows)]
    table.write_text("\n".join(lines) + "\n")
    councils = SOURCE / "scenarios" / "sites" / "water-councils.toml"
    printed = r(
        f"""
        found <- coalis_forecast("{councils}", "sheets.csv", replicates = 120, seed = 4)
        cat(sprintf("%.17g ", c(found$scores$crps, found$scores$model_less_this[-1])), "\n")
        cat(sprintf("%.17g ", found$members$model.mean), "\n")
        cat(found$meetings$came, "\n")
        stopifnot(found$members$held_out.of == 2, length(found$sentences) > 1)
        counts <- coalis_count_attendance("sheets.csv", "r.toml", hold_out = 2)
        print(counts)
        stopifnot(file.exists(counts), as.character(counts) == "r.toml", basename(counts) == "r.toml")
        """
    ).splitlines()
    answer = json.loads(program("forecast", councils, "--attendance", table, "--replicates", 120, "--seed", 4, "--json", "--quiet"))
    scores = [answer["scores"][name] for name in ("model", "last_year", "beta_binomial")]
    assert [float(x) for x in printed[0].split()] == [one["crps"] for one in scores] + [one["model_less_this"]["value"] for one in scores[1:]]
    assert [float(x) for x in printed[1].split()] == [one["forecast"]["model"]["mean"] for one in answer["members"]]
    assert [int(x) for x in printed[2].split()] == [sum(column) for column in zip(*rows)][-2:]
    assert printed[3].startswith("r.toml written: ") and "85 members, 5 meetings" in printed[3] and len(printed) == 4, printed[3:]
    program("attendance", table, "-o", tmp_path / "program.toml", "--hold-out", 2)
    assert (tmp_path / "r.toml").read_text() == (tmp_path / "program.toml").read_text()


def test_a_study_may_have_fewer_replicates_and_other_sets(r, folder, tmp_path):
    (tmp_path / "doses.toml").write_text((folder / "doses.toml").read_text())
    sets = SOURCE / "scenarios" / "posterior" / "mixture.csv"
    printed = r(
        f"""
        few <- coalis_study("doses.toml", replicates = 2, file = "few.h5")
        stopifnot(few$file == "few.h5", nrow(coalis_read(few)) == 12, grepl("engaged", coalis_sentences(few)))
        under <- coalis_study("doses.toml", parameters = "{sets}", replicates = 2)
        cat(sprintf("%.17g ", c(coalis_read(few)$engaged, coalis_read(under)$engaged)))
        """
    )
    found = [float(x) for x in printed.split()]
    whole = coalis.open_result(folder / "doses.h5")["outcomes"].engaged.values[:, :2]
    assert found[:12] == whole.ravel().tolist() and found[12:] != found[:12]


def test_waves_are_those_of_python(r, folder, tmp_path):
    r(
        """
        waves <- coalis_waves(coalis_open(file.path(folder, "a.h5")), c("2006-06", "2006-09"), replicate = 3, folder = "waves")
        n <- nrow(waves$attributes)
        stopifnot(dim(waves$ties) == c(n, n, 2), dim(waves$attendance) == c(n, 2), length(waves$composition) == n)
        stopifnot(is.na(waves$attendance[, 1]) == (waves$ties[1, , 1] == 10 & seq_len(n) > 1) | is.na(waves$attendance[1, 1]))
        write.table(waves$ties[, , 2], "second.txt", row.names = FALSE, col.names = FALSE)
        """
    )
    python = coalis.open_result(folder / "a.h5").waves(["2006-06", "2006-09"], [3]).isel(replicate=0)
    np.testing.assert_array_equal(np.loadtxt(tmp_path / "second.txt") == 1, python.tie.values[1])


def test_figures_show_the_figures_of_the_file(r, compared):
    printed = r(
        """
        compared <- coalis_open(file.path(folder, "compared.h5"))
        fan <- coalis_plot(compared, "engaged", scenario = "C")
        built <- ggplot2::ggplot_build(fan)
        ribbon <- built$data[[3]]; line <- built$data[[5]]
        cat(tail(ribbon$ymin, 1), tail(ribbon$ymax, 1), tail(line$y, 1), length(built$data), "\\n")
        levels <- ggplot2::ggplot_build(plot(coalis_open(file.path(folder, "a.h5")), "commitment"))
        cat(tail(levels$data[[3]]$y, 1), "\\n")
        dose <- ggplot2::ggplot_build(plot(coalis_open(file.path(folder, "doses.h5"))))
        cat(sort(dose$data[[2]]$y), "\\n")
        cat(fan$scales$get_scales("y")$labels(c(-0.1, 0.055)), "\\n")
        """
    )
    fan, level, dose, written = ([float(number) for number in line.split()] for line in printed.splitlines())
    last = compared["difference_quantiles_over_time"].engaged.sel(scenario="C").isel(month=-1)
    assert fan == pytest.approx([*last.sel(quantile=[0.1, 0.9, 0.5]).values, 6], rel=1e-5)
    folder = compared.path.parent
    assert level == pytest.approx([float(coalis.open_result(folder / "a.h5")["trajectories"].commitment.isel(month=-1).median())], rel=1e-5)
    assert written == [-10, 5.5]  # as on the pages, in 100
    means = coalis.open_result(folder / "doses.h5")["outcomes"].engaged.mean("replicate").values
    assert dose == pytest.approx(sorted(means), rel=1e-5)


WRONG = [
    ("coalis_open('absent.h5')", "absent.h5: there is no such file; check the name"),
    ("coalis_open(illinois)", "illinois.toml: no Coalis file, or damaged"),
    ("coalis_open('newer.h5')", "too new: it has format version 99, this package reads 1 to 2"),
    ("coalis_read(run, 'outcome')", "there is no group 'outcome'; did you mean 'outcomes'? it was not recorded"),
    ("coalis_read(run, 'outcomes', 'engage')", "/outcomes has no 'engage'; did you mean 'engaged'? it has events_held"),
    ("coalis_read(run, 'attendance')", "have different dimensions; choose some with variables"),
    ("coalis_differences(run)", "is a run; differences are of a comparison"),
    ("coalis_run(illinois, set = list('hubs.Chicago.ftes' = 1))", "hubs.Chicago.ftes"),
    ("coalis_run(illinois, set = list('hubs.Chicago.fte' = '0.6'))", "hubs.Chicago.fte=\"0.6\": error: fte takes a number, not text; write it without quotes"),
    ("coalis_run(illinois, set = list(name = 2010))", "name=2010: error: name takes text, not a whole number"),
    ("coalis_run(illinois, set = list('levers.information' = 'TRUE'))", "levers.information=\"TRUE\": error: information takes a number, not text"),
    ("coalis_compare(illinois, leader, matters = list(engaged = '0.05'))", "matters: takes numbers by outcome, as list(engaged = 0.05)"),
    ("coalis_run(illinois, set = c(1))", "name every value by its key"),
    ("coalis_run(illinois, set = list('levers.information' = 0, 1))", "name every value by its key"),
    ("coalis_run(3)", "scenario: takes the name of a file, as text, not 3"),
    ("coalis_run(illinois, replicates = -1)", "replicates: takes a whole number from 1"),
    ("coalis_run(illinois, record = 'nope')", "record"),
    ("coalis_compare(illinois, leader, replicats = 5)", "there is no argument 'replicats'; did you mean 'replicates'? there are replicates, seed"),
    ("coalis_compare(illinois)", "one scenario is nothing to compare"),
    ("coalis_plot(3)", "takes what coalis_run"),
    ("coalis_compare(illinois, with = 'thre hubs')", "with thre hubs: 'thre hubs' is no ready-made option here"),
    ("coalis_compare(illinois, with = '3 hubs', budget = -1)", "budget: takes a number above 0"),
    ("coalis_compare(illinois, with = '3 hubs', equal_budget = 'money')", "equal_budget money: choose one of fte"),
    ("coalis_compare(illinois, with = '3 hubs', budget = 60000, lever = 'money')", "lever money: choose one of fte"),
    ("coalis_compare(illinois, with = '3 hubs', budget = 60000, equal_budget = 'fte')", "equal_budget excludes budget; leave budget out for the cost of the first, or have all cost so much: budget = 60000, lever = \"fte\""),
    ("coalis_compare(illinois, with = '3 hubs', lever = 'fte')", "lever requires budget"),
    ("coalis_compare(illinois, leader, from_month = 2000)", "from_month 2000: the run has the months June 2005 to December 2008"),
    ("coalis_best(illinois, 0)", "budget: takes a number above 0"),
    ("coalis_best(illinois, 60000, aim = 'engagd')", "aim engagd: there is no such outcome; did you mean 'engaged'?"),
    ("coalis_best(illinois, 60000, guards = c(member_cst = 5))", "member_cst"),
    ("coalis_forecast(illinois, 'absent.csv')", "absent.csv"),
    ("coalis_forecast(illinois, 3)", "attendance: takes the name of a file, as text, not 3"),
    ("coalis_sentences(3)", "takes what coalis_run"),
    ("coalis_differences(3)", "result: takes what coalis_run"),
    ("coalis_read(run, 'outcmes')", "there is no group 'outcmes'; did you mean 'outcomes'?"),
    ("coalis_plot(run, 'engagd')", "/trajectories has no 'engagd'; did you mean 'engaged'?"),
    ("coalis_plot(coalis_open(file.path(folder, 'doses.h5')), factor = 'hubs.Chicago.ft')", "did you mean 'hubs.Chicago.fte'?"),
    ("coalis_compare(illinois, with = '3 hubs', from_month = '2008-7')", "from_month 2008-7: '2008-7' is no month; write it as 2005-06"),
    ("coalis_waves(run, '2007/07')", "months 2007/07: '2007/07' is no month"),
    ("coalis_compare(illinois, leader, treads = 2)", "there is no argument 'treads'; did you mean 'threads'?"),
    ("coalis_read({gone <- coalis_open(file.path(folder, 'a.h5')); gone$file <- 'gone.h5'; gone})", "gone.h5: is not there any more"),
    ("coalis_open(5)", "file: takes the name of a file, as text, not 5"),
    ("coalis_run(illinois, file = run$file)", "exists already"),
    ("coalis_plot(coalis_open(file.path(folder, 'compared.h5')), scenario = 'D')", "no scenario 'D' to show; there are B, C"),
    ("coalis_plot(coalis_open(file.path(folder, 'doses.h5')), factor = 'fte')", "no factor 'fte'; there are hubs.Chicago.fte"),
    ("{Sys.setenv(COALIS_PROGRAM = '', PATH = '/usr/bin:/bin'); coalis_run(illinois)}", "the program coalis is not on PATH; put its"),
]


def test_what_is_wrong_is_said(r, folder, tmp_path):
    (tmp_path / "newer.h5").write_bytes((folder / "a.h5").read_bytes())
    with h5py.File(tmp_path / "newer.h5", "r+") as file:
        file.attrs.modify("format_version", np.int32(99))
    tries = "\n".join(f"say({code})" for code, _ in WRONG)
    printed = r(
        f"""
        run <- coalis_open(file.path(folder, "a.h5"))
        say <- function(code) {{
          said <- tryCatch({{ code; "nothing" }}, error = conditionMessage)
          cat(gsub("\\\\s+", " ", said), "\\n", sep = "")
        }}
        {tries}
        """
    ).splitlines()
    assert len(printed) == len(WRONG)
    for (code, says), said in zip(WRONG, printed):
        assert says in said, f"{code}: {said}"


SWEEP = """
base <- list(coalis_run = list(illinois), coalis_compare = list(illinois, leader), coalis_options = list(illinois),
             coalis_best = list(illinois, 60000), coalis_forecast = list(illinois, illinois), coalis_count_attendance = list(illinois),
             coalis_study = list("study.toml"), coalis_sentences = list(run), coalis_waves = list(run, "2007-01"), coalis_open = list(run$file),
             coalis_read = list(run), coalis_differences = list(compared), coalis_plot = list(compared))
stopifnot(setequal(names(base), getNamespaceExports("coalis")))
bad <- list(NA, NaN, NULL, NA_character_, numeric(), character(), c(1, 2), c("a", "b"), TRUE, list(), list(1, "a"), function() 1, "", -1, 1.5, Inf,
            factor("a"), data.frame(a = 1:2), c("a", NA), as.Date(NA))
none <- list(NULL, numeric(), character(), list(), "")
fits <- function(argument, value) switch(argument, budget = , precision = identical(value, 1.5), from_month = is.numeric(value) || is.character(value),
                                         months = !is.logical(value), guards = is.character(value) || is.list(value), is.character(value))
own <- "missing value|length zero|condition|invalid|subscript|non-character|subsettable|must be|undefined|object|coerc|operator|NAs"
for (name in names(base)) {
  formal <- setdiff(names(formals(get(name))), "...")
  for (argument in c(formal, if (name == "coalis_compare") "scenarios")) for (value in bad) {
    arguments <- base[[name]]
    if (name != "coalis_compare") names(arguments) <- formal[seq_along(arguments)]
    if (argument == "scenarios") arguments[1] <- list(value) else arguments[argument] <- list(value)
    said <- tryCatch({ do.call(name, arguments); "ok" }, error = conditionMessage, warning = function(w) paste("warning", conditionMessage(w)))
    asked <- said %in% c("ok", "asked") && (any(vapply(none, identical, TRUE, value)) || argument %in% MAY_BE[[name]] && fits(argument, value))
    named <- startsWith(said, argument) || is.character(value) && grepl("has no 'a'", said, fixed = TRUE)
    if (!asked && (!named || grepl(own, sub("takes .*, not .*", "", said)))) cat(name, argument, deparse(value)[1], ":", said, "\\n")
  }
}
"""


def test_every_argument_of_every_function_is_looked_at_first(r, tmp_path):
    """Values that nothing takes, given to each: what is said begins with the argument's name, and never is R's own."""
    (tmp_path / "program").write_text("#!/bin/sh\necho asked >&2; exit 1\n")
    (tmp_path / "program").chmod(0o755)
    may_be = {
        "coalis_run": ["outcomes"],
        "coalis_compare": ["scenarios", "structures", "outcomes", "with", "from_month", "budget", "precision"],
        "coalis_best": ["budget", "guards", "parameters", "structures", "from_month"],
        "coalis_study": ["parameters"],
        "coalis_waves": ["months"],
    }  # several names or files, and numbers that the program looks at
    lists = ", ".join(f"{name} = c({', '.join(map(repr, arguments))})" for name, arguments in may_be.items())
    code = SWEEP.replace("MAY_BE", "may_be")
    printed = r(
        f"""
        run <- coalis_open(file.path(folder, "a.h5")); compared <- coalis_open(file.path(folder, "compared.h5"))
        may_be <- list({lists})
        Sys.setenv(COALIS_PROGRAM = "{tmp_path / 'program'}")
        {code}
        """
    )
    assert printed == "", printed


def test_numbers_come_to_the_program_as_they_are(r, tmp_path):
    """A program that only says what it was given."""
    (tmp_path / "program").write_text("#!/bin/sh\nfor one in \"$@\"; do echo \"$one\" >&2; done; exit 1\n")
    (tmp_path / "program").chmod(0o755)
    said = r(
        f"""
        Sys.setenv(COALIS_PROGRAM = "{tmp_path / 'program'}")
        say <- function(...) cat(tryCatch(coalis_run(illinois, ...), error = conditionMessage), "\n")
        say(seed = 2^53, set = list(a = 1 / 3, b = 0.1, c = 1e-5, d = 12345678901, e = c(1, 0.1 + 0.2), f = TRUE))
        say(seed = "18446744073709551615")
        """
    )
    assert ["9007199254740992", "18446744073709551615"] == re.findall(r"seed\s(\d+)", said)
    found = dict(re.findall(r"^(\w)=(.*)$", said, re.MULTILINE))
    assert {name: float(found[name]) for name in "abcd"} == {"a": 1 / 3, "b": 0.1, "c": 1e-5, "d": 12345678901.0}
    assert json.loads(found["e"]) == [1, 0.1 + 0.2] and found["f"].strip() == "true"


def test_pictures_are_on_white(r, tmp_path):
    r(
        """
        for (name in c("a.h5", "compared.h5", "doses.h5")) {
          ggplot2::ggsave(paste0(name, ".png"), coalis_plot(coalis_open(file.path(folder, name)), scenario = if (name == "compared.h5") "B"), width = 3, height = 2, dpi = 50)
        }
        """
    )
    from matplotlib.image import imread

    for path in sorted(tmp_path.glob("*.png")):
        corners = imread(path)[[0, 0, -1, -1], [0, -1, 0, -1]]
        assert (corners == 1).all(), path.name
    assert len(list(tmp_path.glob("*.png"))) == 3


def test_a_result_opened_again_says_what_it_said(r, tmp_path):
    r(
        """
        made <- list(coalis_run(illinois, replicates = 3, file = "run.h5"), coalis_compare(illinois, leader, replicates = 3, file = "compared.h5"))
        for (one in made) {
          again <- coalis_open(one$file)
          stopifnot(identical(coalis_sentences(again), coalis_sentences(one)), identical(again$answer, one$answer), nzchar(coalis_sentences(again)))
        }
        cat(coalis_sentences(coalis_open("compared.h5")), file = "said.txt")
        """
    )
    program = [os.environ["COALIS_PROGRAM"], "compare", str(ILLINOIS), str(LEADER), "--replicates", "3", "--quiet"]
    printed = subprocess.run(program, capture_output=True, text=True, check=True).stdout
    words = re.sub(r"--(\w+)-?(\w*)", lambda found: "_".join(filter(None, found.groups())), printed.replace("with --all", "in coalis_differences()"))
    said = (tmp_path / "said.txt").read_text()
    assert said.split() == words.split() and max(map(len, said.splitlines())) <= 90 and len(said.splitlines()) == len(printed.splitlines())


def test_every_function_is_described(r):
    printed = r(
        f"""
        print(tools::checkRd("{SOURCE}/r/man/coalis.Rd"))
        print(tools::undoc(package = "coalis"))
        print(tools::codoc(package = "coalis"))
        """
    )
    assert printed.strip() == "", printed


def test_package_and_program_have_one_version(run):
    assert f"Version: {run.attributes['program_version']}\n" in (SOURCE / "r" / "DESCRIPTION").read_text(encoding="utf-8")


def test_the_ten_questions_have_the_programs_answers(r, tmp_path):
    """docs/questions.md, as it asks them, with few replicates."""
    shutil.copytree(SOURCE / "scenarios", tmp_path / "scenarios", ignore=shutil.ignore_patterns("*.runs"))
    page = (SOURCE / "docs" / "questions.md").read_text(encoding="utf-8")
    studies = re.findall(r"^    coalis study run (\S+)$", page, re.MULTILINE)
    assert len(studies) == 9 and "\n    coalis compare scenarios/illinois.toml scenarios/illinois-three-hubs.toml --equal-budget fte --outcomes participation_remote,engaged,goal_attainment " in page
    said = r(
        f"""
        for (study in c({", ".join(f"'{study}'" for study in studies)})) {{
          cat(coalis_sentences(coalis_study(study, replicates = 2)), "\\n=====\\n", sep = "")
        }}
        hubs <- coalis_compare("scenarios/illinois.toml", "scenarios/illinois-three-hubs.toml", equal_budget = "fte",
                               outcomes = c("participation_remote", "engaged", "goal_attainment"), replicates = 4)
        cat(coalis_sentences(hubs))
        """
    ).split("\n=====\n")
    program = [os.environ["COALIS_PROGRAM"]]
    asked = [["study", "run", study, "--replicates", "2", "--quiet"] for study in studies]
    asked += [["compare", "scenarios/illinois.toml", "scenarios/illinois-three-hubs.toml", "--equal-budget", "fte", "--replicates", "4", "--quiet"]]
    asked[-1] += ["--outcomes", "participation_remote,engaged,goal_attainment"]
    assert len(said) == len(asked) == 10
    for words, arguments in zip(said, asked):
        printed = subprocess.run(program + arguments, cwd=tmp_path, check=True, capture_output=True, text=True).stdout
        first = printed.split("\n\n")[1].split()  # the paragraph; what stands behind names options, which R calls otherwise
        assert " ".join(first) in " ".join(words.split()), arguments
        assert not re.search(r"(^|\s)--\w", words), words
