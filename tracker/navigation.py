"""The way around: what stands in the sidebar, and the tabs of a case with their counts."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app, request, url_for

from tracker import db
from tracker.guard import me
from tracker.kept import kept
from tracker.listing import EXACT_TO
from tracker.models.accesses import Access, Whereabouts
from tracker.models.cases import Case
from tracker.models.disclosures import Disclosure
from tracker.models.evidence import LogState
from tracker.models.logs import AccessLog
from tracker.models.materials import Material
from tracker.models.people import Person
from tracker.policy import Permission, allows


@dataclass(frozen=True)
class Link:
    """A place to go to."""

    label: str
    url: str
    icon: str = ""
    active: bool = False
    count: str | None = None


MAIN = (
    ("Start", "start.home", "home", Permission.SIGNED_IN),
    ("Cases", "cases.listed", "folders", Permission.OPEN_CASE),
    ("Ledger", "ledger.listed", "history", Permission.READ_LEDGER),
    ("Accounts", "accounts.listed", "users", Permission.MANAGE_ACCOUNTS),
    ("Who may do what", "start.rules", "shield-check", Permission.SIGNED_IN),
)
TABS = (
    ("Overview", "cases", "show", None),
    ("Disclosures", "disclosures", "listed", Disclosure),
    ("Materials", "materials", "listed", Material),
    ("People", "people", "listed", Person),
    ("Access", "accesses", "listed", Access),
    ("Access logs", "logs", "listed", AccessLog),
    ("Whereabouts", "whereabouts", "listed", Whereabouts),
    ("Team", "team", "listed", None),
)

PARTS = {
    **dict.fromkeys(("claims", "captures", "rivals", "exposure"), "disclosures"),
    **dict.fromkeys(("versions", "copies", "coverage"), "materials"),
}


def nav() -> tuple[Link, ...]:
    """The sidebar of whoever asks."""
    user, area = me(), (request.endpoint or "").split(".")[0]
    return tuple(
        Link(label, url_for(endpoint), icon, active=area == endpoint.split(".")[0] and _same(endpoint))
        for label, endpoint, icon, needs in MAIN
        if endpoint in current_app.view_functions and user is not None and allows(user, needs)
    )


def case_tabs(case: Case) -> list[Link]:
    """The tabs of a case; the counts are of what counts, and stop at 10,000."""
    counts = kept(lambda: _counts(case), "tabs", case.id)
    area = (request.endpoint or "").split(".")[0]
    area = PARTS.get(area, area)
    tabs = [
        Link(
            label,
            url_for(f"{name}.{view}", case=case.reference),
            active=area == name,
            count=_words(counts[model]) if model is not None else None,
        )
        for label, name, view, model in TABS
        if f"{name}.{view}" in current_app.view_functions
    ]
    if "ledger.of_case" in current_app.view_functions and allows(me(), Permission.READ_CASE_LEDGER, case):
        tabs.append(Link("Ledger", url_for("ledger.of_case", case=case.reference), active=area == "ledger"))
    if "exports.whole" in current_app.view_functions and allows(me(), Permission.EXPORT_CASE, case):
        tabs.append(Link("Export", url_for("exports.whole", case=case.reference), active=area == "exports"))
    return tabs


def _counts(case: Case) -> dict[Any, int]:
    models = [model for *_, model in TABS if model is not None]
    found = db.session().execute(sa.select(*(_count(model, case) for model in models))).one()
    return dict(zip(models, found, strict=True))


def _count(model: Any, case: Case) -> Any:
    some = model.of(case).with_only_columns(sa.literal(1), maintain_column_froms=True).limit(EXACT_TO + 1)
    if model is AccessLog:
        some = some.where(AccessLog.state == LogState.VISIBLE)
    return sa.select(sa.func.count()).select_from(some.subquery()).scalar_subquery()


def _words(count: int) -> str:
    return f"{EXACT_TO:,}+" if count > EXACT_TO else f"{count:,}"


def _same(endpoint: str) -> bool:
    return not endpoint.startswith("start.") or request.endpoint == endpoint


def init_app(app: Flask) -> None:
    """Give both to every template."""
    app.jinja_env.globals.update(case_tabs=case_tabs, nav=nav)
