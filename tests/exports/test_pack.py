"""Packs: what each profile holds and never holds, whoever makes it; and the zip in which the documents leave."""

import hashlib
import io
import json
import zipfile

import pikepdf
import pytest
import sqlalchemy as sa

from tests import world
from tracker.actions.case.privileged_notes import write_note
from tracker.actions.findings.recommendations import add_recommendation
from tracker.analysis.moments import Moment
from tracker.audit.doors import Denied, Refused
from tracker.base import db
from tracker.exports.pack import packing, printing
from tracker.exports.pack.packing import compose, one_state, seal_before, start_pack
from tracker.exports.pack.printing import MOST_PAGES, Printer
from tracker.exports.pack.wishes import Wish
from tracker.models.access.people import Identifier, Person
from tracker.models.case.protection_checks import ProtectionAnswers, ProtectionCheck
from tracker.models.inquiry.addenda import Evaluation
from tracker.models.inquiry.interviews import Interview
from tracker.models.register.audit_log import AuditEntry
from tracker.models.register.exports import Export, Outcome
from tracker.models.register.words import Profile

pytestmark = pytest.mark.furnished
EXPORTERS = ("lena", "ines", "rhea", "cora", "dora")
ABOUT = {"purpose": "Referral", "recipient": "Prosecutor"}
WISHES = {
    Profile.FULL: Wish(Profile.FULL), Profile.REVIEWER: Wish(Profile.REVIEWER, separate=True),
    Profile.PERSON: Wish(Profile.PERSON, 1), Profile.PUBLICATION: Wish(Profile.PUBLICATION),
}  # fmt: skip


def begin(who, profile, *, names=False):
    return start_pack(world.person(who), world.case(), WISHES[profile], names=names, **ABOUT)


def everything_of(export):
    """All text of a pack before it is set: documents, statements, manifest and the head of its pages."""
    with one_state():
        documents, statements, head, about = compose(db.session().get(Export, export.id))
    said = [document.blocks for document in documents]
    names = [document.name for document in documents] + [document.title for document in documents]
    return json.dumps([said, names, [text.decode() for _, text in statements], head, about], ensure_ascii=False)


def column(value, *conditions):
    return [one for one in db.session().scalars(sa.select(value).where(*conditions)) if one]


def forbidden():
    """What no pack without names holds, by profile; each is a text that the record has."""
    case = world.case()
    write_note(world.person("cora"), case, text="A word between counsel alone.")
    known = sa.select(Person.id).where(Person.case_id == case.id)
    in_no_pack = [
        "A word between counsel alone.",
        *column(Evaluation.text, Evaluation.case_id == case.id),
        *column(Interview.planning, Interview.case_id == case.id),
        *column(ProtectionCheck.reason, ProtectionCheck.case_id == case.id),
        *column(ProtectionAnswers.requester),
        *(account.email for account in map(world.person, world.PEOPLE)),
    ]
    names = column(Person._name, Person.case_id == case.id)
    identifiers = column(Identifier._value, Identifier.person_id.in_(known))
    others = [one.pseudonym for one in db.session().scalars(Person.of(case)) if one.number != 1]
    told = [*column(Interview.narrative, Interview.case_id == case.id), "It was Tuesday."]
    everybody = [*in_no_pack, *names, *identifiers]
    return {
        Profile.FULL: everybody, Profile.REVIEWER: everybody, Profile.PERSON: [*everybody, *others],
        Profile.PUBLICATION: [*everybody, *others, *told, "P-001"],
    }  # fmt: skip


@pytest.mark.slow("composes the packs of five accounts in four profiles")
def test_no_profile_leaks_whoever_makes_it(app):
    table = forbidden()
    assert all(len(texts) > 8 for texts in table.values())
    for who in EXPORTERS:
        for profile in Profile:
            export, body = begin(who, profile)
            body.close()
            said = everything_of(export)
            assert [text for text in table[profile] if text in said] == [], (who, profile)


def test_a_statement_is_in_what_is_for_its_person_and_stands_by_its_hash_elsewhere(app):
    case = world.case()
    those = sa.select(Interview).where(Interview.case_id == case.id, Interview.seal.is_not(None))
    sealed = db.session().scalars(those).one()
    for profile, holds in ((Profile.FULL, True), (Profile.PERSON, True), (Profile.PUBLICATION, False)):
        export, body = begin("lena", profile)
        body.close()
        said = everything_of(export)
        assert (json.dumps(sealed.narrative)[1:-1] in said) is holds
        assert sealed.seal in said
    wish = Wish(Profile.PERSON, 2)
    export, body = start_pack(world.person("lena"), case, wish, names=False, **ABOUT)
    body.close()
    said = everything_of(export)
    assert sealed.narrative not in said
    assert sealed.seal in said


def test_names_in_free_text_are_replaced_for_readers_outside(app):
    text = "WALT (P-002, walt@tracker.example) asks Name 1 about P-001."
    add_recommendation(world.person("lena"), world.case(), text=text, addressee="Registry", due=Moment.of())
    for profile, shown in (
        (Profile.FULL, text),
        (Profile.PERSON, "[another person] ([another person], [another person]) asks P-001 about P-001."),
        (Profile.PUBLICATION, "[a person] ([a person], [a person]) asks [a person] about [a person]."),
    ):
        export, body = begin("lena", profile)
        body.close()
        assert shown in everything_of(export)


def test_the_manifest_names_nobody_whom_the_pack_does_not(app):
    export, body = start_pack(
        world.person("lena"), world.case(), Wish(Profile.PUBLICATION), names=False, purpose="About Walt, P\u2011002",
        recipient="Walt",
    )  # fmt: skip
    body.close()
    said = everything_of(export)
    assert "About [a person], [a person]" in said
    assert "Walt" not in said


def test_names_leave_with_purpose_recipient_and_the_right_to_them(app, entries):
    export, body = begin("cora", Profile.FULL, names=True)
    body.close()
    assert "P-001 (Name 1)" in everything_of(export)
    said = entries("export.started")[-1]["d"]
    assert (said["names"], said["profile"]) == (True, "full")
    export, body = begin("lena", Profile.PERSON, names=True)
    body.close()
    said = everything_of(export)
    assert "P-001 (Name 1)" in said
    assert "Walt" not in said
    with pytest.raises(Denied):
        begin("rhea", Profile.FULL, names=True)
    for profile in (Profile.REVIEWER, Profile.PUBLICATION):
        with pytest.raises(Refused, match="Leave the names out"):
            begin("lena", profile, names=True)
    with pytest.raises(Refused, match="purpose"):
        start_pack(world.person("lena"), world.case(), WISHES[Profile.FULL], names=True, purpose="", recipient="Me")


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        (Wish(Profile.PERSON), "Enter the person"),
        (Wish(Profile.FULL, 1), "no other profile"),
        (Wish(Profile.PERSON, 99), "no person P-099"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_before_it_is_numbered(app, entries, wish, says):
    with pytest.raises(Refused, match=says):
        start_pack(world.person("lena"), world.case(), wish, names=False, **ABOUT)
    assert entries("export.started") == []


def test_nothing_about_one_person_leaves_while_the_check_withholds(app):
    ivo, case = world.person("ivo"), world.case("LK-BBBB")
    for names in (False, True):
        with pytest.raises(Refused, match="withheld"):
            start_pack(ivo, case, WISHES[Profile.PERSON], names=names, **ABOUT)
    export, body = start_pack(ivo, case, WISHES[Profile.FULL], names=False, **ABOUT)
    body.close()
    said = everything_of(export)
    assert said.count("Person-level results are withheld") >= 4
    assert "The door log of that evening." not in said


def test_a_wish_is_read_back_as_it_was_kept():
    for wish in WISHES.values():
        assert Wish.read(wish.words) == wish


def test_the_zip_holds_tagged_documents_that_say_where_they_come_from(app):
    export, body = begin("lena", Profile.FULL)
    data = b"".join(body)
    archive = zipfile.ZipFile(io.BytesIO(data))
    manifest = json.loads(archive.read("manifest.json"))
    stood = manifest["case_entries_before"]
    assert {file["name"]: file["sha256"] for file in manifest["files"]} == {
        name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist() if name != "manifest.json"
    }
    db.session().refresh(export)
    assert (export.outcome, export.sha256) == (Outcome.OK, hashlib.sha256(data).hexdigest())
    those = sa.select(AuditEntry).where(AuditEntry.case_ref == "LK-AAAA", AuditEntry.cseq == stood["count"])
    before = db.session().scalars(those).one()
    assert before.entry_hash == stood["entry_hash"] == seal_before(export).entry_hash
    sealed = [json.loads(archive.read(name)) for name in archive.namelist() if name.startswith("statements/")]
    assert {one["format"] for one in sealed} == {"interview/1", "addendum/1"}
    pages = 0
    for file in manifest["files"]:
        if file["name"].endswith(".pdf"):
            pdf = pikepdf.open(io.BytesIO(archive.read(file["name"])))
            check_pdf(pdf)
            assert len(pdf.pages) == file["pages"] <= MOST_PAGES
            pages += len(pdf.pages)
    assert export.rows == pages > 10


def check_pdf(pdf):
    """Tags, title, language, and every font in the file: what somebody needs who does not see the page."""
    root, said = pdf.Root, pdf.open_metadata()
    assert (bool(root.MarkInfo.Marked), str(root.Lang)) == (True, "en")
    assert root.ViewerPreferences.DisplayDocTitle
    assert root.StructTreeRoot.K is not None
    assert "LK-" in said["dc:title"]
    assert (said["pdfuaid:part"], said["pdfaid:part"], said["pdfaid:conformance"]) == ("1", "2", "A")
    fonts = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/FontName" in one]
    assert fonts
    assert all(any(name in one for name in ("/FontFile2", "/FontFile3")) for one in fonts)


def test_a_long_document_leaves_in_bundles(app, monkeypatch):
    monkeypatch.setattr(printing, "MOST_PAGES", 2)
    head = {
        "case": "LK-AAAA", "marking": "internal", "banner": "", "foot": "", "hash": "", "separate": False,
        "date": [2018, 3, 20, 12, 0, 0],
    }  # fmt: skip
    table = {"k": "table", "head": ["A"], "rows": [["x"]] * 400, "widths": [1]}
    blocks = [{"k": "title", "t": "Report", "sub": ""}, table]
    with Printer(head, None) as printer:
        found = list(printer.bundles(packing.Document("report", "Report", "Report", blocks)))
    assert [name for name, _, _ in found] == [f"report-{number}.pdf" for number in range(1, len(found) + 1)]
    assert all(pages <= 2 for _, pages, _ in found)
    assert len(found) > 4
