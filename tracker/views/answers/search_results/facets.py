"""The kinds of results, in the order in which they are listed, and how a thing of each is told."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Kind(NamedTuple):
    """How a kind of thing is told: columns of its title, its time or that of its whole, and the word before that."""

    title: tuple[str, ...]
    time: str = ""
    word: str = ""
    whole: str = ""


@dataclass(frozen=True, eq=False)
class Facet:
    """Kinds that are listed together: the name in the address, the words on the screen."""

    name: str
    label: str
    icon: str
    kinds: dict[str, Kind] = field(default_factory=dict)


FACETS = (  # in the order in which they are listed
    Facet("cases", "Cases", "folders", {"cases": Kind(("title",), "opened", "opened")}),
    Facet("disclosures", "Disclosures", "news", {"disclosure": Kind(("outlet", "title"), "published", "published")}),
    Facet("claims", "Claims", "message-2", {"claim": Kind(("quote",), "published", "published", "disclosure")}),
    Facet("official-releases", "Official releases", "file-check", {
        "official_release": Kind(("by", "title"), "released", "released"),
    }),
    Facet("materials", "Materials and versions", "stack-2", {
        "material": Kind(("identifier", "title"), "created", "created"), "version": Kind(("label",), "made", "made"),
    }),
    Facet("people", "People", "users", {"person": Kind(("post",))}),
    Facet("access", "Access records", "eye", {"access_record": Kind((), "since")}),
    Facet("access-logs", "Access logs", "file-import", {"access_log": Kind(("name",), "obtained", "obtained")}),
    Facet("whereabouts", "Whereabouts", "map-pin", {"whereabouts": Kind(("place",), "since")}),
    Facet("interviews", "Interviews", "messages", {"interview": Kind((), "signed", "signed")}),
    Facet("exhibits", "Exhibits", "box", {"exhibit": Kind(("title",), "obtained", "obtained")}),
    Facet("press-contacts", "Press contacts", "send", {"press_contact": Kind(("with_whom",), "at")}),
    Facet("lines-of-inquiry", "Lines of inquiry", "list-search", {
        "line_of_inquiry": Kind(("question",), "due", "due"),
    }),
    Facet("hypotheses", "Hypotheses", "bulb", {"hypothesis": Kind(("text",))}),
    Facet("findings", "Findings", "scale", {"finding": Kind(("allegation",), "at")}),
    Facet("decisions", "Decisions", "gavel", {
        "assessment": Kind(("reason",), "at"), "decision": Kind(("what",), "at"), "outcome": Kind(("note",), "at"),
    }),
    Facet("referrals", "Referrals and recommendations", "external-link", {
        "referral": Kind(("to",), "sent", "sent"), "recommendation": Kind(("text",), "due", "due"),
    }),
    Facet("notes", "Privileged notes", "lock", {"privileged_note": Kind((), "at")}),
    Facet("audit-log", "Audit log", "history"),
)  # fmt: skip
KINDS = {name: (facet, kind) for facet in FACETS for name, kind in facet.kinds.items()}
