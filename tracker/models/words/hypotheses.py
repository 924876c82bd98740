"""Words of hypotheses."""

from tracker.models.words import Word


class Tested(Word):
    """What cited evidence says of a hypothesis."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_TESTED = "not_tested"
