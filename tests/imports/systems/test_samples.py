"""Every known system reads its own sample as it should: `samples/NAME.toml` says what comes out of it, and how.

A table for each kind of import: `rows` are person, material or place, level, channel, start and end in UTC; `left_out`
counts the lines that its rules leave out. `zone`, `fixed` and `answers` are what a person must say.
"""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from tests import world
from tests.builders.build_material import material
from tracker.analysis.logs.access_log import Fault, Tally
from tracker.imports.check import check, check_rows
from tracker.imports.materials import Materials
from tracker.imports.plan import choose_plan, detect_format
from tracker.imports.systems.catalogue import all_systems, find_system, recognise
from tracker.imports.who.people import People
from tracker.models.access.words import LogKind

SAMPLES = Path(__file__).parent / "samples"
NAMES = [system.name for system in all_systems()]


def sample(name):
    return next(path for path in SAMPLES.glob(f"{name}.*") if path.suffix != ".toml")


def told(found):
    if isinstance(found, Fault):
        return found
    row, match, _, _ = found
    ends = [(when[0] or "Z")[:-1].replace("T", " ").rstrip("0").rstrip(".") for when in (row.since, row.until)]
    return [match.key, row.material or row.place, row.level, row.channel, *ends]


def test_every_system_has_one_sample_and_every_sample_a_system():
    assert sorted(path.stem for path in SAMPLES.glob("*.toml")) == sorted(NAMES)
    assert sorted(path.stem for path in SAMPLES.iterdir() if path.suffix != ".toml") == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_is_recognised_and_read_as_it_should_be(name, app):
    file, case = sample(name), world.case()
    reading = detect_format(file)
    assert recognise(reading.header).name == name
    for kind, right in tomllib.loads((SAMPLES / f"{name}.toml").read_text()).items():
        more = {key: right[key] for key in ("fixed", "zone") if key in right}
        answers = right.get("answers", {})
        plan = choose_plan(
            case, LogKind(kind), file, reading, columns={}, **{"fixed": {}, **more},
            rules=lambda mapping, given=answers: replace(mapping, answers=given),
        )  # fmt: skip
        assert plan.kind is find_system(name).readings[kind].identifiers
        rows = [[*row, ""] if len(row) == 5 else row for row in right["rows"]]
        for about in {row[1] for row in rows} if kind == "access" else ():
            material(identifier=about)
        tally = Tally()
        assert [told(one) for one in check_rows(file, plan, People(case, plan), Materials(case, plan), tally)] == rows
        assert sum(tally.left_out.values()) == right.get("left_out", 0)
        report = check(file, plan, case)
        assert (report.rows, report.faults, report.unsure) == (len(rows), 0, [])
