"""Standard texts: an organisation adds its own, and a new wording is a new version. None is ever edited."""

import re
import unicodedata

import sqlalchemy as sa

from tracker.actions.checks import must_be_fair, must_say
from tracker.audit.doors import Refused, action, now
from tracker.base import db
from tracker.models.register.accounts import Account
from tracker.models.register.standard_texts import StandardText
from tracker.models.register.words import TextKind, TextRule
from tracker.policy import Permission

ONE_AT_A_TIME = 0x74657874  # whoever adds a text waits for whoever is adding another
LONGEST_KEY = 40
ENTER = "Enter the text as it is read out or asked."


@action(Permission.MANAGE_TEXTS, "standard_text.added")
def add_text(
    administrator: Account, _register: None, *, kind: TextKind, name: str, text: str, rule: TextRule = TextRule.NONE
) -> StandardText:
    """Add a text of the organisation's own, as its version 1; the key is made from the name."""
    db.take_turns(db.session(), ONE_AT_A_TIME)
    must_say(name, "Enter a name. Interviewers choose the text by its name.", "name")
    must_be_fair(name)
    if kind is not TextKind.ADVISEMENT and rule is not TextRule.NONE:
        raise Refused("Only an advisement has a requirement. Choose no requirement.")
    there = dict(db.session().execute(sa.select(StandardText.key, StandardText.name).filter_by(kind=kind)).all())
    if name.casefold() in {other.casefold() for other in there.values()}:
        raise Refused("A text with this name exists. Open that text and add a version.")
    return _add(administrator, kind=kind, key=_free_key(name, set(there)), name=name, version=1, rule=rule, text=text)


@action(Permission.MANAGE_TEXTS, "standard_text.versioned")
def add_version(administrator: Account, standard: StandardText, *, text: str) -> StandardText:
    """Add a new wording of a text. Name and rule stay; interviews keep the version that was given in them."""
    db.take_turns(db.session(), ONE_AT_A_TIME)
    newest = db.session().scalars(standard.versions()).first()
    if newest is not standard:
        raise Refused("A newer version exists. Open the newest version and add yours there.")
    if text == standard.text:
        raise Refused(f"Change the wording. This text equals version {standard.version}.")
    return _add(
        administrator, kind=standard.kind, key=standard.key, name=standard.name, version=standard.version + 1,
        rule=standard.rule, text=text,
    )  # fmt: skip


def _add(administrator: Account, *, text: str, **facts: object) -> StandardText:
    must_say(text, ENTER, "text")
    made = StandardText(text=text, **facts, added=now(), by_id=administrator.id)
    db.session().add(made)
    return made


def _free_key(name: str, taken: set[str]) -> str:
    """`uk-workplace`, or `uk-workplace-2` where another name gave that key already."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    key = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: LONGEST_KEY - 5].strip("-") or "text"
    further = (f"{key}-{number}" for number in range(2, len(taken) + 3))
    return key if key not in taken else next(other for other in further if other not in taken)
