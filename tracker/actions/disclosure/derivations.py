"""Derivations: saying which earlier disclosures one repeats, as a whole or in one claim; never itself, in a circle."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from tracker.audit.doors import Refused
from tracker.base import db
from tracker.models.case.cases import Case
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.derivations import Derivation
from tracker.models.disclosure.disclosures import Disclosure

CIRCLE = "A disclosure cannot repeat itself, directly or through others. Choose another disclosure."


def set_origins(disclosure: Disclosure, origins: Iterable[Disclosure], claim: Claim | None = None) -> None:
    """Inside an action: the earlier disclosures that this one repeats, or that one of its claims does."""
    case, wanted = disclosure.case, list(dict.fromkeys(origins))
    if any(one.case_id != case.id for one in wanted):
        raise Refused("Choose disclosures of this case.")
    if disclosure in wanted or disclosure.id in _origins_of(case, [one.id for one in wanted]):
        raise Refused(CIRCLE)
    whole: Any = claim or disclosure
    known = {one.origin: one for one in whole.derivations if one.claim is claim}
    for old in (one for origin, one in known.items() if origin not in wanted):
        db.session().delete(old)
    for origin in wanted:
        if origin not in known:
            db.session().add(Derivation(case=case, disclosure=disclosure, claim=claim, origin=origin))
    db.session().flush()
    db.session().expire(whole, ["derivations"])


def _origins_of(case: Case, ids: list[int]) -> set[int]:
    """What these disclosures derive from, what that derives from, and so on."""
    with db.session().no_autoflush:
        pairs = db.session().execute(
            sa.select(Derivation.disclosure_id, Derivation.origin_id).where(Derivation.case_id == case.id)
        )
    above: dict[int, list[int]] = {}
    for key, origin in pairs:
        above.setdefault(key, []).append(origin)
    found: set[int] = set()
    while ids:
        found.update(ids)
        ids = [origin for key in ids for origin in above.get(key, []) if origin not in found]
    return found
