"""Lines of inquiry, hypotheses, citations, exclusions, designations, reveals."""

from tracker.models.cases import Case


def furnish(case: Case, who: str, number: int) -> None:
    """The `number`th of every kind, recorded by `who`, who is on the team."""
