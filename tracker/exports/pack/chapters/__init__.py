"""The chapters of a report, each from one part of the record."""
