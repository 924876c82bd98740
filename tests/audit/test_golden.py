"""Registers of released versions, kept in tests/golden: this program upgrades each, verifies it and works on in it.

They are made by `make golden VERSION=...` with the release, once, and never again: an older program's record cannot be
made by a newer program.
"""

import re
import subprocess
import tarfile
from pathlib import Path

import pytest
from sqlalchemy import make_url

from scripts.golden import DUMP, GOLDEN, KIND
from tests import world
from tests.audit.test_chain import verdict
from tests.machinery.database import ON_POSTGRESQL, drop_database, new_database, programs
from tracker import create_app
from tracker.actions.access import people
from tracker.audit.verify.files import damaged_files
from tracker.base import db
from tracker.cli.founding import prepare

KEPT = sorted(GOLDEN.glob(f"*-{KIND}.tar.xz"))
RELEASED = re.findall(r"^## (\S+) - (?!unreleased)", (GOLDEN.parent.parent / "CHANGELOG.md").read_text(), re.MULTILINE)


def test_every_released_version_has_its_register():
    """Until there is a release there is none to keep; from then on its absence fails here, and in every run."""
    missing = [version for version in RELEASED if not (GOLDEN / f"{version}-{KIND}.tar.xz").exists()]
    assert missing == []
    if not KEPT:
        pytest.skip(f"NO GOLDEN REGISTER IS KEPT YET for {KIND}: nothing was released")


@pytest.fixture
def unpacked(request, tmp_path, monkeypatch):
    """The instance of a kept register, with its database."""
    with tarfile.open(request.param) as archive:
        archive.extractall(tmp_path, filter="data")
    for path in [tmp_path, *tmp_path.rglob("*")]:
        path.chmod(0o700 if path.is_dir() else 0o600)
    url = new_database() if ON_POSTGRESQL else ""
    if url:
        restore(url, tmp_path / DUMP)
        monkeypatch.setenv("TRACKER_DATABASE_URL", url)
    yield tmp_path / "instance"
    db.release()
    if url:
        drop_database(url)


def restore(url: str, dump: Path) -> None:
    """Fill an empty database with what pg_dump said."""
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    psql = (programs() or Path()) / "psql"
    said = subprocess.run(
        [psql, "-q", "-v", "ON_ERROR_STOP=1", "-f", dump, address], capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stderr


@pytest.mark.parametrize("unpacked", KEPT, indirect=True, ids=lambda path: path.name.removesuffix(".tar.xz"))
def test_a_register_of_an_older_version_is_upgraded_and_sound(unpacked):
    app = create_app(prepare(unpacked))
    with app.app_context():
        assert verdict().fault is None
        with db.session().get_bind().connect() as connection:
            assert list(damaged_files(connection, app.extensions["files"])) == []
        people.add_person(world.person("lena"), world.case(), name="New", post="", unit="", identifiers=[])
        assert verdict().fault is None
