"""Hypotheses: stated side by side, marked by what is cited; no mark outlives the citation it rests on."""

from contextlib import suppress

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders.build_access import access, claim, disclosure, lay_out
from tests.builders.build_inquiry import cite, hypothesis
from tests.builders.build_material import material, person
from tracker.actions.access import access_logs, access_records
from tracker.actions.findings import citations
from tracker.actions.inquiry import hypotheses
from tracker.actions.inquiry.hypotheses import NEEDED
from tracker.audit.doors import Denied, Refused, Stale
from tracker.base import db
from tracker.models.access.access_records import AccessRecord
from tracker.models.findings.citations import Citation
from tracker.models.findings.words import Bearing
from tracker.models.inquiry import words
from tracker.models.inquiry.hypotheses import STANDING, Hypothesis


def marked(of, state, *, by, lock_version=None, reason=""):
    hypotheses.record_test_result(
        by, of, lock_version=of.lock_version if lock_version is None else lock_version, state=state, reason=reason
    )


def test_ten_stand_in_every_case_untested(world):
    found = db.session().scalars(Hypothesis.of(world.case()).order_by(Hypothesis.number)).all()
    assert [one.text for one in found] == list(STANDING)
    assert {one.state for one in found} == {words.Tested.NOT_TESTED}


def test_another_one_is_stated_after_them(world, last_entry):
    made = hypotheses.add_hypothesis(world.person("ines"), world.case(), text="A cleaner read the bin")
    assert (made.number, made.state, made.is_settled) == (11, words.Tested.NOT_TESTED, False)
    assert (last_entry()["act"], last_entry()["obj"]) == ("hypothesis.added", f"hypothesis:{made.id}")


def test_the_same_words_twice_and_words_that_judge_are_refused(world):
    ines = world.person("ines")
    with pytest.raises(Refused, match="H6 already says this"):
        hypotheses.add_hypothesis(ines, world.case(), text="INTRUSION")
    with pytest.raises(Refused, match=r"Leave out .*Do not judge a person"):
        hypotheses.add_hypothesis(ines, world.case(), text="A mo" + "le in the press office")


@pytest.mark.parametrize(("state", "bearing"), NEEDED.items())
def test_a_mark_needs_a_standing_citation_of_its_kind(world, last_entry, state, bearing):
    one, ines = hypothesis(), world.person("ines")
    other = next(each for each in Bearing if each is not bearing)
    withdrawn = cite(one, access(), bearing)
    citations.withdraw_citation(ines, withdrawn, reason="Another row.")
    cite(one, access(of=material("BOOK")), other)
    with pytest.raises(Refused, match=f"Cite evidence that {bearing.value} this hypothesis before"):
        marked(one, state, by=ines)
    cite(one, claim(disclosure()), bearing)
    read = one.lock_version
    marked(one, state, by=ines, reason="The claim says so.")
    assert (one.state, one.reason, one.lock_version, one.is_settled) == (state, "The claim says so.", read + 1, True)
    assert last_entry()["act"] == "hypothesis.tested"


def test_one_left_untested_is_settled_by_a_reason(world):
    one = hypothesis()
    marked(one, words.Tested.NOT_TESTED, by=world.person("ines"), reason="The server is gone.")
    assert one.is_settled


def test_several_are_left_untested_for_one_reason_in_one_entry(world, entries):
    both, before = [hypothesis(3), hypothesis(4)], len(entries())
    hypotheses.leave_untested(world.person("ines"), world.case(), hypotheses=both, reason="Nobody reads it there.")
    assert [(one.reason, one.lock_version, one.state, one.is_settled) for one in both] == [
        ("Nobody reads it there.", 2, words.Tested.NOT_TESTED, True)
    ] * 2
    (entry,) = entries()[before:]
    assert (entry["act"], entry["case"], entry["d"]["hypotheses"]) == ("hypothesis.left_untested", "LK-AAAA", 2)
    assert hypothesis(5).is_settled is False


def test_what_is_tested_has_its_reason_or_is_elsewhere_is_not_left_untested(world):
    ines, here = world.person("ines"), world.case()
    elsewhere = hypotheses.add_hypothesis(world.person("ivo"), world.case("LK-BBBB"), text="A cleaner read the bin")
    cite(hypothesis(3), access())
    marked(hypothesis(3), words.Tested.SUPPORTED, by=ines)
    marked(hypothesis(4), words.Tested.NOT_TESTED, by=ines, reason="Gone.")
    for chosen, reason, sentence in (
        ([], "Gone.", "Tick the hypotheses to leave untested"),
        ([hypothesis(5)], "\u200b", "Enter the reason"),
        ([hypothesis(5), elsewhere], "Gone.", "Choose hypotheses in this case"),
        ([hypothesis(5), hypothesis(3)], "Gone.", "H3 already has a test result or a reason"),
        ([hypothesis(5), hypothesis(4)], "Too late.", "H4 already has a test result or a reason"),
    ):
        with pytest.raises(Refused, match=sentence):
            hypotheses.leave_untested(ines, here, hypotheses=chosen, reason=reason)
    assert (hypothesis(5).reason, hypothesis(4).reason, elsewhere.reason) == ("", "Gone.", "")


def test_a_mark_made_meanwhile_is_not_overwritten(world):
    one = hypothesis()
    marked(one, words.Tested.NOT_TESTED, by=world.person("lena"), reason="Gone.")
    with pytest.raises(Stale):
        marked(one, words.Tested.NOT_TESTED, by=world.person("ines"), lock_version=1, reason="")
    assert one.reason == "Gone."


@pytest.mark.parametrize("who", ["rhea", "cora", "dora", "otto", "ivo"])
def test_only_the_team_states_and_marks_hypotheses(world, who):
    with pytest.raises(Denied):
        hypotheses.add_hypothesis(world.person(who), world.case(), text="Mine")
    with pytest.raises(Denied):
        marked(hypothesis(), words.Tested.NOT_TESTED, by=world.person(who), reason="Mine")
    with pytest.raises(Denied):
        hypotheses.leave_untested(world.person(who), world.case(), hypotheses=[hypothesis()], reason="Mine")


def test_the_last_citation_that_carries_a_mark_stays_until_it_is_marked_anew(world):
    one, ines = hypothesis(), world.person("ines")
    carrying = cite(one, access())
    against = cite(one, access(of=material("BOOK")), Bearing.CONTRADICTS)
    marked(one, words.Tested.SUPPORTED, by=ines)
    with pytest.raises(Refused, match=r"^H3 is recorded as supported on this citation alone\. Change the test result"):
        citations.withdraw_citation(ines, carrying, reason="Another row.")
    citations.withdraw_citation(ines, against, reason="It does not.")
    cite(one, claim(disclosure()))
    citations.withdraw_citation(ines, carrying, reason="Another row.")
    assert (one.state, carrying.stands) == (words.Tested.SUPPORTED, False)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("cite"), st.integers(0, 2), st.sampled_from(Bearing)),
        st.tuples(st.just("withdraw"), st.integers(0, 5), st.none()),
        st.tuples(st.just("mark"), st.just(0), st.sampled_from(words.Tested)),
    ),
    max_size=14,
)


@pytest.mark.gate("many sequences, each in a register of its own")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_sequence_of_verbs_leaves_a_mark_without_its_citation(world, steps):
    ines, who = world.person("ines"), person()
    material_ = material(f"BOOK-{who.number}")
    rows = [access(who, material_) for _ in range(3)]
    one = hypotheses.add_hypothesis(ines, world.case(), text=f"Way {who.number}")
    for step, at, word in steps:
        with suppress(Refused):
            if step == "cite":
                cite(one, rows[at], word)
            elif step == "mark":
                marked(one, word, by=ines)
            elif at < len(made := list(db.session().scalars(Citation.of_thing(one)))):
                citations.withdraw_citation(ines, made[at], reason="Another row.")
        standing = [each.bearing for each in db.session().scalars(Citation.of_thing(one)) if each.stands]
        assert one.state is words.Tested.NOT_TESTED or NEEDED[one.state] in standing


def of_a_log(world):
    """A row of a log, and the log."""
    log = lay_out(world.person("ines"), world.case(), rows=[{"person": person(), "material": material()}])
    return db.session().scalars(sa.select(AccessRecord).where(AccessRecord.log_id == log.id)).one(), log


def again(row, ines):
    access_records.correct_access(
        ines, row, why_corrected="Later.", person=row.person, material=row.material, level=row.level, since=row.since,
        until=row.until,
    )  # fmt: skip


def test_rows_that_were_reverted_or_corrected_carry_no_mark(world):
    one, ines = hypothesis(), world.person("ines")
    row, log = of_a_log(world)
    made = [cite(one, row), cite(one, corrected := access(of=material("BOOK")))]
    access_logs.revert_log(ines, log, why="The wrong file.")
    again(corrected, ines)
    assert [(each.stands, each.is_void) for each in made] == [(True, True)] * 2
    with pytest.raises(Refused, match="Cite evidence that supports this hypothesis before"):
        marked(one, words.Tested.SUPPORTED, by=ines)


def test_the_last_citation_that_counts_stays_and_those_that_count_no_more_can_go(world):
    one, ines = hypothesis(), world.person("ines")
    row, log = of_a_log(world)
    reverted, carrying = cite(one, row), cite(one, access(of=material("BOOK")))
    marked(one, words.Tested.SUPPORTED, by=ines)
    access_logs.revert_log(ines, log, why="The wrong file.")
    with pytest.raises(Refused, match="is recorded as supported on this citation alone"):
        citations.withdraw_citation(ines, carrying, reason="Another row.")
    citations.withdraw_citation(ines, reverted, reason="Its log was reverted.")
    assert (one.state, reverted.stands, carrying.stands) == (words.Tested.SUPPORTED, False, True)
