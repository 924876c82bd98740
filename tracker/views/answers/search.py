"""The page of search. What is searched for is sent by POST and recorded; the address of its results holds a key alone.

The words stay in the session of the browser that sent them, the last few: no address, log or history holds them.
"""

import secrets
from typing import Any

from flask import request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response
from werkzeug.utils import redirect
from wtforms import SelectField
from wtforms.validators import Optional, Regexp, ValidationError

from tracker.actions.answers.searches import record_search
from tracker.analysis.letters import read_number
from tracker.analysis.search.queries import LONGEST, BadQuery, parse
from tracker.audit.search.finding import Hit, Search, find_logged
from tracker.base import db
from tracker.models.case.cases import Case
from tracker.policy import Permission
from tracker.views.answers.search_results.facets import FACETS, Facet
from tracker.views.answers.search_results.results import logged_results, results_of
from tracker.web.fields import ShortText
from tracker.web.forms import RecordForm
from tracker.web.guard import Area, keyed_hash, me
from tracker.web.rendering import page

area = Area("search", __name__)
EACH, AT_ONCE, MOST_PAGES, KEPT, CASES = 2, 20, 100_000, 3, 200
DAY = Regexp(r"\d{4}-\d{2}-\d{2}$", message="Enter the day in the form 2018-03-21.")


class SearchForm(RecordForm):
    """What is searched for, and where."""

    q = ShortText("Search", longest=LONGEST)
    case = SelectField("Case", [Optional()], validate_choice=False)
    since = ShortText("From day (UTC)", [Optional(), DAY])
    until = ShortText("To day (UTC)", [Optional(), DAY])

    def validate_q(self, field: Any) -> None:
        """It must be a query."""
        try:
            parse(field.data)
        except BadQuery as bad:
            raise ValidationError(str(bad)) from None

    def search(self) -> Search:
        """What the form asks; a case that does not exist for the asker is no case in which anything is found."""
        here = Case.locate(me(), case=self.case.data).with_only_columns(Case.id) if self.case.data else None
        case_id = None if here is None else db.session().scalar(here) or 0
        return Search(parse(self.q.data), case_id, self.since.data, self.until.data)


@area.route("/search", needs=Permission.SEARCH)
def show() -> ResponseReturnValue:
    """The box, and below it the results of a search that was sent: `key` names it, `kind` is one kind of results."""
    asked = session.get("searches", {}).get(request.args.get("key", ""))
    form = SearchForm(data=asked, formdata=None)
    if asked is None:
        return _page(form, is_over="key" in request.args)
    return _page(form, **_results(form.search()))


@area.post("/search", needs=Permission.SEARCH)
def send() -> ResponseReturnValue:
    """Search: it is recorded, and leads to its results."""
    form = SearchForm()
    if not form.validate_on_submit():
        return _page(form)
    search = form.search()
    hits = sum(search.count(db.session(), me()).values()) + len(find_logged(db.session(), me(), search))
    record_search(me(), None, query=keyed_hash("search", form.q.data)[:32], hits=hits)
    key = secrets.token_urlsafe(6)
    session["searches"] = dict([*session.get("searches", {}).items(), (key, form.values())][-KEPT:])
    return _to(key)


def _to(key: str) -> Response:
    return redirect(url_for("search.show", key=key), 303)


def _page(form: SearchForm, **values: Any) -> ResponseReturnValue:
    newest = Case.visible_to(me()).with_only_columns(Case.reference, Case.title).order_by(Case.changed.desc())
    cases = [(one, f"{title} ({one})") for one, title in db.session().execute(newest.limit(CASES))]
    known = {one for one, _ in cases}
    chosen = [(form.case.data, form.case.data)] if form.case.data and form.case.data not in known else []
    form.case.choices = [("", "All my cases"), *chosen, *cases]
    return page(
        "answers/search/show.html",
        form,
        key=request.args.get("key"),
        cases=len(cases),
        more=len(cases) == CASES,
        **values,
    )


def _results(search: Search) -> dict[str, Any]:
    """The results that the address asks for: the first of each kind, or those of one kind page by page."""
    chosen = next((facet for facet in FACETS if facet.name == request.args.get("kind")), None)
    start = min(max(0, (read_number(request.args.get("page", "")) or 1) - 1), MOST_PAGES) * AT_ONCE
    counts, hits = _find(search, chosen, start)
    logged = find_logged(db.session(), me(), search)
    found = {facet.name: sum(counts.get(kind, 0) for kind in facet.kinds) for facet in FACETS} | {
        "audit-log": len(logged)
    }
    results = results_of(hits, search.terms)
    results["audit-log"] = logged_results(logged[start : start + AT_ONCE] if chosen else logged[:EACH], search.terms)
    shown = [facet for facet in FACETS if chosen in {None, facet} and results.get(facet.name)]
    return {
        "facets": [(facet, found[facet.name]) for facet in FACETS if found[facet.name] or facet.name != "notes"],
        "total": sum(found.values()),
        "chosen": chosen,
        "groups": [(one, found[one.name], results[one.name][: AT_ONCE if chosen else EACH]) for one in shown],
        "start": start,
        "at_once": AT_ONCE,
    }


def _find(search: Search, chosen: Facet | None, start: int) -> tuple[dict[str, int], list[Hit]]:
    session, account = db.session(), me()
    if chosen is None:
        return search.first(session, account, EACH)
    hits = search.page(session, account, list(chosen.kinds), start, AT_ONCE) if chosen.kinds else []
    return search.count(session, account), hits
