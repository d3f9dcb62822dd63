"""What can go wrong, as exceptions."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Any, NamedTuple


class Problem(NamedTuple):
    """One thing that is wrong, where, and what to do about it."""

    file: str  # or the argument that is meant
    line: int  # from 1; 0 without a place in the file
    column: int  # from 1, in characters; 0 of a whole line
    warning: bool
    problem: str
    advice: str
    of_question: bool
    text: str  # all of it: "file:line:column: error: problem; advice"


class AskError(ValueError):
    """What was asked cannot be answered. The message says everything that is wrong, where, and what to do; `problems` has it in
    parts."""

    def __init__(self, problems: Iterable[tuple[Any, ...]] | str) -> None:
        self.problems: list[Problem] = [] if isinstance(problems, str) else [Problem(*problem) for problem in problems]
        super().__init__(problems if isinstance(problems, str) else "\n".join(_spoken(p) for p in self.problems))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), ([tuple(problem) for problem in self.problems] or str(self),)


class ScenarioError(AskError):
    """A scenario is wrong. The message has a line for everything that is: file:line:column, the problem, what to do."""


class ResultError(Exception):
    """A file cannot be read or written, or does not hold what is asked of it. The message says which file, what, and what to do."""


class Interrupted(KeyboardInterrupt):
    """Ctrl-C: the runs under way were finished. `result` has what was done until then, None if that is nothing."""

    def __init__(self, message: str = "", result: Any = None) -> None:
        super().__init__(message)
        self.result = result


class ScenarioWarning(UserWarning):
    """What is odd about a scenario and no error."""


def did_you_mean(name: Any, known: Iterable[Any], form: str = "did you mean '{}'? ") -> str:
    """The nearest of the known names, said so; "" if none is near."""
    names = {str(one).casefold(): str(one) for one in known}
    near = difflib.get_close_matches(str(name).casefold(), names, 1)
    return form.format(names[near[0]]) if near else ""


# Words of the command line in what the library says, and those of Python. Options with a value of their own come first.
_OPTION = (
    "equal-budget|budget|lever|from-month|hold-out|attendance|on|outcomes|matters|structures|parameters|precision|replicates|draws|organisation|replicate|seed|record|set"
    "|threads|fit|title|question|table|elsewhere"
)
_CALLED = {"with": "options", "for": "aim", "guard": "guards"}  # options that are called otherwise here
_WORDS = [
    (re.compile(pattern), words)
    for pattern, words in (
        (r"choose another name with -o or replace it with --force", "choose another name, or overwrite=True"),
        (r"; choose another (name|folder) with -o", r"; choose another \1"),
        (r"give the same command again", "ask again"),
        (r"(give|before) --restart\b", r"\1 restart=True"),
        (r"(there is no such outcome;.*) coalis defaults lists (them|all)", r"\1 coalis.outcomes() lists \2"),
        (r"(there is no outcome '.*) coalis defaults lists (them|all)", r"\1 coalis.outcomes() lists \2"),
        (r"coalis defaults lists the keys", "Scenario.explain() lists the keys"),
        (r"with --with \(coalis options lists some\)", "with options= (coalis.options(scenario) lists some)"),
        (r"takes some of the sets of --parameters, which is missing", "is how many sets of parameters= are used, which is missing; give the file of sets, or leave draws out"),
        (r"coalis run, compare, check and explain read it", "coalis.Scenario(path) reads it"),
        (r"coalis study run, plan and report read it", "coalis.study(path) does its runs"),
        (r"coalis (sensitivity|calibrate) reads it(?! by itself)", r"coalis.\1(path) does its runs"),
        (r"coalis verify, export and story read it|coalis report, verify and export read it", "coalis.open_result(path) reads it"),
        (r"coalis export and verify read it; coalis report makes a page from the study itself", "coalis.open_result(path) reads it"),
        (r"coalis report and coalis sensitivity STUDY --from read it|coalis report reads it", "coalis.open_answer(path) reads it"),
        (r"coalis calibrate goes on from it by itself", "coalis.calibrate(path, keep=True) goes on from it by itself"),
        (r"coalis best goes on from it by itself", "coalis.best(..., keep=) goes on from it by itself"),
        (r"coalis sensitivity reads it by itself", "coalis.sensitivity(path, keep=True) reads it by itself"),
        (r"coalis study run and coalis study status read its folder", "coalis.study(path, keep=True) reads its folder"),
        (r"give it to coalis run, compare, study run or report as --parameters", "give it as parameters= to coalis.run, compare, study or best"),
        (r"name a file that coalis (best|sensitivity) -o has written", r"name a file that save() of a coalis.\1 or the command has written"),
        (r"set it with --set ([\w.]+)=\.\.\.", r'set it with with_({"\1": ...})'),
        (r"--set ([\w.]+)= (lets)", r'scenario.with_({"\1": ...}) \2'),
        (r"write --set path=value, as in --set levers\.information=0", 'write {"path": value}, as in {"levers.information": 0}'),
        (r"quote the value for the shell, as in --set '[^']*'", "write the text of a value as TOML has it, or give a dict"),
        (r"as in --set 'series\.\"Outreach Day\"\.hours=4'", """as in {'series."Outreach Day".hours': 4}"""),
        (r"or --set it\b", "or set it with with_()"),
        (r"as answers of --json are", "as `answer` and save() of some answers have it"),
        (r"(more|options?)(: | with )--json\b", r"\1 in to_dataframe()"),
        (r"(more outcomes?) with --all\b", r"\1 in `answer`"),
        (r"--json\b", "`answer`"),
        (r"coalis calibrate --check\b", "check()"),
        (r"--with\b", "options="),
        (r"--for\b", "aim="),
        (r"--guard\b", "guards="),
        (r"\(--record\b", "(record="),
        (r"--waves ([^:]+):", r"months: \1:"),
        (r"--(threads|replicates|replicate|draws|seed|organisation) (\d)", r"\1=\2"),
        (r"--hold-out (\d)", r"hold_out=\1"),
    )
]


def _spoken(problem: Problem) -> str:
    """What is wrong with an argument is said of that: `--equal-budget fte: ...` is `equal_budget=fte: ...`."""
    given = re.fullmatch(rf"--({_OPTION}|{'|'.join(_CALLED)}) (.+)", problem.file, re.DOTALL)
    if given and given[1] != "set" and problem.text.startswith(problem.file):
        name, value = _CALLED.get(given[1], given[1].replace("-", "_")), given[2]
        plain = re.fullmatch(r"[\w.+-]*", value) is not None
        return f"{name}={value if plain else repr(value)}{in_python(problem.text.removeprefix(problem.file))}"
    text = re.sub(r"^--set ", "", problem.text)
    return in_python(re.sub(rf"^--({_OPTION}) (?=\S)", lambda found: found[1].replace("-", "_") + "=", text))


def in_python(text: str) -> str:
    """What the library says, in words of Python: `--equal-budget` is `equal_budget`, `--force` is `overwrite=True`."""
    for pattern, words in _WORDS:
        text = pattern.sub(words, text)
    return re.sub(rf"--({_OPTION})\b", lambda found: found[1].replace("-", "_"), text)
