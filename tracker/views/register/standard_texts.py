"""Standard texts: the list by kind, one with its earlier versions, a new text, a new version."""

from typing import Any

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload
from wtforms import ValidationError

from tracker.actions.register import standard_texts as actions
from tracker.actions.register.standard_texts import ENTER
from tracker.base import db
from tracker.models.register.standard_texts import StandardText
from tracker.models.register.words import TextKind, TextRule
from tracker.policy import Permission
from tracker.web.fields import LongText, ShortText, WordField, needed
from tracker.web.forms import RecordForm
from tracker.web.guard import Area
from tracker.web.rendering import page

area = Area("standard_texts", __name__)


class VersionForm(RecordForm):
    """The wording."""

    text = LongText("Text", [needed(ENTER)], description="The exact words to read out or ask, confirmed by counsel.")


class TextForm(RecordForm):
    """A text of the organisation's own."""

    kind = WordField("Kind", TextKind, empty="Choose", validators=[needed("Choose what the text is for.")])
    name = ShortText(
        "Name", [needed("Enter a name. Interviewers choose the text by its name.")], longest=120,
        description="Name core questions after the class of interviewee, such as couriers.",
    )  # fmt: skip
    rule = WordField(
        "Requirement of an advisement", TextRule, default=TextRule.NONE,
        description="The interview must meet the requirement. It applies to all versions of the text.",
    )  # fmt: skip
    text = LongText("Text", [needed(ENTER)], description="The exact words to read out or ask, confirmed by counsel.")

    def validate_rule(self, field: Any) -> None:
        """Whistleblower texts and questions demand nothing."""
        if field.data is not TextRule.NONE and self.kind.data not in {TextKind.ADVISEMENT, None}:
            raise ValidationError("Only an advisement has a requirement. Choose no requirement.")


@area.route("/standard-texts", needs=Permission.READ_TEXTS)
def list_page() -> ResponseReturnValue:
    """The newest version of every text, by kind."""
    kinds = [(kind, db.session().scalars(StandardText.newest(kind)).all()) for kind in TextKind]
    return page("register/standard_texts/list.html", kinds=kinds)


@area.form("/standard-texts/new", needs=Permission.MANAGE_TEXTS)
def new() -> ResponseReturnValue:
    """Add a text."""
    return TextForm().takes(actions.add_text, None, "register/standard_texts/new.html")


@area.route("/standard-texts/<number:number>", needs=Permission.READ_TEXTS, of=StandardText)
def show(standard_text: StandardText) -> ResponseReturnValue:
    """One version in full, and all versions of the text."""
    versions = db.session().scalars(standard_text.versions().options(joinedload(StandardText.by))).all()
    return page("register/standard_texts/show.html", text=standard_text, versions=versions)


@area.form("/standard-texts/<number:number>/versions/new", needs=Permission.MANAGE_TEXTS, of=StandardText)
def renew(standard_text: StandardText) -> ResponseReturnValue:
    """Add a new version; the one before stays as it is."""
    form = VersionForm(data={"text": standard_text.text})
    return form.takes(actions.add_version, standard_text, "register/standard_texts/renew.html", text=standard_text)
