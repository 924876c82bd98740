"""Sealing: the exact bytes, once; then addenda only. Evaluations stand apart."""

import hashlib
import json

import pytest
import sqlalchemy as sa

from tests import world as people
from tests.builders.build_interview import BEGAN, ENDED, WORDS, closed, held, planned, ready, seal, sealed, text
from tests.builders.build_material import NOWHEN
from tracker.actions.inquiry import addenda, interviews
from tracker.actions.register import standard_texts
from tracker.analysis.moments import stated
from tracker.audit.doors import Denied, Refused, action
from tracker.audit.verify import chain
from tracker.base import db
from tracker.models.inquiry.addenda import Addendum
from tracker.models.inquiry.interviews import STATEMENT
from tracker.models.inquiry.words import AddendumKind, Signature
from tracker.policy import Permission

pytestmark = pytest.mark.usefixtures("world")


def added(interview, *, who="ines", kind=AddendumKind.CORRECTION, **about):
    said = {"text": "It was Tuesday.", "signed_by": "P-001", "signed": ENDED, **about}
    return addenda.add_addendum(people.person(who), interview, kind=kind, **said)


def fault():
    """What the verifier of the audit log finds."""
    db.session().rollback()
    with db.session().get_bind().connect() as connection:
        return chain.verify(connection).fault


def test_what_was_seen_is_what_is_sealed(last_entry):
    interview = ready()
    seen = interview.statement()
    seal(interview)
    assert (interview.state, interview.sealed_text(), interview.statement()) == ("signed", seen, seen)
    entry, sha256 = last_entry(), hashlib.sha256(seen.encode()).hexdigest()
    assert (entry["act"], entry["d"]["statement_sha256"]) == ("interview.sealed", sha256)
    assert entry["d"]["seals"] == {f"interview:{interview.id}": sha256}
    assert interview.statement_sha256 == interview.seal == sha256


def test_the_statement_says_what_the_person_signed_and_no_more():
    said = json.loads(sealed().statement())
    assert (said["narrative"], said["person"], said["state"], said["case"]) == (WORDS, 1, "signed", "LK-AAAA")
    assert said["questions"] == ["general", 1, text("general").text_sha256]
    assert not {"planning", "evaluation", "evaluations", "name"} & set(said)


def test_a_refused_signature_with_its_reason_is_sealed_too():
    interview = closed(held(), signature=Signature.REFUSED, refusal="Wants to see counsel first")
    seal(interview)
    assert json.loads(interview.statement())["refusal"] == "Wants to see counsel first"


def test_another_statement_than_the_one_that_was_seen_is_not_sealed():
    interview = ready()
    seen = addenda.sha256_of(interview.statement())
    closed(interview, signature=None, corrections="It was Tuesday")
    closed(interview, corrections="It was Tuesday")
    for sha256 in (seen, "", "0" * 64):
        with pytest.raises(Refused, match="has changed since you opened it"):
            addenda.seal_interview(people.person("ines"), interview, statement_sha256=sha256)
    assert interview.state == "held"


@pytest.mark.parametrize(
    ("closure", "sentence"),
    [
        ({"read_back": False, "signature": Signature.REFUSED, "refusal": "None given"}, "Read the statement back"),
        ({"signature": None}, "Record the signature, or why there is none"),
    ],
)
def test_what_was_not_read_back_and_signed_or_refused_is_not_sealed(closure, sentence):
    interview = closed(held(), **closure)
    with pytest.raises(Refused, match=sentence):
        seal(interview)
    assert not interview.is_sealed


def test_an_interview_is_sealed_once(entries):
    interview = sealed()
    with pytest.raises(Refused, match=r"is sealed\. Add an addendum"):
        seal(interview)
    assert len(entries("interview.sealed")) == 1


def test_nothing_of_a_sealed_interview_is_written_any_more():
    interview, ines = ready(), people.person("ines")
    seal(interview)
    row = interview.lock_version
    before = interview.statement()
    verbs = [
        lambda: interviews.write_planning(ines, interview, lock_version=row),
        lambda: interviews.write_engagement(ines, interview, lock_version=row),
        lambda: interviews.write_narrative(ines, interview, lock_version=row, deviation=""),
        lambda: interviews.write_closure(ines, interview, lock_version=row, signature=None),
        lambda: interviews.cancel_interview(ines, interview, lock_version=row, why_ended="No"),
        lambda: interviews.stop_interview(
            ines, interview, lock_version=row, advisement=text("miranda"), why_ended="No"
        ),
        lambda: interviews.add_presence(ines, interview, who="Clerk", why="Late"),
    ]
    for verb in verbs:
        with pytest.raises(Refused, match=r"is sealed\. Add an addendum"):
            verb()
    assert (interview.statement(), interview.compute_seal()) == (before, interview.seal)


OTHERWISE = {
    "state": "held", "capacity": "subject", "voluntary": "required", "acknowledged": "refused", "number": 9,
    "companion": "declined", "mode": "video", "recording": "none", "signature": "refused", "break_minutes": 9,
    "read_back": False, "started": ENDED, "ended": BEGAN, "offered": ENDED, "notice_given": ENDED, "signed": BEGAN,
    "learned": ENDED,
    "seal": "0" * 64,
}  # fmt: skip


def test_no_action_that_might_be_written_one_day_changes_a_sealed_field():
    interview = sealed()

    @action(Permission.SIGN_INTERVIEW, "interview.forged")
    def forge(_ines, one, name):
        setattr(one, name, OTHERWISE.get(name, "Other words"))

    for name in (*STATEMENT, "seal"):
        with pytest.raises(RuntimeError, match="is sealed and cannot change"):
            forge(people.person("ines"), interview, name)
    assert fault() is None


def test_who_was_present_stays_present():
    interview = ready()
    ines = people.person("ines")
    closed(interview, signature=None)
    clerk = interviews.add_presence(ines, interview, who="Clerk", why="Takes the note")
    closed(interview)
    seal(interview)
    with pytest.raises(Refused, match="is sealed"):
        interviews.remove_presence(ines, clerk)

    @action(Permission.SIGN_INTERVIEW, "interview.forged")
    def forge(_ines, one):
        one.who = "Nobody"

    with pytest.raises(RuntimeError, match="its parts cannot change"):
        forge(ines, clerk)


@pytest.mark.parametrize(
    ("table", "change"),
    [("interview", "narrative = 'Other words'"), ("addendum", "text = 'Other words'"), ("presence", "who = 'Nobody'")],
)
def test_what_is_changed_by_sql_is_named_by_the_verifier(table, change):
    interview = closed(held(), signature=None)
    interviews.add_presence(people.person("ines"), interview, who="Clerk", why="Takes the note")
    seal(closed(interview))
    added(interview)
    assert fault() is None
    with db.writer().connect() as connection:
        connection.execute(sa.text(f"UPDATE {table} SET {change}"))
        connection.commit()
    whole = "addendum:1" if table == "addendum" else f"interview:{interview.id}"
    field = "present" if table == "presence" else change.partition(" ")[0]
    assert f"{whole} was changed after this entry sealed it: {field}." in str(fault())


@pytest.mark.parametrize("kind", AddendumKind)
def test_what_is_added_is_sealed_at_once_and_the_original_stays(kind, last_entry):
    interview = sealed()
    before = interview.statement()
    addendum = added(interview, kind=kind)
    assert (addendum.number, addendum.kind, addendum.is_sealed, addendum.signed_by) == (1, kind, True, "P-001")
    assert json.loads(addendum.sealed_text())["statement"] == interview.seal
    assert (last_entry()["act"], last_entry()["obj"]) == ("addendum.sealed", f"addendum:{addendum.id}")
    assert last_entry()["d"]["seals"] == {f"addendum:{addendum.id}": addendum.seal}
    assert interview.statement() == before
    assert added(interview).number == 2


def test_an_open_interview_has_no_addenda():
    with pytest.raises(Refused, match="Only a sealed interview can have addenda"):
        added(ready())
    assert db.session().scalar(sa.select(sa.func.count(Addendum.id))) == 0


def test_nothing_is_signed_in_the_future_or_before_the_interview_itself():
    interview = sealed()
    for when in ("2030-01-01", "2030-01-01 10:00"):
        with pytest.raises(Refused, match=r"^The time of signature lies in the future: enter when it really"):
            added(interview, signed=stated(when, "UTC"))
    for when in (stated("2018-03-21", "UTC"), stated("2018-03-22 10:59", "UTC"), stated("2018-03-20", "UTC", "before")):
        with pytest.raises(Refused, match="time of signature is before the interview"):
            added(interview, signed=when)
    for number, when in enumerate((stated("2018-03-22", "UTC"), NOWHEN), 1):
        assert added(interview, signed=when).number == number


@pytest.mark.parametrize("ended", [ENDED, NOWHEN])
def test_an_interview_whose_signing_has_no_time_is_followed_from_its_end_or_its_start(ended):
    interview = closed(held(), signed=NOWHEN, ended=ended)
    seal(interview)
    with pytest.raises(Refused, match="time of signature is before the interview"):
        added(interview, signed=stated("2018-03-22 09:59", "UTC"))
    assert added(interview).number == 1


def test_a_new_version_of_a_text_leaves_the_one_that_was_given(last_entry):
    interview = sealed()
    general = text("general")
    newer = standard_texts.add_version(people.person("ada"), general, text="1. What happened?")
    assert (interview.questions.version, newer.version, planned().questions.version) == (1, 2, 2)
    assert interview.compute_seal() == interview.seal


def test_evaluations_stand_apart_and_beside_each_other(last_entry):
    interview, ines = sealed(), people.person("ines")
    first = addenda.write_evaluation(ines, interview, text="Clear on times")
    assert (last_entry()["act"], last_entry()["obj"]) == ("evaluation.written", f"evaluation:{first.id}")
    assert addenda.write_evaluation(ines, interview, text="Less clear").number == 2
    assert "Clear on times" not in interview.statement()
    addenda.read_evaluation(ines, interview)
    assert last_entry()["act"] == "evaluation.read"


def test_what_was_not_held_is_not_evaluated():
    with pytest.raises(Refused, match="was not held"):
        addenda.write_evaluation(people.person("ines"), planned(), text="Promising")


@pytest.mark.parametrize("who", ["rhea", "cora", "dora", "otto", "ivo"])
def test_only_the_team_seals_adds_and_evaluates(who):
    interview, stranger = ready(), people.person(who)
    verbs = [
        lambda: seal(interview, who=who),
        lambda: added(interview, who=who),
        lambda: addenda.read_evaluation(stranger, interview),
        lambda: addenda.write_evaluation(stranger, interview, text="Mine"),
    ]
    for verb in verbs:
        with pytest.raises(Denied):
            verb()
