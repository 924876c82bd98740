"""What a finding about a person rests on: asked when it is submitted, when it is approved, and when the case closes."""

from tracker.gates.beginning import shut_for_persons
from tracker.models.findings import Finding
from tracker.models.words.citations import Bearing
from tracker.models.words.findings import ADVERSE, Conclusion

ALONE = (
    "Nothing cited here goes beyond access, and access shows opportunity only: a finding about a person never rests on "
    "it, nor on others being excluded. Cite a sealed interview, an exhibit, or a contact whose content is known; "
    "what was withdrawn or corrected since counts for nothing."
)
UNSUPPORTED = (
    "Nothing cited here beyond access supports the allegation. Cite a sealed interview, an exhibit, or a contact "
    "whose content is known that does, or change the conclusion; what was corrected since counts for nothing."
)
LETS_GO = frozenset({Conclusion.PROTECTED_DISCLOSURE, Conclusion.WITHDRAWN, Conclusion.REFERRED})


def lacks(finding: Finding) -> list[str]:
    """What stands in the way of saying this about a person; nothing is asked of a finding about a process."""
    if finding.person_id is None:
        return []
    return [*filter(None, [_silenced(finding), _unproven(finding)])]


def _silenced(finding: Finding) -> str | None:
    """Why counsel's screen lets nobody conclude this; letting go of the person is possible always."""
    if finding.conclusion in LETS_GO or (shut := shut_for_persons(finding.case)) is None:
        return None
    return f"{shut} A finding about a person can be concluded as protected disclosure, withdrawn or referred."


def _unproven(finding: Finding) -> str | None:
    """What it lacks in evidence that carries it."""
    beyond = [one for one in finding.citations if one.carries]
    if not beyond:
        return ALONE
    must_support = finding.conclusion in ADVERSE or finding.conclusion is Conclusion.INCONCLUSIVE
    if must_support and not any(one.bearing is Bearing.SUPPORTS for one in beyond):
        return UNSUPPORTED
    return None
