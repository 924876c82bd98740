"""The recusal: an account whose owner is, or may be, a person of the case is shut out from the next request on.

Matching runs inside the action that adds a role, a person, an identifier or an import; nobody can forget it. It
asks everybody with a role in the case, and every account that sees cases without one: auditors and administrators.
Those without a role are recused on exact matches only: else whoever records a namesake could blind an auditor.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from tracker.actions.checks import next_number
from tracker.analysis.identifiers.near import Near, compare, name_key, near_key
from tracker.analysis.identifiers.written import fold_identifier
from tracker.audit.doors import Refused, note, now
from tracker.base import db
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.people import Identifier, Person
from tracker.models.access.recusal_questions import RecusalQuestion
from tracker.models.case.assignments import Assignment, RecusalMatch, near_mark
from tracker.models.case.cases import Case
from tracker.models.case.words import MatchState, Role
from tracker.models.register.accounts import Account
from tracker.models.register.words import Kind

Found = dict[tuple[int, int, int], dict[str, tuple[str, str]]]  # case, account, person: what they have in common
Pair = tuple[str, str, Near | None]  # an identifier of the account, one of a person, and why they are near
NOBODY_LEFT = "This import would recuse everybody who can settle a recusal. Check the file again."
SETTLERS = (Role.LEAD, Role.COUNSEL, Role.DECIDING_OFFICIAL)


def match_case(case: Case) -> list[RecusalMatch]:
    """Match whoever may see something of the case against its people; the recusals that rise."""
    return _raise(_find_common(_holders(case), [case.id]))


def match_account(account: Account) -> list[RecusalMatch]:
    """Match one account against the people of every case of which it may see something; the recusals that rise."""
    held = sa.select(Assignment.case_id).where(Assignment.account_id == account.id, Assignment.ended_at.is_(None))
    return _raise(_find_common([account], held if account.kind is Kind.MEMBER else sa.select(Case.id)))


def would_recuse(case: Case, texts: Collection[str], names: Collection[str]) -> dict[Account, list[Pair]]:
    """Holders of a role whom people with these identifiers and names would shut out, and by what.

    Exact matches count alone where there are any. Nothing is stored. Accounts without a role are not told of.
    """
    alike: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        alike[near_key(fold_identifier(text))].append(text)
    called = {key: name for name in names if (key := name_key(name))}
    found: dict[Account, list[Pair]] = {}
    for account in (one for one in _holders(case) if one.kind is Kind.MEMBER):
        pairs = [(mine, text) for mine in account.written for text in alike[near_key(fold_identifier(mine))]]
        matches = [(mine, text, match if isinstance(match, Near) else None)
                   for mine, text in pairs if (match := compare(mine, text)) is not None]  # fmt: skip
        if name := called.get(name_key(account.name)):
            matches.append((account.name, name, Near.NAME))
        if matches:
            exact = [pair for pair in matches if pair[2] is None]
            found[account] = exact or matches
    return found


def able_settlers(case: Case) -> set[int]:
    """Accounts that can settle a recusal of the case today: by their role, signed up, and not recused themselves."""
    recused = sa.select(RecusalMatch.account_id).where(RecusalMatch.case_id == case.id, RecusalMatch.in_force())
    able = (
        sa.select(Assignment.account_id)
        .join(Account, Account.id == Assignment.account_id)
        .where(Assignment.case_id == case.id, Assignment.role.in_(SETTLERS), *Assignment.in_force(Assignment))
        .where(Account.disabled_at.is_(None), Account.password_hash.is_not(None))
        .where(Assignment.account_id.not_in(recused))
    )
    return set(db.session().scalars(able))


def match_log(log: AccessLog) -> None:
    """Match who came with a log, and settle what somebody was asked about before.

    Refused where nobody could settle a recusal any more and nobody was asked.
    """
    able = able_settlers(log.case)
    raised = match_case(log.case)
    asked = sa.select(RecusalQuestion).where(RecusalQuestion.log_id == log.id)
    answers = {(one.account_id, mark): one for one in db.session().scalars(asked) for mark in _hashes(one.of_person)}
    for match in raised:
        found = [answers.get((match.account_id, mark.partition(":")[2])) for mark in match.deciding_marks]
        yes = next((one for one in found if one and one.state is MatchState.CONFIRMED), None)
        no = next((one for one in found if one), None) if all(found) else None
        if (answer := yes or no) is not None:
            settle(match, answer.state, answer.reason, answer.settled_by)
    db.session().flush()
    if able and not answers and not able_settlers(log.case):
        raise Refused(NOBODY_LEFT)


def settle(match: RecusalMatch, state: MatchState, reason: str, by: Account | None) -> None:
    """Say of a recusal whether the account is that person."""
    match.state, match.reason, match.settled_at, match.settled_by = state, reason, now(), by


def _holders(case: Case) -> Iterable[Account]:
    held = sa.select(Assignment.account_id).where(Assignment.case_id == case.id, Assignment.ended_at.is_(None))
    return (
        db.session()
        .scalars(
            sa.select(Account)
            .where(sa.or_(Account.id.in_(held), Account.kind != Kind.MEMBER))
            .options(selectinload(Account.aliases))
        )
        .all()
    )


def _find_common(accounts: Iterable[Account], cases: Any) -> Found:
    """People of these cases with an identifier, or a name, that an account has too, or one that is near."""
    accounts = list(accounts)
    found: Found = defaultdict(dict)
    mine: dict[str, list[tuple[Account, str]]] = defaultdict(list)
    for account in accounts:
        for text in account.written:
            mine[near_key(fold_identifier(text))].append((account, text))
    columns = sa.select(Identifier.case_id, Identifier.person_id, Identifier.kind, Identifier._value,
                        Identifier._value_near)  # fmt: skip
    known = columns.join(Person, Person.id == Identifier.person_id).where(Person.counted())
    for case_id, person_id, kind, value, near in db.session().execute(
        known.where(Identifier.case_id.in_(cases), Identifier._value_near.in_(mine))
    ):
        for account, text in mine[near]:
            match = compare(text, value)
            if match is True or (match and account.kind is Kind.MEMBER):
                mark = _mark(match, kind, fold_identifier(value))
                found[case_id, account.id, person_id][mark] = (text, value)
    named: dict[str, list[Account]] = defaultdict(list)
    for account in accounts:
        if account.kind is Kind.MEMBER and (key := name_key(account.name)):
            named[key].append(account)
    people = sa.select(Person.case_id, Person.id, Person._name_near).where(Person.counted())
    for case_id, person_id, key in db.session().execute(
        people.where(Person.case_id.in_(cases), Person._name_near.in_(named))
    ):
        for account in named[key]:
            found[case_id, account.id, person_id][_mark(Near.NAME, "", key)] = (account.name, key)
    return found


def _mark(match: Near | bool, kind: str, folded: str) -> str:
    """One thing that account and person have in common, which tells nobody what it is."""
    return f"{near_mark(match) if isinstance(match, Near) else kind}:{_hash(folded)}"


def _hash(folded: str) -> str:
    return hashlib.sha256(folded.encode()).hexdigest()[:16]


def _hashes(text: str) -> set[str]:
    """Of what somebody was asked about: an identifier, or a name."""
    return {_hash(fold_identifier(text)), _hash(name_key(text))}


def _raise(found: Found) -> list[RecusalMatch]:
    """A recusal for each new match; one that was rejected rises again when more is in common than was known then."""
    raised = []
    for (case_id, account_id, person_id), marks in found.items():
        place = {"case_id": case_id, "account_id": account_id, "person_id": person_id}
        match = db.session().scalar(sa.select(RecusalMatch).filter_by(**place))
        known = set(match.matched_on.split()) if match is not None else set()
        if marks.keys() <= known:
            continue
        if match is None:
            held = sa.select(Case.id).where(Case.id == case_id).with_for_update()  # one number is given out once
            db.session().execute(held)
            number = next_number(RecusalMatch, case_id=case_id)
            match = RecusalMatch(**place, number=number, found_at=now())
            db.session().add(match)
        if match.state is not MatchState.CONFIRMED:
            match.state, match.settled_at, match.settled_by = MatchState.OPEN, None, None
            raised.append(match)
        match.matched_on = " ".join(sorted(known | marks.keys()))
    if raised:
        db.session().flush()  # whoever is shut out must be known before the action goes on
        _ask_administrators(raised, found)
        if told := [match for match in raised if match.account.kind is Kind.MEMBER]:
            note(recusals=len(told))  # of those without a role the team hears nothing
    return raised


def _ask_administrators(raised: Iterable[RecusalMatch], found: Found) -> None:
    """Of an account without a role the team is not told, so an administrator says whether it is the person."""
    for match in raised:
        if match.account.kind is not Kind.MEMBER:
            common = next(iter(found[match.case_id, match.account_id, match.person_id].values()))
            ask(match.case, match.account, *common, match=match)


def ask(case: Case, account: Account, of_account: str, of_person: str, **about: Any) -> RecusalQuestion:
    """Ask whether an account is whoever is called so; `about` is the match, or the log and who asks."""
    question = RecusalQuestion(
        case=case, account=account, number=next_number(RecusalQuestion, case_id=case.id), of_account=of_account[:254],
        of_person=of_person[:254], asked_at=now(), **about,
    )  # fmt: skip
    db.session().add(question)
    db.session().flush()  # the next one takes the next number
    return question
