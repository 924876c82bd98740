"""What a form asks for in words, its action asks for too: letters that nobody can see are none."""

import pytest

from tests import world as people
from tests.actions.access.test_access_logs import visible
from tests.builders.build_access import access, claim, disclosure, seen
from tests.builders.build_exhibit import ROOM, exhibit, handed, press_contact
from tests.builders.build_finding import about_somebody, drafted, written
from tests.builders.build_inquiry import cite, hypothesis
from tests.builders.build_interview import ENDED, held, planned, sealed, text
from tests.builders.build_material import material, person, version
from tests.policy.test_independence import held as role_of
from tracker.actions.access import access_records, reveals, whereabouts
from tracker.actions.access.access_logs import revert_log
from tracker.actions.case import privileged_notes, roles
from tracker.actions.checks import must_say
from tracker.actions.disclosure import versions
from tracker.actions.disclosure.versions import Content
from tracker.actions.findings import citations, comments, findings, replies
from tracker.actions.inquiry import addenda, exhibits, interviews, press_contacts
from tracker.actions.register import standard_texts
from tracker.analysis.moments import stated
from tracker.audit.doors import Refused
from tracker.models.case.words import Role
from tracker.models.findings.words import Standard
from tracker.models.inquiry.words import AddendumKind
from tracker.models.register.words import TextKind
from tracker.models.words import Answer

pytestmark = pytest.mark.usefixtures("world")
UNSEEN = "\u200b"
PUT = stated("2018-04-02", "UTC")
ROW = "Enter the reason for the correction."
MEMO = "Enter the reason. It is printed on the closing memo."
WHAT = "Enter the text as it is read out or asked."
SAID = "Enter what was said, or choose that the content is not known."


def ines():
    return people.person("ines")


def put(**facts):
    about = {"passage": "The cards were passed on", "put_at": PUT, "days": 10, **facts}
    return replies.put_passage(ines(), about_somebody(), **about)


def answered():
    reply = put()
    replies.record_answer(ines(), reply, lock_version=reply.lock_version, answer="No.", answered_at=PUT)
    return reply


def answer(reply):
    replies.record_answer(ines(), reply, lock_version=reply.lock_version, answer=UNSEEN, answered_at=PUT)


def extend(reply):
    replies.extend_reply(ines(), reply, lock_version=reply.lock_version, days=20, why_extended=UNSEEN)


def respond(reply):
    replies.respond(ines(), reply, lock_version=reply.lock_version, response=UNSEEN)


def remark(**facts):
    finding = written(drafted())
    return comments.comment_on(people.person("rhea"), finding, field="rule", **{"text": "Which?", **facts})


def add(**facts):
    about = {"kind": AddendumKind.ERRATUM, "text": "Tuesday.", "signed_by": "P-001", "signed": ENDED, **facts}
    return addenda.add_addendum(ines(), sealed(), **about)


def present(**facts):
    interviews.add_presence(ines(), planned(), **{"who": "Clerk", "why": "Takes the note", **facts})


def words(**facts):
    about = {"kind": TextKind.QUESTIONS, "name": "Ours", "text": "Why?", **facts}
    standard_texts.add_text(people.person("ada"), None, **about)


def correct(verb, old):
    verb(ines(), old, why_corrected=UNSEEN)


def correct_version():
    old, settings = version(material()), None
    versions.correct_version(ines(), old, content=Content(), settings=settings, why_corrected=UNSEEN)


def step_down(who, role):
    roles.step_down(people.person(who), role_of(who, role), reason=UNSEEN)


def end(who, role):
    roles.end_assignment(people.person("lena"), role_of(who, role), reason=UNSEEN)


def undo():
    material(identifier="ROOMS")
    revert_log(ines(), visible(), why=UNSEEN)


VERBS = {
    "citation": (lambda: citations.withdraw_citation(ines(), cite(hypothesis(), claim(disclosure())), reason=UNSEEN),
                 "Enter the reason for the withdrawal."),
    "passage": (lambda: put(passage=UNSEEN), "Enter the passage exactly as it was put to the person."),
    "answer": (lambda: answer(put()), "Enter the reply."),
    "more days": (lambda: extend(put()), "Enter the reason for the extension."),
    "response": (lambda: respond(answered()), "Enter the response."),
    "allegation": (lambda: findings.draft_finding(ines(), people.case(), standard=Standard.BALANCE, allegation=UNSEEN),
                   "Enter the allegation in one or two sentences."),
    "note": (lambda: privileged_notes.write_note(people.person("cora"), people.case(), text=UNSEEN), "Enter the note."),
    "name": (lambda: reveals.reveal_name(people.person("rhea"), person(), reason=UNSEEN),
             "Enter the reason why you need the name."),
    "reviewer": (lambda: step_down("rhea", Role.REVIEWER), MEMO),
    "counsel": (lambda: step_down("cora", Role.COUNSEL), MEMO),
    "deciding_official": (lambda: step_down("dora", Role.DECIDING_OFFICIAL), MEMO),
    "deciding official ended": (lambda: end("dora", Role.DECIDING_OFFICIAL), MEMO),
    "addendum": (lambda: add(text=UNSEEN), "Enter the text."),
    "who signs": (lambda: add(signed_by=UNSEEN), "Enter who signs the addendum."),
    "evaluation": (lambda: addenda.write_evaluation(ines(), held(), text=UNSEEN), "Enter the evaluation."),
    "comment": (lambda: remark(text=UNSEEN), "Enter your comment."),
    "comment answered": (lambda: comments.answer_comment(ines(), remark(), answer=UNSEEN), "Enter the answer."),
    "press_contact": (lambda: correct(press_contacts.correct_press_contact, press_contact(person())),
        "Enter the reason for the correction."),
    "content": (lambda: press_contact(person(), content_known=Answer.YES, content=UNSEEN), SAID),
    "access": (lambda: correct(access_records.correct_access, access()), ROW),
    "whereabouts": (lambda: correct(whereabouts.correct_whereabouts, seen()), ROW),
    "version": (correct_version, "Enter the reason for the correction."),
    "log": (undo, "Enter the reason for reverting the import."),
    "handover": (lambda: handed(exhibit(), "Laboratory", why=UNSEEN), "Enter the reason for the handover."),
    "seal": (lambda: exhibit(None, custody=exhibits.Custody(ROOM.holder, ROOM.why, UNSEEN)),
             "Put the object under seal and enter the seal number."),
    "who is present": (lambda: present(who=UNSEEN), "Enter the role, function or pseudonym of the person present."),
    "why present": (lambda: present(why=UNSEEN), "Enter the reason."),
    "name of a text": (lambda: words(name=UNSEEN), "Enter a name. Interviewers choose the text by its name."),
    "text": (lambda: words(text=UNSEEN), WHAT),
    "version of a text": (lambda: standard_texts.add_version(people.person("ada"), text("general"), text=UNSEEN), WHAT),
}  # fmt: skip


@pytest.mark.parametrize("what", VERBS)
def test_what_nobody_can_see_is_refused_in_the_words_of_the_form(what):
    verb, sentence = VERBS[what]
    with pytest.raises(Refused) as refused:
        verb()
    assert str(refused.value) == sentence


@pytest.mark.parametrize("text", [None, "", " ", UNSEEN])
def test_a_rule_that_asks_for_words_wants_to_see_them(text):
    with pytest.raises(Refused, match=r"^Say why\.$"):
        must_say(text, "Say why.")
    must_say("No.", "Say why.")


@pytest.mark.parametrize("days", [-5, 0, replies.MOST_DAYS + 1])
def test_nobody_is_given_no_days_or_a_hundred_years(days):
    with pytest.raises(Refused, match="Enter a number of days from 1 to 365"):
        put(days=days)


def test_nor_are_a_hundred_years_added():
    reply = put()
    with pytest.raises(Refused, match="Enter a number of days from 1 to 365"):
        replies.extend_reply(ines(), reply, lock_version=reply.lock_version, days=366, why_extended="She was abroad.")


def test_whoever_investigates_steps_down_without_a_reason():
    own = role_of("ines", Role.INVESTIGATOR)
    roles.step_down(ines(), own, reason="")
    assert own.state == "ended"
