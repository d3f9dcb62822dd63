"""What Coalis writes, as labelled data: results of runs, comparisons and studies, paired differences, the standard figures.

    import coalis

    hubs = coalis.open_result("hubs.h5")
    coalis.summarise_pairs(hubs, ["engaged", "goal_attainment"])
    coalis.save(coalis.fan(hubs, "engaged"), "engaged.svg")
"""

from .behaviorspace import read_behaviorspace, write_behaviorspace, write_design
from .gof_cases import Case, cases
from .evidence import Item, read_evidence, survey_shares, wilson
from .difference_figures import dotplot, fan
from .dose_figures import dose_response
from .files import Result, ResultError, open_result
from .goodness import Fit, Gof, gof
from .level_figures import attendance, levels
from .paired import PairedSummary, Summary, paired_differences, quantile, summarise, summarise_pairs, summarise_two
from .style import save
from .tables import to_dataframe
from .wave_data import read_waves, waves

__all__ = [
    "Case",
    "Fit",
    "Gof",
    "Item",
    "PairedSummary",
    "Result",
    "ResultError",
    "Summary",
    "attendance",
    "cases",
    "dose_response",
    "dotplot",
    "fan",
    "gof",
    "levels",
    "open_result",
    "paired_differences",
    "quantile",
    "read_behaviorspace",
    "read_evidence",
    "read_waves",
    "save",
    "summarise",
    "summarise_pairs",
    "summarise_two",
    "survey_shares",
    "to_dataframe",
    "waves",
    "wilson",
    "write_behaviorspace",
    "write_design",
]
