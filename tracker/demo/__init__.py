"""The example: a throw-away register with cases from public reports, told in our own words: one open, two closed.

Office-holders appear by post, never by name. The people, access records and logs of the first case are invented.
"""

import secrets
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tracker.actions.case.cases import open_case, record_protection_check
from tracker.actions.case.roles import accept_role, offer_role
from tracker.actions.register import accounts
from tracker.audit.doors import now
from tracker.base.config import Settings
from tracker.base.files import FileStore
from tracker.demo import briefing, sunday
from tracker.demo.context import Context
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
TOLD = {  # what each finds on their Home
    "administrator": "sees no case; an invitation that was not used",
    "auditor": "the audit log of every case, without contents",
    "lead": "an overdue line of inquiry, a returned finding, a reply that is running out",
    "investigator": "an overdue line of inquiry with a log to import, a returned finding, a planned interview",
    "reviewer": "a finding, an elimination and an assessment to review",
    "counsel": "a right of reply that is running out",
    "deciding_official": "a role to accept in the open case",
    "observer": "a role to accept in the open case",
}
CLOSED_COPY = {"title": "Leaked congratulatory briefing (closed)"}
ASKED = frozenset({Role.DECIDING_OFFICIAL, Role.OBSERVER})  # who has not answered yet in the open case
EXAMPLES: tuple[tuple[Any, dict[str, str], int, frozenset[Role], Any], ...] = (
    # case, what is said otherwise of it, opened so many days ago, offers that wait, how far it is told
    (sunday, {}, 120, frozenset(), sunday.end),
    (briefing, CLOSED_COPY, 60, frozenset(), briefing.end),
    (briefing, {}, 14, ASKED, briefing.go_halfway),
)
BEGUN: tuple[tuple[Any, dict[str, str], int, frozenset[Role], Any], ...] = (
    (sunday, {}, 120, frozenset(), None),
    (briefing, {}, 60, frozenset(), None),
)
DECLARATION = "I know none of the people concerned, had no access to the material and have no interest in the outcome."


def new_password() -> str:
    """One password for the whole example: five words, made anew each time."""
    return "-".join(secrets.choice(WORDS) for _ in range(5))


def found(settings: Settings, files: FileStore, password: str, *, to_the_end: bool = True) -> list[tuple[str, str]]:
    """Found the register with its cases; gives each account's address and what it has to do. All of it by actions.

    Without `to_the_end` there are two, and only their disclosure and access records are told: nothing is assessed yet.
    """
    people = _accounts(settings, password)
    for case_of, about, ago, asked, tell in EXAMPLES if to_the_end else BEGUN:
        case = open_case(people["lead"], None, **case_of.ABOUT | about)
        for name, _, _, role in ACCOUNTS:
            if role not in {None, Role.LEAD}:
                offer = offer_role(people["lead"], case, email=people[name].email, role=role)
                if role not in asked:
                    accept_role(people[name], offer, declaration=DECLARATION)
        opened = now().astimezone(ZoneInfo(case.zone)).date() - timedelta(days=ago)
        context = Context(people["investigator"], case, settings, files, people, opened)
        case_of.record_disclosure_and_access(context)
        if tell is not None:
            protection_check(context, case_of)
            tell(context)
    return [(people[name].email, TOLD[name]) for name, *_ in ACCOUNTS]


def protection_check(context: Context, case_of: Any) -> None:
    """Counsel records the protected-disclosure check: the case may go on."""
    answers: dict[str, Any] = {
        "wrongdoing": Answer.NO, "lawful_recipient": Answer.NO, "protected_by": ProtectedBy.POLICY,
        "raised_before": Answer.NO, "identifies": Answer.NO, "requester_figures": Answer.NO,
    }  # fmt: skip
    answers |= {"requester": case_of.ABOUT["requested_by"], "reason": case_of.PROTECTION_CHECK}
    record_protection_check(
        context.people["counsel"], context.case, result=ProtectionResult.PROCEED, answered_on=str(context.opened),
        **answers,
    )  # fmt: skip


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
    unused: dict[str, Any] = {"email": "second_investigator@tracker.example", "name": "Second investigator"}
    accounts.invite_account(people["administrator"], None, kind=Kind.MEMBER, hours=settings.invitation_hours, **unused)
    return people
