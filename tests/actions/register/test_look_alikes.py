"""No account has an address that passes for that of another: roles are given by address, which is read with the eye."""

import pytest

from tracker.actions.register import accounts
from tracker.audit.doors import Refused
from tracker.models.access.words import IdentifierKind
from tracker.models.register.words import Kind


def invited(world, email):
    return accounts.invite_account(world.person("ada"), None, email=email, name="New", kind=Kind.MEMBER, hours=1)


@pytest.mark.parametrize(
    ("email", "says"),
    [
        ("\u0430.lovelace@tracker.example", "mixes letters"),  # one Cyrillic letter among Latin ones
        ("\u0441\u0435\u0441@tracker.example", "looks like cec@tracker.example"),  # a whole Cyrillic word
        ("\u0421\u0415\u0421@TRACKER.example", "looks like cec@tracker.example"),  # its capitals
        ("cec@tr\u0430cker.example", "mixes letters"),
        ("\u0441\u0435\u0441@other.example", "looks like cec@other.example"),  # of another name of the account
    ],
)
def test_no_address_passes_for_another(world, email, says):
    known, _ = invited(world, "cec@tracker.example")
    accounts.add_alias(world.person("ada"), known, kind=IdentifierKind.EMAIL, value="cec@other.example")
    with pytest.raises(Refused, match=says):
        invited(world, email)


@pytest.mark.parametrize(
    "email",
    [
        "\u043f\u0440\u0435\u0437\u0438\u0434\u0435\u043d\u0442@\u043a\u0440.\u0440\u0444",
        "jos\u00e9.n\u00fa\u00f1ez@tracker.example",
        "cec1@tracker.example",
    ],
)
def test_an_address_in_any_one_alphabet_is_as_good_as_another(world, email):
    invited(world, "cec@tracker.example")
    assert invited(world, email)[0].email == email
