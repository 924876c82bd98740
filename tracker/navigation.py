"""The way around: what stands in the sidebar, and the tabs of a case with their counts."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import Flask, request, url_for

from tracker import db
from tracker.audit.cache import kept
from tracker.guard import me
from tracker.listing import EXACT_TO
from tracker.models.accesses import Access
from tracker.models.cases import Case
from tracker.models.contacts import Contact
from tracker.models.decisions import Decision
from tracker.models.disclosures import Disclosure
from tracker.models.exclusions import Exclusion
from tracker.models.exhibits import Exhibit
from tracker.models.findings import Finding
from tracker.models.interviews import Interview
from tracker.models.lines import LineOfInquiry
from tracker.models.logs import AccessLog
from tracker.models.materials import Material
from tracker.models.outcomes import Outcome
from tracker.models.people import Person
from tracker.models.whereabouts import Whereabouts
from tracker.models.words.logs import LogState
from tracker.policy import Permission, allows


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
    ("Start", "start.home", "home", Permission.SIGNED_IN),
    ("Cases", "cases.listed", "folders", Permission.OPEN_CASE),
    ("Reviews", "reviews.listed", "circle-check", Permission.OPEN_CASE),
    ("Ledger", "ledger.listed", "history", Permission.READ_LEDGER),
    ("Accounts", "accounts.listed", "users", Permission.MANAGE_ACCOUNTS),
    ("Standard texts", "texts.listed", "file-text", Permission.READ_TEXTS),
    ("Who may do what", "start.rules", "shield-check", Permission.SIGNED_IN),
)
GROUPS: tuple[tuple[str, tuple[tuple[str, str, str, Any], ...]], ...] = (
    ("Overview", (("Overview", "cases", "show", None),)),
    (
        "What came out",
        (("Disclosures", "disclosures", "listed", Disclosure), ("Materials", "materials", "listed", Material)),
    ),
    (
        "Who had access",
        (
            ("People", "people", "listed", Person),
            ("Access", "accesses", "listed", Access),
            ("Access logs", "logs", "listed", AccessLog),
            ("Whereabouts", "whereabouts", "listed", Whereabouts),
            ("Exclusions", "exclusions", "listed", Exclusion),
        ),
    ),
    (
        "Inquiry",
        (
            ("Interviews", "interviews", "listed", Interview),
            ("Exhibits", "exhibits", "listed", Exhibit),
            ("Contacts", "contacts", "listed", Contact),
            ("Lines of inquiry", "lines", "listed", LineOfInquiry),
            ("Hypotheses", "hypotheses", "listed", None),
        ),
    ),
    (
        "Judgement",
        (
            ("Findings", "findings", "listed", Finding),
            ("Decisions", "decisions", "listed", Decision),
            ("Outcome", "outcomes", "listed", None),
        ),
    ),
    ("Team", (("Team", "team", "listed", None),)),
)
ALONE = (("Ledger", "ledger.of_case", Permission.READ_CASE_LEDGER), ("Export", "exports.whole", Permission.EXPORT_CASE))
PARTS = {  # pages that belong to another one's tab
    **dict.fromkeys(("claims", "captures", "rivals", "exposure"), "disclosures"),
    **dict.fromkeys(("versions", "copies", "coverage"), "materials"),
    **dict.fromkeys(("identifiers", "reveals", "designations"), "people"),
    **dict.fromkeys(("appraisals", "stages", "screens", "notes"), "cases"),
    **dict.fromkeys(("comments", "replies", "revisions"), "findings"),
    "custody": "exhibits",
    **dict.fromkeys(("statements", "treatment"), "interviews"),
}


def nav() -> tuple[Link, ...]:
    """The sidebar of whoever asks."""
    user, area = me(), (request.endpoint or "").split(".")[0]
    return tuple(
        Link(label, url_for(endpoint), icon, active=area == endpoint.split(".")[0] and _same(endpoint))
        for label, endpoint, icon, needs in MAIN
        if user is not None and allows(user, needs)
    )


def case_tabs(case: Case) -> list[Link]:
    """The parts of a case, in groups; the counts are of what counts, and stop at 10,000."""
    counts = kept(lambda: _counts(case), "tabs", case.id)
    here = (request.endpoint or "").split(".")[0]
    here = PARTS.get(here, here)
    groups = [_group(label, case, tabs, counts, here) for label, tabs in GROUPS]
    for label, endpoint, needs in ALONE:
        if allows(me(), needs, case):
            link = url_for(endpoint, case=case.reference)
            groups.append(Link(label, link, active=here == endpoint.split(".")[0]))
    return groups


def _group(label: str, case: Case, tabs: Any, counts: dict[Any, int], here: str) -> Link:
    """One group; its own link leads to the first of its parts."""
    parts = tuple(
        Link(
            words,
            url_for(f"{name}.{view}", case=case.reference),
            active=here == name,
            count=_words(counts[model]) if model is not None else None,
        )
        for words, name, view, model in tabs
    )
    return Link(label, parts[0].url, active=any(part.active for part in parts), parts=parts)


def _counts(case: Case) -> dict[Any, int]:
    models = [model for _, tabs in GROUPS for *_, model in tabs if model is not None]
    found = db.session().execute(sa.select(*(_count(model, case) for model in models))).one()
    return dict(zip(models, found, strict=True))


def _count(model: Any, case: Case) -> Any:
    some = model.of(case).with_only_columns(sa.literal(1), maintain_column_froms=True).limit(EXACT_TO + 1)
    if model is AccessLog:
        some = some.where(AccessLog.state == LogState.VISIBLE)
    return sa.select(sa.func.count()).select_from(some.subquery()).scalar_subquery()


def _words(count: int) -> str:
    return f"{EXACT_TO:,}+" if count > EXACT_TO else f"{count:,}"


def is_unreviewed(case: Case) -> bool:
    """Whether the case is closed on an outcome that nobody independent has reviewed: every page of it says so."""
    if not case.is_closed:
        return False
    last = Outcome.of(case).where(Outcome.closed_at.is_not(None), Outcome.reopened_at.is_(None), ~Outcome.reviewed)
    exists = sa.select(last.with_only_columns(sa.literal(1), maintain_column_froms=True).exists())
    return bool(kept(lambda: db.session().scalar(exists), "unreviewed", case.id))


def _same(endpoint: str) -> bool:
    return not endpoint.startswith("start.") or request.endpoint == endpoint


def init_app(app: Flask) -> None:
    """Give them to every template."""
    app.jinja_env.globals.update(case_tabs=case_tabs, is_unreviewed=is_unreviewed, nav=nav)
