"""The pages: a form, a route, a template name; in the rooms that the tabs of a case name."""

from importlib import import_module

ROOMS = {
    "access": "access_logs access_records eliminations identifiers imports people reveals whereabouts who_had_access",
    "case": "assessments cases privileged_notes protection_checks role_offers stages team",
    "disclosure": "captures claims conflicts copies coverage disclosures materials versions",
    "findings": "citations comments decisions findings outcomes replies revisions subject_status",
    "inquiry": "custody exhibits fair_treatment hypotheses interviews lines_of_inquiry press_contacts statements",
    "register": "accounts audit_log confirmation exports home sessions standard_texts to_do_page",
}
AREAS = [import_module(f"tracker.views.{room}.{name}").area for room, names in ROOMS.items() for name in names.split()]
