"""Accounts that name nobody: the system, a service, somebody unknown. Whether one does is asked, never decided."""

import re

from tracker.analysis.identifiers.written import read_written
from tracker.base.text import fold

NOBODY = "nobody"  # the answer that a key names no person
_WORDS = frozenset(
    "unknown, anonymous, anonymous logon, anonymous user, system, local system, local service, network service, "
    "service, none, null, n/a, na, nil, nobody, everyone, guest, root, daemon, app, scanner, default, system account, "
    "sharepoint app, automation, scheduler".split(", ")
)
_PATTERNS = re.compile(
    r"nt (authority|service)\\.*|window manager\\.*|font driver host\\.*|sharepoint\\system|iis apppool\\.*"
    r"|[^\\]*\\?[^\\@]+\$"  # a machine signs in with a $ after its name
    r"|app@sharepoint|c:0.*|s-1-5-\d{1,2}|s-1-1-0|urn:spo:anon.*"
    r"|(no|do[-_. ]?not)[-_. ]?reply(@.*)?|(mailer-daemon|postmaster)(@.*)?"
    r"|(svc|service|srv|bot|daemon)[-_.][^@]*(@.*)?|[^@]*[-_.](svc|service|bot)(@.*)?"
)


def may_be_nobody(text: str) -> bool:
    """Whether what stands where a person should be looks like a system, a service or a blank."""
    seen = fold(text)
    plain = fold(read_written(text).value)
    return (
        not re.search(r"\w", seen)
        or not {seen, plain}.isdisjoint(_WORDS)
        or any(_PATTERNS.fullmatch(one) for one in (seen, plain))
    )
