"""A log of every kind comes in by the command and on the pages, with the same records, which are the right ones."""

import pytest

from tests import world
from tests.builders.build_material import material, person
from tests.imports.kinds import ANNA, KINDS
from tests.imports.logs import LOGS, bring, log, work_off
from tests.imports.test_cli_import import run  # noqa: F401 - a fixture
from tracker.analysis.identifiers.written import identity
from tracker.base import db
from tracker.imports.plan import Plan
from tracker.imports.report import Report
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.words import Level, LogState
from tracker.views.access.imports.mapping_form import slug
from tracker.views.access.imports.value_tables import value_name

ONE = f"{LOGS}/1"
pytestmark = pytest.mark.cases("an import for each")


def records():
    """The records as `kinds` writes them."""
    db.session().rollback()
    found = db.session().scalars(AccessRecord.of(world.case()).order_by(AccessRecord.line, AccessRecord.part))
    return [f"{one.line} {one.identifier._value} {one.since.words}" + (f" until {one.until.words}" if one.until else "")
            + (f" {one.level.value}" if one.level is not Level.E0 else "") for one in found]  # fmt: skip


def words_of(kind):
    """The options of the command."""
    column = kind.of
    pairs = [("--map", kind.columns), ("--fixed", kind.fixed.items()), ("--answer", kind.answers.items()),
             ("--person", kind.people.items())]  # fmt: skip
    words = [word for option, told in pairs for name, value in told for word in (option, f"{name}={value}")]
    words += [word for name, value in kind.reading.items() for word in (f"--{name}", value)]
    words += ["--where", " ".join(kind.where)] if kind.where else []
    words += [word for _, value, meaning in kind.values for word in ("--value", f"{column}:{value}={meaning}")]
    return [*words, *(["--date-format", kind.dates] if kind.dates else [])]


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_log_of_each_kind_comes_in_by_the_command(run, kind):  # noqa: F811
    person(("email", ANNA))
    code, out, err = run(kind.bytes, *words_of(kind), "--dry-run")
    assert (code, err) == (0, ""), out
    assert f"\n{len(kind.rows)} record" in out
    code, _, err = run(kind.bytes, *words_of(kind))
    assert (code, err) == (0, "")
    assert records() == kind.rows
    assert log().report["left_out"] == kind.left_out


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_log_of_each_kind_comes_in_on_the_pages(browse, kind):
    material(identifier="ROOMS")
    person(("email", ANNA))
    ines = browse("ines")
    place = bring(ines, kind.bytes).location
    if kind.reading:
        place = ines.post_form(f"{ONE}/reading", kind.reading).location
    work_off()
    if place.endswith("/columns") or kind.columns or kind.where or kind.values:
        assert ines.post_form(f"{ONE}/columns", _choices(kind)).location == ONE
        work_off()
    if kind.people:
        unsure = Report.from_json(log().report).unsure
        said = {identity(key): answer for key, answer in kind.people.items()}
        ines.post_form(f"{ONE}/people", {f"who_{at}": said[identity(one[0])] for at, one in enumerate(unsure)})
        work_off()
    assert ines.post_form(f"{ONE}/start", at=ONE).location == ONE
    work_off()
    assert (log().state, records()) == (LogState.VISIBLE, kind.rows)
    assert log().report["left_out"] == kind.left_out


def _choices(kind):
    """What is filled in on the page of the columns."""
    sent = {f"answer_{slug(key)}": value for key, value in kind.answers.items()}
    sent |= {f"fixed_{name}": value for name, value in kind.fixed.items()}
    sent |= {value_name(name, value): meaning.replace("leave out", "-") for name, value, meaning in kind.values}
    if kind.columns:
        header = Plan.of(log()).reading.header
        sent |= {f"column_{at}": "+".join(field for field, name in kind.columns if name == head)
                 for at, head in enumerate(header)}  # fmt: skip
    if kind.where:
        sent |= dict(zip(("where_0_column", "where_0_test", "where_0_values"), kind.where, strict=True))
    return sent | ({"dates": kind.dates} if kind.dates else {})
