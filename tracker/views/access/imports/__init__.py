"""Importing a log: the file, its columns, its people, its lines that are left out, and the word to import it."""

from tracker.views.access.imports import columns, lines, lists, pages, reading
from tracker.views.access.imports.area import area

__all__ = ["area", "columns", "lines", "lists", "pages", "reading"]
