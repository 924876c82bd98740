"""Words of exhibits: what one is, and how its source and its information are graded."""

from tracker.models.words import Word


class ExhibitForm(Word):
    """What an exhibit is."""

    FILE = "file"
    OBJECT = "object"


class Original(Word):
    """Whether it is the thing itself."""

    ORIGINAL = "original"
    COPY = "copy"


class SourceGrade(Word):
    """How reliable the source is, judged apart from what it says (Admiralty code)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"

    @property
    def label(self) -> str:
        """The grade in words."""
        words = ("completely reliable", "usually reliable", "fairly reliable", "not usually reliable", "unreliable")
        return f"{self.value}: {(*words, 'cannot be judged')['ABCDEF'.index(self.value)]}"


class InformationGrade(Word):
    """How credible the information is, judged apart from who gave it (Admiralty code)."""

    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    FIVE = "5"
    SIX = "6"

    @property
    def label(self) -> str:
        """The grade in words."""
        words = ("confirmed by other sources", "probably true", "possibly true", "doubtful", "improbable")
        return f"{self.value}: {(*words, 'cannot be judged')[int(self.value) - 1]}"
