"""Words of the protected-disclosure screen."""

from tracker.models.words import Word


class ScreenResult(Word):
    """Counsel's answer: may questions about persons be asked at all?"""

    PROCEED = "proceed"
    FIREWALLED = "firewalled"
    STOP = "stop"
    ADVICE = "advice"

    @property
    def label(self) -> str:
        """The result in full."""
        return {
            "proceed": "Proceed",
            "firewalled": "Proceed with firewall",
            "stop": "Stop and refer",
            "advice": "Seek advice",
        }[self.value]


class ProtectedBy(Word):
    """What protects the published content: only a statute makes passing it on unlawful by itself."""

    STATUTE = "statute"
    POLICY = "policy"
    NOTHING = "nothing"
    UNKNOWN = "unknown"
