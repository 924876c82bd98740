"""An approval is of exactly the text that was read: whoever comes at the same moment, over real HTTP."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from tests import world as people
from tests.builders.build_finding import drafted, submitted, written
from tests.machinery.intruder import force_role
from tests.readers.pages import Page
from tracker.base import db
from tracker.models.case.words import Role
from tracker.models.findings.findings import Finding
from tracker.models.findings.reviews import Review
from tracker.models.findings.revisions import FindingRevision

ROUNDS = [pytest.param(12, id="12"), pytest.param(1_000, id="1000", marks=pytest.mark.full)]


def together(*tasks):
    """Start all at the same moment, as far as threads can; their answers in order."""
    with ThreadPoolExecutor(len(tasks)) as pool:
        return [one.result() for one in [pool.submit(task) for task in tasks]]


def form_of(client, url):
    """What a browser would send of the form at this address."""
    return {name: values[0] for name, values in Page(client.get(url).text).form_to(url, url).shown().items() if values}


def record_of(number):
    """A finding, and its verdicts, as the record has them now."""
    db.session().rollback()
    db.session().expire_all()
    finding = db.session().scalars(Finding.of(people.case()).where(Finding.number == number)).one()
    return finding, list(finding.reviews)


def vouched_for(review):
    """The kept text whose hash an approval names."""
    kept = sa.select(FindingRevision).where(
        FindingRevision.finding_id == review.finding_id, FindingRevision.revision == review.revision
    )
    return db.session().scalars(kept).one()


@pytest.mark.gate("races many times over")
@pytest.mark.parametrize("rounds", ROUNDS)
def test_no_text_is_approved_that_was_not_read(caller, entries, rounds):
    ines, rhea = caller("ines"), caller("rhea")
    ends = Counter()
    for number in range(1, rounds + 1):
        submitted(written(drafted()))
        here = f"/cases/LK-AAAA/findings/{number}"
        verdict, text = form_of(rhea, f"{here}/approval"), form_of(ines, f"{here}/edit")
        edited, approved = together(
            lambda here=here, text=text: ines.post(f"{here}/edit", {**text, "reasoning": "Slipped in"}),
            lambda here=here, form=verdict: rhea.post(f"{here}/approval", {**form, "verdict": "approved"}),
        )
        finding, reviews = record_of(number)
        assert finding.compute_sha256() == finding.text_sha256
        assert (edited.status, approved.status) == ((409, 303) if reviews else (303, 409))
        for review in reviews:  # whoever edits is told: the form they have is older than the approval
            assert (finding.state, finding.revision, finding.approval) == ("approved", 2, review)
            assert (review.revision, review.text_sha256) == (2, verdict["text_sha256"])
            assert "Slipped in" not in vouched_for(review).text + finding.reasoning
        if not reviews:
            assert (finding.state, finding.revision, finding.reasoning) == ("draft", 3, "Slipped in")
            assert "The text has changed since you read it" in approved.text
            assert "Slipped in" in approved.text
        ends[approved.status] += 1
    assert sum(ends.values()) == rounds
    assert len(entries("finding.approved")) == ends[303]


@pytest.mark.gate("races many times over")
@pytest.mark.parametrize("rounds", ROUNDS)
def test_one_of_two_verdicts_at_once_wins(caller, entries, rounds):
    force_role("nora", Role.REVIEWER)
    rhea, nora = caller("rhea"), caller("nora")
    for number in range(1, rounds + 1):
        submitted(written(drafted()))
        url = f"/cases/LK-AAAA/findings/{number}/approval"
        forms = form_of(rhea, url), form_of(nora, url)
        second = {"verdict": "returned", "reasons": "Why?"} if number % 2 else {"verdict": "approved"}
        answers = together(
            lambda url=url, form=forms[0]: rhea.post(url, {**form, "verdict": "approved"}),
            lambda url=url, form=forms[1], second=second: nora.post(url, {**form, **second}),
        )
        finding, reviews = record_of(number)
        assert sorted(answer.status for answer in answers) == [303, 409]
        (review,) = reviews
        assert (finding.state, finding.revision) == (review.verdict, review.revision)
        assert (review.reviewer.name == "Rhea") == (answers[0].status == 303)
        lost = next(answer for answer in answers if answer.status == 409)
        assert "Only a submitted finding" in lost.text
    assert len(entries("finding.approved")) + len(entries("finding.returned")) == rounds


@pytest.mark.gate("races many times over")
def test_every_verdict_of_the_races_is_still_what_the_audit_log_says(caller):
    """Nothing that came at the same time left a seal that its row does not bear out."""
    rhea, lena = caller("rhea"), caller("lena")
    for number in range(1, 11):
        finding = submitted(written(drafted()))
        url = f"/cases/LK-AAAA/findings/{number}"
        verdict, revision = form_of(rhea, f"{url}/approval"), finding.revision
        together(
            lambda url=url, form=verdict: rhea.post(f"{url}/approval", {**form, "verdict": "approved"}),
            lambda url=url: lena.post(f"{url}/withdraw", {}),
            lambda url=url, revision=revision: lena_again(caller, url, revision),
        )
    db.session().rollback()
    for review in db.session().scalars(sa.select(Review)):
        assert review.seal == review.compute_seal()
        assert vouched_for(review).text_sha256 == review.text_sha256


def lena_again(caller, url, revision):
    """The lead at another desk, who submits it again."""
    return caller("lena").post(f"{url}/submission", {"revision": revision})
