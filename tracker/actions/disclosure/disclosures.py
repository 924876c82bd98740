"""Disclosures: recording what appeared outside, and changing what is said of it."""

import hashlib
from typing import Any

from tracker.actions.checks import change, next_number
from tracker.actions.disclosure.derivations import set_origins
from tracker.audit.doors import action
from tracker.base import db
from tracker.models.case.cases import Case
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.register.accounts import Account
from tracker.policy import Permission


@action(Permission.RECORD_DISCLOSURE, "disclosure.recorded")
def record_disclosure(investigator: Account, case: Case, *, outlet: str, **facts: Any) -> Disclosure:
    """Record one appearance of the material outside. Details are the columns of a disclosure by their names."""
    disclosure = Disclosure(case=case, number=next_number(Disclosure, case_id=case.id), outlet=outlet)
    db.session().add(disclosure)
    _say(disclosure, facts)
    return disclosure


@action(Permission.RECORD_DISCLOSURE, "disclosure.changed", edits=True)
def edit_disclosure(investigator: Account, disclosure: Disclosure, **facts: Any) -> None:
    """Change what is said of a disclosure; old values stay in the audit log's details."""
    _say(disclosure, facts)


def _say(disclosure: Disclosure, facts: dict[str, Any]) -> None:
    if (origins := facts.pop("derived_from", None)) is not None:
        set_origins(disclosure, origins)
    change(disclosure, **facts)
    text = disclosure.text
    disclosure.text_sha256 = hashlib.sha256(text.encode()).hexdigest() if text else None
