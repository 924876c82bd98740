"""Words of what is added to a sealed interview."""

from tracker.models.words import Word


class AddendumKind(Word):
    """What is added to a sealed interview: new facts, the person's correction, a clerical error."""

    ADDENDUM = "addendum"
    CORRECTION = "correction"
    ERRATUM = "erratum"
