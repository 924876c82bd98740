"""Which steps the address asks for, and in which order: `?order=e3,d1&off=c2.1`. Without either, all as recorded."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from flask import request

from tracker.analysis.narrowing.steps import move
from tracker.web.places import this_page

LONGEST = 20  # letters of a word that is said back


@dataclass(frozen=True)
class Asked:
    """`recorded` are the names of all steps as the record has them, `order` is theirs here, `off` do not count.

    `faults` are sentences about names that the case does not have.
    """

    recorded: Sequence[str]
    order: Sequence[str]
    off: Collection[str]
    faults: Sequence[str]

    @classmethod
    def read(cls, recorded: Sequence[str]) -> Self:
        """What `order` and `off` of the address say."""
        first, off = (dict.fromkeys(words_of(name)) for name in ("order", "off"))
        unknown = [word for word in {**first, **off} if word not in recorded]
        order = [*(word for word in first if word in recorded), *(word for word in recorded if word not in first)]
        faults = [f"This case has no step {word[:LONGEST]} now. It may have been withdrawn." for word in unknown]
        return cls(recorded, order, frozenset(off) & frozenset(recorded), faults)

    def url(self, *, order: Sequence[str] | None = None, off: Collection[str] | None = None, end: str = "") -> str:
        """The address with another order, or with others left out; `end` is that of a file."""
        query = self.query(order=order, off=off)
        return f"{this_page()}{end}?{query}" if query else f"{this_page()}{end}"

    def query(self, *, order: Sequence[str] | None = None, off: Collection[str] | None = None) -> str:
        """What such an address asks for; empty for all steps as recorded."""
        order, off = self.order if order is None else order, self.off if off is None else off
        args = {"order": ",".join(order)} if list(order) != list(self.recorded) else {}
        if off:
            args["off"] = ",".join(key for key in self.recorded if key in off)
        return urlencode(args, safe=",")

    def toggled(self, key: str) -> str:
        """The address with this step left out, or put back."""
        return self.url(off=set(self.off) ^ {key})

    def moved(self, key: str, by: int) -> str:
        """The address with this step earlier or later; empty where it cannot go."""
        order = move(self.order, key, by)
        return "" if order == list(self.order) else self.url(order=order)


def words_of(name: str) -> list[str]:
    """The words of an argument of the address, which commas separate."""
    return [word.strip() for word in request.args.get(name, "").split(",") if word.strip()]
