"""The pages: a form, a route, a template name; the same file names as the nouns."""

from tracker.views import (
    accesses,
    accounts,
    captures,
    cases,
    claims,
    copies,
    coverage,
    disclosures,
    exports,
    exposure,
    imports,
    ledger,
    logs,
    materials,
    people,
    proposals,
    rivals,
    sessions,
    start,
    team,
    versions,
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
        copies,
        coverage,
        disclosures,
        exports,
        exposure,
        imports,
        ledger,
        logs,
        materials,
        people,
        proposals,
        rivals,
        sessions,
        start,
        team,
        versions,
        whereabouts,
    )
]
