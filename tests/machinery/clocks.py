"""A clock of minutes that only a test sets: it stands in for the module `time` where a program counts them."""


class Clock:
    """Begins at a thousand seconds; `now` is set by the test."""

    now = 1_000.0

    def monotonic(self) -> float:
        return self.now
