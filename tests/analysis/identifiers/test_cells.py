"""Several people in a cell are separated as mail programs separate them, and nobody is lost or made of two halves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.identifiers.cells import split_people
from tracker.analysis.identifiers.written import fold_identifier

PERSON = st.sampled_from(("{}@b.example", "<{}@b.example>", '"Doe, {}" <{}@b.example>', "Doe, A. <{}@b.example>",
                          "i:0#.f|membership|{}@b.example", "A B <{}@b.example>"))  # fmt: skip


@pytest.mark.parametrize(("cell", "people"), [
    ("a@b.example;b@b.example;c@b.example", ["a@b.example", "b@b.example", "c@b.example"]),
    ("d@b.example, e@b.example", ["d@b.example", "e@b.example"]),
    ("Doe, Alice", ["Doe, Alice"]),
    ("Doe, Alice; Roe, Bob", ["Doe, Alice", "Roe, Bob"]),
    ('"Doe, Alice" <a@b.example>, Bob <b@b.example>', ['"Doe, Alice" <a@b.example>', "Bob <b@b.example>"]),
    ("Doe, Alice <a@b.example>, Roe, Bob <b@b.example>", ["Doe, Alice <a@b.example>", "Roe, Bob <b@b.example>"]),
    ("pyoung, a@b.example, jsmart, Bob", ["pyoung", "a@b.example", "jsmart", "Bob"]),
    ("a@b.example\r\nb@b.example;", ["a@b.example", "b@b.example"]),
    ("CN=a,OU=b,DC=c;CN=d,OU=b,DC=c", ["CN=a,OU=b,DC=c", "CN=d,OU=b,DC=c"]),
    ("pyoung", ["pyoung"]), ("", [""]), (" ; ,", [" ; ,"]), ('"a; b" <a@b.example>', ['"a; b" <a@b.example>']),
])  # fmt: skip
def test_cells_are_split_as_mail_programs_do(cell, people):
    assert split_people(cell) == people


@given(st.lists(PERSON, min_size=1, max_size=12), st.sampled_from((";", "; ", ",", ", ", "\n", ";\n")))
def test_everybody_in_a_cell_is_found_once(forms, separator):
    written = [form.format(*[f"p{place}"] * 2) for place, form in enumerate(forms)]
    found = [fold_identifier(one) for one in split_people(separator.join(written))]
    assert found == [f"p{place}@b.example" for place in range(len(forms))]
