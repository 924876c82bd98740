"""What an import would change in who had access: said by check and command as the record says it afterwards."""

import pytest

from tests import world
from tests.builders.build_access import access, person_level, two_versions, utc
from tests.builders.build_inquiry import confirmed, eliminated
from tests.builders.build_material import person
from tests.imports.logs import LOGS, bring, work_off
from tests.imports.test_cli_import import run  # noqa: F401 - a fixture
from tracker.actions.access.exposure import who_had_access
from tracker.actions.disclosure.claims import edit_claim
from tracker.analysis.exposure import Standing
from tracker.imports.effects import Effect, read_effect
from tracker.imports.report import Report
from tracker.models.access.words import Level
from tracker.models.case.words import ProtectionResult
from tracker.models.disclosure.words import Protected

ONE = f"{LOGS}/1"
HEAD = "When,Who,Document,Version,Level\n"
LINES = (
    "2018-03-20 11:00,known@a.example,CARDS,v2,E3\n"  # already confirmed
    "2018-03-20 11:00,later@a.example,CARDS,v2,E1\n"
    "2018-03-20 12:00,later@a.example,CARDS,v2,E4\n"
    "2018-03-20 13:00,later@a.example,CARDS,v2,E4\n"
    "2018-03-20,day@a.example,CARDS,v2,E3\n"  # that day: perhaps after it came out
    "2018-03-21 11:00,after@a.example,CARDS,v2,E3\n"
    "2018-03-19 11:00,other@a.example,CARDS,v1,E3\n"  # another version
    "2018-03-20 11:00,none@a.example,CARDS,,E3\n"  # nobody knows which version
    "2018-03-20 11:00,gone@a.example,CARDS,v2,E3\n"  # eliminated
)
UNSURE = "2018-03-20 11:00,known+x@a.example,CARDS,v2,E3\n"


@pytest.fixture
def cards(app):
    """The material of two versions, and people: one has confirmed access, one is eliminated."""
    card, _, second, one = two_versions()
    access(person(("email", "known@a.example")), card, version=second, level=Level.E3, since=utc("2018-03-20 11:00"))
    confirmed(eliminated(person(("email", "gone@a.example")), one))
    return one


@pytest.mark.slow("checks two files, imports one, and asks who had access")
def test_the_check_says_how_many_have_confirmed_access_before_and_after(cards, browse, entries):
    ines = browse("ines")
    bring(ines, (HEAD + LINES + UNSURE).encode())
    work_off()
    told = "Claim C1 of disclosure 1, people with confirmed access: "
    edit_claim(world.person("ines"), cards.claims[0], lock_version=cards.claims[0].lock_version, quote="Do not.",
               version=cards.claims[0].version, protected=Protected.PROTECTED)  # fmt: skip
    assert "Disclosure 1, people with confirmed access: 1 now, at least 2, at most 4 afterwards." in ines.get(ONE).text
    assert entries("exposure.read")[-1]["obj"].startswith("disclosure:")
    bring(ines, (HEAD + LINES).encode())
    work_off()
    page = ines.get(f"{LOGS}/2").text
    assert f"{told}1 now, at least 2, at most 3 afterwards." in page
    assert "unsure person counts" not in page
    assert entries("exposure.read")[-1]["obj"].startswith("claim:")
    ines.post_form(f"{LOGS}/2/start", at=f"{LOGS}/2")
    work_off()
    assert who_had_access(cards, cards.claims).exposure.counts(Standing.CONFIRMED) == (2, 3)


def test_the_command_says_it_too_and_nothing_while_answers_are_withheld(run, cards):  # noqa: F811
    content = (HEAD + LINES.partition("\n")[0] + "\n" + LINES.split("\n")[2] + "\n").encode()
    assert "Disclosure 1, people with confirmed access: 1 now, 2 afterwards.\n" in run(content, "--dry-run")[1]
    person_level(ProtectionResult.STOP_AND_REFER)
    report = Report(access=[*Effect(1, None, (1, 1), (2, 2))])
    assert read_effect(world.person("ines"), world.case(), report) is None
    assert "confirmed access" not in run(content, "--dry-run")[1]


def test_a_case_without_a_disclosure_has_no_answer_to_change(run, world):  # noqa: F811
    person_level()
    code, out, _ = run(b"When,Who\n2018-03-20 11:00,a\n", "--fixed", "material=ROOMS", "--dry-run")
    assert (code, "confirmed access" in out) == (0, False)
