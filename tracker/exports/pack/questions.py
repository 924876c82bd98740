"""The eleven questions of a referral, each answered from the record, or "unknown, because"."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from tracker.actions.access.exposure import who_had_access
from tracker.analysis.exposure import Standing
from tracker.base import db
from tracker.exports.bundle import OPPORTUNITY
from tracker.exports.pack.blocks import Block, Document, bullets, facts, heading, note, small, table, title
from tracker.exports.pack.chapters.disclosures import disclosures_of
from tracker.exports.pack.chapters.outcome import outcome_of
from tracker.exports.pack.voice import Voice
from tracker.models.access.people import Person
from tracker.models.access.words import Involvement
from tracker.models.case.assessments import Assessment
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.disclosure.official_releases import OfficialRelease
from tracker.models.disclosure.words import Protected, Question
from tracker.models.findings.referrals import Referral
from tracker.models.inquiry.interviews import Interview

NO_CLAIM = "Unknown, because no claim is recorded."
UNASKED = "Unknown, because nobody has answered this for the claim."
NO_POSITION = (
    "Unknown, because the record holds no position of the originator on declassification for a prosecution. "
    "Ask the originator before the referral. What is recorded of who may declassify and testify stands below."
)
NO_WITNESS = "Unknown, because no person of the register is an originator or a custodian."
NO_DAMAGE = (
    "Unknown, because the record holds no assessment by the originator, item by item. Embarrassment is not harm."
)
NO_INTEREST = "None that the record shows: no claim is of protected matter."


def questions_document(voice: Voice) -> Document:
    """The eleven questions in their order, and to whom the case was referred."""
    blocks = [title("The eleven questions of a referral", voice.case.title), note(OPPORTUNITY)]
    disclosures = disclosures_of(voice)
    matter = Matter(voice, disclosures, [claim for one in disclosures for claim in one.claims])
    for number, (words, answer) in enumerate(QUESTIONS, 1):
        blocks.append(heading(2, f"{number}. {words}"))
        blocks += list(answer(matter)) or [small(NO_CLAIM)]
    blocks.append(heading(2, "Referrals of this case"))
    sent = db.session().scalars(Referral.of(voice.case).order_by(Referral.number))
    rows = ([one.to, one.reference, voice.say(one.sent), one.result or "No result yet"] for one in sent)
    blocks.append(table(["To", "Reference", "Sent", "Result"], rows, [1.6, 1, 1.2, 1.6], "The case was not referred."))
    return Document("eleven-questions", f"The eleven questions, {voice.case.reference}", "The eleven questions", blocks)


@dataclass(frozen=True)
class Matter:
    """What the questions are about."""

    voice: Voice
    disclosures: Sequence[Disclosure]
    claims: Sequence[Claim]


Answer = Callable[[Matter], Iterable[Block]]


def _name(claim: Claim) -> str:
    return f"{claim.label} of disclosure {claim.disclosure.number}"


def _together(rows: Iterable[list[str]]) -> list[list[str]]:
    """Rows of claims that say the same as one row, under the names of all of them."""
    found: dict[tuple[str, ...], list[str]] = {}
    for name, *said in rows:
        found.setdefault(tuple(said), []).append(name)
    return [["\n".join(names), *said] for said, names in found.items()]


def _publication(matter: Matter) -> Iterator[Block]:
    rows = (
        [
            str(one.number),
            one.heading,
            matter.voice.say(one.published) or "Unknown, because no time of publication is recorded.",
        ]
        for one in matter.disclosures
    )
    yield table(["No.", "Publication", "When"], rows, [0.4, 2.4, 1.6], "Unknown, because no disclosure is recorded.")


def _protected(matter: Matter) -> Iterator[Block]:
    nobody = "Unknown, because no authority is recorded."
    rows = [[_name(one), one.quote, one.protected.label, one.authority or nobody] for one in matter.claims]
    if rows:
        yield table(["Claim", "Words", "Protected", "On whose authority, and properly?"], rows, [0.9, 2, 0.9, 1.6])


def _accurate(matter: Matter) -> Iterator[Block]:
    rows = [
        [
            _name(one),
            one.accuracy.label if one.accuracy else "Unknown, because nobody has assessed it.",
            one.accuracy_basis,
        ]
        for one in matter.claims
    ]
    if rows:
        yield table(["Claim", "Accuracy", "Basis"], _together(rows), [0.9, 1.4, 2.4])


def _origin(matter: Matter) -> Iterator[Block]:
    rows = []
    for one in matter.claims:
        if one.version is None:
            rows.append([_name(one), "Unknown, because the claim is not matched to a version.", "", ""])
            continue
        material, wording = one.version.material, one.wording.label.lower() if one.wording else "wording not compared"
        originator = material.originator or "Unknown, because it is not recorded."
        custodian = material.custodian or "Unknown, because it is not recorded."
        rows.append([_name(one), f"{one.version.heading} ({wording})", originator, custodian])
    if rows:
        yield table(["Claim", "Version", "Originator", "Who secured it"], _together(rows), [0.9, 1.6, 1.3, 1.3])


def _spread(matter: Matter) -> Iterator[Block]:
    if matter.voice.withheld:
        yield small(f"Unknown, because the answer is withheld. {matter.voice.withheld}")
        return
    people = db.session().scalar(sa.select(sa.func.count()).select_from(Person.of(matter.voice.case).subquery()))
    if not matter.disclosures or not people:
        yield small("Unknown, because no disclosure or no person is recorded.")
        return
    for one in matter.disclosures:
        answer = who_had_access(one, one.claims, say=matter.voice.say)
        rows = [[standing.value.capitalize(), answer.exposure.number_words(standing)] for standing in Standing]
        yield table([f"Before disclosure {one.number}", "People"], rows, [1, 1])
        yield from bullets([*answer.coverage, *answer.pitfalls])


def _releases(matter: Matter) -> Iterator[Block]:
    found = db.session().scalars(OfficialRelease.of(matter.voice.case).order_by(OfficialRelease.number))
    rows = ([matter.voice.say(one.released) or "unknown", one.heading] for one in found)
    yield table(["Released", "Official release"], rows, [1, 2.5], "No official release is recorded.")
    yield from _asked(Question.ALREADY_PUBLIC)(matter)


def _asked(question: Question) -> Answer:
    """What was answered of each claim to one question."""

    def answer(matter: Matter) -> Iterator[Block]:
        rows = []
        for one in matter.claims:
            said = one.checked(question)
            label = said.answer.label if said.answer else UNASKED
            rows.append(
                [
                    _name(one),
                    label.replace("Unknown:", "Unknown, because"),
                    matter.voice.say(said.at),
                    "; ".join(filter(None, (said.source, said.note))),
                ]
            )
        yield table(["Claim", "Answer", "When", "Source and note"], _together(rows), [0.9, 1.4, 1.1, 2], NO_CLAIM)

    return answer


def _declassification(matter: Matter) -> Iterator[Block]:
    """Who can declassify each protected claim, and who made or kept the material, with their statements."""
    yield small(NO_POSITION)
    rows = []
    for one in _guarded(matter):
        said, material = one.checked(Question.DECLASSIFIED), one.version.material if one.version else None
        unknown = "Unknown, because it is not recorded."
        rows.append([
            _name(one), one.authority or unknown, (material.originator if material else "") or unknown,
            said.answer.label.replace("Unknown:", "Unknown, because") if said.answer else UNASKED,
        ])  # fmt: skip
    if rows:
        head = ["Claim", "On whose authority", "Originator", "Declassified before"]
        yield table(head, _together(rows), [0.9, 1.5, 1.3, 1.3])
    those = Person.of(matter.voice.case).where(Person.involvement.in_([Involvement.ORIGINATOR, Involvement.CUSTODIAN]))
    people = list(db.session().scalars(those.order_by(Person.number)))
    sealed = _sealed_statements(matter.voice)
    witnesses = (
        [matter.voice.who(one), one.post, one.involvement.label, sealed.get(one.id, "No sealed statement")]
        for one in people
    )
    yield table(["Person", "Post", "Involvement", "Statement"], witnesses, [1.2, 1.6, 1, 1.2], NO_WITNESS)


def _sealed_statements(voice: Voice) -> dict[int, str]:
    """The numbers of the sealed statements of each person, by id."""
    those = Interview.of(voice.case).where(Interview.seal.is_not(None)).order_by(Interview.number)
    found: dict[int, list[str]] = {}
    for person_id, number in db.session().execute(those.with_only_columns(Interview.person_id, Interview.number)):
        found.setdefault(person_id, []).append(str(number))
    return {key: f"Interview {', '.join(numbers)}" for key, numbers in found.items()}


def _effect(matter: Matter) -> Iterator[Block]:
    """What of protected matter came out, and what the inquiry itself said of it."""
    guarded = _guarded(matter)
    if matter.claims and not guarded:
        yield small(NO_INTEREST)
        return
    yield small(NO_DAMAGE)
    rows = [
        [_name(one), one.protected.label, one.accuracy.label if one.accuracy else "Not assessed",
         one.wording.label if one.wording else "Not compared"]
        for one in guarded
    ]  # fmt: skip
    if rows:
        yield table(["Claim", "Protected", "Accuracy", "Wording"], _together(rows), [0.9, 1, 1.4, 1.4])
    newest = Assessment.of(matter.voice.case).order_by(Assessment.number.desc()).limit(1)
    assessed, outcome = db.session().scalars(newest).first(), outcome_of(matter.voice)
    yield from facts(
        ("What happened", f"{outcome.happened.label} ({outcome.state.label.lower()})" if outcome else "Not decided"),
        ("Would inquiry add damage?", f"{assessed.damage.label}. {assessed.damage_reason}" if assessed else ""),
    )


def _guarded(matter: Matter) -> list[Claim]:
    """The claims of protected matter, and those of which it is undetermined."""
    return [one for one in matter.claims if one.protected is not Protected.NOT_PROTECTED]


QUESTIONS: tuple[tuple[str, Answer], ...] = (
    ("Which publication disclosed it, and when?", _publication),
    ("Which statements are protected, and was that proper?", _protected),
    ("Are they accurate?", _accurate),
    ("From which document, whose, and who secured it?", _origin),
    ("How widely was it disseminated?", _spread),
    ("Was it in earlier official releases?", _releases),
    ("Was clearance sought?", _asked(Question.CLEARANCE)),
    ("Was enough already public to infer it?", _asked(Question.PRECURSOR)),
    ("Can it be declassified for a prosecution, and who testifies?", _declassification),
    ("Had declassification been decided before?", _asked(Question.DECLASSIFIED)),
    ("What is the effect on the protected interest?", _effect),
)
