"""Official releases: what those who may have published, and how long before each disclosure."""

from typing import Any

from flask.typing import ResponseReturnValue
from wtforms.validators import ValidationError

from tracker.actions.disclosure import official_releases as actions
from tracker.analysis.prior_publication import gap
from tracker.base import db
from tracker.models.case.cases import Case
from tracker.models.disclosure.disclosures import Disclosure, is_web_address
from tracker.models.disclosure.official_releases import OfficialRelease
from tracker.models.disclosure.words import Medium
from tracker.policy import Permission
from tracker.web.fields import LongText, ShortText, WordField, needed
from tracker.web.forms import EditForm, FilterForm
from tracker.web.guard import Area
from tracker.web.lists import Tab, register
from tracker.web.moment_field import MomentField
from tracker.web.rendering import page

area = Area("official_releases", __name__)
ALL = "/cases/<ref:case>/official-releases"
ONE = f"{ALL}/<number:number>"


class OfficialReleaseFilter(FilterForm):
    """Narrow the list of official releases."""

    model = OfficialRelease
    searched = (OfficialRelease.by, OfficialRelease.title, OfficialRelease.text)
    q = ShortText("Office, title or text")
    medium = WordField("Medium", Medium, empty="Any")


class OfficialReleaseForm(EditForm):
    """Who released what, and when."""

    by = ShortText("Released by", [needed(actions.BY)], description="The office or the post, such as a press office.")
    title = ShortText("Title")
    medium = WordField("Medium", Medium, default=Medium.OTHER)
    url = ShortText("Web address", longest=2000, description="The tracker never opens it.")
    released = MomentField("Released", description="Give the zone of the printed time.")
    text = LongText("Released text", longest=200_000, description="Paste the text unchanged. Its SHA-256 is recorded.")

    def validate_url(self, field: Any) -> None:
        """Nothing but an address of the web is kept as one."""
        if field.data and not is_web_address(field.data):
            raise ValidationError("Enter a web address that begins with https:// or http://, or leave the field empty.")


register(
    area, OfficialRelease, "official-releases", tab=Tab.DISCLOSURE, title="Official releases",
    noun="official release", filter=OfficialReleaseFilter,
    sorts={"number": OfficialRelease.number, "released": OfficialRelease.__table__.c.released_latest},
    template="disclosure/official_releases/list.html",
    columns=(
        "number", "by", "title", "medium", "released", "text_sha256", "url",
    ),
)  # fmt: skip


@area.form(f"{ALL}/new", needs=Permission.RECORD_DISCLOSURE, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Record an official release."""
    return OfficialReleaseForm().takes(actions.record_release, case, "disclosure/official_releases/new.html")


@area.route(ONE, needs=Permission.READ_CASE, of=OfficialRelease)
def show(official_release: OfficialRelease) -> ResponseReturnValue:
    """One official release, and how long before each disclosure it came."""
    disclosures = db.session().scalars(Disclosure.of(official_release.case).order_by(Disclosure.number)).all()
    known = [(one, official_release.released and one.published) for one in disclosures]
    before = [(one, gap(official_release.released, one.published).words if both else "unknown") for one, both in known]
    return page("disclosure/official_releases/show.html", before=before)


@area.form(f"{ONE}/edit", needs=Permission.RECORD_DISCLOSURE, of=OfficialRelease)
def edit(official_release: OfficialRelease) -> ResponseReturnValue:
    """Change what is said of an official release."""
    form = OfficialReleaseForm(obj=official_release)
    return form.takes(actions.edit_release, official_release, "disclosure/official_releases/edit.html")
