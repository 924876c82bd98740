"""What is asked of every log that comes in: how fit it is to rest on. That something is unknown is an answer."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import SelectField
from wtforms.datalist import DataList, DataListChoice
from wtforms.fields.choices import SelectChoice

from tracker.base import db
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.words import Level, LogKind
from tracker.models.case.cases import Case
from tracker.models.disclosure.materials import Material
from tracker.web.fields import LongText, ShortText, WordField, needed
from tracker.web.forms import EditForm, RecordForm
from tracker.web.moment_field import MomentField

UNKNOWN = "unknown"


def _systems(form: Any, _field: Any) -> list[DataListChoice]:
    names = AccessLog.of(form.case).with_only_columns(AccessLog.system).distinct().limit(50)
    return [DataListChoice(name, name) for name in db.session().scalars(names) if name]


def materials_of(case: Case, none: str) -> list[SelectChoice]:
    """The materials of a case by their identifiers; `none` is the word for no one of them."""
    materials = db.session().scalars(Material.of(case).order_by(Material.number))
    return [SelectChoice("", none), *(SelectChoice(one.identifier, f"{one.identifier}: {one.title}")
            for one in materials)]  # fmt: skip


class Reliability:
    """Mixed into a form: the system, who gave the file, what it covers, its gaps, its clock."""

    system = ShortText(
        "System it came from", longest=200, datalist=DataList(_systems),
        description="Examples: mail server, doors of building 2. The column mapping is remembered for the next file.",
    )  # fmt: skip
    obtained_from = ShortText(
        "Obtained from", [needed("Enter who gave you the log, or “unknown”.")], longest=200, default=UNKNOWN,
        description="The post, not the name. Enter “unknown” in any field if nobody knows.",
    )  # fmt: skip
    obtained = MomentField("Obtained at")
    covers_since = MomentField("Complete since")
    covers_until = MomentField("Complete until")
    gaps = LongText("Known gaps", [needed("Enter the known gaps, or “unknown”.")], longest=2000, default=UNKNOWN)
    clock_offset = ShortText(
        "Clock offset", [needed("Enter the clock offset, or “unknown”.")], longest=80, default=UNKNOWN,
        description="Example: 2 minutes fast. The offset is shown with the records and does not change them.",
    )  # fmt: skip


class ReliabilityForm(Reliability, EditForm):
    """What is known of a log, changed later."""

    def __init__(self, log: AccessLog) -> None:
        self.case = log.case
        super().__init__(obj=log)


class ImportForm(Reliability, RecordForm):
    """A file, what all its rows share, and its reliability: enough for most logs."""

    file = FileField(
        "File", [needed("Choose a file.")], description="The log as it was exported, such as CSV, a workbook or JSON."
    )
    material = SelectField(
        "Material of every line", description="Leave this open if a column of the file names the material."
    )
    level = WordField("Evidence level of every line", Level, empty="In a column of the file")
    zone = ShortText(
        "Time zone of the file", longest=64, render_kw={"list": "zones", "autocomplete": "off"},
        description="Leave it empty to use the zone of the case. Examples: Europe/Berlin, -04:00.",
    )  # fmt: skip

    def __init__(self, case: Case, kind: LogKind) -> None:
        self.case, self.kind = case, kind
        super().__init__()
        self.material.choices = materials_of(case, "In a column of the file")
        if kind is not LogKind.ACCESS:
            del self.material, self.level

    def values(self) -> dict[str, Any]:
        """The file, its kind and zone and reliability, and as `fixed`: field -> the value of every row."""
        given = super().values()
        shared = {name: given.pop(name, None) for name in ("material", "level")}
        fixed = {name: str(value) for name, value in shared.items() if value}
        return {**given, "kind": self.kind, "fixed": fixed}
