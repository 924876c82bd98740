"""What systems write is one identifier; what may be one is near; the table in the docs says the same as the code."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.identifiers.near import Near, find_nearness, name_key, near_key
from tracker.analysis.identifiers.nobody import may_be_nobody
from tracker.analysis.identifiers.skeleton import skeleton, version
from tracker.analysis.identifiers.written import RULES, Written, fold_identifier, is_damaged, read_written

DOCS = (Path(__file__).parents[3] / "docs/identifiers.md").read_text()
ROWS = re.findall(r"^\| ([a-zE][^|`]*) \| `(.+?)` \| `(.+?)` \|$", DOCS, re.MULTILINE)
SAME = [(rule, one.replace("\\|", "|"), other) for rule, one, other in ROWS if rule in {rule.name for rule in RULES}]
NEAR = {near.label: near for near in Near}
DECORATIONS = (
    "{}", "<{}>", '"{}"', "'{}'", "mailto:{}", "SMTP:{}", "{};", "  {} ", "Alice Doe <{}>", '"Doe, Alice" <{}>', "'{}",
    "i:0#.f|membership|{}", "EXAMPLE\\{}", '="{}"',
)  # fmt: skip
OUTSIDE = ("{}", '"{}"', "{};", " {} ", "SMTP:{}", '="{}"')


@pytest.mark.parametrize(("rule", "written", "plain"), SAME)
def test_the_table_of_the_docs_is_what_the_code_does(rule, written, plain):
    assert fold_identifier(written) == plain
    without = Written(written)
    for one in RULES:
        without = without if one.name == rule else one.read(without)
    assert without.value.casefold() != plain, "the rule makes no difference to its example"


def test_the_table_of_the_docs_names_every_rule_and_every_near_match():
    assert {rule for rule, *_ in SAME} == {rule.name for rule in RULES}
    assert {rule for rule, *_ in ROWS} - {rule.name for rule in RULES} == set(NEAR)
    assert f"Unicode {version()}" in DOCS


@pytest.mark.parametrize(("label", "one", "other"), [row for row in ROWS if row[0] in NEAR])
def test_near_matches_are_those_of_the_docs(label, one, other):
    if NEAR[label] is Near.NAME:
        assert name_key(one) == name_key(other)
    elif NEAR[label] is Near.DOMAIN:
        assert fold_identifier(one) == fold_identifier(other)
        assert read_written(one).within != read_written(other).within
    else:
        folded = fold_identifier(one), fold_identifier(other)
        assert folded[0] != folded[1]
        assert find_nearness(*folded) is find_nearness(*reversed(folded)) is NEAR[label]


@given(st.from_regex(r"[a-z][a-z0-9.]{0,8}[a-z]@[a-z]{2,8}\.example", fullmatch=True),
       st.sampled_from(DECORATIONS), st.sampled_from(OUTSIDE))  # fmt: skip
def test_any_decoration_of_an_address_is_the_address(address, within, outside):
    written = outside.format(within.format(address))
    assert fold_identifier(written) == fold_identifier(written.swapcase().replace("MEMBERSHIP", "m")) == address


@given(st.text(max_size=60))
def test_reading_twice_changes_nothing_and_near_is_symmetrical(text):
    folded = fold_identifier(text)
    assert len(folded) <= 254
    assert fold_identifier(folded) == folded or "\\" in text or "@" in text
    assert skeleton(skeleton(folded)) == skeleton(folded)
    assert find_nearness(folded, folded[::-1]) is find_nearness(folded[::-1], folded)


def test_the_name_beside_an_address_and_the_domain_are_kept():
    assert read_written('"Doe, Alice" <SMTP:alice@office.example>') == ("alice@office.example", "Doe, Alice", "")
    assert read_written("CN=Doe\\, Alice,OU=Staff") == ("Doe, Alice", "Doe, Alice", "ou=staff")
    assert read_written("O'Brien") == ("O'Brien", "", "")
    assert read_written(" ;") == (";", "", "")


def test_letters_of_other_alphabets_look_like_ours():
    looks = {
        skeleton(text) for text in ("\u0440\u0430\u0443\u0440\u0430\u04cf", "\u03c1ay\u03c1al", "paypal", "paypai")
    }
    assert looks == {skeleton("paypal")}


@pytest.mark.parametrize("text", ["1.23E+05", '="1,23E+05"', "9e+12"])
def test_a_number_that_a_spreadsheet_rewrote_is_damaged(text):
    assert is_damaged(text)


def test_other_numbers_are_not_damaged():
    assert not any(map(is_damaged, ("123", "12E5", "e+1", "123.0", "a1.23E+05")))


@pytest.mark.parametrize(("one", "other"), [("info@a.example", "info@b.example"), ("anna", "berta"), ("12", "21")])
def test_others_are_not_near(one, other):
    assert find_nearness(one, other) is None
    assert near_key("") == ""


@pytest.mark.parametrize("text", ["UNKNOWN", "NT AUTHORITY\\SYSTEM", "i:0#.f|membership|app@sharepoint", "-", "PC-17$",
                                  "svc_backup", "noreply@office.example", "c:0(.s|true", "Anonymous"])  # fmt: skip
def test_systems_and_services_may_be_nobody(text):
    assert may_be_nobody(text)
    assert not any(map(may_be_nobody, ("alice@office.example", "EXAMPLE\\adoe", "Botha", "Ann Service-Jones", "123")))
