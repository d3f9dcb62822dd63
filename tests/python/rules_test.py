"""Rules of one's own: the model's, written in NumPy, have its bits; luck is shared; the result says what it is."""

import hashlib
import inspect
import pickle

import numpy as np
import pytest

import coalis
from coalis import rules


@pytest.mark.parametrize("name", ["benefit_cost", "threshold", "conditional_cooperation"])
@pytest.mark.parametrize("engagement", ["mixture", "trait"])
def test_the_models_rules_in_numpy_have_its_bits(name, engagement, illinois):
    asked = illinois.with_({"structure.decision": name, "structure.engagement": engagement})
    own = asked.run(40, 7, rule=getattr(rules, name)(asked))
    assert (own.hashes == asked.run(40, 7).hashes).all()
    other = next(rule for rule in ("benefit_cost", "threshold") if rule != name)
    assert (asked.run(40, 7, rule=getattr(rules, other)(asked)).hashes != own.hashes).any()


def test_events_of_several_hubs_are_asked_at_once(three_hubs):
    asked = three_hubs.with_({"structure.decision": "benefit_cost"})
    assert (asked.run(20, rule=rules.benefit_cost(asked)).hashes == asked.run(20).hashes).all()


def test_logistic_has_the_engines_bits():
    x = np.linspace(-100, 100, 20001, dtype=np.float32)
    expected = 1 / (1 + np.exp(-x.astype(float)))
    assert np.allclose(coalis.logistic(x), expected, rtol=4e-7, atol=1e-38) and coalis.logistic(x).dtype == np.float32


def test_a_rule_sees_what_it_is_told(illinois):
    seen = []

    def nobody(event):
        seen.append((event.month, event.kind, event.invited.sum(), event.uniform.copy(), event.utility.flags.writeable))
        assert event.invited.dtype == bool and len(event.utility) == 115 and set(np.unique(event.type)) <= {0, 1, 2}
        assert ((event.uniform >= 0) & (event.uniform < 1)).all() and abs(event.normal.mean()) < 0.5
        return np.zeros(115, dtype=bool)

    run = illinois.run(2, rule=nobody)
    assert (run.outcomes["never_attended"] == 1).all()
    assert {kind for _, kind, _, _, _ in seen} <= set(illinois.kinds) and max(count for _, _, count, _, _ in seen) > 20
    assert not any(writeable for *_, writeable in seen)
    draws = [draw for month, kind, _, draw, _ in seen]
    again = []
    illinois.run(2, rule=lambda event: (again.append(event.uniform.copy()), event.invited & True)[1])
    assert (draws[0] == again[0]).all()  # the same luck whatever the rule


def test_the_result_says_that_it_is_an_experiment(illinois, tmp_path):
    def everybody(event):
        return event.invited.copy()

    run = illinois.run(3, rule=everybody)
    source = inspect.getsource(everybody)
    command = run["provenance"].attrs["command"]
    assert hashlib.sha1(source.encode()).hexdigest() in command and "return event.invited.copy()" in command
    assert "everybody (an experiment)" in run.sentences() and "an experiment" in run.attributes["title"] and "an experiment" in repr(run)
    assert (pickle.loads(pickle.dumps(run)).hashes == run.hashes).all()
    both = coalis.summarise_pairs(illinois.run(3), ["engaged"], other=run)
    assert both.difference.iloc[0] > 0


def test_what_is_wrong_with_a_rule_is_said(illinois):
    with pytest.raises(coalis.AskError, match="short: returned bool of shape .* 115 organisations"):
        illinois.run(2, rule=named("short", lambda event: event.invited[:5]))
    with pytest.raises(coalis.AskError, match="returned float32"):
        illinois.run(2, rule=named("chances", lambda event: event.utility))
    with pytest.raises(ZeroDivisionError):
        illinois.run(2, rule=lambda event: 1 / 0)
    with pytest.raises(coalis.AskError, match="parameters"):
        illinois.run(2, rule=lambda event: event.invited, parameters="sets.csv")
    with pytest.raises(coalis.Interrupted) as interrupted:
        illinois.run(50, rule=interrupting(7))
    assert interrupted.value.result is None or interrupted.value.result.replicates < 50


def named(name, rule):
    def called(event):
        return rule(event)

    called.__name__ = name
    return called


def interrupting(after):
    calls = []

    def rule(event):
        calls.append(1)
        if len(calls) > after * 20:
            raise KeyboardInterrupt
        return event.invited.copy()

    return rule
