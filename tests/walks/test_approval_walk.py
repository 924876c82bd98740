"""Random people do random things with one finding: only what a reviewer who wrote none of it has read is approved."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests import world as people
from tests.builders import build_access, build_exhibit
from tests.builders.build_finding import WHOLE, drafted, shown
from tests.machinery.intruder import force_role
from tracker.actions.findings import citations, findings, reviews
from tracker.audit.doors import Denied, Refused
from tracker.base import db
from tracker.models.case.words import Role
from tracker.models.findings.citations import Citation
from tracker.models.findings.findings import Finding
from tracker.models.findings.words import Bearing, Cited, Conclusion, FindingState

ANYBODY = st.sampled_from(["lena", "ines", "rhea", "cora", "dora", "otto", "nora", "walt", "ivo"])
NATURAL = {  # who does it when things go as they should
    "edit": "ines", "cite": "ines", "uncite": "ines", "make_ready": "ines", "submit": "lena", "take_back": "lena",
    "look": "rhea", "judge": "rhea", "judge_anew": "nora",
}  # fmt: skip
WORDS = st.sampled_from(["One", "Two", "Three", "Four", ""])


class Walk(RuleBasedStateMachine):
    """One finding; Walt, who investigates, and Nora have the role of a reviewer, given behind the program's back."""

    another = None  # opens one more copy of the world, set by the test
    reached = set()  # the states that any walk has come to: else it would show nothing

    @initialize()
    def begin(self):
        self.copy = self.another()
        self.copy.__enter__()
        build_access.person_level()
        force_role("nora", Role.REVIEWER)
        force_role("walt", Role.REVIEWER)
        self.exhibit, self.read, self.approved_text = build_exhibit.exhibit(), {}, None
        self.writers = {"ines"}
        self.number = drafted(about=build_access.person()).number
        self.attempt("ines", self.write, "ines", **WHOLE)

    @property
    def finding(self):
        db.session().rollback()
        db.session().expire_all()
        return db.session().scalars(Finding.of(people.case()).where(Finding.number == self.number)).one()

    def attempt(self, who, act, *args, **details):
        """Whether it was done; saying no is the only other answer."""
        try:
            act(*args, **details)
        except (Denied, Refused):
            return False
        return True

    def write(self, who, **texts):
        finding = self.finding
        findings.edit_finding(people.person(who), finding, lock_version=finding.lock_version, **texts)

    @rule(
        verb=st.sampled_from(list(NATURAL)), who=st.none() | ANYBODY, words=WORDS, approve=st.booleans(),
        conclusion=st.sampled_from([*Conclusion, None]), bearing=st.sampled_from(Bearing),
    )  # fmt: skip
    def step(self, verb, who, **details):
        """One rule for all verbs: of many, hypothesis would leave some out of a walk."""
        taken = {name: details[name] for name in getattr(self, verb).__annotations__}
        getattr(self, verb)(who or NATURAL[verb], **taken)

    def edit(self, who, words: str, conclusion: object):
        before = self.finding.revision
        self.attempt(who, self.write, who, reasoning=words, conclusion=conclusion)
        if self.finding.revision > before:
            self.writers.add(who)

    def cite(self, who, bearing: object):
        thing = db.session().get_one(type(self.exhibit), 1)
        cited = {"kind": Cited.EXHIBIT, "thing": thing, "bearing": bearing}
        if self.attempt(who, citations.cite, people.person(who), self.finding, **cited):
            self.writers.add(who)

    def uncite(self, who):
        standing = [one for one in db.session().scalars(Citation.of_thing(self.finding)) if one.stands]
        withdrawn = citations.withdraw_citation
        if standing and self.attempt(who, withdrawn, people.person(who), standing[0], reason="No longer"):
            self.writers.add(who)

    def make_ready(self, who):
        """What the team does when nothing comes between: a whole text that cites something, submitted."""
        self.edit(who, "Five", Conclusion.SUBSTANTIATED)
        self.cite(who, Bearing.SUPPORTS)
        self.submit("lena")

    def submit(self, who):
        finding = self.finding
        self.attempt(who, findings.submit_finding, people.person(who), finding, revision=finding.revision)

    def take_back(self, who):
        self.attempt(who, findings.withdraw_finding, people.person(who), self.finding)

    def look(self, who):
        self.read[who] = shown(self.finding), self.finding.text()

    def judge_anew(self, who, approve: bool):
        self.look(who)
        self.judge(who, approve)

    def judge(self, who, approve: bool):
        """She judges what she looked at, however long ago."""
        if who not in self.read:
            self.look(who)
        carried, text = self.read[who]
        act = reviews.approve_finding if approve else reviews.return_finding
        if self.attempt(who, act, people.person(who), self.finding, **carried, reasons="As I read it"):
            assert who in {"rhea", "nora"}
            assert who not in self.writers
            self.approved_text = text if approve else None

    @invariant()
    def approved_is_what_was_read(self):
        if not hasattr(self, "number"):
            return
        finding = self.finding
        self.reached.add(finding.state)
        assert finding.text_sha256 == finding.compute_sha256() == finding.revisions[-1].text_sha256
        assert finding.revision == len(finding.revisions)
        if finding.state is not FindingState.APPROVED:
            assert finding.approval is None
            return
        assert finding.text() == self.approved_text
        assert finding.approval.text_sha256 == finding.text_sha256
        writers = {one.by.name for one in finding.revisions} | {finding.author.name}
        assert finding.approval.reviewer.name not in writers
        assert any(one.stands and not one.is_opportunity for one in finding.citations)
        assert not finding.missing_parts

    def teardown(self):
        if hasattr(self, "copy"):
            self.copy.__exit__(None, None, None)


@pytest.mark.gate("eight walks of thirty steps")
@pytest.mark.parametrize("walks", [pytest.param(8, id="8"), pytest.param(300, id="300", marks=pytest.mark.full)])
def test_no_walk_leads_to_an_approval_that_nobody_independent_gave(another, walks):
    Walk.another = staticmethod(another)
    length = {"max_examples": walks, "stateful_step_count": 30, "deadline": None}
    checks = list(HealthCheck)
    run_state_machine_as_test(Walk, settings=settings(**length, suppress_health_check=checks, derandomize=walks < 100))
    assert Walk.reached == set(FindingState)
