"""Searching is recorded: that somebody searched and how much was found, under a keyed hash; never the words."""

from tracker.audit.doors import action, note
from tracker.models.register.accounts import Account
from tracker.policy import Permission


@action(Permission.SEARCH, "search.made", changes=False)
def record_search(member: Account, register: None, *, query: str, hits: int) -> None:
    """A member searched; `query` is the keyed hash of the words, `hits` the number of things that were found."""
    note(query=query, hits=hits)
