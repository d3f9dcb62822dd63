# The compiled part (sim/python/).
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from .progress import Ear

program_version: str
commit: str
model_version: str

Origin = tuple[str, int, int] | None
Rules = Sequence[Callable[..., None] | None] | None  # one a scenario, None the model's own; None without rules
Quantities = list[tuple[str, str, str, float]]  # name, unit, meaning, difference that matters

class Scenario:
    @staticmethod
    def read(path: str, set: list[str]) -> Scenario: ...
    @staticmethod
    def parse(text: str, name: str, set: list[str]) -> Scenario: ...
    def with_set(self, set: list[str]) -> Scenario: ...
    def values(self) -> list[tuple[str, str, str, str, str, str, str, str, str, str, Origin, list[tuple[str, str]]]]: ...
    def differences(self, other: Scenario) -> list[tuple[str, str | None, str | None, str, str]]: ...
    @property
    def name(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def warnings(self) -> list[str]: ...
    @property
    def planned_cost(self) -> float: ...
    def organisation_named(self, name: str) -> int: ...  # -1: none

class Run:
    def page(self, *, on: str, title: str, command: str) -> str: ...
    def write(self, path: str, overwrite: bool, command: str) -> None: ...
    @property
    def hashes(self) -> np.ndarray[Any, np.dtype[np.uint64]]: ...
    @property
    def outcomes(self) -> np.ndarray[Any, np.dtype[np.float64]]: ...  # (outcome, replicate)
    @property
    def quantities(self) -> Quantities: ...
    @property
    def replicates(self) -> int: ...
    @property
    def json(self) -> str: ...
    @property
    def text(self) -> str: ...

class Compared:
    def write(self, path: str, overwrite: bool, command: str) -> None: ...
    @property
    def replicates(self) -> int: ...
    @property
    def whole(self) -> bool: ...
    @property
    def json(self) -> str: ...
    @property
    def text(self) -> str: ...

class Study:
    def write(self, path: str, overwrite: bool, command: str) -> None: ...
    def page(self, command: str, date: str, epoch: str) -> str: ...
    @property
    def replicates(self) -> int: ...  # done at every point
    @property
    def runs(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def json(self) -> str: ...
    @property
    def text(self) -> str: ...

class Sensitivity:
    @property
    def json(self) -> str: ...
    @property
    def file_text(self) -> str: ...
    @property
    def text(self) -> str: ...

# What asks returns what was done, None if nothing was, and what a signal or the ear raised meanwhile, or None.
def run(
    scenario: Scenario,
    *,
    replicates: int,
    seed: int,
    record: str,
    outcomes: list[str],
    parameters: str,
    threads: int,
    rules: Rules,
    ear: Ear | None,
) -> tuple[Run | None, BaseException | None]: ...
def compare(
    scenarios: list[Scenario],
    *,
    replicates: int,
    seed: int,
    outcomes: list[str],
    matters: list[str],
    precision: float,
    on: str,
    equal_budget: str,
    budget: float,
    options: list[str],
    from_month: str,
    structures: list[str],
    parameters: str,
    draws: int,
    threads: int,
    rules: Rules,
    ear: Ear | None,
) -> tuple[Compared | None, BaseException | None]: ...
def options(scenario: Scenario) -> str: ...  # JSON
def best(
    scenario: Scenario,
    *,
    budget: float,
    aim: str,
    guards: list[str],
    parameters: list[str],
    structures: list[str],
    draws: int,
    from_month: str,
    points: int,
    replicates: int,
    seed: int,
    keep: str,
    command: str,
    threads: int,
    ear: Ear | None,
) -> tuple[tuple[str, str] | None, BaseException | None]: ...  # JSON and text
def forecast(
    scenario: Scenario,
    *,
    attendance: str,
    hold_out: int,
    parameters: str,
    replicates: int,
    seed: int,
    threads: int,
    ear: Ear | None,
) -> tuple[tuple[str, str] | None, BaseException | None]: ...  # JSON and text
def count_attendance(path: str, *, hold_out: int) -> tuple[int, int, str]: ...  # members, meetings, evidence
def best_text(path: str) -> str: ...
def best_page(path: str, *, name: str, title: str, command: str) -> str: ...
def study(
    path: str,
    *,
    parameters: list[str],
    replicates: int,
    folder: str,
    threads: int,
    rules: Rules,
    experiment: str,
    ear: Ear | None,
) -> tuple[Study | None, int, BaseException | None]: ...
def sensitivity(
    path: str, *, folder: str, restart: bool, threads: int, ear: Ear | None
) -> tuple[Sensitivity | None, str, BaseException | None]: ...
def calibrate(
    path: str, *, posterior: str, state: str, given: str, nuisance: str, restart: bool, command: str, threads: int, ear: Ear | None
) -> tuple[tuple[str, str] | None, BaseException | None]: ...  # JSON and text
def check(
    path: str, *, posterior: str, nuisance: str, table: int, elsewhere: str, threads: int, ear: Ear | None
) -> tuple[tuple[str, str] | None, BaseException | None]: ...
def story(
    scenario: Scenario, *, seed: int, replicate: int, organisation: int, first: int, last: int, recorded: bool, rules: Rules
) -> dict[str, Any]: ...
def waves(path: str, *, replicate: int, months: list[str], folder: str) -> None: ...
def comparison_page(path: str, *, headline: str, title: str, question: str, fit: str, command: str, epoch: str) -> str: ...
def check_text(path: str) -> str: ...
def fit_page(paths: list[str], *, title: str, command: str) -> str: ...
def story_page(*, title: str, told: str, command: str) -> str: ...
def sensitivity_text(path: str) -> str: ...
def sensitivity_page(path: str, *, name: str, title: str, command: str) -> str: ...
def quantities() -> Quantities: ...
def write_output(path: str, content: bytes, overwrite: bool) -> None: ...
def level_of(outcome: str) -> str: ...  # "" of one that is none
def run_page(
    scenario: Scenario, *, seed: int, outcomes: dict[str, list[float]], months: list[list[float]], told: str, on: str, title: str, command: str
) -> str: ...
def what_is(path: str) -> tuple[str, str, str]: ...  # format, in words, what reads it
def fitted(text: str, width: int) -> str: ...
