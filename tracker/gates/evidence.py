"""What a finding rests on: asked when it is submitted, when it is approved, and when the case closes."""

from collections.abc import Container, Iterable

from tracker.gates.opening import withheld_reason
from tracker.models.findings.citations import Citation
from tracker.models.findings.findings import Finding
from tracker.models.findings.words import ADVERSE, Bearing, Conclusion

ALONE = (
    "A finding about a person cannot rest on access or eliminations alone. Cite a sealed interview, an exhibit, or a "
    "press contact whose content is known. Withdrawn or corrected citations do not count."
)
UNSUPPORTED = (
    "No citation beyond access supports the allegation. Cite a sealed interview, an exhibit, or a press contact "
    "whose content is known, or change the conclusion. Corrected citations do not count."
)
LETS_GO = frozenset({Conclusion.PROTECTED_DISCLOSURE, Conclusion.WITHDRAWN, Conclusion.REFERRED})


def missing_evidence(finding: Finding, alarms: Container[int]) -> list[str]:
    """What stands in the way of saying this; of a finding about a process only that no file it cites is damaged.

    `alarms` are the ids of the exhibits whose file was found damaged and not right since.
    """
    about = [] if finding.person_id is None else [_unanswered(finding), _unproven(finding)]
    sound = None if finding.conclusion in LETS_GO else damage(finding.citations, alarms)
    return [*filter(None, [*about, sound])]


def damage(citations: Iterable[Citation], alarms: Container[int]) -> str | None:
    """Which cited exhibit is not what was put in, and what to do about it; None where all are."""
    cited = (one.exhibit for one in citations if one.stands and one.exhibit_id in alarms)
    if (damaged := next((one for one in cited if one is not None), None)) is None:
        return None
    return (
        f"Cited exhibit {damaged.number} is damaged. Restore its file from a backup and hash it again, or withdraw the "
        "citation."
    )


def _unanswered(finding: Finding) -> str | None:
    """Why counsel's check lets nobody conclude this; letting go of the person is possible always."""
    if finding.conclusion in LETS_GO or (shut := withheld_reason(finding.case)) is None:
        return None
    return f"{shut} Conclude the finding as protected disclosure, withdrawn or referred."


def _unproven(finding: Finding) -> str | None:
    """What it lacks in evidence that carries it."""
    beyond = [one for one in finding.citations if one.carries]
    if not beyond:
        return ALONE
    must_support = finding.conclusion in ADVERSE or finding.conclusion is Conclusion.INCONCLUSIVE
    if must_support and not any(one.bearing is Bearing.SUPPORTS for one in beyond):
        return UNSUPPORTED
    return None
