"""The schema: its migrations lead to exactly the models, up and down and up again, and keep what is recorded."""

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from scripts.migration import LANDED, VERSIONS, hash_of
from tests.machinery.database import ON_POSTGRESQL, drop_database, new_database
from tests.machinery.migrating import with_migration
from tests.readers.digests import digests
from tracker.audit import guards, schema
from tracker.audit.doors import HOUSEKEEPING
from tracker.audit.search.schema import is_of_models
from tracker.base import connections, db
from tracker.base.connections import Unusable
from tracker.cli.founding import prepare

REVISIONS = [one.revision for one in ScriptDirectory.from_config(schema.config()).walk_revisions("base", "heads")][::-1]


@pytest.fixture
def url(tmp_path):
    """The address of an empty database."""
    if not ON_POSTGRESQL:
        (tmp_path / "empty.db").touch()
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    made = new_database()
    yield made
    drop_database(made)


def looked_at(url, look):
    """What `look` finds, over a connection of the program."""
    engine = connections.open_engine(url)
    try:
        with engine.connect() as connection:
            return look(connection)
    finally:
        engine.dispose()


def tables(url):
    return set(looked_at(url, lambda connection: sa.inspect(connection).get_table_names())) - {"alembic_version"}


def test_the_migrations_make_exactly_the_tables_of_the_models(url):
    schema.upgrade(url)
    options = {"compare_type": True, "include_name": is_of_models}
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
def test_what_is_recorded_is_kept_when_the_newest_migration_is_made_again(
    app, settings, entries, monkeypatch, tmp_path
):
    before, said, revision = digests(), entries(), schema.head()
    monkeypatch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS)
    with_migration(tmp_path, ADDS_A_COLUMN)
    db.sessions.remove()
    schema.upgrade(settings.database_url)
    assert looked_at(settings.database_url, lambda one: one.scalar(sa.text("SELECT min(remark) FROM person"))) == "none"
    schema.downgrade(settings.database_url, revision)
    assert (digests(), entries()) == (before, said)
    assert looked_at(settings.database_url, guards.altered) == []
    schema.upgrade(settings.database_url)
    assert (digests(), entries()) == (before, said)


ADDS_A_COLUMN = """
def upgrade():
    op.add_column("person", sa.Column("remark", sa.Text(), server_default="none", nullable=False))


def downgrade():
    op.drop_column("person", "remark")
"""


@pytest.mark.furnished
def test_a_migration_may_bring_rows_of_its_own(app, settings, monkeypatch, tmp_path):
    monkeypatch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS)
    with_migration(tmp_path, BRINGS_A_ROW)
    db.sessions.remove()
    count = sa.text("SELECT count(*) FROM form_token")
    before = looked_at(settings.database_url, lambda connection: connection.scalar(count))
    schema.upgrade(settings.database_url)
    assert looked_at(settings.database_url, lambda connection: connection.scalar(count)) == before + 1


BRINGS_A_ROW = """
def upgrade():
    op.execute("INSERT INTO form_token (token, account_id, at) SELECT 'x', id, created_at FROM account WHERE id = 1")


def downgrade():
    op.execute("DELETE FROM form_token WHERE token = 'x'")
"""


def test_a_migration_that_has_landed_is_never_changed_again():
    """Whoever upgrades has run it as it was: what is to change comes with one more. `scripts.migration --landed`."""
    landed = dict(reversed(line.split()) for line in LANDED.read_text().splitlines())
    assert {path.name: hash_of(path) for path in sorted(VERSIONS.glob("[0-9]*.py"))} == landed


MAKES = "CREATE FUNCTION quiet() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$; "
CALLS = "FOR EACH ROW EXECUTE FUNCTION quiet()"
ADDED = (  # what would change or hide rows behind the program
    (
        (f"{MAKES} CREATE TRIGGER quiet BEFORE UPDATE ON person {CALLS}", "trigger quiet on person"),
        (f"{MAKES} CREATE TRIGGER audit_next BEFORE UPDATE ON person {CALLS}", "trigger audit_next on person"),
        ("CREATE RULE quiet AS ON DELETE TO person DO INSTEAD NOTHING", "rule quiet on person"),
        ("CREATE POLICY quiet ON person USING (number > 1)", "policy quiet on person"),
        ("ALTER TABLE person ENABLE ROW LEVEL SECURITY", "security of rows on person"),
        ("CREATE SCHEMA mine; CREATE TABLE mine.persons () INHERITS (person)", "table mine.persons on person"),
    )
    if ON_POSTGRESQL
    else (
        ("CREATE TRIGGER quiet AFTER UPDATE ON person BEGIN DELETE FROM person; END", "trigger quiet on person"),
        ("CREATE TRIGGER quieter BEFORE DELETE ON audit BEGIN SELECT RAISE(IGNORE); END", "trigger quieter on audit"),
    )
)


@pytest.mark.cases("founds a register for each change")
@pytest.mark.parametrize(
    ("change", "difference"),
    [
        ("DROP TABLE import_mapping", "table import_mapping is missing"),
        ("CREATE TABLE mine (id INTEGER PRIMARY KEY)", "table mine is not known"),
        ("ALTER TABLE comment DROP COLUMN passage", "column comment.passage is missing"),
        ("ALTER TABLE comment ADD COLUMN mine TEXT", "column comment.mine is not known"),
        ("DROP INDEX ix_person_came_with_id", "index ix_person_came_with_id is missing"),
        ("CREATE INDEX ix_mine ON person (number)", "index ix_mine is not known"),
        (f"DROP TRIGGER audit_next{' ON audit' if ON_POSTGRESQL else ''}", "trigger audit_next is missing or altered"),
        *((statement, f"{what} is not known") for statement, what in ADDED),
    ],
)
def test_init_and_serve_refuse_a_schema_that_somebody_changed(url, change, difference):
    schema.upgrade(url)
    assert looked_at(url, guards.must_match_models) is None
    with schema.owner(url) as owner:
        owner.exec_driver_sql(change)
    with pytest.raises(Unusable, match=rf"not as this program makes it: {difference}\. Restore a backup\."):
        looked_at(url, guards.must_match_models)


def test_a_column_of_another_type_is_named_with_both(url):
    schema.upgrade(url)
    with schema.owner(url) as owner:
        owner.exec_driver_sql("ALTER TABLE comment DROP COLUMN passage")
        owner.exec_driver_sql("ALTER TABLE comment ADD COLUMN passage INTEGER")
    with pytest.raises(Unusable, match=r"column comment\.passage is INTEGER that may be empty, not TEXT\."):
        looked_at(url, guards.must_match_models)


def test_preparing_an_instance_again_changes_nothing(app, settings, entries, monkeypatch):
    before, secret = entries(), (settings.instance / "secret_key").read_text()
    db.sessions.remove()
    if ON_POSTGRESQL:
        monkeypatch.setenv("TRACKER_DATABASE_URL", settings.database_url)
    prepare(settings.instance)
    assert (entries(), (settings.instance / "secret_key").read_text()) == (before, secret)


def test_a_program_does_not_serve_a_schema_that_is_not_its_own(url, monkeypatch, tmp_path):
    engine = connections.open_engine(url)
    try:
        with pytest.raises(Unusable, match="holds no register"):
            schema.must_be_head(engine)
        schema.upgrade(url)
        schema.must_be_head(engine)
        monkeypatch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS)
        newer = with_migration(tmp_path, ADDS_A_COLUMN)
        with pytest.raises(Unusable, match=f"has the schema {REVISIONS[-1]}, and this program needs {newer}"):
            schema.must_be_head(engine)
    finally:
        engine.dispose()


def test_a_database_says_at_which_migration_it_is(url):
    assert looked_at(url, schema.current) is None
    schema.upgrade(url, REVISIONS[0])
    assert looked_at(url, schema.current) == REVISIONS[0]
