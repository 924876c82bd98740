"""The inquiry: exhibits, a press contact, lines of inquiry, hypotheses and an elimination."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tracker.actions.access.eliminations import confirm_elimination, propose_elimination
from tracker.actions.findings.citations import cite
from tracker.actions.inquiry.custody import hand_over_exhibit
from tracker.actions.inquiry.exhibits import Custody, add_exhibit
from tracker.actions.inquiry.hypotheses import record_test_result
from tracker.actions.inquiry.lines_of_inquiry import close_line_of_inquiry, leave_open, open_line_of_inquiry
from tracker.actions.inquiry.press_contacts import record_press_contact
from tracker.base import db
from tracker.demo.context import Context, local_time
from tracker.models.access.eliminations import Elimination
from tracker.models.access.people import Person
from tracker.models.access.words import Ground, Strength
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.findings.words import Bearing, Cited
from tracker.models.inquiry.exhibits import Exhibit
from tracker.models.inquiry.hypotheses import Hypothesis
from tracker.models.inquiry.interviews import Interview
from tracker.models.inquiry.words import Basis, Direction, InformationGrade, Original, SourceGrade, Tested
from tracker.models.words import Answer

ZONE = "America/New_York"
AGAINST, FOR = Bearing.CONTRADICTS, Bearing.SUPPORTS
PRINTS = b"printer;queue;pages\nnone of the local printers kept a job log on 19 and 20 March 2018\n"
LETTER = b"The portal was reached from inside only; no sign-in from outside between 18 and 21 March 2018.\n"
LINES = (  # question, direction, result, left open
    ("Was a press briefing authorised?", Direction.AGAINST,
     "The press office knows of none. A senior official's statement in claim C4 may have been authorised.", False),
    ("Could all of it be inferred from public information?", Direction.AGAINST,
     "The congratulation was public hours earlier. The words of the card were not.", False),
    ("Who read or heard the cards between Monday evening and the article?", Direction.FOR,
     "Fifteen people have confirmed access or received a copy. The number of readers is not known.", False),
    ("Can a printed copy be traced?", Direction.FOR,
     "Local printers keep no log, so nobody can say who printed a copy.", True),
)  # fmt: skip
REASONS = (  # of the ten hypotheses, as they stand: state, reason
    (Tested.NOT_TESTED, "The press office knows of no briefing. It is not settled who else can authorise a briefing."),
    (Tested.CONTRADICTED, "The portal had no page that was open to outsiders."),
    (Tested.NOT_TESTED, "Part of claim C1 was public. The words of the card were not, and nothing tests the rest."),
    (Tested.NOT_TESTED, "Several people say they discussed the call with colleagues. None mentions the card."),
    (Tested.NOT_TESTED, "Assistants handled the papers. Nothing shows more than that."),
    (Tested.CONTRADICTED, "The system owner found no sign-in from outside."),
    (Tested.SUPPORTED, "The article cites at least two people."),
    (Tested.NOT_TESTED, "There is no print log. A sheet left lying cannot be ruled out."),
    (Tested.NOT_TESTED, "Nothing beyond access points to anyone."),
    (Tested.CONTRADICTED, "The published words are consistent with the final version."),
)


@dataclass(frozen=True)
class Evidence:
    """What findings cite."""

    prints: Exhibit
    letter: Exhibit
    claims: list[Claim]


def gather(context: Context, people: list[Person], interviews: list[Interview], *untested: int) -> Evidence:
    """Add exhibits, pursue the lines of inquiry, test the hypotheses but those with these numbers."""
    by, case = context.by, context.case
    evidence = Evidence(_file(context, "Statement on print logs", "prints.csv", PRINTS),
                  _file(context, "Statement on sign-ins", "sign-ins.txt", LETTER), _claims(context))  # fmt: skip
    ring = add_exhibit(
        by, case, title="Card 1 of 4, collected after the call", obtained=context.day(0, "10:00"),
        obtained_from="Assistant to the adviser", how="Handed over at the request of the head of inquiry", note="",
        original=Original.ORIGINAL, source_grade=SourceGrade.B, information_grade=InformationGrade.ONE,
        custody=Custody("Investigator", "Received as evidence", "SEAL-0412", "Unfolded, no marks"),
    )  # fmt: skip
    hand_over_exhibit(
        by, ring, after=1, to_holder="Evidence room", at=context.day(0, "16:30"), why="Kept under seal",
        seal_number="SEAL-0412", condition="Seal unbroken",
    )  # fmt: skip
    record_press_contact(
        by, case, person=people[10], with_whom="A journalist at the newspaper", at=local_time("2018-03-20 16:40", ZONE),
        minutes=11, channel="Telephone", basis=Basis.VOLUNTEERED, content_known=Answer.NO, content="",
        explanation="Says it was about the timing of the readout.", source="Own call list, handed over",
    )  # fmt: skip
    for question, direction, result, left in LINES:
        line = open_line_of_inquiry(by, case, question=question, direction=direction, owner=by, due=context.day(30))
        (leave_open if left else close_line_of_inquiry)(by, line, lock_version=line.lock_version, result=result)
    _test(context, evidence, interviews, untested)
    return evidence


def obtain_log(context: Context, path: Path) -> None:
    """A log that nobody has imported yet lies in the evidence; the line of inquiry that asks for it is overdue."""
    _file(context, "Log of the mail server", path.name, path.read_bytes())
    open_line_of_inquiry(
        context.by, context.case, question="Who received the final cards by mail? Import the log in exhibit 4.",
        direction=Direction.FOR, owner=context.by, due=context.day(12),
    )  # fmt: skip


def eliminate(context: Context, people: list[Person]) -> Elimination:
    """The watch officer was elsewhere, as a log shows. The elimination is reversible."""
    first = db.session().scalars(Disclosure.of(context.case).where(Disclosure.number == 1)).one()
    return propose_elimination(
        context.by, context.case, person=people[11], disclosure=first, claim=None, ground=Ground.WAS_ELSEWHERE,
        evidence="Door control: in the call room from 07:45 to 21:10. Telephones are not allowed there.",
        strength=Strength.X2,
        why_wrong="The attendance list names who was at work. The watch officer kept the line open, and saw no paper.",
    )  # fmt: skip


def confirm(context: Context, elimination: Elimination) -> None:
    """The reviewer confirms it."""
    confirm_elimination(
        context.people["reviewer"], elimination, text_sha256=elimination.text_sha256, note="I checked the log."
    )


def _file(context: Context, title: str, name: str, data: bytes) -> Exhibit:
    about: dict[str, Any] = {"source_grade": SourceGrade.B, "information_grade": InformationGrade.TWO, "note": ""}
    return add_exhibit(
        context.by, context.case, title=title, name=name, file=context.files.put(io.BytesIO(data)),
        obtained=context.day(2, "11:00"), obtained_from="Owner of the system", how="Asked for in writing",
        original=Original.COPY, custody=Custody("Investigator", "Received as evidence"), **about,
    )  # fmt: skip


def _claims(context: Context) -> list[Claim]:
    order = (Claim.disclosure_id, Claim.number)
    return list(db.session().scalars(sa.select(Claim).where(Claim.case_id == context.case.id).order_by(*order)))


def _test(context: Context, evidence: Evidence, interviews: list[Interview], untested: tuple[int, ...]) -> None:
    """Evidence against stands first; what has no citation stays untested, with the reason."""
    cited = {
        2: (Cited.EXHIBIT, evidence.letter, AGAINST),
        6: (Cited.EXHIBIT, evidence.letter, AGAINST),
        7: (Cited.CLAIM, evidence.claims[1], FOR),
        8: (Cited.EXHIBIT, evidence.prints, FOR),
        9: (Cited.INTERVIEW, interviews[0], AGAINST),
        10: (Cited.CLAIM, evidence.claims[1], AGAINST),
    }
    hypotheses = list(db.session().scalars(Hypothesis.of(context.case).order_by(Hypothesis.number)))
    for hypothesis, (state, reason) in zip(hypotheses, REASONS, strict=True):
        if hypothesis.number in untested:
            continue
        if hypothesis.number in cited:
            kind, thing, bearing = cited[hypothesis.number]
            cite(context.by, hypothesis, kind=kind, thing=thing, bearing=bearing)
        record_test_result(context.by, hypothesis, lock_version=hypothesis.lock_version, state=state, reason=reason)
