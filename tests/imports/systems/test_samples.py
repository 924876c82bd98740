"""Every known system reads its own sample as it should: `samples/NAME.toml` says what comes out of it, and how.

A table for each kind of import: `rows` are person, material or place, level, channel, start and end in UTC; `left_out`
counts the lines that its rules leave out. `zone`, `fixed`, `answers` and `dates` are what a person must say.
"""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from tracker.analysis.logs.access_log import Row, Tally, parse
from tracker.analysis.logs.files.csv_file import sniff
from tracker.imports.reading import propose_mapping
from tracker.imports.systems.catalogue import all_systems, recognise

SAMPLES = Path(__file__).parent / "samples"
NAMES = [system.name for system in all_systems()]
AWAITED = {"purview", "exchange-tracking", "teams-attendance", "papercut", "outlook-calendar"}


def sample(name):
    return next(path for path in SAMPLES.glob(f"{name}.*") if path.suffix != ".toml")


def told(row):
    ends = [(when[0] or "Z")[:-1].replace("T", " ").rstrip("0").rstrip(".") for when in (row.since, row.until)]
    return [row.person_key, row.material or row.place, row.level, row.channel, *ends]


def test_every_system_has_one_sample_and_every_sample_a_system():
    assert sorted(path.stem for path in SAMPLES.glob("*.toml")) == sorted(NAMES)
    assert sorted(path.stem for path in SAMPLES.iterdir() if path.suffix != ".toml") == sorted(NAMES)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in AWAITED])
def test_a_sample_is_recognised_and_read_as_it_should_be(name):
    expected = tomllib.loads((SAMPLES / f"{name}.toml").read_text())
    reading = sniff(sample(name))
    system = recognise(reading.header)
    assert system.name == name
    for kind, right in expected.items():
        mapping, missing = propose_mapping(sample(name), reading, kind, system.mapping(kind, reading.header))
        assert missing == []
        fixed = {**mapping.fixed, **right.get("fixed", {})}
        mapping = replace(mapping, fixed=fixed, zone=mapping.zone or right.get("zone", ""))
        tally = Tally()
        found = list(parse(sample(name), mapping, tally))
        assert [told(one) if isinstance(one, Row) else one for one in found] == [
            [*row, ""] if len(row) == 5 else row for row in right["rows"]
        ]
        assert sum(tally.left_out.values()) == right.get("left_out", 0)
