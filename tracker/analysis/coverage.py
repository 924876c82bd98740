"""Coverage in words: how many of the holders of a version are known, and how many ways of spreading are not."""

UNKNOWN, UNKNOWN_SMALL, ABOUT, EXACTLY = "unknown", "unknown_small", "about", "exactly"


def coverage_line(known: int, holders: int | None, holders_known: str, unresolved: int) -> str:
    """The sentence that every result prints: "Based on 82 of about 95 holders; 3 channels unresolved."

    `known` people are in the record, `holders` is the estimate and `holders_known` the word for what it is worth
    (unknown, unknown_small, about, exactly); an estimate without a number is unknown.
    """
    return f"Based on {_of(known, holders, holders_known)}; {_channels(unresolved)}."


def _of(known: int, holders: int | None, word: str) -> str:
    if word == UNKNOWN_SMALL:
        return f"{_people(known)}, total unknown (small)"
    if word not in {ABOUT, EXACTLY} or holders is None:
        return f"{_people(known)}, total unknown"
    estimate = f"about {holders:,}" if word == ABOUT else f"{holders:,}"
    if known > holders:
        return f"{_people(known)}, more than the estimate of {estimate}"
    return f"{known:,} of {estimate} {'holder' if holders == 1 else 'holders'}"


def _people(known: int) -> str:
    return f"{known:,} known {'holder' if known == 1 else 'holders'}"


def _channels(unresolved: int) -> str:
    if not unresolved:
        return "no unresolved channels are recorded"
    return f"{unresolved:,} {'channel' if unresolved == 1 else 'channels'} unresolved"
