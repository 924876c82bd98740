"""Words of eliminations: on which ground, and how strong."""

from tracker.models.words import Word


class Ground(Word):
    """Why a person is eliminated; a missing access record is no ground."""

    NO_ACCOUNT = "no_account"
    ABSENT_WITH_LOG = "absent_with_log"
    CREATED_AFTER = "created_after"
    VERSION_DIFFERS = "version_differs"
    WAS_ELSEWHERE = "was_elsewhere"


class Strength(Word):
    """How strong an elimination is."""

    X1 = "X1"
    X2 = "X2"
    X3 = "X3"

    @property
    def label(self) -> str:
        """The strength in words."""
        return {"X1": "X1: strong", "X2": "X2: medium", "X3": "X3: weak"}[self.value]
