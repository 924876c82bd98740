"""The pages: a form, a route, a template name; in the rooms that the tabs of a case name."""

from importlib import import_module

from tracker.web.lists import arrange

ROOMS = {  # in the order in which their lists stand in tabs and in the zip
    "case": "cases stages step_times mistakes protection_checks assessments privileged_notes team role_offers "
    "recusal_questions time_readings packs",
    "disclosure": "disclosures official_releases claims captures materials versions copies aliases coverage conflicts",
    "access": "who_had_access people several_people person_merges identifiers access_records access_logs imports "
    "whereabouts eliminations reveals",
    "inquiry": "interviews statements fair_treatment exhibits custody press_contacts lines_of_inquiry hypotheses",
    "answers": "chronology matrix narrowing overlap as_of search comparison before_publication questions snapshots",
    "findings": "findings citations revisions comments replies subject_status decisions outcomes referrals "
    "recommendations reviews",
    "register": "to_do exports audit_log mismatches accounts confirmation home glossary known_systems list_views "
    "sessions standard_texts",
}
AREAS = [import_module(f"tracker.views.{room}.{name}").area for room, names in ROOMS.items() for name in names.split()]
arrange(AREAS)
