"""What is asked for of a pack."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from tracker.models.register.words import Profile


@dataclass(frozen=True)
class Wish:
    """What is asked for: the profile, the number of the person it is for, whether each record begins a page."""

    profile: Profile
    person: int | None = None
    separate: bool = False

    @property
    def words(self) -> str:
        """As it is kept with the export."""
        parts = {"profile": self.profile.value, "person": self.person, "pages": "separate" if self.separate else None}
        return urlencode({name: value for name, value in parts.items() if value is not None})

    @classmethod
    def read(cls, words: str) -> "Wish":
        """The wish that was kept."""
        said = {name: values[0] for name, values in parse_qs(words).items()}
        person = int(said["person"]) if "person" in said else None
        return cls(Profile(said["profile"]), person, "pages" in said)
