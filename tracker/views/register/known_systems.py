"""The known systems: all of them, and for each what is recognised, which lines count, and what that is based on."""

from flask import abort
from flask.typing import ResponseReturnValue

from tracker.imports.systems.catalogue import all_systems, find_system
from tracker.models.access.words import Channel, LogKind
from tracker.policy import Permission
from tracker.views.access.column_forms import LABELS
from tracker.web.guard import Area
from tracker.web.rendering import page

area = Area("known_systems", __name__)


@area.route("/known-systems", needs=Permission.SIGNED_IN)
def list_page() -> ResponseReturnValue:
    """Every known system."""
    return page("register/known_systems/list.html", systems=all_systems(), kinds=LogKind)


@area.route("/known-systems/<name>", needs=Permission.SIGNED_IN)
def show(name: str) -> ResponseReturnValue:
    """One known system, by the name that the command takes."""
    system = find_system(name) or abort(404)
    words = {"labels": LABELS, "channels": Channel, "kinds": LogKind}
    return page("register/known_systems/show.html", system=system, **words)
