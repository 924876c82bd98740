"""Identifiers as somebody types them: "p.young@tracker.example; pyoung; badge:pyoung001"."""

from collections.abc import Iterable

from tracker.analysis.identifiers.written import LONGEST


class IdentifierFault(Exception):
    """What was typed is no list of identifiers; the text is a sentence for the account."""


def read_identifiers(text: str, kinds: Iterable[str]) -> list[tuple[str, str]]:
    """Kind and value of each of "p.young@tracker.example; pyoung; badge:pyoung001"; IdentifierFault for anything else.

    What names no kind is an e-mail address if it has an @, and else an account.
    """
    known, found = list(kinds), []
    for part in filter(None, (piece.strip() for piece in text.replace("\n", ";").split(";"))):
        kind, colon, value = (piece.strip() for piece in part.partition(":"))
        kind = kind.casefold().replace("-", "")  # e-mail is written both ways
        if not colon:
            kind, value = "email" if "@" in part else "account", part
        if kind not in known or not value:
            raise IdentifierFault(f'Write "{part[:60]}" as kind:value. The kinds are {", ".join(known)}.')
        if len(value) > LONGEST:
            raise IdentifierFault(f"An identifier can have at most {LONGEST} characters.")
        found.append((kind, value))
    return found
