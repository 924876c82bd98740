"""The pages: a form, a route, a template name; the same file names as the nouns."""

from importlib import import_module

ROOMS = """
accesses accounts appraisals captures cases citations claims comments confirming contacts copies coverage custody
decisions designations disclosures exclusions exhibits exports exposure findings hypotheses identifiers imports
interviews ledger lines logs materials notes outcomes people proposals replies reveals reviews revisions rivals
screens sessions stages start statements team texts treatment versions whereabouts
""".split()
AREAS = [import_module(f"tracker.views.{name}").area for name in ROOMS]
