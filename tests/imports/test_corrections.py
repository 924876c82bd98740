"""An export of ours tells of corrections; they come in as corrections, and are taken away with the rest."""

import sqlalchemy as sa

from tests import world
from tests.imports.logs import counts, log, received, work_off
from tracker.actions.access import access_logs as actions
from tracker.audit.doors import Refused
from tracker.base import db
from tracker.imports import staging
from tracker.models.access.whereabouts import Whereabouts
from tracker.models.access.words import LogKind, LogState

HEAD = b"person,place,since_utc,since_local,since_precision,number,corrects,why_corrected\n"
TIME = b"2016-05-31T08:00:00Z,2016-05-31T08:00:00+00:00,exact"
EXPORT = HEAD + b"".join(
    b"P-014,%s,%s,%s\n" % (place, TIME, rest)
    for place, rest in ((b"Hall", b"3,,"), (b"Vault", b"5,3,'=wrong door"), (b"Roof", b"8,5,Again"),
                        (b"Cellar", b"9,77,Of a row that is not here"), (b"Attic", b"10,3,Twice"))
)  # fmt: skip


def staged(content=EXPORT):
    actions.ask_check(world.person("ines"), received(content, LogKind.WHEREABOUTS))
    work_off()
    actions.start_import(world.person("ines"), log())


def test_a_corrected_row_stays_struck(app):
    staged()
    work_off()
    rows = db.session().scalars(Whereabouts.of(world.case()).order_by(Whereabouts.line)).all()
    assert [(row.place, row.corrects and row.corrects.place, row.why_corrected) for row in rows] == [
        ("Hall", None, ""), ("Vault", "Hall", "=wrong door"), ("Roof", "Vault", "Again"), ("Cellar", None, ""),
        ("Attic", None, ""),
    ]  # fmt: skip
    left = sa.select(Whereabouts.place).where(Whereabouts.uncorrected()).order_by(Whereabouts.line)
    assert db.session().scalars(left).all() == ["Roof", "Cellar", "Attic"]


def test_a_row_never_corrects_one_that_was_written_after_it(app):
    staged(HEAD + b"P-014,Hall,%s,3,5,x\nP-014,Vault,%s,5,,\n" % (TIME, TIME))
    work_off()
    assert log().state is LogState.VISIBLE
    assert db.session().scalars(sa.select(Whereabouts.corrects_id)).all() == [None, None]


def test_corrections_are_taken_away_with_the_rest(app, monkeypatch):
    def refused(*_):
        raise Refused("Too late.")

    staged()
    monkeypatch.setattr(staging, "BATCH", 1)
    monkeypatch.setattr("tracker.imports.worker.receive_access_log", refused)
    work_off()
    assert (log().state, log().failure) == (LogState.FAILED, "Too late.")
    assert counts()["whereabouts"] == 0
