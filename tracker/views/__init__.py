"""The pages: a form, a route, a template name; the same file names as the nouns."""

from importlib import import_module

from tracker.web.lists import arrange

ROOMS = """
cases disclosures claims captures materials versions copies coverage people accesses logs whereabouts team rivals
interviews statements exhibits custody contacts lines hypotheses citations exclusions designations reveals findings
revisions comments replies reviews appraisals decisions outcomes stages screens exports ledger
accounts confirming exposure identifiers imports notes proposals sessions start texts treatment
""".split()  # in the order in which their lists stand in tabs and in the zip
AREAS = [import_module(f"tracker.views.{name}").area for name in ROOMS]
arrange(AREAS)
