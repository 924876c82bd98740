"""Words of disclosures: where one appeared, and how it carries the material."""

from tracker.models.words import Word


class Medium(Word):
    """Where a disclosure appeared."""

    NEWSPAPER = "newspaper"
    BROADCAST = "broadcast"
    AGENCY = "agency"
    WEBSITE = "website"
    SOCIAL = "social"
    LETTER = "letter"
    SPOKEN = "spoken"
    OTHER = "other"


class DisclosureForm(Word):
    """How the disclosure carries the material."""

    REPRODUCES = "reproduces"
    QUOTES = "quotes"
    PARAPHRASES = "paraphrases"
    ORALLY_REPEATS = "orally_repeats"
    CONFIRMS_BY_SILENCE = "confirms_by_silence"
