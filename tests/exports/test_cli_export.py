"""A whole case from the shell: numbered, told with the shell it came by, never over a file that is there."""

import stat
import zipfile

import pytest

from tests import world
from tests.builders import build_material
from tracker import cli
from tracker.base import db
from tracker.exports import writing
from tracker.models.register.exports import Export, Outcome


@pytest.fixture
def run(settings, app, monkeypatch, capsys):
    """Run `tracker export` on this test's copy: exit code, what it printed, what it complained of."""
    build_material.person(("badge", "B-1"), name="Patricia")
    monkeypatch.setenv("TRACKER_INSTANCE", str(settings.instance))
    monkeypatch.setenv("TRACKER_DATABASE_URL", settings.database_url)

    def export(*arguments):
        monkeypatch.setattr("sys.argv", ["tracker", "export", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return export


def test_a_case_is_written_as_a_zip_for_its_owner_alone(run, tmp_path, entries):
    out = tmp_path / "case.zip"
    assert run("LK-AAAA", out, "--as", world.email("lena")) == (0, f"Export 1 of LK-AAAA is in {out}\n", "")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    with zipfile.ZipFile(out) as archive:
        assert archive.testzip() is None
        assert "Patricia" not in archive.read("people.csv").decode()
    assert [entries(act)[-1]["via"][:4] for act in ("export.started", "export.ended")] == ["cli:", "cli:"]
    assert entries()[-1]["out"] == "ok"
    assert [path.name for path in tmp_path.iterdir()] == ["case.zip"]


def test_names_need_a_purpose_and_a_recipient(run, tmp_path, entries):
    out = tmp_path / "case.zip"
    code, _, said = run("LK-AAAA", out, "--as", world.email("lena"), "--names", "--purpose", "A referral")
    assert (code, said) == (1, "Enter the purpose and the recipient. Names are exported only with both.\n")
    assert list(tmp_path.iterdir()) == []
    asked = ("--as", world.email("lena"), "--names", "--purpose", "A referral", "--recipient", "The prosecutor")
    assert run("LK-AAAA", out, *asked)[0] == 0
    with zipfile.ZipFile(out) as archive:
        assert '"P-001","Patricia"' in archive.read("people.csv").decode()


def test_a_file_that_is_there_is_never_written_over(run, tmp_path, entries):
    out = tmp_path / "case.zip"
    out.write_text("kept")
    code, _, said = run("LK-AAAA", out, "--as", world.email("lena"))
    assert (code, said) == (1, f"{out} already exists. Name another file.\n")
    assert out.read_text() == "kept"
    assert entries("export.started") == []


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("ivo", "ivo@tracker.example has no role in a case LK-AAAA.\n"),
        ("otto", "You do not have permission to export the case.\n"),
        ("nobody", "No account nobody@tracker.example can sign in. Name another account with --as.\n"),
    ],
)
def test_who_may_not_export_on_the_page_may_not_from_the_shell(run, tmp_path, who, told):
    assert run("LK-AAAA", tmp_path / "case.zip", "--as", world.email(who)) == (1, "", told)
    assert list(tmp_path.iterdir()) == []


def test_an_export_that_breaks_off_leaves_no_file_and_has_failed(run, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "_drain", full)
    code, _, said = run("LK-AAAA", tmp_path / "case.zip", "--as", world.email("lena"))
    assert (code, said) == (1, "A file cannot be used: No space left on device.\n")
    assert list(tmp_path.iterdir()) == []
    assert db.session().query(Export).one().outcome is Outcome.FAILED
