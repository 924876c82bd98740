"""The example: a throw-away register with two cases from public reports, told in our own words.

Office-holders appear by post, never by name. The people, access records and logs of the first case are invented.
"""

import secrets
from typing import Any

from tracker.actions.case.cases import open_case, record_protection_check
from tracker.actions.case.roles import accept_role, offer_role
from tracker.actions.register import accounts
from tracker.base.config import Settings
from tracker.base.files import FileStore
from tracker.demo import briefing, sunday
from tracker.demo.context import Context
from tracker.models.case.cases import Case
from tracker.models.case.words import ProtectedBy, ProtectionResult, Role
from tracker.models.register.accounts import Account
from tracker.models.register.words import Kind
from tracker.models.words import Answer
from tracker.policy import SYSTEM

WORDS = """amber anchor apple arbor aspen basin beacon birch bridge candle canyon cedar cliff cloud clover coral cotton
cradle crystal delta dune ember falcon fern field fjord forest garden glacier granite harbor hazel island ivory jasmine
kettle ladder lantern laurel lemon linen maple meadow mirror needle olive orchard otter paddle pebble pepper prairie
quartz quiver raven ribbon river saddle sail saffron shell silver spruce stone summit sunset thistle timber tulip valley
velvet violet walnut willow window winter""".split()

ACCOUNTS = (
    ("administrator", "Administrator of the register", Kind.ADMINISTRATOR, None),
    ("auditor", "Auditor", Kind.AUDITOR, None),
    ("lead", "Head of inquiry", Kind.MEMBER, Role.LEAD),
    ("investigator", "Investigator", Kind.MEMBER, Role.INVESTIGATOR),
    ("reviewer", "Independent reviewer", Kind.MEMBER, Role.REVIEWER),
    ("counsel", "Counsel for protected disclosures", Kind.MEMBER, Role.COUNSEL),
    ("deciding_official", "Deciding official", Kind.MEMBER, Role.DECIDING_OFFICIAL),
    ("observer", "Observer", Kind.MEMBER, Role.OBSERVER),
)
DECLARATION = "I know none of the people concerned, had no access to the material and have no interest in the outcome."


def new_password() -> str:
    """One password for the whole example: five words, made anew each time."""
    return "-".join(secrets.choice(WORDS) for _ in range(5))


def found(settings: Settings, files: FileStore, password: str, *, to_the_end: bool = True) -> list[tuple[str, str]]:
    """Found the register with both cases; gives each account's address and what it may do. All of it by actions.

    Without `to_the_end` only the disclosure and the access records are told; nothing is assessed yet.
    """
    people = _accounts(settings, password)
    for case_of in (sunday, briefing):
        case = open_case(people["lead"], None, **case_of.ABOUT)
        for name, _, _, role in ACCOUNTS:
            if role not in {None, Role.LEAD}:
                accept_role(
                    people[name],
                    offer_role(people["lead"], case, email=people[name].email, role=role),
                    declaration=DECLARATION,
                )
        context = Context(people["investigator"], case, settings, files, people)
        case_of.record_disclosure_and_access(context)
        if to_the_end:
            protection_check(people["counsel"], case, case_of)
            case_of.end(context)
    return [(people[name].email, role.value if role else kind.value) for name, _, kind, role in ACCOUNTS]


def protection_check(counsel: Account, case: Case, case_of: Any) -> None:
    """Counsel records the protected-disclosure check: the case may go on."""
    answers: dict[str, Any] = {
        "wrongdoing": Answer.NO, "lawful_recipient": Answer.NO, "protected_by": ProtectedBy.POLICY,
        "raised_before": Answer.NO, "identifies": Answer.NO, "requester_figures": Answer.NO,
    }  # fmt: skip
    answers |= {"requester": case_of.ABOUT["requested_by"], "reason": case_of.PROTECTION_CHECK}
    record_protection_check(counsel, case, result=ProtectionResult.PROCEED, answered_on=case_of.PERSON_LEVEL, **answers)


def _accounts(settings: Settings, password: str) -> dict[str, Account]:
    people: dict[str, Account] = {}
    for name, words, kind, _ in ACCOUNTS:
        about: dict[str, Any] = {"email": f"{name}@tracker.example", "name": words, "hours": settings.invitation_hours}
        if kind is Kind.ADMINISTRATOR:
            account, token = accounts.found_register(SYSTEM, None, **about)
        else:
            account, token = accounts.invite_account(people["administrator"], None, kind=kind, **about)
        invitation = accounts.invitation_of(token)
        if invitation is None:
            raise RuntimeError("a link that was just made does not work")
        accounts.accept_invitation(account, invitation, password=password)
        people[name] = account
    return people
