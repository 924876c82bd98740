"""Who had access came out: the window, the classes, what is said beside them, and who may look."""

import pytest

from tests.builders import build_access
from tests.builders.build_access import CAME_OUT, access, claim, disclosure, lay_out, person_level, placed, utc
from tests.builders.build_inquiry import confirmed, eliminated
from tests.builders.build_material import NOWHEN, material, person, version
from tracker.actions.access import access_logs, access_records, exposure
from tracker.actions.access.exposure import ends_of, who_had_access
from tracker.actions.access.standings import place_everybody
from tracker.audit.doors import action
from tracker.models.access.words import Level, LogKind
from tracker.models.case.words import ProtectionResult
from tracker.models.disclosure.words import Protected
from tracker.policy import Permission

URL = "/cases/LK-AAAA/disclosures/1/who-had-access"


@pytest.fixture
def cards(world):
    """A material with two versions, a disclosure whose claim names the second, and a case that is screened."""
    return build_access.two_versions()


def test_people_stand_in_the_class_that_their_rows_show(cards, browse):
    card, first, second, one = cards
    people = [person() for _ in range(6)]
    access(people[0], card, version=second, level=Level.E3, since=utc("2018-03-20 11:00"))
    access(people[1], card, version=second, level=Level.E2, since=utc("2018-03-20 11:00"))
    access(people[2], card, version=second, level=Level.E4, since=utc("2018-03-20"))  # that day: perhaps later
    access(people[3], card, version=first, level=Level.E4, since=utc("2018-03-19 11:00"))  # the other version
    access(people[4], card, level=Level.E5, since=utc("2018-03-20 12:00"))  # nobody knows which version
    assert placed(one) == {1: "confirmed", 2: "delivered", 3: "possible", 4: "unknown", 5: "possible", 6: "unknown"}
    text = browse("otto").get(URL).text
    for words in (
        "People: at least 1, at most 2 confirmed",
        "Access is opportunity, not guilt.",
        "CARDS v2 was made",
        "publication",
        "A question mark means that records name no version.",
        "CARDS v2: Based on 4 known holders",
        "Shared accounts and mailboxes",
        "neither “no access” nor “eliminated”",
    ):
        assert words in text
    assert text.partition(">P-005</a>")[2].partition("</tr>")[0].count('"held-may"') == 2 <= text.count('"unknown"')
    assert text.count("</span> Possible</span>") == text.count('level-possible" title="E') == 2  # no filled badge


def test_a_claim_is_answered_for_its_own_version(cards, browse):
    card, first, _, one = cards
    other = claim(one, "Another.", version=first)
    access(of=card, version=first, since=utc("2018-03-19 11:00"))
    assert placed(one, [one.claims[0]]) == {1: "unknown"}
    assert placed(one, [other]) == {1: "confirmed"}
    assert placed(one) == {1: "confirmed"}  # the disclosure as a whole: both versions
    text = browse("ines").get("/cases/LK-AAAA/disclosures/1/claims/2/who-had-access").text
    assert "Who had access before claim C2 of disclosure 1" in text
    assert "CARDS v1 was made" in text


def test_without_a_version_every_material_counts(world, browse):
    card, book = material("A", created=utc("2018-03-19")), material("B", created=utc("2018-03-18 10:00"))
    version(card)
    one = disclosure(published=utc(CAME_OUT))
    quoted = claim(one)
    access(of=card, since=utc("2018-03-20 11:00"))
    access(of=book, since=utc("2018-03-20 11:00"))
    person_level()
    assert placed(one) == {1: "confirmed", 2: "confirmed"}
    assert who_had_access(one, [quoted]).spans[0].begins == "the first material of the case was created"
    ines = browse("ines")
    assert "No claim of this disclosure is matched to a version, so" in ines.get(URL).text
    text = ines.get("/cases/LK-AAAA/disclosures/1/claims/1/who-had-access").text
    note = "This claim is not matched to a version, so access records of every material count."
    assert text.count(note) == 1
    assert text.index(note) < text.index("class-counts")  # in the open, before the counts that it is about
    material("C")
    assert who_had_access(one, []).spans[0].begins == "when the materials were created is not recorded"


def test_the_window_closes_with_the_first_sign_that_it_was_out(world, browse):
    one = disclosure(published=utc(CAME_OUT), comment_requested=utc("2018-03-20 20:00"))
    disclosure("A broadcaster", derived_from=[one], published=utc("2018-03-20 19:00"))
    assert [label for label, _ in ends_of(one)] == ["request for comment", "publication", "repeated by disclosure 2"]
    assert who_had_access(one, []).end.words == "20 Mar 2018, 19:00 UTC"
    person_level()
    assert "What they say too appeared there first" in browse("ines").get(URL.replace("s/1/", "s/2/")).text


def test_without_a_date_nobody_is_placed_for_sure(world, browse):
    one = disclosure()
    access(since=utc("2018-03-20 11:00"))
    person_level()
    assert placed(one) == {1: "possible"}
    assert "Add the publication time" in browse("ines").get(URL).text


def test_the_page_says_since_when_somebody_is_recorded_outside_the_window(cards, browse):
    card, _, second, _ = cards
    access(of=card, version=second, since=utc("2018-03-21 11:00"))
    person()
    text = browse("ines").get(URL).text
    assert ">21 Mar, 11:00</time>" in text[text.index("Outside only, <time") :]
    assert "No record" in text


def test_without_any_row_the_page_says_what_to_do(cards, browse):
    person()
    assert "No access records" in browse("ines").get(URL).text
    assert "Add access record" not in browse("otto").get(URL).text


def test_what_is_known_against_a_log_is_said(cards, browse, world):
    log = lay_out(world.person("ines"), world.case())
    covers = {"covers_since": utc("2018-03-20 08:00"), "covers_until": utc("2018-03-20 20:00")}
    fit(world.person("ines"), log, clock_offset="+3 min", gaps="Nothing at night.", **covers)
    lay_out(world.person("ines"), world.case(), kind=LogKind.WHEREABOUTS)
    text = browse("ines").get(URL).text
    for sentence in (
        "Log L1 has a clock offset of +3 min. Its times are not corrected.",
        "Log L1 has gaps: Nothing at night.",
        "Log L1 starts after the window starts: 20 Mar 2018, 08:00 UTC.",
        "Log L1 ends before the window ends: 20 Mar 2018, 20:00 UTC.",
    ):
        assert sentence in text
    assert "Log L2" not in text


@action(Permission.IMPORT_LOG, "log.described")
def fit(actor, log, **facts):
    for name, value in facts.items():
        setattr(log, name, value)


def test_no_answer_opens_before_the_protection_check_and_the_page_says_which_sentence_blocks_it(world, browse, entries):
    disclosure()
    person()
    ines = browse("ines")
    answer = ines.get(URL)
    assert (answer.status_code, "protected-disclosure check" in answer.text) == (409, True)
    assert "P-001" not in answer.text
    person_level(ProtectionResult.SEEK_ADVICE)
    assert ines.get(URL).status_code == 409
    assert entries("exposure.read") == []


def test_the_tab_leads_to_the_first_protected_claim_or_to_what_was_chosen(cards, browse):
    one = cards[3]
    claim(one, "Another.", protected=Protected.PROTECTED)
    otto = browse("otto")
    landing = "/cases/LK-AAAA/who-had-access"
    assert otto.get(landing).location == f"{landing}?before=1.2"
    assert otto.get(f"{landing}?before=1.2").location == "/cases/LK-AAAA/disclosures/1/claims/2/who-had-access"
    assert otto.get(f"{landing}?before=1").location == URL
    assert otto.get(f"{landing}?before=odd").location == f"{landing}?before=1.2"
    assert 'value="1.2">Disclosure 1, claim C2: Another.' in otto.get(URL).text


def test_before_the_check_the_tab_lands_on_the_access_records_with_one_sentence(world, browse):
    disclosure()
    answer = browse("otto").get("/cases/LK-AAAA/who-had-access")
    assert answer.location == "/cases/LK-AAAA/access"
    assert "withheld until counsel" in browse("otto").get("/cases/LK-AAAA/who-had-access", follow_redirects=True).text


def test_without_a_disclosure_the_page_says_what_to_do_first(world, browse):
    person_level()
    assert "No disclosure yet" in browse("ines").get("/cases/LK-AAAA/who-had-access").text


def test_each_person_is_one_row_with_versions_interviews_and_records_in_the_window(cards, browse):
    card, _, second, _ = cards
    one = person()
    access(one, card, version=second, level=Level.E3, since=utc("2018-03-20 11:00"))
    access(one, card, level=Level.E1, since=utc("2018-03-20 10:00"))
    access(one, card, version=second, level=Level.E4, since=utc("2018-03-22 10:00"))  # after it came out
    ines = browse("ines")
    text = ines.get(URL).text
    assert '2<span class="visually-hidden"> records of P-001 inside the window' in text
    link = "/cases/LK-AAAA/access?person=P-001&window=1"
    assert link.replace("&", "&amp;") in text
    assert "<strong>2 access records</strong>" in ines.get(link).text
    assert len(ines.get(link.replace("access?", "access.csv?")).text.splitlines()) == 3
    assert 'class="held-yes" title="CARDS v2"' in text
    assert 'class="held-may" title="CARDS v1"' in text
    assert "Not interviewed" in text
    assert text.count("mark-confirmed") == 1


def test_a_column_that_says_the_same_in_every_row_is_told_below_and_not_shown(cards, browse):
    card, first, second, _ = cards
    for held in (first, second):
        access(of=card, version=held, since=utc("2018-03-20 11:00"))
    text = browse("ines").get(URL).text
    assert "interview, elimination: Not interviewed." in text
    assert '<th hidden data-short scope="col">Interview, elimination</th>' in text
    assert '<td class="num" data-label="Records in window">' in text  # its links are not the same


def test_looking_is_recorded(cards, browse, entries):
    browse("rhea").get(URL)
    browse("rhea").get("/cases/LK-AAAA/disclosures/1/claims/1/who-had-access")
    for list_of in ("access?window=1", "access.csv?window=1.1", "access?window=9"):  # the records inside a window
        browse("ines").get(f"/cases/LK-AAAA/{list_of}")
    told = [entry["obj"].split(":")[0] for entry in entries("exposure.read")]
    assert told == ["disclosure", "claim", "disclosure", "claim"]


def test_long_classes_are_listed_page_by_page(cards, browse, monkeypatch):
    monkeypatch.setattr("tracker.views.access.who_had_access.AT_ONCE", 1)
    for _ in range(3):
        person()
    ines = browse("ines")
    assert "P-002" not in (first := ines.get(URL).text)
    assert "Unknown <b>3</b>" in first
    assert "page=2" in first
    second = ines.get(f"{URL}?class=unknown&page=2").text
    assert "P-002" in second
    assert '?class=unknown" rel="prev"' in second
    assert "?class=unknown&amp;page=3" in second
    assert "P-001" not in second
    assert "page=4" not in ines.get(f"{URL}?class=unknown&page=3").text
    for odd in ("?class=guilty", "?page=0", "?page=x", "?class=unknown&page=99999999999", "?class=confirmed&page=-1"):
        assert ines.get(URL + odd).status_code == 200


def test_the_answer_holds_until_something_of_the_case_changes(cards, browse, world, monkeypatch):
    card, _, second, one = cards
    row = access(of=card, version=second, since=utc("2018-03-20 11:00"))
    computed = []
    monkeypatch.setattr(exposure, "place_everybody", lambda *asked: computed.append(1) or place_everybody(*asked))
    ines = browse("ines")
    for _ in range(3):
        assert "People: 1 confirmed" in ines.get(URL).text
    assert len(computed) == 1
    facts = {"person": row.person, "material": card, "version": second, "level": Level.E3, "until": NOWHEN}
    access_records.correct_access(
        world.person("ines"), row, why_corrected="Later.", since=utc("2018-03-21 11:00"), **facts
    )
    assert "People: 0 confirmed" in ines.get(URL).text
    log = lay_out(world.person("ines"), world.case(), rows=[facts | {"since": utc("2018-03-20 11:00")}])
    assert "People: 1 confirmed" in ines.get(URL).text
    access_logs.revert_log(world.person("ines"), log, why="The wrong file.")
    assert "People: 0 confirmed" in ines.get(URL).text
    confirmed(eliminated(row.person, one))
    assert "Eliminated <b>1</b>" in ines.get(URL).text
    assert len(computed) == 5
