"""HDF5 by one thread at a time.

The program looks into files of HDF5 in a process that it forks, and netCDF4 reads without the interpreter's lock: a process that is
forked while another thread is in the library would find the library's own lock taken, and wait for ever.
"""

from __future__ import annotations

import os
import threading


class _Lock:
    """A lock, and another one in a process that was forked."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._renew)

    def _renew(self) -> None:
        self._lock = threading.RLock()

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


hdf5 = _Lock()
