"""Disclosures: the list, one with all that belongs to it, recording and changing one."""

from typing import Any

import sqlalchemy as sa
from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload, selectinload
from wtforms.validators import ValidationError

from tracker.actions.disclosure import disclosures as actions
from tracker.base import db
from tracker.exports.columns import label
from tracker.models.case.cases import Case
from tracker.models.disclosure.captures import Capture
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.conflicts import conflicts_of
from tracker.models.disclosure.derivations import Derivation
from tracker.models.disclosure.disclosures import Disclosure, is_web_address
from tracker.models.disclosure.versions import Version
from tracker.models.disclosure.words import DisclosureForm, Medium
from tracker.policy import Permission
from tracker.web.choices import ThingsField
from tracker.web.fields import LongText, ShortText, WordField, needed
from tracker.web.forms import EditForm, FilterForm
from tracker.web.guard import Area
from tracker.web.lists import Tab, register
from tracker.web.moment_field import MomentField
from tracker.web.places import go
from tracker.web.rendering import page

area = Area("disclosures", __name__)


class DisclosureFilter(FilterForm):
    """Narrow the list of disclosures."""

    model = Disclosure
    searched = (Disclosure.outlet, Disclosure.title, Disclosure.author, Disclosure.sourcing, Disclosure.text)
    q = ShortText("Outlet, title, author or text")
    medium = WordField("Medium", Medium, empty="Any")
    form = WordField("Form", DisclosureForm, empty="Any")


def other_disclosures(subject: Any) -> list[Disclosure]:
    """The disclosures of the case that the one of this page, or of its claim, may derive from."""
    itself = getattr(subject, "disclosure", subject)
    others = Disclosure.of(subject.case).where(Disclosure.number != getattr(itself, "number", 0))
    return list(db.session().scalars(others.order_by(Disclosure.number)))


class DisclosureFields(EditForm):
    """What is recorded of a disclosure. Only the outlet is required."""

    outlet = ShortText(
        "Outlet", [needed("Enter the outlet, such as a newspaper, broadcaster or website.")], longest=200
    )
    title = ShortText("Title")
    author = ShortText("Author as printed", longest=200, description="The author that the outlet names.")
    medium = WordField("Medium", Medium, default=Medium.OTHER)
    form = WordField("Form", DisclosureForm, empty="Not determined")
    url = ShortText("Web address", longest=2000, description="The tracker never opens it.")
    published = MomentField("Published")
    first_seen = MomentField("First seen", description="When the person who reported the disclosure first saw it.")
    comment_requested = MomentField("Request for comment", description="When the outlet first asked anyone to comment.")
    sourcing = LongText(
        "Sourcing phrase",
        longest=2000,
        description="How the outlet describes its sources, word for word. Example: two people familiar with the call.",
    )
    derived_from = ThingsField(
        "Repeats", other_disclosures, description="The earlier disclosures that it repeats. A claim may name its own."
    )
    text = LongText("Published text", longest=200_000, description="Paste the text unchanged. Its SHA-256 is recorded.")

    def validate_url(self, field: Any) -> None:
        """Nothing but an address of the web is kept as one."""
        if field.data and not is_web_address(field.data):
            raise ValidationError("Enter a web address that begins with https:// or http://, or leave the field empty.")


register(
    area, Disclosure, "disclosures", tab=Tab.DISCLOSURE, title="Disclosures", noun="disclosure",
    filter=DisclosureFilter, template="disclosure/disclosures/list.html",
    load=(selectinload(Disclosure.claims).load_only(Claim.number),),
    sorts={
        "number": Disclosure.number, "outlet": Disclosure.outlet,
        "published": Disclosure.__table__.c.published_latest, "first_seen": Disclosure.__table__.c.first_seen_latest,
    },
    columns=(
        "number", "outlet", "title", "author", "medium", "url", "published", "first_seen", "comment_requested",
        "sourcing", "form", label("derived_from", "disclosure_origins", Disclosure.id), "text_sha256",
    ),
)  # fmt: skip


@area.form("/cases/<ref:case>/disclosures/new", needs=Permission.RECORD_DISCLOSURE, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Record a disclosure."""
    goes_on = "claims.new" if "and-claims" in request.form else "disclosures.show"
    return DisclosureFields().takes(
        actions.record_disclosure, case, "disclosure/disclosures/new.html", to=lambda made: go(goes_on, made)
    )


@area.route("/cases/<ref:case>/disclosures/<number:number>", needs=Permission.READ_CASE, of=Disclosure)
def show(disclosure: Disclosure) -> ResponseReturnValue:
    """One disclosure with its claims and its captures."""
    captures = sa.select(Capture).where(Capture.disclosure_id == disclosure.id).order_by(Capture.number)
    claims = sa.select(Claim).where(Claim.disclosure_id == disclosure.id).order_by(Claim.number)
    repeats = sa.select(Derivation.disclosure_id).where(Derivation.origin_id == disclosure.id)
    follow = Disclosure.of(disclosure.case).where(Disclosure.id.in_(repeats))
    origins = sa.select(Derivation).where(Derivation.disclosure_id == disclosure.id).order_by(Derivation.id)
    return page(
        "disclosure/disclosures/show.html",
        conflicts=conflicts_of(disclosure),
        captures=db.session().scalars(captures.options(joinedload(Capture.by))).all(),
        claims=db.session().scalars(claims.options(joinedload(Claim.version).joinedload(Version.material))).all(),
        origins=db.session().scalars(origins.options(joinedload(Derivation.origin))).all(),
        follow=db.session().scalars(follow.order_by(Disclosure.number)).all(),
    )


@area.form("/cases/<ref:case>/disclosures/<number:number>/edit", needs=Permission.RECORD_DISCLOSURE, of=Disclosure)
def edit(disclosure: Disclosure) -> ResponseReturnValue:
    """Change what is said of a disclosure."""
    return DisclosureFields(obj=disclosure).takes(
        actions.edit_disclosure, disclosure, "disclosure/disclosures/edit.html"
    )
