"""The way around: what stands in the sidebar, and the tabs of a case with their counts."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import Flask, g, request, url_for

from tracker.audit.as_of.present import stood
from tracker.audit.cache import remember
from tracker.audit.doors import now
from tracker.base import db
from tracker.models.case.cases import Case
from tracker.models.case.to_do import Waiting, bound, number_waiting, waiting_for
from tracker.models.findings.outcomes import Outcome
from tracker.models.register.words import Kind
from tracker.policy import Permission, allows
from tracker.web.guard import me
from tracker.web.listing import EXACT_TO
from tracker.web.lists import LISTS, List, Tab


@dataclass(frozen=True)
class Link:
    """A place to go to."""

    label: str
    url: str
    icon: str = ""
    active: bool = False
    count: str | None = None
    parts: tuple["Link", ...] = ()


MAIN = (
    ("Home", "home.home", "home", Permission.SIGNED_IN),
    ("Cases", "cases.list_page", "folders", Permission.OPEN_CASE),
    ("Audit log", "audit_log.list_page", "history", Permission.READ_AUDIT_LOG),
    ("Accounts", "accounts.list_page", "users", Permission.MANAGE_ACCOUNTS),
    ("Standard texts", "standard_texts.list_page", "file-text", Permission.READ_TEXTS),
    ("Permissions", "home.permissions", "shield-check", Permission.SIGNED_IN),
)
ALONE = (
    ("Audit log", "audit_log.of_case", Permission.READ_CASE_AUDIT_LOG),
    ("Export", "exports.whole", Permission.EXPORT_CASE),
)
TO_DO = "to do"  # the name of this count beside those of the lists
# what stands in no tab of its own
BELOW = {
    "conflicts": "disclosures", "reveals": "people", "person_merges": "people", "citations": "findings",
    "packs": "exports",
}  # fmt: skip


def nav(case: Case | None = None) -> tuple[Link, ...]:
    """The sidebar of whoever asks, on a page of a case or on another."""
    account, area = me(), (request.endpoint or "").split(".")[0]
    counts = account is not None and stood() is None  # what is to do is of every case, and of now
    waiting = {"home.home": str(_number_to_do(case) or "")} if counts else {}
    return tuple(
        Link(
            label, url_for(endpoint), icon, active=area == endpoint.split(".")[0] and _same(endpoint),
            count=waiting.get(endpoint),
        )
        for label, endpoint, icon, needs in MAIN
        if account is not None and allows(account, needs)
    )  # fmt: skip


def to_do() -> list[Waiting]:
    """What waits for whoever asks: the list of Home, and the count beside it on every page."""
    if "to_do" not in g:
        account, session = me(), db.session()
        g.to_do = remember(lambda: waiting_for(session, account, now()), "to do", account.id, _hour())
    found: list[Waiting] = g.to_do
    return found


def _number_to_do(case: Case | None) -> int:
    """How many things wait; on a page of a case it is asked with the counts of the tabs."""
    if "to_do" in g or not case or me().kind is not Kind.MEMBER:
        return len(to_do())
    return counts_of(case)[TO_DO]


def case_tabs(case: Case) -> list[Link]:
    """The parts of a case, in groups; the counts are of what counts, and stop at 10,000."""
    counts, here = counts_of(case), _area_here()
    overview = Link("Overview", url_for("cases.show", case=case.reference), active=here == "cases")
    groups = [replace(overview, parts=(overview,)), *(_group(tab, case, counts, here) for tab in Tab)]
    for label, endpoint, needs in ALONE:
        if allows(me(), needs, case):
            link = url_for(endpoint, case=case.reference)
            groups.append(Link(label, link, active=here == endpoint.split(".")[0]))
    return groups


def _area_here() -> str:
    """The area whose tab is the current one: its own, or that of the list below whose address the page stands."""
    area, place = (request.endpoint or "").split(".")[0], request.path.split("/")[3:4]
    owners = {one.area.name for one in LISTS if one.tab} | {endpoint.split(".")[0] for _, endpoint, _ in ALONE}
    if area in owners:
        return area
    below = (one.area.name for one in LISTS if one.tab and [one.at or one.name] == place)
    return next(below, BELOW.get(area, "cases"))


def _group(tab: Tab, case: Case, counts: dict[str, int], here: str) -> Link:
    """One group; its own link leads to the first of its parts."""
    parts = tuple(
        Link(
            one.title,
            url_for(f"{one.area.name}.{one.endpoint}", case=case.reference),
            active=here == one.area.name,
            count=_words(counts[one.name]) if one.is_counted else None,
        )
        for one in LISTS
        if one.tab is tab
    )
    return Link(tab.value, parts[0].url, active=any(part.active for part in parts), parts=parts)


def counts_of(case: Case) -> dict[str, int]:
    """How many there are in each counted list of a case, by the list's name, and what waits for whoever asks.

    Beyond 10,000 it stops counting.
    """
    known: dict[int, dict[str, int]] = g.setdefault("counts", {})  # a page asks more than once, also after an entry
    if case.id not in known:
        known[case.id] = remember(lambda: _counts(case), "tabs", case.id, me().id, _hour())
    return known[case.id]


def _hour() -> datetime:
    """What is due becomes late though nothing is written: what was remembered is asked again after the hour."""
    return now().replace(minute=0, second=0, microsecond=0)


def _counts(case: Case) -> dict[str, int]:
    counted, session = [one for one in LISTS if one.is_counted], db.session()
    asked = sa.select(*(_count(one, case) for one in counted), number_waiting(session))
    found = session.execute(asked, bound(me(), now())).one()
    return dict(zip([*(one.name for one in counted), TO_DO], found, strict=True))


def _count(one: List, case: Case) -> Any:
    some = one.table.of(case).with_only_columns(sa.literal(1), maintain_column_froms=True).limit(EXACT_TO + 1)
    some = some.where(one.counts) if one.counts is not None else some
    return sa.select(sa.func.count()).select_from(some.subquery()).scalar_subquery()


def _words(count: int) -> str:
    return f"{EXACT_TO:,}+" if count > EXACT_TO else f"{count:,}"


def is_unreviewed(case: Case) -> bool:
    """Whether the case is closed on an outcome that nobody independent has reviewed: every page of it says so."""
    if not case.is_closed:
        return False
    those = Outcome.unreviewed(case)
    exists = sa.select(those.with_only_columns(sa.literal(1), maintain_column_froms=True).exists())
    return bool(remember(lambda: db.session().scalar(exists), "unreviewed", case.id))


def may_search() -> bool:
    """Whether the box of the search stands on the page of whoever asks."""
    return me() is not None and allows(me(), Permission.SEARCH)


def _same(endpoint: str) -> bool:
    return not endpoint.startswith("home.") or request.endpoint == endpoint


def init_app(app: Flask) -> None:
    """Give them to every template."""
    app.jinja_env.globals.update(case_tabs=case_tabs, is_unreviewed=is_unreviewed, may_search=may_search, nav=nav)
