"""How versions read where a text quotes them: those that read alike stand together, and one of them is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.analysis.comparison.alignment import Alignment, align
from tracker.analysis.comparison.index import Index
from tracker.analysis.comparison.passages import Passage
from tracker.analysis.comparison.standing import Compared, Standing, compare
from tracker.analysis.comparison.texts import bits, read

MOST = 3  # readings of one passage that are shown side by side


@dataclass(frozen=True)
class Reading:
    """Versions that agree with the same places of a passage, and the passage beside that of the first of them."""

    versions: tuple[int, ...]
    agrees: bool
    alignment: Alignment


@dataclass(frozen=True)
class Wording:
    """The published words against one version; `order` is None where there is no order to tell."""

    words: str
    order: bool | None


def readings_of(found: Compared, passage: Passage) -> tuple[list[Reading], int]:
    """The readings of a passage, those that agree first, and how many more there are.

    Of the versions that lack the passage, those with some words of it are one reading, the last.
    """
    contradicts: dict[int, list[int]] = {version: [] for version in bits(passage.holders)}
    for number, place in enumerate(passage.places):
        for version in bits(0 if place.whole else place.against):
            contradicts[version].append(number)
    groups: dict[tuple[int, ...], list[int]] = {}
    for version, places in contradicts.items():
        groups.setdefault(tuple(places), []).append(version)
    ordered = sorted(groups.items(), key=lambda one: (len(one[0]), one[1][0]))
    if passage.near:
        ordered.append(((-1,), list(bits(passage.near))))
    readings = []
    for contradicted, versions in ordered[:MOST]:
        alignment = align(found.text, passage.span, found.index.texts[versions[0]])
        if alignment is not None:
            readings.append(Reading(tuple(versions), not contradicted, alignment))
    return readings, max(0, len(ordered) - MOST)


def wording_of(found: Compared, version: int) -> Wording:
    """The published words against a version: consistent, shortened, inconsistent or none, and in which order."""
    standing = found.standing(version)
    held = [passage for passage in found.passages if passage.holders >> version & 1]
    aligned = [align(found.text, passage.span, found.index.texts[version]) for passage in held]
    order = _is_ordered([one.start for one in aligned if one is not None])
    if standing is Standing.NONE:
        return Wording("None", None)
    if standing is Standing.INCONSISTENT:
        return Wording("Inconsistent", order)
    is_shortened = any(one is not None and one.is_shortened for one in aligned)
    return Wording("Consistent, shortened" if is_shortened else "Consistent", order)


def shared_words(quote: str, index: Index) -> list[str]:
    """The passages of a quote that stand in one of the texts of an index."""
    found = compare(read(quote), index)
    return [found.text.says(passage.first, passage.last) for passage in found.passages]


def _is_ordered(starts: Sequence[int]) -> bool | None:
    return all(one <= other for one, other in pairwise(starts)) if len(starts) > 1 else None
