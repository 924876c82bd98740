"""How an account looks at a list: the columns it shows, and views that are saved under a name."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

import sqlalchemy as sa
from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from tracker.audit.doors import housekeeping, now
from tracker.base import db
from tracker.models.case.cases import Case
from tracker.models.register.list_views import AT_MOST, LONGEST_NAME, LONGEST_QUERY, ListView
from tracker.policy import Permission
from tracker.web.fields import HIDDEN
from tracker.web.guard import Area, me
from tracker.web.lists import LISTS, List

area = Area("list_views", __name__)


@area.post("/list-views/columns", needs=Permission.SIGNED_IN)
def choose_columns() -> ResponseReturnValue:
    """Show these columns of the list, and leave out the others that its page named."""
    one, case = _find_list()
    shown, known = set(_read_sent("column")), _read_sent("known")[:100]
    hidden = "\n".join(head[:100] for head in known if head not in shown)
    _save(one, case, name="", hidden=hidden)
    return _back(one, case, _first("query"))


@area.post("/list-views", needs=Permission.SIGNED_IN)
def save() -> ResponseReturnValue:
    """Save the filter and the order that the page shows, under a name."""
    one, case = _find_list()
    name = _first("name").strip()
    query = _clean(_first("query"))
    saved = db.session().scalars(ListView.of_list(me().id, one.name, case.id if case else None)).all()
    if not name:
        flash("Enter a name for the view.", "error")
    elif len(name) > LONGEST_NAME:
        flash(f"Use at most {LONGEST_NAME} characters for the name of the view.", "error")
    elif len([view for view in saved if view.name not in {"", name}]) >= AT_MOST:
        flash(f"You have {AT_MOST} views of this list. Remove one first.", "error")
    else:
        _save(one, case, name=name, query=query)
        flash(f"View saved: {name}.", "success")
    return _back(one, case, query)


@area.post("/list-views/remove", needs=Permission.SIGNED_IN)
def remove() -> ResponseReturnValue:
    """Remove a saved view."""
    one, case = _find_list()
    with housekeeping() as record:
        for view in _find_views(one, case, _first("name")):
            record.delete(view)
    return _back(one, case, "")


def _read_sent(field: str) -> list[str]:
    """What was sent under this name, without the signs that no database keeps and no reader sees."""
    return [HIDDEN.sub("", text) for text in request.form.getlist(field)]


def _first(field: str) -> str:
    return next(iter(_read_sent(field)), "")


def _find_list() -> tuple[List, Case | None]:
    """The list that the form names, and its case: 404 for what does not exist for whoever asks."""
    reference, name = _first("case"), _first("list")
    pages = [one for one in LISTS if one.template and one.name == name and bool(one.everywhere) is not bool(reference)]
    if not pages:
        abort(422, "Open the list again, then choose its columns or save its view.")
    case = db.session().scalar(Case.locate(me(), case=reference)) or abort(404) if reference else None
    return pages[0], case


def _save(one: List, case: Case | None, *, name: str, **chosen: str) -> None:
    place: dict[str, Any] = {"account_id": me().id, "case_id": case.id if case else None, "list": one.name}
    with housekeeping() as record:
        view, *twins = _find_views(one, case, name) or [
            ListView(**place, name=name)
        ]  # a form sent twice at once made two
        for twin in twins:
            record.delete(twin)
        record.add(view)
        view.at = now()
        for field, value in chosen.items():
            setattr(view, field, value)


def _find_views(one: List, case: Case | None, name: str) -> list[ListView]:
    mine: sa.Select[Any] = ListView.of_list(me().id, one.name, case.id if case else None)
    return list(db.session().scalars(mine.where(ListView.name == name)))


def _clean(query: str) -> str:
    """The filter and the order of an address, without the place in the list."""
    pairs = parse_qsl(query, max_num_fields=50) if query.count("&") < 50 else []
    return urlencode([(name, text) for name, text in pairs if name not in {"after", "before", "count"}])[:LONGEST_QUERY]


def _back(one: List, case: Case | None, query: str) -> ResponseReturnValue:
    of: dict[str, Any] = {"case": case.reference} if case else {}
    here = url_for(f"{one.area.name}.{one.endpoint}", **of)
    return redirect(f"{here}?{query}" if (query := _clean(query)) else here, 303)
