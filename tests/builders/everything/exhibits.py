"""Exhibits, their custody, contacts, privileged notes."""

import io

from flask import current_app
from sqlalchemy import select

from tests import world
from tracker.actions.case import privileged_notes
from tracker.actions.inquiry import custody, exhibits, press_contacts
from tracker.actions.inquiry.exhibits import Custody
from tracker.analysis.moments import stated
from tracker.base import db
from tracker.models.access.people import Person
from tracker.models.case.cases import Case
from tracker.models.inquiry.words import Basis, InformationGrade, Original, SourceGrade
from tracker.models.words import Answer


def furnish(case: Case, who: str, number: int) -> None:
    """The `number`th of every kind, recorded by `who`, who is on the team."""
    investigator = world.person(who)
    stored = current_app.extensions["files"].put(io.BytesIO(f"exhibit {number} of {case.reference}".encode()))
    exhibit = exhibits.add_exhibit(
        investigator, case, title=f"Print log {number}", obtained=stated("2018-03-22 09:00", "UTC"),
        obtained_from="Print service", how="Handed over on request", original=Original.COPY,
        source_grade=SourceGrade.B, information_grade=InformationGrade.TWO, note="", file=stored, name="prints.csv",
        custody=Custody("Evidence room", "Taken in as evidence", "S-1", "Sealed"),
    )  # fmt: skip
    custody.propose_disposal(investigator, exhibit, reason="Returned to the print service")
    press_contacts.record_press_contact(
        investigator, case, person=db.session().scalars(select(Person).filter_by(case_id=case.id)).first(),
        with_whom=f"A reporter of The Paper {number}", at=stated("2018-03-20 17:31", "UTC"), minutes=11,
        channel="Telephone", basis=Basis.VOLUNTEERED, content_known=Answer.NO, explanation="", source="Call record",
    )  # fmt: skip
    if case.reference == "LK-AAAA":
        privileged_notes.write_note(world.person("cora"), case, text="Advice to counsel alone")
