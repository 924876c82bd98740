"""Waiting for what another thread or process does."""

import time
from collections.abc import Callable


def until(happened: Callable[[], object], seconds: float = 10) -> None:
    """Look again and again; raises AssertionError when it does not happen in time."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.005)
