"""Coverage in words: how many of the holders of a version are known, and how many ways of spreading are not."""

UNKNOWN, UNKNOWN_SMALL, ABOUT, EXACTLY = "unknown", "unknown_small", "about", "exactly"
AT_LEAST, BETWEEN = "at_least", "between"
NOT_SMALL = 20  # once so many are known, an estimate of "small" has been overtaken
COUNTED = {ABOUT, EXACTLY, AT_LEAST, BETWEEN}  # the words that go with a number


def coverage_line(
    known: int, holders: int | None, holders_known: str, unresolved: int, *, most: int | None = None, grouped: int = 0
) -> str:
    """The sentence that every result prints: "Based on 82 of about 95 holders; 3 channels unresolved."

    `known` people are in the record, `holders` is the estimate and `holders_known` the word for what it is worth
    (unknown, unknown_small, about, at_least, between with `most`, exactly); an estimate without a number is unknown.
    `grouped` more are known as groups alone, such as a readership: they count here and nowhere else.
    """
    everybody = known + grouped
    if holders_known == UNKNOWN_SMALL and (grouped or everybody >= NOT_SMALL):
        holders_known = UNKNOWN
    groups = f" Of the known holders, {grouped:,} are known as groups alone, without names." if grouped else ""
    return f"Based on {_of(everybody, holders, holders_known, most)}; {_channels(unresolved)}.{groups}"


def estimate_words(holders: int | None, word: str, most: int | None) -> str:
    """`about 95`, `at least 95`, `between 95 and 120`, `95`; empty where there is no number."""
    if word not in COUNTED or holders is None or (word == BETWEEN and most is None):
        return ""
    said = {ABOUT: "about {:,}", AT_LEAST: "at least {:,}", BETWEEN: "between {:,} and {:,}", EXACTLY: "{:,}"}
    return said[word].format(holders, most)


def _of(known: int, holders: int | None, word: str, most: int | None) -> str:
    if word == UNKNOWN_SMALL:
        return f"{_people(known)}, total unknown (small)"
    estimate = estimate_words(holders, word, most)
    if not estimate or holders is None:
        return f"{_people(known)}, total unknown"
    highest = {BETWEEN: most, AT_LEAST: None}.get(word, holders)
    if highest is not None and known > highest:
        return f"{_people(known)}, more than the estimate of {estimate}"
    if word == AT_LEAST and known > holders:
        return f"{_people(known)}, of whom {estimate} were expected"
    return f"{known:,} of {estimate} {'holder' if holders == 1 and most is None else 'holders'}"


def _people(known: int) -> str:
    return f"{known:,} known {'holder' if known == 1 else 'holders'}"


def _channels(unresolved: int) -> str:
    if not unresolved:
        return "no unresolved channels are recorded"
    return f"{unresolved:,} {'channel' if unresolved == 1 else 'channels'} unresolved"
