"""So that the tests stay quick: what each costs is counted, and one that costs more than a second says why.

`@pytest.mark.slow("founds ten registers")` says it; an unmarked one is told of in the summary. Nothing fails for it: a
time is a matter of the machine. Counted is the time of the processor, also that of programs a test starts, so that a
busy machine makes no test slow. Nothing is counted under coverage, nor on PostgreSQL.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.machinery.database import ON_POSTGRESQL

LONG = 1.0  # seconds of one test
ROOM = 400  # seconds of all tests: with starting and collecting, four minutes on two cores
REASONED = ("slow", "cases", "gate")

_spent: dict[str, float] = {}
_unmarked: dict[str, float] = {}


def _so_far() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


@contextmanager
def _counted(item: pytest.Item, phase: str) -> Iterator[None]:
    begun = _so_far()
    yield
    if not ON_POSTGRESQL and not _is_traced():
        item.user_properties.append((f"cpu {phase}", _so_far() - begun))


def _is_traced() -> bool:
    coverage = sys.modules.get("coverage")
    return coverage is not None and coverage.Coverage.current() is not None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item):
    with _counted(item, "setup"):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    if any(item.get_closest_marker(name) for name in REASONED):
        item.user_properties.append(("slow", True))
    with _counted(item, "call"):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    with _counted(item, "teardown"):
        return (yield)


def pytest_collection_modifyitems(items):
    """A marker that asks for more time says why."""
    for item in items:
        for marker in item.iter_markers():
            if marker.name in REASONED and not (marker.args and isinstance(marker.args[0], str)):
                raise pytest.UsageError(
                    f'{item.nodeid}: say why, as in @pytest.mark.{marker.name}("founds a register")'
                )


def pytest_runtest_logreport(report):
    """Where the reports of all workers come together."""
    if report.when == "teardown":
        told = dict(report.user_properties)
        _spent[report.nodeid] = sum(seconds for name, seconds in told.items() if name.startswith("cpu "))
        if told.get("cpu call", 0) > LONG and "slow" not in told:
            _unmarked[report.nodeid] = told["cpu call"]


def pytest_terminal_summary(terminalreporter):
    """What all took together, and which tests do not say why they take so long."""
    spent = sum(_spent.values())
    if _unmarked:
        terminalreporter.section("slow, and not marked as such", red=True, bold=True)
        for name, seconds in sorted(_unmarked.items(), key=lambda one: -one[1]):
            terminalreporter.line(f"{seconds:6.1f} s  {name}")
        terminalreporter.line('Make it quicker, or say why it is slow: @pytest.mark.slow("founds ten registers")')
    if spent > ROOM:
        terminalreporter.section("these tests have become slow", red=True, bold=True)
    if spent:
        terminalreporter.line(f"The tests took {spent:.0f} s of the processor; all of `make test` has {ROOM} s.")
