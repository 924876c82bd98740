"""While counsel's check is shut nothing is concluded about a person: not submitted, not approved, not closed upon."""

import pytest

from tests.builders import build_case, build_exhibit
from tests.builders.build_access import person_level
from tests.builders.build_finding import about_somebody, approved, cited, returned, state_of, submitted, written
from tracker.audit.doors import Refused
from tracker.models.case.words import ProtectionResult, Stage
from tracker.models.findings.words import Cited, Conclusion

SHUT = [ProtectionResult.STOP_AND_REFER, ProtectionResult.PROCEED_WITH_FIREWALL, ProtectionResult.SEEK_ADVICE]
SAYS = (
    r"Protected-disclosure check: .*\. Person-level results are withheld\. "
    "Conclude the finding as protected disclosure, withdrawn or referred"
)


def evident(**texts):
    finding = about_somebody(**texts)
    cited(finding, build_exhibit.exhibit(), Cited.EXHIBIT)
    return finding


@pytest.mark.parametrize("result", SHUT)
def test_what_was_submitted_before_is_not_approved(world, result):
    person_level()
    finding = submitted(evident())
    person_level(result)
    with pytest.raises(Refused, match=f"Return the finding, so that its authors correct it. {SAYS}"):
        approved(finding)
    assert finding.reviews == []
    returned(finding)
    with pytest.raises(Refused, match=SAYS):
        submitted(written(finding, reasoning="Otherwise."))


@pytest.mark.parametrize(
    "conclusion", [Conclusion.PROTECTED_DISCLOSURE, Conclusion.WITHDRAWN, Conclusion.REFERRED], ids=str
)
def test_letting_go_of_the_person_is_possible(world, conclusion):
    person_level(ProtectionResult.STOP_AND_REFER)
    finding = approved(submitted(evident(conclusion=conclusion)))
    assert state_of(finding).startswith("approved")


@pytest.mark.parametrize(
    "conclusion",
    [Conclusion.SUBSTANTIATED, Conclusion.NOT_SUBSTANTIATED, Conclusion.UNFOUNDED, Conclusion.EXONERATED,
     Conclusion.INCONCLUSIVE],
    ids=str,
)  # fmt: skip
def test_nothing_else_is_concluded_of_the_person(world, conclusion):
    person_level(ProtectionResult.STOP_AND_REFER)
    with pytest.raises(Refused, match=SAYS):
        submitted(evident(conclusion=conclusion))


def test_no_case_is_closed_on_what_was_approved_before(world):
    build_case.ready(Stage.REVIEW)
    build_case.protection_check(ProtectionResult.SEEK_ADVICE)
    with pytest.raises(Refused, match=f"Finding 1: {SAYS}"):
        build_case.close()
    build_case.protection_check(ProtectionResult.STOP_AND_REFER)
    with pytest.raises(Refused, match="Record to whom the case was referred"):
        build_case.close()  # it ends as that, and on nothing that was approved
    build_case.protection_check()
    build_case.close()
