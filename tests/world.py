"""The people and two cases of every test, built by actions as people would. There is no back door, not even for tests.

Ada administers, Aldo audits. In case LK-AAAA Lena leads, Ines investigates, Rhea reviews, Cora is counsel, Dora
decides, Otto observes, and Walt investigated until he turned out to be a person of the case. Ivo leads LK-BBBB. Nora
is a member without a role.
"""

from tracker.actions.case import cases, roles
from tracker.actions.register import accounts
from tracker.base import db
from tracker.models.case import cases as case_models
from tracker.models.case.cases import Case
from tracker.models.case.words import Role
from tracker.models.register.accounts import Account
from tracker.models.register.words import Kind
from tracker.policy import SYSTEM

PASSWORD = "quiet harbour seven lanterns"
PEOPLE = {
    "ada": Kind.ADMINISTRATOR,
    "aldo": Kind.AUDITOR,
    **dict.fromkeys(("lena", "ines", "rhea", "cora", "dora", "otto", "walt", "ivo", "nora"), Kind.MEMBER),
}
ROLES = {
    "ines": Role.INVESTIGATOR,
    "rhea": Role.REVIEWER,
    "cora": Role.COUNSEL,
    "dora": Role.DECIDING_OFFICIAL,
    "otto": Role.OBSERVER,
    "walt": Role.INVESTIGATOR,
}


def email(who: str) -> str:
    """The address of one of the people."""
    return f"{who}@tracker.example"


def person(who: str) -> Account:
    """One of the people, as the database knows her now."""
    return db.session().scalars(Account.by_email(email(who))).one()


def case(reference: str = "LK-AAAA") -> Case:
    """One of the two cases."""
    return db.session().scalars(case_models.sa.select(Case).where(Case.reference == reference)).one()


def join(who: str, token: str) -> None:
    """Accept an invitation."""
    invitation = accounts.invitation_of(token)
    assert invitation is not None
    accounts.accept_invitation(invitation.account, invitation, password=PASSWORD)


def build() -> None:
    """Found the register, invite everybody, open both cases and let everybody take up a role."""
    _, token = accounts.found_register(SYSTEM, None, email=email("ada"), name="Ada", hours=1)
    join("ada", token)
    for who, kind in PEOPLE.items():
        if who != "ada":
            _, token = accounts.invite_account(
                person("ada"), None, email=email(who), name=who.capitalize(), kind=kind, hours=1
            )
            join(who, token)
    with references("LK-AAAA", "LK-BBBB"):
        cases.open_case(
            person("lena"), None, title="Briefing for a call", marking="internal", question="What came out?"
        )
        cases.open_case(person("ivo"), None, title="Another matter", marking="internal")
    for who, role in ROLES.items():
        proposal = roles.offer_role(person("lena"), case(), email=email(who), role=role)
        roles.accept_role(person(who), proposal, declaration="I have no conflict of interest.")


given: list[str] = []


class references:  # noqa: N801  # reads as a word in a with statement
    """Cases opened inside get these references instead of random ones."""

    def __init__(self, *names: str) -> None:
        self.names = names

    def __enter__(self) -> None:
        given[:] = self.names

    def __exit__(self, *_fault: object) -> None:
        given.clear()


_random = case_models.new_reference
case_models.new_reference = lambda: given.pop(0) if given else _random()
