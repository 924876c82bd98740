"""What the newspaper and the broadcaster said."""

from typing import Any

from tracker.actions.claims import record_claim
from tracker.actions.disclosures import record_disclosure
from tracker.analysis.moments import Precision
from tracker.demo.telling import UNKNOWN, Telling, local
from tracker.models.accounts import User
from tracker.models.disclosures import Checked, Disclosure
from tracker.models.materials import Version
from tracker.models.words import Accuracy, Answer, DisclosureForm, Medium, Protected, Wording

ZONE = "America/New_York"


def record(telling: Telling, final: Version) -> tuple[Disclosure, Disclosure]:
    """The newspaper, and the broadcaster that repeats it."""
    by, case = telling.by, telling.case
    first = record_disclosure(
        by,
        case,
        outlet="Newspaper",
        title="Leader congratulated in spite of a warning in his papers",
        author="Three reporters",
        medium=Medium.NEWSPAPER,
        form=DisclosureForm.QUOTES,
        sourcing="officials familiar with the call; two people familiar with the notecards",
        published=local("2018-03-20 19:15", ZONE),
        first_seen=local("2018-03-20 19:20", ZONE, Precision.MINUTE),
        comment_requested=local("2018-03-20 15:00", ZONE, Precision.BETWEEN, "2018-03-20 18:30"),
        text="The papers prepared for the call said DO NOT CONGRATULATE. (Shortened; told in our own words.)",
    )
    second = record_disclosure(
        by,
        case,
        outlet="Broadcaster",
        title="Report repeats the newspaper's account",
        author="",
        medium=Medium.BROADCAST,
        form=DisclosureForm.PARAPHRASES,
        sourcing="the newspaper",
        published=local("2018-03-20 20:17", ZONE),
        derived_from=first,
    )
    _claims(by, first, final)
    record_claim(
        by,
        second,
        quote="The newspaper's account of the cards is right.",
        locator="On air, about 20:17",
        protected=Protected.UNDETERMINED,
        accuracy=Accuracy.UNKNOWN,
    )
    return first, second


def _claims(by: User, first: Disclosure, final: Version) -> None:
    public = Checked(
        Answer.YES,
        local("2018-03-20 13:30", ZONE, Precision.HOUR),
        "The leader, to reporters",
        "The congratulation itself, not the advice against it.",
    )
    briefed = Checked(Answer.YES, UNKNOWN, "Newspaper", "Ascribed to a senior official: it may have been authorised.")
    claims: tuple[Any, ...] = (
        (
            "He congratulated although his advisers had warned him not to.",
            Protected.UNDETERMINED,
            Accuracy.ACCURATE,
            None,
            None,
            {"already_public": public},
        ),
        (
            "The papers said DO NOT CONGRATULATE.",
            Protected.PROTECTED,
            Accuracy.SUBSTANTIALLY,
            final,
            Wording.CONSISTENT_SHORTENED,
            {},
        ),
        (
            "He was told to condemn a poisoning and did not.",
            Protected.PROTECTED,
            Accuracy.ACCURATE,
            final,
            Wording.CONSISTENT,
            {},
        ),
        (
            "The adviser did not raise it when briefing him by telephone.",
            Protected.UNDETERMINED,
            Accuracy.UNKNOWN,
            None,
            None,
            {"briefing_possible": briefed},
        ),
        ("It is unclear whether he read the cards.", Protected.NOT_PROTECTED, Accuracy.UNKNOWN, None, None, {}),
    )
    for quote, protected, accuracy, version, wording, checks in claims:
        record_claim(
            by,
            first,
            quote=quote,
            locator="Front page",
            protected=protected,
            accuracy=accuracy,
            version=version,
            wording=wording,
            **checks,
            authority="Originator's marking" if version else "",
        )
