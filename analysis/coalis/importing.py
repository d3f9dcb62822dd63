"""Importing when something is used: Ctrl-C waits until it is done, so that nothing is left half imported."""

from __future__ import annotations

import signal
import threading
from importlib import import_module
from types import ModuleType

from .errors import Interrupted


def imported(name: str) -> ModuleType:
    """A module of the package with what it needs. Ctrl-C meanwhile is raised as coalis.Interrupted afterwards."""
    usual = threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if not usual:
        return import_module(f".{name}", __package__)
    came: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        module = import_module(f".{name}", __package__)
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if came:
        raise Interrupted("interrupted: nothing was run")
    return module
