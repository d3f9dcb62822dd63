"""Who listens while the program works: a progress bar where there is a terminal or a notebook and tqdm is installed; a log."""

from __future__ import annotations

import logging
import os
import sys
from types import TracebackType
from typing import Any

_log = logging.getLogger("coalis")
_DELAY = 1.0  # seconds without a bar


def _in_notebook() -> bool:
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return type(shell).__name__ == "ZMQInteractiveShell"


def _can_be_seen() -> bool:
    if os.environ.get("COALIS_PROGRESS") == "never":
        return False
    return (sys.stderr is not None and sys.stderr.isatty()) or _in_notebook()


class Ear:
    """Shows how far the work is. wanted: None where somebody can see it."""

    def __init__(self, wanted: bool | None, unit: str = "replicates") -> None:
        self._wanted = _can_be_seen() if wanted is None else wanted
        self._unit = unit
        self._bar: Any = None

    def __enter__(self) -> Ear:
        if self._wanted:
            try:
                from tqdm import tqdm
            except ImportError:
                return self
            self._bar = tqdm(unit=f" {self._unit}", delay=_DELAY, leave=False)
        return self

    def progress(self, done: int, of: int) -> None:
        if self._bar is not None:
            self._bar.total = of
            self._bar.update(done - self._bar.n)

    def say(self, sentence: str) -> None:
        _log.info(sentence)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.close()
