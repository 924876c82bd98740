"""The stops of the tour: who looks at which page, and what there is to see."""

from dataclasses import dataclass

BRIEFING, SUNDAY = "Leaked congratulatory briefing", "Readout of the Sunday call"


@dataclass(frozen=True)
class Stop:
    """One page: `CASE` in its path stands for the address of the case."""

    title: str
    who: str
    path: str
    words: str
    case: str = BRIEFING
    theme: str = "light"


STOPS: tuple[Stop, ...] = ()
