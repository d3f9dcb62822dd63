"""Every group of a result file opens with xarray's netcdf4 engine, with named dimensions, coordinates, units and dates."""

import os
import pathlib
import subprocess

import netCDF4
import numpy as np
import pytest
import xarray

SOURCE = pathlib.Path(__file__).resolve().parents[2]
REPLICATES = 12
MONTHS = 43
ORGANISATIONS = 115
REGIONS = ["Chicago", "Collar counties", "North", "Central", "Southwest", "South"]
KINDS = ["meeting", "outreach", "training"]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("result") / "illinois.h5"
    subprocess.run(
        [os.environ["COALIS_PROGRAM"], "run", SOURCE / "scenarios" / "illinois.toml", "-o", path, "--replicates", str(REPLICATES),
         "--seed", "5", "--record", "all"],
        check=True, stdout=subprocess.DEVNULL)
    return path


def groups_of(path):
    def walk(group):
        yield group.path
        for child in group.groups.values():
            yield from walk(child)

    with netCDF4.Dataset(path) as file:
        return list(walk(file))


def opened(path, group):
    with xarray.open_dataset(path, group=group, engine="netcdf4") as data:
        return data.load()


def test_groups(path):
    assert set(groups_of(path)) == {
        "/", "/names", "/replicates", "/outcomes", "/trajectories", "/trajectories_by_region", "/trajectory_quantiles", "/attendance",
        "/final", "/ties", "/survey", "/survey/respondents", "/organisation_trajectories", "/provenance"}


def test_every_variable_is_described(path):
    for group in groups_of(path):
        data = opened(path, group)
        for name, variable in data.variables.items():
            assert variable.attrs.get("long_name"), f"{group}/{name} has no long name"
            assert "timedelta" not in str(variable.dtype), f"{group}/{name}: its unit was taken for a duration"
        for name, variable in data.data_vars.items():
            if variable.dtype.kind == "f" and group != "/organisation_trajectories":
                assert variable.attrs.get("units"), f"{group}/{name} has no unit"
            for dimension in variable.dims:
                assert dimension in data.coords or dimension in ("edge", "respondent"), f"{group}/{name}: {dimension}"


@pytest.mark.parametrize("group, sizes", [
    ("replicates", {"replicate": REPLICATES}),
    ("outcomes", {"replicate": REPLICATES}),
    ("trajectories", {"replicate": REPLICATES, "month": MONTHS}),
    ("trajectories_by_region", {"replicate": REPLICATES, "region": 6, "month": MONTHS}),
    ("trajectory_quantiles", {"quantile": 7, "month": MONTHS}),
    ("attendance", {"replicate": REPLICATES, "kind": 3, "sector": 3, "count": 21, "organisation": ORGANISATIONS}),
    ("final", {"replicate": REPLICATES, "organisation": ORGANISATIONS}),
    ("survey", {"replicate": REPLICATES}),
    ("organisation_trajectories", {"replicate": REPLICATES, "month": MONTHS, "organisation": ORGANISATIONS}),
])
def test_dimensions(path, group, sizes):
    assert dict(opened(path, group).sizes) == sizes


def test_coordinates(path):
    data = opened(path, "trajectories_by_region")
    assert list(data.replicate.values) == list(range(REPLICATES))
    assert list(data.region.values) == REGIONS
    assert data.month.dtype == "datetime64[ns]"
    assert str(data.month.values[0])[:10] == "2005-06-01"
    assert str(data.month.values[-1])[:10] == "2008-12-01"
    attendance = opened(path, "attendance")
    assert list(attendance.kind.values) == KINDS
    assert list(attendance.sector.values) == ["nonprofit", "public", "for_profit"]
    assert list(attendance["count"].values) == list(range(21))
    assert list(opened(path, "trajectory_quantiles")["quantile"].values) == [.025, .1, .25, .5, .75, .9, .975]


def test_root_tells_what_the_file_is(path):
    root = opened(path, "/").attrs
    assert root["format"] == "coalis-result"
    assert root["format_version"] == 1
    assert root["Conventions"] == "CF-1.8"
    assert root["title"] == "Illinois, as it was"
    assert root["seed"] == 5
    assert "[calendar]" in root["scenario"]
    assert root["model_version"] and root["commit"]
    assert set(opened(path, "/provenance").attrs) >= {"command", "compiler", "host", "date", "threads"}


def test_quantiles_are_those_of_the_trajectories(path):
    trajectories = opened(path, "trajectories")
    quantiles = opened(path, "trajectory_quantiles")
    assert list(trajectories.data_vars) == list(quantiles.data_vars)
    with np.errstate(all="ignore"):
        for name in trajectories.data_vars:
            expected = trajectories[name].astype("float64").quantile(quantiles["quantile"], dim="replicate", skipna=True)
            np.testing.assert_allclose(quantiles[name], expected, rtol=1e-6, err_msg=name)


def test_parts_agree(path):
    outcomes, final, attendance = (opened(path, group) for group in ("outcomes", "final", "attendance"))
    ever = final.status != 0
    never = ((attendance.attended.sel(kind="meeting") == 0) & ever).sum("organisation") / ever.sum("organisation")
    np.testing.assert_allclose(outcomes.never_attended, never)
    histogram = attendance.organisations
    assert (histogram.sum(["sector", "count"]) == ever.sum("organisation")).all()
    np.testing.assert_allclose(histogram.sum("sector").sel(kind="meeting", count=0) / ever.sum("organisation"), never)
    np.testing.assert_allclose(outcomes["attended_per_member.meeting"],
                               attendance.attended.sel(kind="meeting").sum("organisation") / ever.sum("organisation"))
    trajectories = opened(path, "trajectories")
    np.testing.assert_allclose(trajectories["events_held.training"].sum("month"), outcomes["events_held.training"])
    np.testing.assert_allclose(trajectories.goal_attainment.isel(month=-1), outcomes.goal_attainment, rtol=1e-6)


def test_ties_are_strung_together(path):
    ties = opened(path, "ties")
    assert ties.edge_count.sum() == ties.sizes["edge"] > 0
    np.testing.assert_array_equal(ties.edge_start, np.cumsum(ties.edge_count) - ties.edge_count)
    np.testing.assert_array_equal(ties.edge_replicate, np.repeat(ties.replicate.values, ties.edge_count.values))
    assert (ties.owner != ties.partner).all() and (ties.strength > 0).all()
    strength = ties.strength.groupby(ties.edge_replicate).sum()
    np.testing.assert_allclose(ties.region_strength.sum(["region", "partner_region"]), strength, rtol=1e-5)


def test_respondents_give_the_figures_of_the_survey(path):
    survey, respondents = opened(path, "survey"), opened(path, "survey/respondents")
    np.testing.assert_array_equal(survey.returned, respondents.respondent_count)
    first = respondents.meetings[:int(survey.returned[0])]
    assert (first.isnull() | first.isin(range(5))).all() and first.isnull().any()  # unanswered is missing, not -1
    np.testing.assert_allclose((first == 0).sum() / first.notnull().sum(), survey["meetings.0"][0])


def test_months_before_any_event_are_missing(path):
    participation = opened(path, "trajectories")["participation.outreach"]
    held = opened(path, "trajectories")["events_held.outreach"]
    assert participation.where(held == 0, drop=True).isnull().all()
    assert participation.where(held > 0).notnull().any()
