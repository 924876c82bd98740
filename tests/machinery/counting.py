"""Which tests count what they reach, when they run under coverage (`make test COUNT=yes`).

What must not be wrong (`WATCHED` in the Makefile) is reached in all its branches by the tests of actions, permission
and the audit log, and by a few of pages. Counting makes a test take half as long again, so all others run uncounted.
What builds the world is always counted.
"""

import os
import sys

import pytest

COUNTED = (
    "tests/actions/", "tests/audit/", "tests/backup/", "tests/exports/", "tests/policy/", "tests/walks/",
    *(f"tests/views/access/test_{name}" for name in ("who_had_access", "eliminations", "access_records")),
    *(f"tests/views/answers/test_{name}" for name in ("chronology", "matrix", "questions", "snapshots")),
    *(f"tests/views/register/test_{name}" for name in ("exports", "confirmation", "password_again")),
    "tests/views/findings/test_finding_reviews",
    *(f"tests/web/test_{name}" for name in ("elsewhere", "ended", "headers", "pages", "sessions", "signing_in")),
)  # fmt: skip
OF_PROGRAMS = "COVERAGE_PROCESS_CONFIG"  # by this a program that a test starts knows that it is counted


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Hold the count while a test runs that is not of those."""
    coverage = sys.modules.get("coverage")
    counting = coverage and coverage.Coverage.current()
    if counting is None or item.nodeid.startswith(COUNTED):
        return (yield)
    counting.stop()
    told = os.environ.pop(OF_PROGRAMS, None)
    try:
        return (yield)
    finally:
        if told is not None:
            os.environ[OF_PROGRAMS] = told
        counting.start()
