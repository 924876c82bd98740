"""The record of an interview in a pack: all that is sealed when it is signed, and nothing else."""

import json
from types import SimpleNamespace

import sqlalchemy as sa

from tests.builders.build_columns import filled
from tracker.exports.pack.chapters.interviews import record, statement
from tracker.models.access.people import Person
from tracker.models.inquiry.interviews import STATEMENT, Interview
from tracker.models.inquiry.words import InterviewState, Mode
from tracker.models.register.standard_texts import StandardText
from tracker.models.register.words import TextKind

NOBODY = SimpleNamespace(id=1)
VOICE = SimpleNamespace(names=False, say=lambda moment: moment.words, who=lambda person: person.pseudonym)


def interview(**facts):
    """An interview that was held, with something in every column."""
    one = filled(Interview, NOBODY, NOBODY, "=canary ", state=InterviewState.HELD, **facts)
    one.person, one.counsel_text = (
        Person(number=7),
        StandardText(kind=TextKind.ADVISEMENT, name="Counsel attends", version=1, text="Counsel is not yours."),
    )
    return one


def test_all_that_is_signed_is_in_the_record_and_in_the_report():
    columns = sa.inspect(Interview).columns
    texts = [name for name in STATEMENT if name in columns and type(columns[name].type) in {sa.String, sa.Text}]
    assert {"answers", "notice", "confidentiality", "declination"} <= {*texts}
    for part in (record, statement):
        said = json.dumps(list(part(VOICE, interview())))
        assert [name for name in texts if f"canary interview.{name}" not in said] == []
        assert [name for name in ("Offer made", "First learned of the material") if name not in said] == []
        assert "canary interview.planning" not in said
    assert "Counsel is not yours." in json.dumps(list(record(VOICE, interview())))


def test_a_record_says_whether_it_was_read_back():
    for facts, words in (
        ({"read_back": True}, "Yes"), ({"read_back": False, "mode": Mode.IN_PERSON}, "No"),
        ({"read_back": False, "mode": Mode.WRITTEN}, "Not applicable: written answers"),
    ):  # fmt: skip
        [rows] = [block["rows"] for block in statement(VOICE, interview(**facts)) if block["k"] == "facts"]
        assert dict(map(tuple, rows))["Read back"] == words
        assert dict(map(tuple, rows))["Breaks"] == "1 minute"
