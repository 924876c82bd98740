"""The packs of the three example cases: every document can be read without seeing it."""

import io
import zipfile

import pikepdf
import pytest
import sqlalchemy as sa

from tests.cli.test_demo import example  # noqa: F401  # a fixture
from tests.exports.test_pack import check_pdf
from tracker.base import db
from tracker.exports.pack.packing import start_pack
from tracker.exports.pack.wishes import Wish
from tracker.models.case.cases import Case
from tracker.models.register.accounts import Account
from tracker.models.register.words import Profile

pytestmark = pytest.mark.gate("founds the example, and sets its documents in every profile")


def test_every_document_of_the_examples_has_tags_title_language_and_fonts(example):  # noqa: F811
    lead = db.session().scalars(Account.by_email("lead@tracker.example")).one()
    cases = db.session().scalars(sa.select(Case).order_by(Case.id)).all()
    assert len(cases) == 3
    for case in cases:
        for profile in Profile:
            if profile is Profile.PERSON:
                continue  # the Sunday call has nobody
            _, body = start_pack(lead, case, Wish(profile), names=False, purpose="", recipient="")
            archive = zipfile.ZipFile(io.BytesIO(b"".join(body)))
            documents = [name for name in archive.namelist() if name.endswith(".pdf")]
            assert "report.pdf" in documents
            ends = case.is_closed and profile in {Profile.FULL, Profile.REVIEWER}
            assert ("closing-memo.pdf" in documents) is ends
            for name in documents:
                check_pdf(pikepdf.open(io.BytesIO(archive.read(name))))
