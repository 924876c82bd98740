"""Passwords: long, not known to everybody, not made of their owner; nothing about them is cut or changed."""

import pytest

from tests.machinery import haste
from tracker.base import passwords

GOOD = "quiet harbour seven lanterns"
LENA = ("lena.lind@tracker.example", "Lena Lind")


@pytest.mark.parametrize(
    "password", [GOOD, "aaaabbbbccccddddeeee xy", "ä" * 7 + "öüß walnut brook", "x1" + "pq" * 120 + "rstu"]
)
def test_a_long_one_of_any_letters_is_taken(password):
    passwords.check(password, *LENA)


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("fourteen chars", "Use at least 15 characters"),
        ("x" * 257, "Use at most 256 characters"),
        ("aaaaaaaaaaaaaaaaaaaa", "list of known passwords"),
        (min(passwords.common_passwords()), "list of known passwords"),
        (max(passwords.common_passwords()).upper(), "list of known passwords"),
        ("lena lind tracker 1", "Leave out your name"),
        ("LeakInvestigationCase", "Leave out your name"),
    ],
)
def test_one_that_is_easy_to_guess_is_refused_with_what_to_do(password, sentence):
    with pytest.raises(passwords.BadPassword, match=sentence):
        passwords.check(password, *LENA)


def test_fifteen_characters_are_enough():
    passwords.check("walnut brook 7x", *LENA)


@pytest.mark.parametrize("other", [GOOD.upper(), GOOD + " ", " " + GOOD, GOOD[:-1], "", "x" * 5000])
def test_a_password_fits_itself_alone(other):
    kept = passwords.hash_password(GOOD)
    assert passwords.fits(kept, GOOD)
    assert not passwords.fits(kept, other)


def test_one_accent_is_one_accent_whatever_the_keyboard_sends():
    assert passwords.fits(passwords.hash_password("caf\u00e9 by the quiet harbour"), "cafe\u0301 by the quiet harbour")


@pytest.mark.parametrize("kept", [None, "", "not a hash"])
def test_without_a_hash_nothing_fits(kept):
    assert not passwords.fits(kept, "nobody has this password")


def test_a_hash_of_today_is_not_dated(monkeypatch):
    assert not passwords.is_dated(passwords.hash_password(GOOD))
    cheap = passwords.hash_password(GOOD)
    monkeypatch.setattr(passwords, "hasher", haste.CAREFUL)
    assert passwords.is_dated(cheap)
    assert passwords.hash_password(GOOD).startswith("$argon2id$")


def test_no_variable_of_the_environment_makes_passwords_cheap(monkeypatch):
    monkeypatch.setenv("TRACKER_TEST_CHEAP_HASHES", "1")
    haste.CAREFUL.cache_clear()
    assert haste.CAREFUL().memory_cost >= 1 << 16
