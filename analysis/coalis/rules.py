"""Rules of attendance of one's own: a function of arrays in the place of the model's (docs/model.md, ODD 3, process 4).

    def loyal(event):
        return event.uniform < coalis.logistic(event.utility + 2 * (event.peers > 0.5))

    scenario.run(rule=loyal)

The draws are handed over, so that replicate r under any rule has the same luck. It is an experiment: the result says so, and names
the rule's source with its hash.
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .arguments import wrong_type
from .errors import AskError

if TYPE_CHECKING:
    from .scenario import Scenario

Floats = np.ndarray[Any, np.dtype[np.float32]]
Integers = np.ndarray[Any, np.dtype[np.int32]]
Booleans = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True)
class Event:
    """What a rule is asked: events of one kind that happen side by side, one or one a hub. Arrays are by organisation, (n,).

    Values of organisations that are not invited mean nothing. The arrays are there only while the rule is called.
    """

    month: int  # from 0
    kind: str  # "meeting", "outreach", ...
    invited: Booleans
    utility: Floats  # u, on the scale of log odds: appeal, mission, commitment, leader, awareness, habit, less the cost in time
    peers: Floats  # mean participation of tie partners, 0 to 1; -1 without ties
    turnout: Floats  # at the last event of this kind of the hub, 0 to 1
    type: Integers  # 0 unconditional, 1 conditional, 2 free rider
    uniform: Floats  # a draw from 0 to 1 of each organisation
    normal: Floats  # a draw with mean 0 and deviation 1, for noise; it shares a word with `uniform`, so use one of them


Rule = Callable[[Event], Any]


class Asking:
    """A rule as the engine calls it."""

    def __init__(self, rule: Rule) -> None:
        self._rule = rule

    def __call__(self, month: int, kind: str, invited: Any, utility: Floats, peers: Floats, turnout: Floats, type: Integers,
                 uniform: Floats, normal: Floats, comes: Any) -> None:  # fmt: skip
        for array in (invited, utility, peers, turnout, type, uniform, normal):
            array.flags.writeable = False  # some of it is the engine's own
        event = Event(month, kind, invited.view(np.bool_), utility, peers, turnout, type, uniform, normal)
        found = np.asarray(self._rule(event))
        if found.shape != comes.shape or found.dtype != np.bool_:
            raise AskError(
                f"rule {title(self._rule)}: returned {found.dtype} of shape {found.shape}; return True or False for each of the "
                f"{comes.size} organisations, an array of bool"
            )
        comes[...] = found


Asked = Rule | None  # a rule, or the model's own


def asked_rules(rule: Asked, parameters: Any) -> list[Asking | None] | None:
    """As the compiled part takes them: None without a rule."""
    return None if rule is None else [_asking(rule, parameters)]


def asked_of_each(rule: Asked | Sequence[Asked], scenarios: int, parameters: Any) -> tuple[list[Asked], list[Asking | None] | None]:
    """One for each scenario: the same for all, or of a list; and as the compiled part takes them."""
    if isinstance(rule, (list, tuple)):
        if len(rule) != scenarios:
            raise AskError(f"rule=: {len(rule)} rules for {scenarios} scenarios; give one of each, None for the model's own, or one for all")
        each: list[Asked] = list(rule)
    else:
        each = [rule] * scenarios  # type: ignore[list-item]
    asked = [None if one is None else _asking(one, parameters) for one in each]
    return each, asked if any(asked) else None


def _asking(rule: Rule, parameters: Any) -> Asking:
    if not callable(rule):
        raise wrong_type("rule", rule, "a function of a coalis.Event")
    if parameters:
        raise AskError("rule=: runs under a rule have the scenario's own parameters; leave out parameters=")
    described(rule)  # an error, if there is no source to name
    return Asking(rule)


EXPERIMENT = "(an experiment)"


def experiment(rule: Asked) -> str:
    """What a name says after it of a rule; "" of the model's own."""
    return "" if rule is None else f", attendance by {title(rule)} {EXPERIMENT}"


def title(rule: Rule) -> str:
    return str(getattr(rule, "__name__", type(rule).__name__))


def described(rule: Rule) -> str:
    """Its name, the SHA-1 of its source, and the source itself."""
    try:
        source = inspect.getsource(rule if inspect.isroutine(rule) else type(rule))
    except (OSError, TypeError):
        raise AskError(f"rule {title(rule)}: its source cannot be found, which the result must name; define it in a file or a cell") from None
    return f"{title(rule)}, SHA-1 {hashlib.sha1(source.encode()).hexdigest()}: {source}"


# The model's own rules (include/coalis/submodels/attendance_choice/), with the same bits: arithmetic in single precision in the
# same order.

_F = np.float32


def _exp(x: Floats) -> Floats:
    """The engine's exponential (include/coalis/core/math.hpp)."""
    shifter = _F(12582912.0)
    shifted = x * _F(1.44269504) + shifter
    n = shifted - shifter
    r = (x - n * _F(0.693359375)) - n * _F(-2.12194440e-4)
    r2 = r * r
    tail = (_F(0.499999934) + _F(0.166665204) * r) + r2 * (
        (_F(0.0416683908) + _F(0.00836874512) * r) + r2 * _F(0.001381454)
    )
    mantissa = _F(1.0) + (r + r2 * tail)
    y = (mantissa.view(np.uint32) + (shifted.view(np.uint32) << np.uint32(23))).view(np.float32)
    found: Floats = np.where(x < _F(-87.33654), _F(0.0), np.where(x <= _F(88.72283), y, _F(np.inf)))
    return found


def logistic(x: Any) -> Floats:
    """1 / (1 + exp(-x)) in single precision, with the engine's bits."""
    values = np.ascontiguousarray(x, dtype=np.float32)
    found: Floats = _F(1.0) / (_F(1.0) + _exp(-values))
    return found


def _expected(event: Event, global_weight: np.float32) -> Floats:
    together = (_F(1) - global_weight) * event.peers + global_weight * event.turnout
    found: Floats = np.where(event.peers < 0, event.turnout, together)
    return found


def benefit_cost(scenario: Scenario) -> Rule:
    """Each weighs its own benefit against its own cost."""
    social = _F(scenario.parameters.beta_social)

    def rule(event: Event) -> Any:
        return event.uniform < logistic(event.utility + social * np.where(event.peers < 0, _F(0), event.peers))

    return rule


def threshold(scenario: Scenario) -> Rule:
    """Each comes if it expects enough others to (Granovetter 1978)."""
    p = scenario.parameters
    shift, noise, weight = _F(p.threshold_shift), _F(p.threshold_noise), _F(p.global_weight)

    def rule(event: Event) -> Any:
        return _expected(event, weight) + noise * event.normal >= _F(1) - logistic(event.utility + shift)

    return rule


def conditional_cooperation(scenario: Scenario) -> Rule:
    """Some come if others do, some ride free, the rest decide alone."""
    p = scenario.parameters
    shift, weight, factor = _F(p.conditional_shift), _F(p.conditional_weight), _F(p.free_rider_factor)
    global_weight = _F(p.global_weight)

    def rule(event: Event) -> Any:
        alone = logistic(event.utility + shift)
        together = (_F(1) - weight) * alone + weight * _expected(event, global_weight)
        return event.uniform < np.where(event.type == 1, together, np.where(event.type == 2, factor * alone, alone))

    return rule
