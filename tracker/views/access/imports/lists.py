"""Importing lists, as a file or pasted: of people, and of whoever a material was sent to."""

import io
from typing import Any

from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from tracker.actions.access import access_logs as actions
from tracker.analysis.moments import Moment, to_csv
from tracker.analysis.typed.tables import PERSON, read_people
from tracker.audit.doors import Refused
from tracker.base import db
from tracker.imports.lists.distribution import inspect_list, person_columns, shared_facts, write_recipients, write_table
from tracker.imports.plan import choose_plan, initial_plan, open_choice
from tracker.imports.reading import inspect_file, uploaded_file
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.words import Level, LogKind
from tracker.models.case.cases import Case
from tracker.models.disclosure.materials import Material
from tracker.models.register.accounts import Account
from tracker.policy import Permission
from tracker.views.access.imports.area import area
from tracker.views.access.imports.steps import ask, file_of, next_page
from tracker.views.access.reliability import UNKNOWN
from tracker.web.fields import LongText, ShortText, needed
from tracker.web.forms import RecordForm
from tracker.web.moment_field import MomentField
from tracker.web.uploads import shown_name, store_upload

PASTED, LONGEST = "pasted.csv", 500_000
NOTHING_SAID = {"system": "", "covers_since": Moment.of(), "covers_until": Moment.of(), "gaps": "", "clock_offset": ""}


class PastedForm(RecordForm):
    """A list, pasted or as a file, and where it is from."""

    lines: LongText
    file = FileField("Or a file", description="A CSV file with one line for each person.")
    obtained_from = ShortText(
        "Obtained from", [needed("Enter who gave you the list, or “unknown”.")], longest=200, default=UNKNOWN,
        description="The post, not the name. Enter “unknown” if nobody knows.",
    )  # fmt: skip
    obtained = MomentField("Obtained at")

    def validate_lines(self, field: Any) -> None:
        """One of both is needed, and both would be two lists."""
        if field.data and self.file.data:
            raise ValidationError("Paste the list or choose a file, not both.")
        if not field.data and not self.file.data:
            raise ValidationError("Paste the list, or choose a file.")

    def values(self) -> dict[str, Any]:
        """The file, which holds what was pasted if something was, and where it is from."""
        given = super().values()
        text = given.pop("lines")
        if text:
            given["file"] = FileStorage(io.BytesIO(self.written(text)), filename=PASTED)
        return given

    def written(self, text: str) -> bytes:
        """What was pasted, as a file."""
        raise NotImplementedError


class PeopleListForm(PastedForm):
    """A list of people."""

    lines = LongText(
        "Pasted list", longest=LONGEST,
        description="One person on each line: name, post, unit, identifiers. Copy the cells of a spreadsheet, or "
        "separate them with commas.",
    )  # fmt: skip

    def written(self, text: str) -> bytes:
        """A line for each person, under the names of the columns."""
        return write_table(list(PERSON), ([one[name] for name in PERSON] for one in read_people(text)))


class DistributionForm(PastedForm):
    """A distribution list: of which material, and whether it was only sent to these people or delivered."""

    lines = LongText(
        "Pasted list", longest=LONGEST,
        description="One recipient on each line, or the recipients of an email as the mail program shows them.",
    )  # fmt: skip
    sent = SelectField("Material or version", validators=[needed("Choose what was sent.")])
    level = SelectField("Evidence level", choices=[SelectChoice(one.value, one.label) for one in (Level.E1, Level.E2)])
    since = MomentField("Sent at")

    def __init__(self, case: Case) -> None:
        super().__init__()
        self.named: dict[str, dict[str, str]] = {}
        for material in db.session().scalars(Material.of(case).order_by(Material.number)).all():
            self.named[str(material.number)] = {"material": material.identifier}
            for one in (one for one in material.versions if one.corrected_by is None):
                said = {"material": material.identifier, "version": one.label}
                self.named[f"{material.number}.{one.number}"] = said
        labels = {key: ", ".join(said.values()) for key, said in self.named.items()}
        self.sent.choices = [SelectChoice("", "Choose"), *(SelectChoice(key, text) for key, text in labels.items())]

    def written(self, text: str) -> bytes:
        """A line for each recipient."""
        return write_recipients(text)

    def values(self) -> dict[str, Any]:
        """The file, and as `fixed`: field -> the value of every row."""
        given = super().values()
        fixed = {**self.named[given.pop("sent")], "level": given.pop("level")}
        if since := given.pop("since"):
            fixed |= dict(zip(("since_utc", "since_local", "since_precision"), to_csv(since), strict=True))
        return {**given, "fixed": shared_facts(fixed)}


@area.form("/cases/<ref:case>/people/import", needs=Permission.IMPORT_LOG, of=Case, takes_files=True)
def people_list(case: Case) -> ResponseReturnValue:
    """Import a list of people."""
    return PeopleListForm().takes(_receive_people, case, "access/imports/people_list.html", to=next_page)


@area.form("/cases/<ref:case>/access/import-list", needs=Permission.IMPORT_LOG, of=Case, takes_files=True)
def distribution_list(case: Case) -> ResponseReturnValue:
    """Import a distribution list: people, and an access record for each."""
    form = DistributionForm(case)
    return form.takes(_receive_list, case, "access/imports/distribution_list.html", to=next_page)


def _receive_people(account: Account, case: Case, *, file: Any, **about: Any) -> AccessLog:
    source = uploaded_file(file.stream)
    plan = initial_plan(case, LogKind.PEOPLE, source, inspect_file(source), fixed={}, zone="", system="")
    log = _receive(account, case, LogKind.PEOPLE, file, plan, about)
    if open_choice(plan, file_of(log)) is None:
        ask(log, plan)
    return log


def _receive_list(account: Account, case: Case, *, file: Any, fixed: dict[str, str], **about: Any) -> AccessLog:
    source = uploaded_file(file.stream)
    reading = inspect_list(source)
    if reading.encoding is None:
        raise Refused("The list is not UTF-8. Save it as UTF-8, or paste it.")
    columns = person_columns(source, reading)
    plan = choose_plan(case, LogKind.ACCESS, source, reading, columns=columns, fixed=fixed)
    log = _receive(account, case, LogKind.ACCESS, file, plan, about)
    ask(log, plan)
    return log


def _receive(account: Account, case: Case, kind: LogKind, file: Any, plan: Any, about: dict[str, Any]) -> AccessLog:
    file.stream.seek(0)
    kept = store_upload(file, case=case)
    return actions.receive_log(
        account, case, kind=kind, name=shown_name(file), sha256=kept.sha256, size=kept.size, plan=plan.as_json(),
        **NOTHING_SAID, **about,
    )  # fmt: skip
