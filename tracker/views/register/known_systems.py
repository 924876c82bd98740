"""The known systems: all of them, and for each what is recognised, which lines count, and what that is based on."""

from flask import abort
from flask.typing import ResponseReturnValue

from tracker.imports.systems.catalogue import all_systems, find_system, recognise
from tracker.imports.systems.known_system import KnownSystem
from tracker.models.access.words import Channel, LogKind
from tracker.policy import Permission
from tracker.views.access.imports.mapping_form import LABELS
from tracker.web.guard import Area
from tracker.web.rendering import page

area = Area("known_systems", __name__)
area.add_app_template_global(recognise, "known_system")


@area.route("/known-systems", needs=Permission.SIGNED_IN)
def list_page() -> ResponseReturnValue:
    """Every known system."""
    return page("register/known_systems/list.html", systems=all_systems(), kinds=LogKind)


@area.route("/known-systems/<name>", needs=Permission.SIGNED_IN)
def show(name: str) -> ResponseReturnValue:
    """One known system, by the name that the command takes."""
    system = find_system(name) or abort(404)
    words = {"uses": _uses(system), "channels": Channel, "kinds": LogKind}
    return page("register/known_systems/show.html", system=system, **words)


def _uses(system: KnownSystem) -> dict[str, list[str]]:
    """What each column of a system is used as, each use once."""
    uses: dict[str, dict[str, None]] = {name: {} for name in system.columns}
    for reading in system.readings.values():
        for field, columns in reading.columns.items():
            for name in columns:
                uses[name][LABELS[field]] = None
        if reading.evidence_by:
            uses[reading.evidence_by] |= {LABELS["level"]: None, LABELS["channel"]: None}
        for name, _, _ in reading.where:
            uses[name]["Rule"] = None
    return {name: [*words] for name, words in uses.items()}
