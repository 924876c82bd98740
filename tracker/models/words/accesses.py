"""Words of accesses: how a material reached somebody, and how strong the evidence of it is."""

from tracker.models.words import Word


class Channel(Word):
    """How a material reached a person."""

    DISTRIBUTION_LIST = "distribution_list"
    DELIVERED = "delivered"
    OPENED = "opened"
    PRINTED = "printed"
    FORWARDED = "forwarded"
    MEETING = "meeting"
    BRIEFING = "briefing"
    PORTAL = "portal"
    PHYSICAL = "physical"
    TOLD_BY_ANOTHER = "told_by_another"


class Level(Word):
    """How strong the evidence of an access is; what the screen says of it, and what it rests on."""

    E0 = "E0"
    E1 = "E1"
    E2 = "E2"
    E3 = "E3"
    E4 = "E4"
    E5 = "E5"
    E6 = "E6"
    E7 = "E7"

    @property
    def says(self) -> str:
        """The words for this level on every screen and in every export."""
        return {
            "E0": "possible access",
            "E1": "possible access",
            "E2": "delivered",
            "E3": "confirmed access",
            "E4": "confirmed access (had a copy)",
            "E5": "confirmed access (heard it)",
            "E6": "confirmed access",
            "E7": "possible access (second hand)",
        }[self.value]

    @property
    def evidence(self) -> str:
        """What the level rests on."""
        return {
            "E0": "post normally sees it",
            "E1": "on the distribution list",
            "E2": "delivered (mail server, courier)",
            "E3": "opened, viewed, badge to the reading room",
            "E4": "downloaded, printed, copied, forwarded, photographed",
            "E5": "attended the meeting or briefing",
            "E6": "the person's own signed statement",
            "E7": "told by another",
        }[self.value]

    @property
    def label(self) -> str:
        """Level and evidence, for choices."""
        return f"{self.value}: {self.evidence}"
