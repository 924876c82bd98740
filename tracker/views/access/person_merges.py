"""Merges: two people of a case who are one, and parting them again."""

from flask.typing import ResponseReturnValue

from tracker.actions.access import person_merges as actions
from tracker.models.access.people import Person
from tracker.models.access.person_merges import PersonMerge
from tracker.policy import Permission
from tracker.web.choices import PersonField
from tracker.web.fields import LongText, needed
from tracker.web.forms import ReasonForm, RecordForm
from tracker.web.guard import Area
from tracker.web.lists import register
from tracker.web.places import to

area = Area("person_merges", __name__)
register(
    area, PersonMerge, "person-merges",
    columns=(
        "number", "person", "same_as", "reason", "by", "at", "parted", "parted_by", "why_parted",
    ),
)  # fmt: skip


class MergeForm(RecordForm):
    """Whom this number stands for, and how that is known."""

    same_as = PersonField("Same person as", [needed("Choose the person.")])
    reason = LongText("Reason", [needed("Enter the reason why the two are one person.")], longest=2000)


@area.form("/cases/<ref:case>/people/<number:number>/merge", needs=Permission.RECORD_PERSON, of=Person)
def new(person: Person) -> ResponseReturnValue:
    """Say that this person is another one of the case."""
    return MergeForm().takes(actions.merge_person, person, "access/person_merges/new.html", to=lambda _: to(person))


@area.form("/cases/<ref:case>/person-merges/<number:number>/part", needs=Permission.RECORD_PERSON, of=PersonMerge)
def part(person_merge: PersonMerge) -> ResponseReturnValue:
    """Part the two again."""
    form = ReasonForm.asking("Enter the reason why the two are not one person.", longest=2000)
    person = person_merge.person
    return form.takes(actions.part_person, person_merge, "access/person_merges/part.html", to=lambda _: to(person))
