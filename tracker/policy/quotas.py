"""Quotas: how much the files of one account, and those of one case, may take. Every reference counts in full."""

from dataclasses import dataclass
from typing import Any

from tracker.base import db
from tracker.base.files import in_words
from tracker.models.case.cases import Case
from tracker.models.register.storage import used_by, used_in
from tracker.policy.refusals import Refused


@dataclass
class Quotas:
    """What the operator allows, in bytes; None is no limit. Set once, when the program is put together."""

    member: int | None = None
    case: int | None = None


allowed = Quotas()


def set_quotas(member_mb: int | None, case_mb: int | None) -> None:
    """Take what the settings say."""
    allowed.member = None if member_mb is None else member_mb << 20
    allowed.case = None if case_mb is None else case_mb << 20


def must_have_room(account_uid: str, case: Case, size: int) -> None:
    """Refuse a file for which there is no room; the account and the case each have their own limit."""
    ask: Any = db.session().scalar
    if allowed.member is not None and ask(used_by(account_uid)) + size > allowed.member:
        raise Refused(
            f"Your files may take {in_words(allowed.member)}. There is no room for this file. Ask an administrator."
        )
    if allowed.case is not None and ask(used_in(case)) + size > allowed.case:
        raise Refused(
            f"The files of a case may take {in_words(allowed.case)}. There is no room for this file. "
            "Ask the lead investigator."
        )


def share(used: int, limit: int | None) -> str:
    """`12.5 MB of 500 MB`; only what is used where there is no limit."""
    return in_words(used) + (f" of {in_words(limit)}" if limit is not None else "")
