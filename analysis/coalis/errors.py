"""What can go wrong, as exceptions."""

from __future__ import annotations

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


# Words of the command line in what the library says, and those of Python. Options with a value of their own come first.
_OPTION = (
    "equal-budget|budget|from-month|hold-out|attendance|on|outcomes|matters|structures|parameters|precision|replicates|draws|organisation|replicate|seed|record|set|threads"
    "|fit|title|question|table|elsewhere"
)
_WORDS = [
    (re.compile(pattern), words)
    for pattern, words in (
        (r"choose another name with -o or replace it with --force", "choose another name, or overwrite=True"),
        (r"; choose another (name|folder) with -o", r"; choose another \1"),
        (r"(give|before) --restart\b", r"\1 restart=True"),
        (r"(there is no such outcome;.*) coalis defaults lists (them|all)", r"\1 coalis.outcomes() lists \2"),
        (r"set it with --set ([\w.]+)=\.\.\.", r'set it with with_({"\1": ...})'),
        (r"write --set path=value, as in --set levers\.information=0", 'write {"path": value}, as in {"levers.information": 0}'),
        (r"quote the value for the shell, as in --set '[^']*'", "write the text of a value as TOML has it, or give a dict"),
        (r"as in --set 'series\.\"Outreach Day\"\.hours=4'", """as in {'series."Outreach Day".hours': 4}"""),
        (r"or --set it\b", "or set it with with_()"),
        (r"more with --json\b", "more in to_dataframe()"),
        (r"--json\b", "to_dataframe()"),
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
    text = re.sub(r"^--set ", "", problem.text)
    return in_python(re.sub(rf"^--({_OPTION}) (?=\S)", lambda found: found[1].replace("-", "_") + "=", text))


def in_python(text: str) -> str:
    """What the library says, in words of Python: `--equal-budget` is `equal_budget`, `--force` is `overwrite=True`."""
    for pattern, words in _WORDS:
        text = pattern.sub(words, text)
    return re.sub(rf"--({_OPTION})\b", lambda found: found[1].replace("-", "_"), text)
