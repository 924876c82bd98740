"""Settings: what is unknown or unsafe stops the program, in one sentence."""

import pytest

from tracker.base.config import BadSetting, Settings, is_loopback

SECRET = "k3Jx9-Zq2Lw8_Tn5Vb7Rm1Hc4Yd6Pf0Gs"


@pytest.fixture
def load(tmp_path):
    """Load settings from an environment over an empty instance folder."""
    return lambda **given: Settings.load({"TRACKER_SECRET_KEY": SECRET, "PATH": "/bin", **given}, tmp_path)


def test_the_defaults_are_sqlite_in_the_instance_folder(load, tmp_path):
    settings = load()
    assert settings.database_url == f"sqlite:///{tmp_path / 'tracker.db'}"
    assert settings.is_sqlite
    assert settings.storage_key_file == tmp_path.with_name(tmp_path.name + ".key")
    assert settings.default_marking == "internal"


def test_the_environment_names_another_instance_folder(load, tmp_path):
    assert load(TRACKER_INSTANCE=str(tmp_path / "other")).instance == tmp_path / "other"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"TRACKER_COLOUR": "blue"}, "Remove the unknown setting TRACKER_COLOUR"),
        ({"TRACKER_SECRET_KEY": "short"}, "TRACKER_SECRET_KEY is too weak"),
        ({"TRACKER_SECRET_KEY": "a" * 64}, "TRACKER_SECRET_KEY is too weak"),
        ({"TRACKER_DATABASE_URL": "mysql://somewhere"}, "must begin with sqlite:/// or postgresql://"),
        (
            {"TRACKER_DATABASE_OWNER_URL": "postgresql://o@h/d"},
            "Remove TRACKER_DATABASE_OWNER_URL. It is for PostgreSQL",
        ),
        ({"TRACKER_STORE_TEXT_UP_TO": "cosmic"}, "must be one of TRACKER_MARKINGS"),
        ({"TRACKER_IDLE_MINUTES": "0"}, "TRACKER_IDLE_MINUTES must be a whole number above zero"),
        ({"TRACKER_MAX_UPLOAD_MB": "-1"}, "TRACKER_MAX_UPLOAD_MB must be a whole number above zero"),
        ({"TRACKER_SESSION_HOURS": "٣"}, "TRACKER_SESSION_HOURS must be a whole number above zero"),
    ],
)
def test_an_unknown_or_unsafe_setting_is_refused_in_one_sentence(load, given, sentence):
    with pytest.raises(BadSetting, match=sentence):
        load(**given)


def test_settings_of_the_tests_are_not_settings_of_the_program(load):
    assert load(TRACKER_TEST_ON="sqlite").is_sqlite


def test_without_a_register_the_sentence_says_how_to_found_one(tmp_path):
    with pytest.raises(BadSetting, match="Set up the register with 'tracker init'"):
        Settings.load({}, tmp_path)


def test_a_secret_that_others_can_read_is_refused(tmp_path):
    secret = tmp_path / "secret_key"
    secret.write_text(SECRET)
    secret.chmod(0o644)
    with pytest.raises(BadSetting, match="chmod 600"):
        Settings.load({}, tmp_path)
    secret.chmod(0o600)
    assert Settings.load({}, tmp_path).secret_key == SECRET


def test_what_is_printed_holds_no_secret(load):
    settings = load(TRACKER_DATABASE_URL="postgresql://tracker:very-secret@db.example/tracker")
    printed = dict(settings.printable())
    assert printed["TRACKER_SECRET_KEY"] == "(set)"
    assert printed["TRACKER_DATABASE_URL"] == "postgresql://(account)@db.example/tracker"
    assert "very-secret" not in str(printed)
    assert SECRET not in str(printed)


@pytest.mark.parametrize(
    ("host", "is_it"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("10.0.0.1", False),
        ("example.org", False),
    ],
)
def test_only_loopback_is_loopback(host, is_it):
    assert is_loopback(host) is is_it
