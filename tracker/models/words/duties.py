"""Words of duties: what somebody does in a case, and how a meeting with the wall was settled."""

from tracker.models.words import Word


class Duty(Word):
    """What a member does in one case."""

    LEAD = "lead"
    INVESTIGATOR = "investigator"
    REVIEWER = "reviewer"
    COUNSEL = "counsel"
    DECIDER = "decider"
    OBSERVER = "observer"

    @property
    def label(self) -> str:
        """The role in full."""
        return {"lead": "Lead investigator", "decider": "Deciding official"}.get(self.value) or super().label


class MatchState(Word):
    """A user who may be a person of the case: shut out until somebody says it is somebody else."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
