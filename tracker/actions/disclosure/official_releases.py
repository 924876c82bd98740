"""Official releases: recording what those who may have published, and changing what is said of it."""

import hashlib
from typing import Any

from tracker.actions.checks import add_numbered, change, must_have_been, must_say
from tracker.audit.doors import action
from tracker.models.case.cases import Case
from tracker.models.disclosure.official_releases import OfficialRelease
from tracker.models.register.accounts import Account
from tracker.policy import Permission

BY = "Enter the office that released it."


@action(Permission.RECORD_DISCLOSURE, "official_release.recorded")
def record_release(investigator: Account, case: Case, *, by: str, **facts: Any) -> OfficialRelease:
    """Record one official release; facts are its columns by their names."""
    release = add_numbered(OfficialRelease, case=case, by=by)
    _say(release, by=by, **facts)
    return release


@action(Permission.RECORD_DISCLOSURE, "official_release.changed", edits=True)
def edit_release(investigator: Account, release: OfficialRelease, **facts: Any) -> None:
    """Change what is said of an official release; old values stay in the audit log's details."""
    _say(release, **facts)


def _say(release: OfficialRelease, **facts: Any) -> None:
    change(release, **facts)
    must_say(release.by, BY)
    must_have_been(release.released, "The time released")
    release.text_sha256 = hashlib.sha256(release.text.encode()).hexdigest() if release.text else None
