"""Standard texts: the list by kind, one with its earlier versions, a new text, a new version."""

from typing import Any

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload
from wtforms import ValidationError

from tracker import db
from tracker.actions import texts as actions
from tracker.actions.texts import ENTER
from tracker.fields import Line, Text, WordField, needed
from tracker.forms import RecordForm
from tracker.guard import Area
from tracker.models.texts import StandardText
from tracker.models.words.texts import TextKind, TextRule
from tracker.policy import Permission
from tracker.rendering import page

area = Area("texts", __name__)


class VersionForm(RecordForm):
    """The wording."""

    text = Text("Text", [needed(ENTER)], description="The exact words to read out or ask, confirmed by counsel.")


class TextForm(RecordForm):
    """A text of the organisation's own."""

    kind = WordField("Kind", TextKind, empty="Choose", validators=[needed("Choose what the text is for.")])
    name = Line(
        "Name", [needed("Enter a name. Interviewers choose the text by its name.")], longest=120,
        description="Name core questions after the class of interviewee, such as couriers.",
    )  # fmt: skip
    rule = WordField(
        "Requirement of an advisement", TextRule, default=TextRule.NONE,
        description="The interview must meet the requirement. It applies to all versions of the text.",
    )  # fmt: skip
    text = Text("Text", [needed(ENTER)], description="The exact words to read out or ask, confirmed by counsel.")

    def validate_rule(self, field: Any) -> None:
        """Whistleblower texts and questions demand nothing."""
        if field.data is not TextRule.NONE and self.kind.data not in {TextKind.ADVISEMENT, None}:
            raise ValidationError("Only an advisement has a requirement. Choose no requirement.")


@area.route("/texts", needs=Permission.READ_TEXTS)
def listed() -> ResponseReturnValue:
    """The newest version of every text, by kind."""
    kinds = [(kind, db.session().scalars(StandardText.newest(kind)).all()) for kind in TextKind]
    return page("texts/list.html", kinds=kinds)


@area.form("/texts/new", needs=Permission.MANAGE_TEXTS)
def new() -> ResponseReturnValue:
    """Add a text."""
    return TextForm().takes(actions.add_text, None, "texts/new.html")


@area.route("/texts/<number:number>", needs=Permission.READ_TEXTS, of=StandardText)
def show(standard_text: StandardText) -> ResponseReturnValue:
    """One version in full, and all versions of the text."""
    versions = db.session().scalars(standard_text.versions().options(joinedload(StandardText.by))).all()
    return page("texts/show.html", text=standard_text, versions=versions)


@area.form("/texts/<number:number>/versions/new", needs=Permission.MANAGE_TEXTS, of=StandardText)
def renew(standard_text: StandardText) -> ResponseReturnValue:
    """Add a new version; the one before stays as it is."""
    form = VersionForm(data={"text": standard_text.text})
    return form.takes(actions.add_version, standard_text, "texts/renew.html", text=standard_text)
