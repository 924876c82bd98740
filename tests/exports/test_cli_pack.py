"""A pack from the shell, and the same pack once more."""

import pytest

from tests import world
from tests.builders import build_material
from tracker import cli


@pytest.fixture
def run(settings, app, monkeypatch, capsys):
    """Run `tracker pack LK-AAAA` on this test's copy as Lena: exit code, what it printed, what it complained of."""
    build_material.person(("badge", "B-1"), name="Patricia")
    monkeypatch.setenv("TRACKER_INSTANCE", str(settings.instance))
    monkeypatch.setenv("TRACKER_DATABASE_URL", settings.database_url)

    def pack(*arguments):
        given = ["LK-AAAA", *map(str, arguments), "--as", world.email("lena")]
        monkeypatch.setattr("sys.argv", ["tracker", "pack", *given])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return pack


@pytest.mark.slow("sets all documents of a case three times")
def test_a_pack_is_made_again_with_the_same_bytes_until_the_record_changes(run, tmp_path, entries):
    out, again = tmp_path / "pack.zip", tmp_path / "again.zip"
    assert run(out, "--profile", "reviewer", "--separate") == (0, f"Export 1 of LK-AAAA is in {out}\n", "")
    code, said, complained = run(again, "--repeat", 1)
    assert (code, complained) == (0, "")
    assert said.startswith(f"{again} holds the same bytes as export 1 of LK-AAAA: SHA-256 ")
    assert out.read_bytes() == again.read_bytes()
    assert (entries()[-1]["act"], entries()[-1]["d"]["number"]) == ("export.repeated", 1)
    build_material.person(("badge", "B-2"), name="Peter")
    code, _, complained = run(tmp_path / "third.zip", "--repeat", 1)
    assert (code, "after export 1. The same file cannot be made again." in complained) == (1, True)
    assert sorted(path.name for path in tmp_path.glob("*.zip")) == ["again.zip", "pack.zip"]


def test_what_is_no_pack_is_not_repeated(run, tmp_path):
    code, _, complained = run(tmp_path / "pack.zip", "--repeat", 7)
    assert (code, complained) == (1, "Export 7 of LK-AAAA is no pack.\n")


def test_a_person_is_named_by_a_pseudonym(run, tmp_path):
    code, _, complained = run(tmp_path / "pack.zip", "--profile", "person", "--person", "Patricia")
    assert (code, complained) == (1, '"Patricia" is no pseudonym. Write P-014.\n')
