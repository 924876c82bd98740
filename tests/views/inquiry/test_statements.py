"""The parts of an interview, as pages that save by themselves."""

import pytest

from tests import world as people
from tests.builders.build_interview import WORDS, accounted, engaged, planned, text
from tests.readers.digests import without_versions
from tests.readers.pages import Page
from tests.walks.test_actions_at_large import behind_the_programs_back
from tests.web.test_ended import end_sessions, form_of, hidden_of
from tracker.actions.findings.referrals import record_referral
from tracker.actions.inquiry import interview_rules, interviews
from tracker.analysis.moments import Moment
from tracker.base import db
from tracker.models.case.words import Stage
from tracker.models.inquiry.core_questions import read_questions, write_answers
from tracker.models.inquiry.interviews import Interview

HERE = "/cases/LK-AAAA/interviews/1"
PARTS = ("planning", "engagement", "narrative", "closure")


@pytest.fixture
def ines(browse):
    return browse("ines")


def only(number=1):
    db.session().rollback()
    return db.session().scalars(Interview.of(people.case()).where(Interview.number == number)).one()


def test_a_whole_interview_from_the_pages(ines, entries):
    planned()
    upjohn, general = str(text("upjohn").id), str(text("us-2302b13").id)
    assert ines.post_form(f"{HERE}/planning", notice="By letter").status_code == 303
    answer = ines.post_form(
        f"{HERE}/engagement", {"started": "2018-03-22 10:00", "offered": "2018-03-22 09:50"},
        advisement=upjohn, acknowledged="acknowledged", companion="accepted", companion_words="A colleague",
        confidentiality="Tell nobody", whistleblower=general, place="Room 4", mode="in_person", recording="audio",
    )  # fmt: skip
    assert (answer.status_code, answer.location) == (303, f"{HERE}/engagement")
    assert ines.post_form(f"{HERE}/present/new", who="Counsel", why="Asks", is_counsel="y").status_code == 303
    assert ines.post_form(f"{HERE}/present/new", who="Clerk", why="Note").status_code == 303
    assert ines.post_form(f"{HERE}/present/2/remove", at=f"{HERE}/engagement").status_code == 303
    assert ines.post_form(f"{HERE}/narrative", narrative=WORDS, clarified="Q: When? A: At nine.").status_code == 303
    closing = {"ended": "2018-03-22 11:00", "signed": "2018-03-22 11:05"}
    said = {"break_minutes": "10", "read_back": "y", "corrections": "At ten.", "signature": "signed"}
    assert ines.post_form(f"{HERE}/closure", closing, **said).status_code == 303
    shown = ines.get(f"{HERE}/seal").text
    assert ines.post_form(f"{HERE}/seal").status_code == 303
    made = only()
    assert made.seal in shown
    assert (made.state, made.break_minutes, [one.who for one in made.present]) == ("signed", 10, ["Counsel"])
    page = ines.get(HERE).text
    assert all(words in page for words in (made.seal, WORDS, "At ten.", "Tell nobody", "A colleague", "Counsel"))


def test_what_the_seal_asks_for_is_not_called_optional(ines):
    planned()
    for part, label in (("engagement", "Start time"), ("narrative", "Free narrative"), ("closure", "Signature")):
        page = Page(ines.get(f"{HERE}/{part}").text)
        words = {one.text for one in page.all("label", "legend")}
        assert label in words, part
        assert "You can save this part before it is complete" in page.all("main")[0].text


def test_what_is_missing_leads_only_whoever_may_mend_it(ines, browse):
    planned()
    words, link = "Enter the free narrative.", f'href="{HERE}/narrative#narrative"'
    assert f"{link}>{words}" in ines.get(HERE).text
    for who in ("rhea", "cora"):
        page = browse(who).get(HERE).text
        assert words in page
        assert link not in page
    shut()
    assert link not in ines.get(HERE).text


def test_no_part_can_be_written_in_a_closed_case(ines):
    planned()
    shut()
    for part in (*PARTS, "present/new", "stop", "cancellation"):
        page = ines.get(f"{HERE}/{part}").text
        assert "This case is closed and can only be read." in page, part
        assert 'class="record-form"' not in page, part


def shut():
    behind_the_programs_back("UPDATE cases SET stage = :closed WHERE reference = 'LK-AAAA'", closed=Stage.CLOSED.value)


def test_a_part_shows_the_words_to_read_out_and_to_ask(ines):
    engaged(planned(), advisement=text("garrity"))
    assert "You are asked about your own conduct." in ines.get(f"{HERE}/engagement").text
    assert "What is your post, and what did it have to do" in ines.get(f"{HERE}/narrative").text


def test_a_text_that_was_replaced_can_stay_chosen(ines, browse):
    planned()
    general = text("general")
    browse("ada").post_form(f"/standard-texts/{general.id}/versions/new", text="1. What happened?")
    page = ines.get(f"{HERE}/planning").text
    assert "Anybody, version 1" in page
    assert "Anybody, version 2" in page
    assert ines.post_form(f"{HERE}/planning").status_code == 303
    assert only().questions.version == 1


def test_each_part_opened_is_one_recorded_read(ines, entries):
    planned()
    for part in (*PARTS, "seal"):
        before = len(entries())
        assert ines.get(f"{HERE}/{part}").status_code == 200
        assert [entry["act"] for entry in entries()[before:]] == ["interview.read"]


@pytest.mark.parametrize("part", PARTS)
def test_a_part_sent_as_it_is_shown_changes_nothing_and_a_stale_one_is_not_taken(browse, part):
    accounted(engaged(planned(planning="Times"), advisement=text("garrity")))
    lena, before = browse("lena"), without_versions()
    stale = Page(lena.get(f"{HERE}/{part}").text).form_to(f"{HERE}/{part}", HERE).shown()
    assert browse("ines").post_form(f"{HERE}/{part}").status_code == 303
    assert without_versions() == before
    answer = lena.post(f"{HERE}/{part}", data=stale)
    assert (answer.status_code, "Somebody else saved this" in answer.text) == (409, True)
    assert lena.post(f"{HERE}/{part}", data={**stale, **lena.tokens(), "lock_version": ""}).status_code == 409
    assert without_versions() == before


def test_a_stale_account_shows_both_texts(ines):
    accounted(planned())
    said = write_answers({read_questions(only().questions.text)[1]: "Clerk, says Lena"})
    interviews.write_narrative(
        people.person("lena"), only(), lock_version=2, deviation="", narrative="What Lena wrote", answers=said
    )
    sent = {"narrative": "What Ines wrote", "answer_1": "Clerk, says Ines", "answer_2": ""}
    answer = ines.post_form(f"{HERE}/narrative", lock_version="2", **sent)
    assert answer.status_code == 409
    for words in ("What Lena wrote", "What Ines wrote", "Clerk, says Lena", "Clerk, says Ines"):
        assert words in answer.text, words
    told = answer.text.split("Somebody else saved these values", 1)[1].split("</dl>", 1)[0]
    assert told.count("<dt>") == 2  # an answer that is the same is not told


def test_twenty_thousand_characters_are_kept_and_shown(ines):
    engaged(planned())
    long = "We met at nine. Nous étions « trois ».\n" * 500
    assert ines.post_form(f"{HERE}/narrative", narrative=long).status_code == 303
    assert only().narrative == long.strip()
    assert ines.get(HERE).text.count("Nous étions") == 500
    assert ines.post_form(f"{HERE}/narrative", narrative="x" * 200_001).status_code == 422


def test_a_draft_survives_a_session_that_ended(ines):
    planned()
    form = Page(ines.get(f"{HERE}/narrative").text).form_to(f"{HERE}/narrative", HERE).shown()
    end_sessions()
    sent = {**form, "narrative": WORDS, "deviation": "No time"}
    asked = ines.post(f"{HERE}/narrative", data=sent, headers={"Origin": "http://localhost"})
    again = {"email": people.email("ines"), "password": people.PASSWORD}
    answer = ines.post("/sign-in", data={**hidden_of(asked.text), **again})
    shown = form_of(answer.text, f"{HERE}/narrative")
    assert (shown["narrative"], shown["deviation"], only().narrative) == ([WORDS], ["No time"], "")
    assert ines.post(f"{HERE}/narrative", data=shown).status_code == 303
    assert (only().narrative, only().deviation) == (WORDS, "No time")


def test_every_rule_leads_to_a_field_of_its_part(ines):
    planned()
    fields: dict[str, set[str]] = {}
    for rule in (*interview_rules.ALWAYS, *interview_rules.HOLDING, *interview_rules.SEALING):
        fields.setdefault(rule.part, set()).add(rule.field)
    for part, names in fields.items():
        page = ines.get(f"{HERE}/{part}").text
        assert [name for name in names if f'id="{name}"' not in page] == [], part


@pytest.mark.parametrize(
    ("part", "typed", "sentence"),
    [
        ("narrative", {"clarified": "Mine"}, "Enter the free narrative before"),
        ("engagement", {"confidentiality": "Mine"}, "statutory whistleblower text"),
        ("closure", {"signature": "signed", "corrections": "Mine"}, "Enter the start time before you record"),
        ("planning", {"capacity": "subject", "notice": "Mine"}, "can only be interviewed as a witness until"),
    ],
)
def test_what_a_rule_refuses_stays_on_the_page(ines, part, typed, sentence):
    planned()
    answer = ines.post_form(f"{HERE}/{part}", **typed)
    assert (answer.status_code, sentence in answer.text, "Mine" in answer.text) == (409, True, True)


def test_a_caution_is_not_on_offer_where_advisements_are(ines):
    planned()
    assert "Miranda" not in ines.get(f"{HERE}/engagement").text
    assert ines.post_form(f"{HERE}/engagement", advisement=str(text("miranda").id)).status_code == 422


def test_the_text_for_counsel_is_chosen_beside_the_advisement_and_shown(ines):
    planned()
    form = Page(ines.get(f"{HERE}/engagement").text)
    garrity, upjohn = str(text("garrity").id), str(text("upjohn").id)
    chosen = next(one for one in form.all("select") if one.get("name") == "counsel_text")
    assert [one.get("value") for one in chosen.all("option")] == ["", upjohn]
    both = {"advisement": garrity, "counsel_text": upjohn}
    assert ines.post_form(f"{HERE}/engagement", **both).status_code == 303
    assert (only().advisement.key, only().counsel_text.key) == ("garrity", "upjohn")
    assert "Advisement when counsel attends: Upjohn" in ines.get(HERE).text
    assert ines.post_form(f"{HERE}/engagement", counsel_text=garrity).status_code == 422


def test_a_referred_case_is_a_warning_where_answers_are_demanded(ines):
    engaged(planned(), advisement=text("kalkines"), declination="D-1")
    assert "referred to another authority" not in ines.get(f"{HERE}/engagement").text
    record_referral(people.person("lena"), people.case(), to="The inspectorate", sent=Moment.of(), reason="Sent on")
    assert "referred to another authority" in ines.get(f"{HERE}/engagement").text


def test_the_workplace_text_reminds_to_adjourn(ines):
    engaged(planned(), advisement=text("uk-workplace"))
    assert "Adjourn" in ines.get(f"{HERE}/engagement").text


def test_breaks_are_written_in_digits(ines):
    planned()
    for wrong in ("ten", "-1", "1441", "1.5"):
        assert ines.post_form(f"{HERE}/closure", break_minutes=wrong).status_code == 422
