"""The pages: a form, a route, a template name; the same file names as the nouns."""

from tracker.views import (
    accesses,
    accounts,
    captures,
    cases,
    claims,
    disclosures,
    exports,
    exposure,
    imports,
    ledger,
    logs,
    materials,
    people,
    rivals,
    sessions,
    start,
    team,
    whereabouts,
)

AREAS = [
    module.area
    for module in (
        accesses,
        accounts,
        captures,
        cases,
        claims,
        disclosures,
        exports,
        exposure,
        imports,
        ledger,
        logs,
        materials,
        people,
        rivals,
        sessions,
        start,
        team,
        whereabouts,
    )
]
