"""The pages of questions to ask: gated, recorded, each with its sources; the answers of an interview by question."""

from tests import world
from tests.builders.build_access import access, person_level, utc
from tests.builders.build_interview import accounted, engaged, planned
from tests.builders.build_material import material, person, version
from tracker.base import db
from tracker.models.access.words import Level
from tracker.models.inquiry.interviews import Interview

HERE = "/cases/LK-AAAA/questions-to-ask"


def test_before_the_check_there_is_one_sentence_on_each_page(browse):
    access(person(post="Clerk"), level=Level.E3)
    lena = browse("lena")
    for page in ("", "/second-hand", "/core-answers"):
        assert "P-001" not in lena.get(f"{HERE}{page}").text
    assert lena.get(f"{HERE}.csv").status_code == 409


def test_questions_stand_with_their_sources_and_narrow(browse, last_entry):
    person_level()
    card = version(material("CARDS"), label="v1")
    access(person(post="Clerk"), card.material, version=card, since=utc("2018-03-20 08:00"), level=Level.E4)
    access(person(post="Courier"), card.material, level=Level.E7, told_by=person(post="Aide"))
    lena = browse("lena")
    page = lena.get(HERE).text
    assert last_entry()["act"] == "questions.read"
    assert "When will they be interviewed, or why not?" in page
    assert "CARDS v1, E4" in page
    assert 'href="/cases/LK-AAAA/access/1">Access record 1</a>' in page
    assert "A question is no finding." in page
    assert "CARDS v1: Based on 1 known holder, total unknown" in page
    assert "Questions to ask: not interviewed. Recipient: 1." in lena.get(f"{HERE}?kind=not_interviewed").text
    told = lena.get(f"{HERE}?kind=second_hand").text
    assert "P-001" not in told
    assert "How did P-003 know of it?" in told
    assert "No results match these filters" in lena.get(f"{HERE}?person=P-003").text
    assert "Clerk" in lena.get(f"{HERE}?person=1&unit=").text
    assert "Enter the pseudonym" in lena.get(f"{HERE}?person=x").text
    line = lena.get(f"{HERE}.csv?person=P-001").text.splitlines()[1]
    assert line.startswith('"not_interviewed","P-001","recipient","","When will they be interviewed, or why not?"')
    chain = lena.get(f"{HERE}/second-hand").text
    assert chain.index("Aide") < chain.index("Courier")
    assert "A chain joins records of all materials." in chain
    assert "1 second-hand access record, 0 without a teller." in chain
    assert f"{HERE}?person=P-001" in lena.get("/cases/LK-AAAA/people/1").text


def test_an_answer_is_written_under_its_question_and_read_beside_the_others(browse):
    person_level()
    interview = engaged(planned(person(post="Clerk")))
    ines, at = browse("ines"), f"/cases/LK-AAAA/interviews/{interview.number}"
    page = ines.get(f"{at}/narrative").text
    assert "4. To whom did you give, show or tell any of it, when and why?" in page
    said = {
        "narrative": "I read it.",
        "learned": "20 Mar 2018 7:15 pm",
        "learned-zone": "UTC",
        "answer_4": "To nobody.",
    }
    assert ines.post_form(f"{at}/narrative", **said).status_code == 303
    saved = db.session().get(Interview, interview.id)
    assert saved.answers == "4. To whom did you give, show or tell any of it, when and why?\n  To nobody."
    assert saved.learned.earliest == utc("2018-03-20 19:15").earliest
    assert "To nobody.</textarea>" in ines.get(f"{at}/narrative").text
    beside = ines.get(f"{HERE}/core-answers?questions=general&number=4").text
    assert "To nobody." in beside
    assert "Not sealed" in beside
    assert "1 interview of this class, 1 with an answer to this question." in beside
    assert "No answer recorded" in ines.get(f"{HERE}/core-answers?number=99").text
    assert "Questions to ask" in ines.get(at).text


def test_without_interviews_the_core_questions_say_how_to_begin(browse):
    person_level()
    assert "No answers yet" in browse("lena").get(f"{HERE}/core-answers").text
    assert "No second-hand access" in browse("lena").get(f"{HERE}/second-hand").text
    assert "No questions" in browse("lena").get(HERE).text


def test_answers_to_a_class_that_is_no_longer_chosen_stay(browse):
    interview = accounted(engaged(planned()), answers="1. Another question?\n  Yes.")
    ines = browse("ines")
    ines.post_form(f"/cases/LK-AAAA/interviews/{interview.number}/narrative", narrative="I read it.", answer_1="Clerk.")
    kept = db.session().get(Interview, interview.id).answers
    assert kept.startswith("1. Another question?\n  Yes.\n1. What is your post")
    assert world.case()
