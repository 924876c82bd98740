"""Exhibits: the list, one exhibit with its custody, taking one in, grading it, and its file."""

from typing import Any

import sqlalchemy as sa
from flask import flash
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload, selectinload

from tracker.actions.inquiry import exhibits as actions
from tracker.analysis.handovers import orders
from tracker.audit.doors import Refused, witness
from tracker.audit.entries import name_of
from tracker.audit.verify.files import is_sound
from tracker.base import db
from tracker.exports.columns import text
from tracker.models.case.cases import Case
from tracker.models.inquiry.custody import CustodyEntry, Disposal
from tracker.models.inquiry.exhibits import Exhibit
from tracker.models.inquiry.file_alarms import find_damaged
from tracker.models.inquiry.words import ExhibitForm
from tracker.policy import Permission
from tracker.views.inquiry.exhibit_forms import ExhibitFilter, GradingForm, IntakeForm
from tracker.web.guard import Area, me
from tracker.web.lists import Tab, register
from tracker.web.places import address, to
from tracker.web.rendering import page
from tracker.web.uploads import send, shown_name, store, stored_while_written

area = Area("exhibits", __name__)
ONE = "/cases/<ref:case>/exhibits/<number:number>"


def _grade() -> Any:
    """`B2`, as `Exhibit.grade` says it; a dash for what was not judged, nothing where neither was."""
    source, information = (
        sa.func.coalesce(sa.type_coerce(column, sa.String), "-")
        for column in (Exhibit.source_grade, Exhibit.information_grade)
    )
    return sa.func.nullif(source + information, "--", type_=sa.String)


register(
    area, Exhibit, "exhibits", needs=Permission.READ_EXHIBIT,
    tab=Tab.INQUIRY, title="Exhibits", noun="exhibit", filter=ExhibitFilter, template="inquiry/exhibits/list.html",
    sorts={"number": Exhibit.number, "title": Exhibit.title, "obtained": Exhibit.__table__.c.obtained_latest},
    load=(selectinload(Exhibit.custody), selectinload(Exhibit.disposals)),
    also=lambda _case, listing: {"damaged": find_damaged(db.session(), listing.rows)},
    columns=(
        "number", "title", "form", "sha256", "size", "obtained", "obtained_from",
        text("grade", _grade()),
        text("file_name", Exhibit.name),
        "how", "original", "note", "twin", "by", "at", "seal",
    ),
)  # fmt: skip


@area.form("/cases/<ref:case>/exhibits/new", needs=Permission.RECORD_EXHIBIT, of=Case, takes_files=True)
def new(case: Case) -> ResponseReturnValue:
    """Take in a file or an object."""
    form = IntakeForm()
    return form.takes(lambda _me, case, **_given: _add_from_form(case, form), case, "inquiry/exhibits/new.html")


def _add_from_form(case: Case, form: IntakeForm) -> Exhibit:
    """A file stays in the store only if the exhibit that names it was written."""
    file = form.file.data if form.file.data and form.file.data.filename else None
    if form.form.data is ExhibitForm.OBJECT:
        if file is not None:
            raise Refused("An object cannot have a file. Add the file as a separate exhibit.")
        return actions.add_exhibit(me(), case, **form.facts())
    with stored_while_written(file, form.declared.data, case) as stored:
        about = {"name": shown_name(form.file.data), "again": form.again.data}
        return actions.add_exhibit(me(), case, file=stored, **about, **form.facts())


@area.route(ONE, needs=Permission.READ_EXHIBIT, of=Exhibit)
def show(exhibit: Exhibit) -> ResponseReturnValue:
    """One exhibit: what it is, how it is graded, who held it when, how it ended."""
    chain = _parts(CustodyEntry, exhibit, CustodyEntry.by)
    return page(
        "inquiry/exhibits/show.html",
        damaged=find_damaged(db.session(), [exhibit]),
        chain=list(zip(chain, orders([one.at for one in chain]), strict=True)),
        disposals=_parts(Disposal, exhibit, Disposal.by, Disposal.confirmed_by, Disposal.declined_by),
        same=_same_bytes(exhibit),
    )


def _same_bytes(exhibit: Exhibit) -> list[Exhibit]:
    """Other exhibits with the same file; an object has no file to compare."""
    if not exhibit.sha256:
        return []
    same = Exhibit.of(exhibit.case).where(Exhibit.sha256 == exhibit.sha256, Exhibit.id != exhibit.id)
    return list(db.session().scalars(same.order_by(Exhibit.number)))


def _parts(model: Any, exhibit: Exhibit, *people: Any) -> list[Any]:
    """What belongs to an exhibit, with the accounts that recorded it."""
    found = sa.select(model).where(model.exhibit_id == exhibit.id).order_by(model.number)
    return list(db.session().scalars(found.options(*map(joinedload, people))))


@area.form(f"{ONE}/edit", needs=Permission.RECORD_EXHIBIT, of=Exhibit)
def edit(exhibit: Exhibit) -> ResponseReturnValue:
    """Change how it is called, graded and described."""
    return GradingForm(obj=exhibit).takes(actions.edit_exhibit, exhibit, "inquiry/exhibits/edit.html")


@area.route(f"{ONE}/file", needs=Permission.READ_EXHIBIT, of=Exhibit)
def download(exhibit: Exhibit) -> ResponseReturnValue:
    """The file, as a download; that it was taken is recorded."""
    actions.must_have_file(exhibit)
    name, sha256 = f"{exhibit.case.reference}-exhibit-{exhibit.number}-{exhibit.name}", exhibit.sha256 or ""
    return send(name, sha256, exhibit, read=lambda: actions.read_exhibit(me(), exhibit), at=address(exhibit))


@area.post(f"{ONE}/verification", needs=Permission.READ_EXHIBIT, of=Exhibit)
def verify(exhibit: Exhibit) -> ResponseReturnValue:
    """Hash the file again; the audit log says what came of it, and the exhibit's page when it is not the same."""
    if not exhibit.has_file or is_sound(store(), exhibit.sha256 or ""):
        actions.verify_exhibit(me(), exhibit)
        flash(f"The file is unchanged. SHA-256: {exhibit.sha256}.", "success")
    else:
        record, sha256 = name_of(exhibit), exhibit.sha256
        witness("exhibit.verified", me(), outcome="failed", case=exhibit.case, record=record, sha256=sha256)
    return to(exhibit)
