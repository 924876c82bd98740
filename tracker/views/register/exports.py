"""Exports: every list as CSV at its own address, and the page on which a whole case leaves as a zip."""

from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload
from wtforms import BooleanField

from tracker.base import db
from tracker.exports.bundle import start_case_export
from tracker.exports.columns import named_text
from tracker.models.case.cases import Case
from tracker.models.register.exports import Export
from tracker.models.register.storage import used_in
from tracker.policy import Permission
from tracker.policy.quotas import allowed, share
from tracker.web.fields import LongText, ShortText
from tracker.web.forms import NamesForm
from tracker.web.guard import Area, ask_again, is_fresh, me
from tracker.web.limits.export_turns import take_turn
from tracker.web.lists import must_be_asked_here, register, sent, zip_tables
from tracker.web.rendering import page

area = Area("exports", __name__)


class ExportForm(NamesForm):
    """The whole case: with names only for a purpose, and to somebody."""

    names = BooleanField("Include names and identifiers of people")
    purpose = LongText("Purpose", longest=2000, description="Required if the export includes names.")
    recipient = ShortText("Recipient", description="The post of the recipient. Required if the export includes names.")


@area.before_request
def only_from_here() -> None:
    """This page, too, is opened from here alone."""
    must_be_asked_here(next(iter((request.view_args or {}).values()), None))


LIST = register(
    area, Export, "exports", needs=Permission.EXPORT_CASE, at="export", noun="export",
    sorts={"number": Export.number}, sort="-number", load=(joinedload(Export.by),),
    columns=(
        "number", "what",
        named_text("filter", Export.filter),  # may hold the words somebody searched for
        "purpose", "recipient", "names", "by", "at", "ended", "rows", "sha256", "outcome", "format",
    ),
)  # fmt: skip


@area.form("/cases/<ref:case>/export", needs=Permission.EXPORT_CASE, of=Case)
def whole(case: Case) -> ResponseReturnValue:
    """The whole case as a zip, and what has left it so far."""
    form = ExportForm()
    if form.validate_on_submit():
        if form.names.data and not is_fresh():
            return ask_again()
        with form.conflicts(), take_turn():
            return sent(*start_case_export(me(), case, zip_tables(), **form.values()))
    return page("register/exports/show.html", form=form, listing=LIST.listing(case), files=_files(case))


def _files(case: Case) -> str | None:
    """What the files of the case take, of what they may: for its lead."""
    return share(db.session().scalar(used_in(case)) or 0, allowed.case) if case.lead is me() else None
