"""The example: a throw-away register with two cases from public reports, told in our own words.

Office-holders appear by post, never by name. The people, access records and logs of the first case are invented.
"""

import secrets
from typing import Any

from tracker.actions import accounts
from tracker.actions.cases import answer_screen, open_case
from tracker.actions.duties import accept_duty, assign_user
from tracker.config import Settings
from tracker.demo import briefing, sunday
from tracker.demo.telling import Telling
from tracker.files import FileStore
from tracker.models.accounts import User
from tracker.models.cases import Case
from tracker.models.words import Answer
from tracker.models.words.accounts import Kind
from tracker.models.words.duties import Duty
from tracker.models.words.screening import ProtectedBy, ScreenResult
from tracker.policy import SYSTEM

WORDS = """amber anchor apple arbor aspen basin beacon birch bridge candle canyon cedar cliff cloud clover coral cotton
cradle crystal delta dune ember falcon fern field fjord forest garden glacier granite harbor hazel island ivory jasmine
kettle ladder lantern laurel lemon linen maple meadow mirror needle olive orchard otter paddle pebble pepper prairie
quartz quiver raven ribbon river saddle sail saffron shell silver spruce stone summit sunset thistle timber tulip valley
velvet violet walnut willow window winter""".split()

ACCOUNTS = (
    ("administrator", "Administrator of the register", Kind.ADMINISTRATOR, None),
    ("auditor", "Auditor", Kind.AUDITOR, None),
    ("lead", "Head of inquiry", Kind.MEMBER, Duty.LEAD),
    ("investigator", "Investigator", Kind.MEMBER, Duty.INVESTIGATOR),
    ("reviewer", "Independent reviewer", Kind.MEMBER, Duty.REVIEWER),
    ("counsel", "Counsel for protected disclosures", Kind.MEMBER, Duty.COUNSEL),
    ("decider", "Deciding official", Kind.MEMBER, Duty.DECIDER),
    ("observer", "Observer", Kind.MEMBER, Duty.OBSERVER),
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
        for name, _, _, duty in ACCOUNTS:
            if duty not in {None, Duty.LEAD}:
                accept_duty(
                    people[name],
                    assign_user(people["lead"], case, email=people[name].email, duty=duty),
                    declaration=DECLARATION,
                )
        telling = Telling(people["investigator"], case, settings, files, people)
        case_of.tell(telling)
        if to_the_end:
            screen(people["counsel"], case, case_of)
            case_of.end(telling)
    return [(people[name].email, duty.value if duty else kind.value) for name, _, kind, duty in ACCOUNTS]


def screen(counsel: User, case: Case, case_of: Any) -> None:
    """Counsel records the protected-disclosure check: the case may go on."""
    answers: dict[str, Any] = {
        "wrongdoing": Answer.NO, "lawful_recipient": Answer.NO, "protected_by": ProtectedBy.POLICY,
        "raised_before": Answer.NO, "identifies": Answer.NO, "requester_figures": Answer.NO,
    }  # fmt: skip
    answers |= {"requester": case_of.ABOUT["requested_by"], "reason": case_of.SCREEN}
    answer_screen(counsel, case, result=ScreenResult.PROCEED, answered_on=case_of.SCREENED, **answers)


def _accounts(settings: Settings, password: str) -> dict[str, User]:
    people: dict[str, User] = {}
    for name, words, kind, _ in ACCOUNTS:
        about: dict[str, Any] = {"email": f"{name}@tracker.example", "name": words, "hours": settings.invitation_hours}
        if kind is Kind.ADMINISTRATOR:
            user, token = accounts.found_register(SYSTEM, None, **about)
        else:
            user, token = accounts.invite_user(people["administrator"], None, kind=kind, **about)
        invitation = accounts.invitation_of(token)
        if invitation is None:
            raise RuntimeError("a link that was just made does not work")
        accounts.accept_invitation(user, invitation, password=password)
        people[name] = user
    return people
