"""Comparing is recorded: who compared what with how many versions. A pasted text leaves its keyed hash and length."""

from tracker.audit.doors import action, note
from tracker.models.case.cases import Case
from tracker.models.disclosure.captures import Capture
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.register.accounts import Account
from tracker.policy import Permission

NAMED = 50  # versions that an entry names by their numbers


@action(Permission.READ_CASE, "comparison.read", changes=False)
def read_comparison(
    reader: Account, subject: Case | Claim | Disclosure | Capture, *, text: str, characters: int, versions: list[str]
) -> None:
    """Note that somebody compares a text, of which `text` is a hash, with versions: it shows words of each of them.

    `versions` are the numbers of material and version; of many their number alone is noted.
    """
    note(text=text, characters=characters, versions=len(versions))
    if len(versions) <= NAMED:
        note(compared_with=", ".join(versions))
