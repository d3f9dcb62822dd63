"""Coalis from Python: scenarios, runs, comparisons and studies asked here, and what the program has written as labelled data.

    import coalis

    now = coalis.Scenario("scenarios/illinois.toml")
    hubs = coalis.compare(now, now.with_({"hubs.Chicago.fte": 1.0}, name="full-time"))
    print(hubs.sentences())
    hubs.plot("engaged")

    hubs = coalis.open_result("hubs.h5")  # of coalis compare -o
    coalis.save(coalis.fan(hubs, "engaged"), "engaged.svg")

What it needs is imported when it is used: arrays and tables (xarray, pandas), figures (matplotlib).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .importing import imported

if TYPE_CHECKING:
    from .asking import Comparison as Comparison, Run as Run, compare as compare, outcomes as outcomes, run as run
    from .behaviorspace import read_behaviorspace as read_behaviorspace, write_behaviorspace as write_behaviorspace
    from .behaviorspace import write_design as write_design
    from .choosing import Best as Best, Possible as Possible, best as best, options as options
    from .difference_figures import dotplot as dotplot, fan as fan
    from .dose_figures import dose_response as dose_response
    from .errors import AskError as AskError, Interrupted as Interrupted, ResultError as ResultError
    from .errors import ScenarioError as ScenarioError, ScenarioWarning as ScenarioWarning
    from .evidence import Item as Item, read_evidence as read_evidence, survey_shares as survey_shares, wilson as wilson
    from .files import Result as Result, open_result as open_result
    from .forecasting import AttendanceCounts as AttendanceCounts, Forecast as Forecast
    from .forecasting import count_attendance as count_attendance, forecast as forecast
    from .gof_cases import Case as Case, cases as cases
    from .goodness import Fit as Fit, Gof as Gof, gof as gof
    from .learning import Calibration as Calibration, PosteriorCheck as PosteriorCheck, Sensitivity as Sensitivity
    from .learning import calibrate as calibrate, check_posterior as check_posterior, sensitivity as sensitivity
    from .level_figures import attendance as attendance, levels as levels
    from .paired import PairedSummary as PairedSummary, Summary as Summary, paired_differences as paired_differences
    from .paired import quantile as quantile, summarise as summarise, summarise_pairs as summarise_pairs
    from .paired import summarise_two as summarise_two
    from .rules import Event as Event, logistic as logistic
    from .scenario import Scenario as Scenario
    from .sign_in import intraclass_correlation as intraclass_correlation, persistence as persistence
    from .stories import Story as Story, story as story
    from .studies import Study as Study, study as study
    from .style import save as save
    from .tables import to_dataframe as to_dataframe
    from .wave_data import read_waves as read_waves, waves as waves

__version__ = "0.1.0"  # of the program (CMakeLists.txt)

# Where a name is defined.
_HOMES = {
    "asking": ("Comparison", "Run", "compare", "outcomes", "run"),
    "behaviorspace": ("read_behaviorspace", "write_behaviorspace", "write_design"),
    "choosing": ("Best", "Possible", "best", "options"),
    "difference_figures": ("dotplot", "fan"),
    "dose_figures": ("dose_response",),
    "errors": ("AskError", "Interrupted", "ResultError", "ScenarioError", "ScenarioWarning"),
    "evidence": ("Item", "read_evidence", "survey_shares", "wilson"),
    "files": ("Result", "open_result"),
    "forecasting": ("AttendanceCounts", "Forecast", "count_attendance", "forecast"),
    "gof_cases": ("Case", "cases"),
    "goodness": ("Fit", "Gof", "gof"),
    "learning": ("Calibration", "PosteriorCheck", "Sensitivity", "calibrate", "check_posterior", "sensitivity"),
    "level_figures": ("attendance", "levels"),
    "paired": ("PairedSummary", "Summary", "paired_differences", "quantile", "summarise", "summarise_pairs", "summarise_two"),
    "rules": ("Event", "logistic"),
    "scenario": ("Scenario",),
    "sign_in": ("intraclass_correlation", "persistence"),
    "stories": ("Story", "story"),
    "studies": ("Study", "study"),
    "style": ("save",),
    "tables": ("to_dataframe",),
    "wave_data": ("read_waves", "waves"),
}
_ASKS = {"asking", "choosing", "forecasting", "learning", "scenario", "stories", "studies"}  # these need the compiled part
__all__ = ["__version__"] + sorted(name for names in _HOMES.values() for name in names)


def __getattr__(name: str) -> Any:
    home = next((home for home, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module 'coalis' has no '{name}'")
    try:
        found = getattr(imported(home), name)
    except ImportError as error:
        if home in _ASKS and error.name and error.name.endswith("_coalis"):
            raise ImportError(
                "this copy of the package has no compiled part, so that it opens files and asks nothing; build it with "
                "-D COALIS_MODULE=ON, or pip install . (docs/python.md)"
            ) from error
        raise
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return [*globals(), *__all__]
