"""How long something has waited, in words."""

from datetime import timedelta

UNITS = (("week", timedelta(weeks=1), 9), ("day", timedelta(days=1), 2), ("hour", timedelta(hours=1), 1))


def age(waited: timedelta) -> str:
    """`less than an hour`, `5 hours`, `12 days`, `9 weeks`: the largest unit that still tells two of them apart."""
    for name, length, least in UNITS:
        if (count := waited // length) >= least:
            return f"{count} {name}{'' if count == 1 else 's'}"
    return "less than an hour"
