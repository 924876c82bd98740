"""The schema: its migrations lead to exactly the models, up and down and up again, and keep what is recorded."""

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from tests.database import ON_POSTGRESQL, drop_database, new_database
from tests.digests import digests
from tracker import db, schema
from tracker.audit.doors import HOUSEKEEPING
from tracker.setting_up import prepare

REVISIONS = [one.revision for one in ScriptDirectory.from_config(schema.config()).walk_revisions("base", "heads")][::-1]


@pytest.fixture
def url(tmp_path):
    """The address of an empty database."""
    if not ON_POSTGRESQL:
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    made = new_database()
    yield made
    drop_database(made)


def looked_at(url, look):
    """What `look` finds, over a connection of the program."""
    engine = db.open_engine(url)
    try:
        with engine.connect() as connection:
            return look(connection)
    finally:
        engine.dispose()


def tables(url):
    return set(looked_at(url, lambda connection: sa.inspect(connection).get_table_names())) - {"alembic_version"}


def test_the_migrations_make_exactly_the_tables_of_the_models(url):
    schema.upgrade(url)
    options = {"compare_type": True}
    differences = looked_at(
        url, lambda connection: compare_metadata(MigrationContext.configure(connection, opts=options), db.Base.metadata)
    )
    assert differences == []
    assert tables(url) > HOUSEKEEPING


def test_the_migrations_are_one_line(url):
    assert ScriptDirectory.from_config(schema.config()).get_heads() == [REVISIONS[-1]]
    assert sorted(REVISIONS) == REVISIONS
    assert schema.head() == REVISIONS[-1]


def test_every_migration_can_be_taken_back_and_made_again(url):
    for revision in REVISIONS:
        schema.upgrade(url, revision)
    there = tables(url)
    for revision in [*REVISIONS[-2::-1], "base"]:
        schema.downgrade(url, revision)
    assert tables(url) == set()
    schema.upgrade(url)
    assert tables(url) == there


@pytest.mark.furnished
def test_what_is_recorded_is_kept_when_the_newest_migrations_are_made_again(app, settings, entries):
    before, said = digests(), entries()
    db.sessions.remove()
    schema.downgrade(settings.database_url, REVISIONS[-3])
    schema.upgrade(settings.database_url)
    assert (digests(), entries()) == (before, said)


def test_preparing_an_instance_again_changes_nothing(app, settings, entries, monkeypatch):
    before, secret = entries(), (settings.instance / "secret_key").read_text()
    db.sessions.remove()
    if ON_POSTGRESQL:
        monkeypatch.setenv("TRACKER_DATABASE_URL", settings.database_url)
    prepare(settings.instance)
    assert (entries(), (settings.instance / "secret_key").read_text()) == (before, secret)


def test_a_program_does_not_serve_a_schema_that_is_not_its_own(url):
    engine = db.open_engine(url)
    try:
        with pytest.raises(db.Unusable, match="has no schema"):
            schema.must_be_head(engine)
        schema.upgrade(url, REVISIONS[0])
        with pytest.raises(db.Unusable, match=f"has the schema {REVISIONS[0]}, and this program needs {REVISIONS[-1]}"):
            schema.must_be_head(engine)
        schema.upgrade(url)
        schema.must_be_head(engine)
    finally:
        engine.dispose()


def test_a_database_says_at_which_migration_it_is(url):
    assert looked_at(url, schema.current) is None
    schema.upgrade(url, REVISIONS[0])
    assert looked_at(url, schema.current) == REVISIONS[0]
