"""The right of reply: a passage, days that are only added, an answer or a silence after they are over, a response."""

from datetime import UTC, datetime, timedelta

import pytest

from tests import world as people
from tests import world as world_of
from tests.builders.build_finding import about_somebody, backdate, drafted, written
from tests.machinery.intruder import force_role
from tracker.actions.findings import replies
from tracker.analysis.moments import Moment, stated
from tracker.audit.doors import Denied, Refused, Stale
from tracker.gates.facts import Facts
from tracker.gates.proof import REPLIED
from tracker.models.case.independence import writers_of
from tracker.models.case.words import Role
from tracker.policy import Permission, allows

PUT = stated("2018-04-02 09:00", "UTC")
UNKNOWN = Moment.of()
TOO_LONG = stated("2018-04-02", "UTC", None, "9999-12-31 23:00")


def ago(**length):
    return stated((datetime.now(UTC) - timedelta(**length)).isoformat(timespec="minutes"), None)


def put(finding=None, *, who="cora", put_at=PUT, days=10):
    return replies.put_passage(
        people.person(who), finding or about_somebody(), passage="The cards were passed on", put_at=put_at, days=days,
        gist="The portal's log of 20 March",
    )  # fmt: skip


def test_what_is_put_are_words_of_the_finding_and_they_are_put_anew_when_it_has_others(world):
    finding = about_somebody()
    with pytest.raises(Refused, match="Copy it exactly from the text"):
        replies.put_passage(people.person("cora"), finding, passage="She sold them", put_at=PUT, days=10)
    put(finding)
    facts = Facts(finding.case)
    written(finding, allegation="She sold the cards")
    said = [one.text for one in REPLIED.needs[0].missing(facts)]
    assert said[0].endswith("put to the person has changed. Put the current passage to them.")
    replies.put_passage(people.person("cora"), finding, passage="sold the\ncards", put_at=PUT, days=10)
    assert all("any more" not in one.text for one in REPLIED.needs[0].missing(facts))


def answer(reply, *, who="ines", lock_version=None, answered_at=UNKNOWN):
    replies.record_answer(
        people.person(who), reply, lock_version=lock_version or reply.lock_version,
        answer="I read them and gave them back.",
        answered_at=answered_at,
    )  # fmt: skip


def silence(reply, *, who="ines", lock_version=None):
    replies.record_no_response(people.person(who), reply, lock_version=lock_version or reply.lock_version)


def extend(reply, days=20, *, who="ines", lock_version=None):
    replies.extend_reply(
        people.person(who),
        reply,
        lock_version=lock_version or reply.lock_version,
        days=days,
        why_extended="She was abroad",
    )


def respond(reply, *, who="ines", lock_version=None, response="The finding says so now."):
    replies.respond(people.person(who), reply, lock_version=lock_version or reply.lock_version, response=response)


def test_a_passage_is_put_with_days_that_begin_when_she_had_it(world, last_entry):
    reply = put()
    assert (reply.number, reply.by.name, reply.is_settled) == (1, "Cora", False)
    assert reply.due == datetime(2018, 4, 12, 9, 0, 59, 999999, tzinfo=UTC)
    assert (last_entry()["act"], last_entry()["obj"]) == ("reply.put", f"reply:{reply.id}")
    assert put(reply.finding).number == 2


def test_nobody_is_asked_about_a_process(world):
    with pytest.raises(Refused, match="is not about a person"):
        put(drafted())


@pytest.mark.parametrize("put_at", [UNKNOWN, TOO_LONG])
def test_days_begin_at_a_known_time_that_has_passed(world, put_at):
    with pytest.raises(Refused, match="known and in the past"):
        put(put_at=put_at)


def test_today_has_begun(world):
    assert put(put_at=stated(datetime.now(UTC).date().isoformat(), "UTC")).number == 1


def test_her_answer_is_recorded_once_with_its_time_and_not_quoted_in_the_audit_log(world, last_entry):
    reply = put()
    answer(reply, answered_at=stated("2018-04-05", "UTC"))
    assert (reply.answer, reply.is_answered, reply.lock_version) == ("I read them and gave them back.", True, 2)
    assert last_entry()["act"] == "reply.answered"
    with pytest.raises(Refused, match="already recorded"):
        answer(reply)


def test_an_answer_is_not_older_than_the_passage(world):
    reply = put()
    with pytest.raises(Refused, match="earlier than the passage"):
        answer(reply, answered_at=stated("2018-04-01", "UTC"))
    assert (reply.answer, reply.lock_version) == ("", 1)


def recorded(reply, **ago):
    """The passage stands in the record since then."""
    backdate(world_of.person("cora"), reply, at=datetime.now(UTC) - timedelta(**ago))
    return reply


def test_silence_is_recorded_after_the_days_and_not_before(world, last_entry):
    early = recorded(put(put_at=ago(days=9)), days=10, minutes=1)
    late = recorded(put(early.finding, put_at=ago(days=10, minutes=2)), days=10, minutes=1)
    with pytest.raises(Refused, match="not over yet"):
        silence(early)
    silence(late)
    assert (early.no_response_at, late.is_answered, last_entry()["act"]) == (None, True, "reply.no_response_recorded")
    with pytest.raises(Refused, match="already recorded"):
        silence(late)


def test_a_passage_recorded_today_gives_her_all_her_days_whatever_day_it_names(world):
    reply = put(put_at=PUT)
    with pytest.raises(Refused, match="put or recorded, whichever is later"):
        silence(recorded(reply, days=9, hours=23))
    silence(recorded(reply, days=10, minutes=1))
    assert reply.no_response_at == reply.came_at


def test_an_answer_has_been_given_when_it_is_recorded(world):
    reply = put()
    with pytest.raises(Refused, match="The time received lies in the future: enter when it really was"):
        answer(reply, answered_at=ago(days=-2))
    with pytest.raises(Refused, match="The time put to the person lies in the future"):
        put(reply.finding, put_at=ago(hours=-5))


def test_a_late_answer_stands_beside_the_silence(world):
    reply = recorded(put(), days=11)
    silence(reply)
    answer(reply, answered_at=stated("2018-05-01", "UTC"))
    assert reply.no_response_at
    assert reply.answer


def test_days_are_only_added_and_only_while_she_may_still_answer(world, last_entry):
    reply = put()
    for fewer in (9, 10):
        with pytest.raises(Refused, match="Enter more than 10 days"):
            extend(reply, fewer)
    extend(reply)
    assert (reply.days, reply.why_extended, last_entry()["act"]) == (20, "She was abroad", "reply.extended")
    assert reply.due.day == 22
    answer(reply)
    with pytest.raises(Refused, match="cannot be extended"):
        extend(reply, 30)


def test_the_response_comes_after_the_reply_or_the_silence_and_is_kept(world, last_entry):
    reply = recorded(put(), days=11)
    with pytest.raises(Refused, match="Record the reply, or that no response was received, first"):
        respond(reply)
    silence(reply)
    respond(reply)
    assert (reply.is_settled, last_entry()["act"]) == (True, "reply.responded")
    assert reply.responded_by_id == people.person("ines").id
    with pytest.raises(Refused, match=r"Reply 1 already has a response\. Add another passage"):
        respond(reply, response="And the summary too.")
    assert reply.response == "The finding says so now."


@pytest.mark.parametrize("act", [answer, silence, extend, respond])
def test_what_was_saved_meanwhile_is_not_overwritten(world, act):
    reply = put()
    extend(reply, 12)
    with pytest.raises(Stale):
        act(reply, lock_version=1)


@pytest.mark.parametrize("who", ["rhea", "dora", "otto", "ivo"])
@pytest.mark.parametrize("act", [answer, silence, extend, respond])
def test_only_who_asks_records_what_comes_back(world, act, who):
    reply = put()
    with pytest.raises(Denied):
        act(reply, who=who)
    with pytest.raises(Denied):
        put(reply.finding, who=who)


def test_reading_what_she_answered_is_recorded(world, last_entry):
    reply = put()
    replies.read_replies(people.person("otto"), reply.finding)
    assert (last_entry()["act"], last_entry()["obj"]) == ("reply.read", f"finding:{reply.finding_id}")


@pytest.mark.parametrize("asks", ["cora", "lena"])
def test_who_put_a_passage_or_responded_wrote_of_the_finding_and_does_not_review_it(world, asks):
    force_role("cora", Role.REVIEWER)
    finding, cora = about_somebody(), people.person("cora")
    assert allows(cora, Permission.REVIEW_FINDING, finding)
    reply = put(finding, who=asks)
    answer(reply)
    respond(reply, who="lena" if asks == "cora" else "cora")
    assert writers_of(finding) == {people.person(who).id for who in ("ines", "lena", "cora")}
    assert not allows(cora, Permission.REVIEW_FINDING, finding)
