"""The figures show the data, say what they are, and do not rest on colour."""

import re

import coalis
import numpy as np
import pytest
from coalis import style
from matplotlib.colors import to_hex
from matplotlib.text import Text

from conftest import REPLICATES, SEED, SOURCE


@pytest.fixture(scope="module")
def evidence():
    return coalis.read_evidence(SOURCE / "scenarios" / "evidence.toml")


def said(figure):
    return " ".join(text.get_text().replace("\n", " ") for text in figure.findobj(Text))


def line(axes, colour):
    return next(line for line in axes.lines if to_hex(line.get_color()) == colour.lower() and len(line.get_xdata()) > 2)


@pytest.fixture(scope="module")
def every(run, compared, study, folder, evidence):
    other = coalis.open_result(folder / "c.h5")
    return {
        "fan": coalis.fan(compared, "engaged", scenario="C"),
        "fan of runs": coalis.fan(run, "engaged", other=other),
        "dotplot": coalis.dotplot(compared, "engaged", scenario="B"),
        "levels": coalis.levels([run, other], "engaged", evidence={"2008-12": (28, 64)}),
        "attendance": coalis.attendance([run, other], evidence),
        "dose": coalis.dose_response(study, "hubs.Chicago.fte", "engaged", by="levers.facilitation"),
        "dose alone": coalis.dose_response(study, "hubs.Chicago.fte", "engaged", where={"levers.facilitation": 1}),
    }


def test_every_figure_says_what_it_is(every):
    for name, figure in every.items():
        text = said(figure)
        runs, seed = (6, 3) if name.startswith("dose") else (REPLICATES, SEED)
        assert re.search(rf"\b{runs} (paired )?runs", text), f"{name}: {text}"
        assert f"seed {seed}, model version" in text and "Source: " in text and "Coalis" in text
        assert any(
            words in text for words in ("in 10 runs", "of the paired runs", "Monte Carlo interval", "Each mark is one run")
        )
        assert "Chance alone" in text, name


def test_texts_lie_inside_the_figure(every):
    for name, figure in every.items():
        figure.canvas.draw()
        box, (width, height) = figure.get_tightbbox(), figure.get_size_inches()
        assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height, f"{name}: {box} is cut"


def test_fan_shows_the_quantiles_of_the_differences(every, compared, run, folder):
    figure = every["fan"]
    axes = figure.axes[0]
    differences = compared["differences_over_time"].engaged.sel(scenario="C").astype(float)
    median = line(axes, "#1a1a1a")
    np.testing.assert_allclose(median.get_ydata(), differences.quantile(0.5, "replicate"), atol=1e-6)
    assert median.get_linestyle() == "-"
    bands = [band.get_paths()[0].vertices[:, 1] for band in axes.collections[:3]]
    for vertices, tail in zip(bands, (0.025, 0.1, 0.25)):
        low, high = differences.quantile([tail, 1 - tail], "replicate").values
        np.testing.assert_allclose([vertices.min(), vertices.max()], [low.min(), high.max()], atol=1e-6)
    np.testing.assert_allclose(line(every["fan of runs"].axes[0], "#1a1a1a").get_ydata(), median.get_ydata(), atol=1e-6)
    text = said(figure)
    for words in (
        "19 in 20 runs",
        "8 in 10 runs",
        "half the runs",
        "median +",
        "too small to matter",
        "Illinois, three hubs",
        "▲ C higher",
    ):
        assert words in text


def test_fan_marks_interventions_within_the_run(folder, program):
    scenario = folder / "later.toml"
    scenario.write_text(
        f'format = "scenario"\nversion = 1\ninclude = "{SOURCE}/scenarios/illinois.toml"\nname = "Later"\n'
        '[[interventions]]\nset = "hubs.Chicago.fte"\nvalue = 1.0\nfrom = "2007-01"\n',
        encoding="utf-8",
    )
    program("compare", SOURCE / "scenarios" / "illinois.toml", scenario, "-o", folder / "later.h5", "--replicates", 8, "--quiet")
    figure = coalis.fan(coalis.open_result(folder / "later.h5"), "engaged")
    assert "B: hubs.Chicago.fte = 1.0" in said(figure)
    assert np.datetime64("2007-01-01") in [
        np.datetime64("1970-01-01") + np.timedelta64(int(one.get_xdata()[0]), "D")
        for one in figure.axes[0].lines
        if one.get_color() == "#767676"
    ]


def test_colours_are_those_of_the_programs_charts():
    header = (SOURCE / "include" / "coalis" / "report" / "charts" / "chart_colours.hpp").read_text(encoding="utf-8")
    charts = re.findall(r'{"(#\w{6})", "(#\w{6})", "#\w{6}"', header)
    assert charts == [(look.line, look.text) for look in style.LOOKS]
    assert all(grey in header for _, _, _, grey in style.BANDS)
    assert len({look.dash for look in style.LOOKS}) == len({look.mark for look in style.LOOKS}) == len(style.LOOKS)


def test_fifty_dots_stand_for_many_runs(folder, program):
    program(
        "compare",
        *(SOURCE / "scenarios" / name for name in ("illinois.toml", "illinois-three-hubs.toml")),
        "-o",
        folder / "many.h5",
        "--replicates",
        120,
        "--quiet",
    )
    many = coalis.open_result(folder / "many.h5")
    figure = coalis.dotplot(many, "engaged")
    dots = [len(collection.get_offsets()) for collection in figure.axes[0].collections[:3]]
    summary = coalis.summarise_pairs(many, ["engaged"]).loc[("B", "engaged")]
    assert sum(dots) == 50 and "stands for 1 in 50 of the runs" in said(figure)
    for count, share in zip(dots, (summary.below, summary.within, summary.above)):
        assert abs(count / 50 - share) <= 1 / 50 + 1 / 120
        assert f"{round(share * 120)} of 120 runs" in said(figure)


def test_marks_count_what_the_figures_say(every, compared):
    axes = every["dotplot"].axes[0]
    below, within, above = (len(collection.get_offsets()) for collection in axes.collections[:3])
    summary = coalis.summarise_pairs(compared, ["engaged"]).loc[("B", "engaged")]
    assert [below, within, above] == [round(share * REPLICATES) for share in (summary.below, summary.within, summary.above)]
    assert f"{above} of {REPLICATES} runs ■ B higher by more than 5 in 100" in said(every["dotplot"])
    places = np.vstack([collection.get_offsets() for collection in axes.collections[:3]])
    assert len({tuple(place) for place in places.round(9)}) == REPLICATES  # none hides another
    for collection, low, high in zip(axes.collections[:3], (-np.inf, -0.05, 0.05), (-0.05, 0.05, np.inf)):
        x = collection.get_offsets()[:, 0]
        assert ((x > low) & (x < high)).all()  # in its own zone


def test_shares_are_said_in_100_as_on_the_pages(every, compared, run):
    """The data drawn are shares; what is written beside them, on every axis of theirs, is in 100. What is no share stays in its unit."""
    for name, figure in every.items():
        figure.canvas.draw()
        axis = figure.axes[0].xaxis if name == "dotplot" else figure.axes[0].yaxis
        low, high = axis.get_view_interval()
        for tick, place in zip(axis.get_ticklabels(), axis.get_ticklocs()):
            if low <= place <= high:
                assert float(tick.get_text().replace("−", "-")) == pytest.approx(100 * place, abs=1e-4), name
        assert "in 100" in said(figure) and "0 to 1" not in said(figure), name
    median = float(compared["differences_over_time"].engaged.sel(scenario="C").astype(float).quantile(0.5, "replicate")[-1])
    assert f"median {100 * median:+.3g} in 100".replace("-", "−") in said(every["fan"])
    assert "(±5 in 100): too small to matter" in said(every["fan"])
    hours = coalis.levels(run, "events_held.meeting") if "events_held.meeting" in run["trajectories"] else coalis.dotplot(compared, "hours_given", scenario="B")
    assert "in 100" not in said(hours)


def test_equal_scenarios_are_shown_as_the_same(run):
    text = said(coalis.dotplot(run, "engaged", other=run))
    assert "0 of 21 runs ● A higher" in text and "21 of 21 runs ◇ too small to matter" in text
    coalis.fan(run, "engaged", other=run)


def test_levels_have_equal_axes_and_evidence(every, run):
    figure = every["levels"]
    assert len({axes.get_ylim() for axes in figure.axes}) == 1
    first, second = (line(axes, colour) for axes, colour in zip(figure.axes, ("#0072B2", "#D55E00")))
    assert (first.get_linestyle(), second.get_linestyle()) == ("-", "--")  # matplotlib calls every dash "--"
    np.testing.assert_allclose(first.get_ydata(), run["trajectories"].engaged.quantile(0.5, "replicate"), atol=1e-6)
    assert "evidence with its 95 % interval" in said(figure)


def test_months_without_a_value_are_left_out(run):
    participation = run["trajectories"]["participation.outreach"]
    axes = coalis.levels(run, "participation.outreach").axes[0]
    middle = next(one for one in axes.lines if one.get_linewidth() == 2)
    expected = participation.dropna("month", how="all").quantile(0.5, "replicate")
    assert 0 < expected.size < participation.sizes["month"] and middle.get_marker() == "o"
    np.testing.assert_allclose(middle.get_ydata(), expected, atol=1e-6)


def test_attendance_shows_survey_and_evidence(every, run):
    axes = every["attendance"].axes[0]
    np.testing.assert_allclose(
        [bar.get_height() for bar in axes.patches], [run["survey"][f"meetings.{count}"].mean() for count in range(5)]
    )
    diamonds = [one.get_ydata()[0] for one in axes.lines if one.get_marker() == "D"]
    np.testing.assert_allclose(diamonds, np.array([23, 10, 10, 3, 18]) / 64)


def test_doses_show_the_means(every, study):
    axes = every["dose"].axes[0]
    means = study["outcomes"].engaged.mean("replicate").values
    drawn = [one.get_ydata() for one in axes.lines if len(one.get_ydata()) == 3 and one.get_marker() in "os"]
    np.testing.assert_allclose(sorted(np.ravel(drawn)), sorted(means))
    looks = {(container.lines[0].get_linestyle(), container.lines[0].get_marker()) for container in axes.containers}
    assert len(looks) == 2  # told apart without colour


def test_equal_figures_are_equal_files(run, folder, tmp_path):
    other = coalis.open_result(folder / "b.h5")
    for ending in ("svg", "png", "pdf"):
        one, two = (coalis.save(coalis.fan(run, "engaged", other=other), tmp_path / f"{n}.{ending}").read_bytes() for n in (1, 2))
        assert one == two and len(one) < 200_000
    svg = (tmp_path / "1.svg").read_text(encoding="utf-8")
    assert "8 in 10 runs</text>" in svg and str(folder) not in svg


def test_errors_say_what_to_do(run, compared, study, evidence):
    for call, verdict in [
        (lambda: coalis.fan(run, "engaged"), "needs a comparison, or two runs"),
        (lambda: coalis.fan(compared, "engaged"), "compares A, B, C; say which with scenario="),
        (lambda: coalis.fan(compared, "engaged", scenario="A"), "no scenario 'A' to show; there are B, C"),
        (lambda: coalis.fan(compared, "planned_cost", scenario="B"), "'planned_cost' is no quantity by month"),
        (lambda: coalis.dotplot(compared, "nothing", scenario="B"), "has no 'nothing'"),
        (lambda: coalis.levels(study, "engaged"), "holds no levels by month"),
        (lambda: coalis.attendance(run, evidence, "age"), "no item 'age' with counts"),
        (lambda: coalis.dose_response(run, "x", "engaged"), "need a merged result of `coalis study run`"),
        (lambda: coalis.dose_response(study, "fte", "engaged"), "no factor 'fte'; it has hubs.Chicago.fte, levers.facilitation"),
        (lambda: coalis.dose_response(study, "hubs.Chicago.fte", "engaged"), "also varies levers.facilitation; give by="),
        (
            lambda: coalis.dose_response(study, "hubs.Chicago.fte", "engaged", where={"levers.facilitation": 9}),
            "none has the one given",
        ),
    ]:
        with pytest.raises(coalis.ResultError, match=verdict):
            call()
