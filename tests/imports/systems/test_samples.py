"""Every known system reads its own sample as it should: `samples/NAME.toml` says what comes out of it, and how.

A table for each kind of import: `rows` are person, material or place, level, channel, start and end in UTC; `left_out`
counts the lines that its rules leave out. `zone`, `fixed` and `answers` are what a person must say.
"""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from tests import world
from tests.build_material import material
from tracker.analysis.logs.access_log import Row, Tally, parse
from tracker.imports.check import check
from tracker.imports.plan import choose_plan, detect_format
from tracker.imports.systems.catalogue import all_systems, find_system, recognise
from tracker.models.access.words import LogKind

SAMPLES = Path(__file__).parent / "samples"
NAMES = [system.name for system in all_systems()]
AWAITED = {"exchange-tracking", "outlook-calendar", "teams-attendance"}  # several people in a line; years of two digits


def sample(name):
    return next(path for path in SAMPLES.glob(f"{name}.*") if path.suffix != ".toml")


def told(row):
    ends = [(when[0] or "Z")[:-1].replace("T", " ").rstrip("0").rstrip(".") for when in (row.since, row.until)]
    return [row.person_key, row.material or row.place, row.level, row.channel, *ends]


def test_every_system_has_one_sample_and_every_sample_a_system():
    assert sorted(path.stem for path in SAMPLES.glob("*.toml")) == sorted(NAMES)
    assert sorted(path.stem for path in SAMPLES.iterdir() if path.suffix != ".toml") == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_is_recognised_and_read_as_it_should_be(name, app):
    file, case = sample(name), world.case()
    reading = detect_format(file)
    assert recognise(reading.header).name == name
    expected = {} if name in AWAITED else tomllib.loads((SAMPLES / f"{name}.toml").read_text())
    for kind, right in expected.items():
        more = {key: right[key] for key in ("fixed", "zone") if key in right}
        answers = right.get("answers", {})
        plan = choose_plan(
            case, LogKind(kind), file, reading, columns={}, **{"fixed": {}, **more},
            rules=lambda mapping, given=answers: replace(mapping, answers=given),
        )  # fmt: skip
        tally = Tally()
        found = list(parse(file, plan.mapping, tally, dialect=reading))
        assert [told(one) if isinstance(one, Row) else one for one in found] == [
            [*row, ""] if len(row) == 5 else row for row in right["rows"]
        ]
        assert sum(tally.left_out.values()) == right.get("left_out", 0)
        assert plan.kind is find_system(name).readings[kind].identifiers
        for about in {row[1] for row in right["rows"]} if kind == "access" else ():
            material(identifier=about)
        report = check(file, plan, case)
        assert (report.rows, report.faults, report.unsure) == (len(right["rows"]), 0, [])
