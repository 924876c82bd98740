"""The clocks of a page: each time on a page of a case is in the zone of the case, or in UTC if that is asked for."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import Flask, g, redirect, request, session
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from tracker.analysis.moments import Moment, Precision, from_sql_text
from tracker.analysis.times import LENGTH
from tracker.analysis.typed.writing import at as write_at
from tracker.analysis.typed.writing import write_moment
from tracker.audit.doors import now
from tracker.models.case.cases import Case
from tracker.web.places import this_page

UTC = "UTC"


def set_zone(case: Case) -> None:
    """Say of which case this page is."""
    g.zone_of_case = case.zone or UTC


def zone_here() -> str:
    """The zone in which this page says its times."""
    return UTC if session.get("tz") == "utc" else zone_of_addresses()


def zone_of_addresses() -> str:
    """The zone of a time in an address that names none: of the case, so that a link means the same to every reader."""
    zone: str = g.get("zone_of_case", UTC)
    return zone


def say(moment: Moment | None) -> str:
    """A time on the clocks of this page, as text."""
    return write_moment(moment, zone_here()) if moment is not None else ""


def say_time(moment: Moment | None) -> str:
    """The same for a template. A machine can read when it was: the beginning of what is known."""
    bound = (moment.earliest or moment.latest) if moment is not None else None
    return _time(bound, say(moment)) if bound else say(moment)


def to_minute(moment: Moment | None) -> Moment | None:
    """A time without its seconds, for a table of many people."""
    if moment is None or moment.precision is not Precision.EXACT or moment.earliest is None:
        return moment
    whole = moment.earliest.replace(second=0, microsecond=0)
    return Moment(whole, whole + LENGTH[Precision.MINUTE], moment.offset, Precision.MINUTE)


def say_at(when: datetime | str | None) -> str:
    """A time of the record itself, such as when something was saved; of an entry of the audit log as it is written."""
    if not when:
        return ""
    if isinstance(when, str):
        found = from_sql_text(when)
        second = found.replace(microsecond=0)
        return _time(found, write_moment(Moment.of(second, second), zone_here()))
    return _time(when, write_at(when, zone_here()))


def say_briefly(when: datetime) -> Markup:
    """When something was saved, in a short list whose foot says the zone: "Today, 09:12", "28 Mar, 17:31"."""
    day, _, clock = write_at(when, zone_here()).replace("\u00a0", " ").partition(", ")
    today = write_at(now(), zone_here()).replace("\u00a0", " ").partition(", ")[0]
    return _time(when, f"{'Today' if day == today else day.removesuffix(today[-5:])}, {clock[:5]}")


def _time(when: datetime, words: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(when.isoformat(), words)


def words_of_zone() -> dict[str, Any]:
    """What the foot of a page says of its clocks: the zone, and the link to the other."""
    own, here = g.get("zone_of_case", UTC), zone_here()
    other = "" if own == UTC else ("case" if here == UTC else "utc")
    query = urlencode([*((key, text) for key, text in request.args.items(multi=True)), ("tz", other)])
    return {"zone": here, "own": own, "other": f"{this_page()}?{query}" if other else ""}


def _begin() -> ResponseReturnValue | None:
    """Find the case of the page. `tz` of the address is kept for the session and leaves the address: no link has it."""
    for thing in (request.view_args or {}).values():
        if isinstance(case := thing if isinstance(thing, Case) else getattr(thing, "case", None), Case):
            set_zone(case)
    word = request.args.get("tz")
    if word is None or request.method != "GET":
        return None
    if word == "utc":
        session["tz"] = word
    else:
        session.pop("tz", None)
    rest = urlencode([(key, text) for key, text in request.args.items(multi=True) if key != "tz"])
    return redirect(f"{this_page()}?{rest}" if rest else this_page(), 303)


def init_app(app: Flask) -> None:
    """Give templates the filters `at` and `said`, and listen to `tz`."""
    app.before_request(_begin)
    app.jinja_env.filters.update(at=say_at, said=say_time, briefly=say_briefly, to_minute=to_minute)
    app.jinja_env.globals.update(clocks=words_of_zone, zone_here=zone_here)
