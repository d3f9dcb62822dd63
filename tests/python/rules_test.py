"""Rules of one's own: the model's, written in NumPy, have its bits; luck is shared; the result says what it is."""

import hashlib
import inspect
import json
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


@pytest.fixture(scope="module")
def weighing(illinois, three_hubs):
    """Scenarios in which each weighs benefit against cost, and that rule in NumPy."""
    both = [one.with_({"structure.decision": "benefit_cost"}) for one in (illinois, three_hubs)]
    return both, [rules.benefit_cost(one) for one in both]


def test_a_comparison_under_rules_is_that_of_the_model_if_they_are_its_own(weighing, illinois):
    both, own = weighing
    options = {"replicates": 20, "structures": "engagement", "outcomes": ["engaged", "network"]}
    found, usual = coalis.compare(*both, rule=own, **options), coalis.compare(*both, **options)
    assert found["outcomes"].identical(usual["outcomes"]) and found["survey"].identical(usual["survey"])
    for outcome, figures in usual.differences["B"].items():
        for name in ("difference", "se", "half_width", "range80", "above", "below"):
            assert repr(found.differences["B"][outcome][name]) == repr(figures[name]), (outcome, name)  # NaN, too
    assert json.dumps(found.answer["structures"]) == json.dumps(usual.answer["structures"])
    names = [one["name"] for one in found.answer["scenarios"]]
    assert all(name.endswith("attendance by rule (an experiment)") for name in names)
    assert found["provenance"].attrs["command"].count("SHA-1") == 2
    assert coalis.compare(*both, replicates=5, rule=own[0])["outcomes"].identical(coalis.compare(*both, replicates=5)["outcomes"])


def test_one_of_the_scenarios_may_have_a_rule(weighing, illinois):
    def everybody(event):
        return event.invited.copy()

    scenario = weighing[0][0]
    both = coalis.compare(scenario, scenario, replicates=20, rule=[None, everybody])
    assert [one["name"] for one in both.answer["scenarios"]] == [scenario.name, f"{scenario.name}, attendance by everybody (an experiment)"]
    own = scenario.run(20, rule=everybody)
    assert (both["outcomes"].engaged[:, 1].values == own.outcomes["engaged"]).all()
    assert (both["outcomes"].engaged[:, 0].values == scenario.run(20).outcomes["engaged"]).all()
    assert both.differences["B"]["engaged"]["difference"] > 0 and hashlib.sha1(inspect.getsource(everybody).encode()).hexdigest() in str(
        both["provenance"].attrs["command"]
    )


STUDY = """format = "study"
version = 1
name = "doses"
question = "What does staff time change?"
scenarios = ["weighing.toml"]
replicates = 6
seed = 3
outcomes = ["engaged"]
[design]
kind = "full_factorial"
[[factors]]
path = "hubs.Chicago.fte"
values = [0.2, 0.6]
"""


def test_a_study_under_a_rule_is_that_of_the_model_if_it_is_its_own(weighing, tmp_path):
    (scenario, _), (own, _) = weighing
    (tmp_path / "weighing.toml").write_text(scenario.text)
    path = tmp_path / "doses.toml"
    path.write_text(STUDY)
    found, usual = coalis.study(path, rule=own), coalis.study(path)
    assert found["outcomes"].identical(usual["outcomes"])
    assert "doses, attendance by rule (an experiment)" in found.attributes["title"] and "SHA-1" in found["provenance"].attrs["command"]
    assert coalis.study(path, rule=lambda event: event.invited.copy())["outcomes"].engaged.mean() > usual["outcomes"].engaged.mean()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["doses.toml", "weighing.toml"]
    with pytest.raises(coalis.AskError, match="keep=True: runs under a rule"):
        coalis.study(path, rule=own, keep=True)
    path.write_text(STUDY.replace("hubs.Chicago.fte", "structure.decision").replace("[0.2, 0.6]", '["threshold", "benefit_cost"]'))
    with pytest.raises(coalis.AskError, match="rule=: it stands in the place of every decision"):
        coalis.study(path, rule=own)


def test_a_story_is_told_under_the_rule_of_its_run(illinois, tmp_path):
    def nobody(event):
        return np.zeros_like(event.invited)

    run = illinois.run(2, 5, rule=nobody)
    told = coalis.story(run, 7, 1)
    assert told.hash == run.hashes[1] and (told.dataset.attended == 0).all()
    assert coalis.story(illinois, 7, 1, seed=5, rule=nobody).hash == told.hash
    with pytest.raises(coalis.ResultError, match="had another rule of attendance; give it with rule="):
        coalis.story(coalis.open_result(run.save(tmp_path / "run.h5")), 7)
    assert coalis.story(coalis.open_result(tmp_path / "run.h5"), 7, 1, rule=nobody) == told
    with pytest.raises(ZeroDivisionError):
        coalis.story(illinois, 7, rule=lambda event: 1 / 0)


def test_what_a_rule_gave_up_is_no_replicate(illinois, three_hubs):
    """Whatever is told of an interruption is of whole replicates."""
    usual = {}
    for after in (3, 11):
        calls = []

        def weak(event):
            calls.append(1)
            if len(calls) > after * 30:
                raise KeyboardInterrupt
            return event.uniform < 0.5

        with pytest.raises(coalis.Interrupted) as stopped:
            coalis.compare(illinois, three_hubs, replicates=100, rule=weak)
        done = stopped.value.result
        if done is None:
            continue
        assert done.replicates < 100
        after, calls = 1e9, []
        usual = coalis.compare(illinois, three_hubs, replicates=done.replicates, rule=weak)
        assert done["outcomes"].identical(usual["outcomes"])
    assert usual


def test_what_is_wrong_with_a_rule_is_said(illinois, three_hubs):
    with pytest.raises(coalis.AskError, match="rule=: 1 rules for 2 scenarios"):
        coalis.compare(illinois, three_hubs, replicates=2, rule=[None])
    with pytest.raises(TypeError, match="rule=3: takes a function"):
        coalis.compare(illinois, three_hubs, replicates=2, rule=[None, 3])
    with pytest.raises(coalis.AskError, match="structures=: a rule stands in the place of every decision"):
        coalis.compare(illinois, three_hubs, replicates=2, structures="all", rule=lambda event: event.invited)
    with pytest.raises(coalis.AskError, match="leave out parameters="):
        coalis.compare(illinois, three_hubs, replicates=2, parameters="sets.csv", rule=lambda event: event.invited)
    with pytest.raises(ZeroDivisionError) as wrong:
        coalis.compare(illinois, three_hubs, replicates=2, rule=lambda event: 1 / 0)
    assert "lambda event: 1 / 0" in str(wrong.traceback[-1].statement)
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
