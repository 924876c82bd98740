"""Rules on lines and meanings of values: read as typed, asked of every line, counted where they leave one out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.logs.access_log import Fault, Mapping, MappingFault, Tally, parse
from tracker.analysis.logs.conditions import TESTS, Condition, ConditionFault, join_values, read_condition, split_values

HEADER = ("When", "Who", "Operation", "Result is", "Doc")
LINES = """When,Who,Operation,Result is,Doc
2018-03-19 10:00,anna,FileAccessed,ok,cards
2018-03-19 10:01,anna, fileaccessed ,DENIED,Cards
2018-03-19 10:02,berta,FilePreviewed,,notes
2018-03-19 10:03,berta,Renamed,ok,cards
2018-03-19 10:04,berta,Odd,ok,cards
short,line
"""
PLAIN = {"since": "When", "identifier": "Who", "level": "Operation", "material": "Doc"}


@pytest.fixture
def read(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(LINES)

    def reading(**how):
        tally = Tally()
        return list(parse(path, Mapping(**{"columns": PLAIN, "zone": "UTC", **how}), tally)), tally

    return reading


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Operation is FileAccessed or FilePreviewed", Condition("Operation", "is", ("FileAccessed", "FilePreviewed"))),
        ("operation IS NOT x", Condition("Operation", "is_not", ("x",))),
        ("Result is is not denied", Condition("Result is", "is_not", ("denied",))),
        ("Result is is empty", Condition("Result is", "is_empty")),
        ("Doc does not contain draft or a.b", Condition("Doc", "not_contains", ("draft", "a.b"))),
        ('Doc is "this or that" or "say ""x"""', Condition("Doc", "is", ("this or that", 'say "x"'))),
        ('Doc is "empty"', Condition("Doc", "is", ("empty",))),
        ("Doc is not empty", Condition("Doc", "is_not_empty")),
        ("Nothing contains x", Condition("Nothing", "contains", ("x",))),
    ],
)
def test_a_condition_is_read_as_it_is_typed_and_said_the_same_way(text, condition):
    assert read_condition(text, HEADER) == condition
    assert read_condition(condition.words, HEADER) == condition


@pytest.mark.parametrize(("text", "says"), [("Operation", "is not a condition"), ("Doc is", "Enter a value after"),
                                            ("Doc is empty or full", "Write a condition")])  # fmt: skip
def test_what_is_no_condition_gets_a_sentence(text, says):
    with pytest.raises(ConditionFault, match=says):
        read_condition(text, HEADER)


@given(st.lists(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1), min_size=1))
def test_values_come_back_as_they_were_typed(values):
    assert [one.strip() for one in split_values(join_values(values))] == [one.strip() for one in values]


@given(st.sampled_from(list(TESTS)), st.text(), st.text(min_size=1))
def test_a_line_meets_a_condition_or_its_opposite(test, cell, value):
    values = () if test.endswith("empty") else (value,)
    opposite = {"is": "is_not", "contains": "not_contains", "is_empty": "is_not_empty"}.get(test)
    if opposite:
        assert Condition("c", test, values).is_met(cell) is not Condition("c", opposite, values).is_met(cell)


def test_lines_are_left_out_by_rule_and_counted_by_it_and_are_no_faults(read):
    where = [Condition("Result is", "is_not", ("denied",)), Condition("doc", "contains", ("card",))]
    found, tally = read(where=where, values={"level": {"FileAccessed": "E3", "Renamed": ""}})
    assert [(one.line, getattr(one, "level", "fault")) for one in found] == [(2, "E3"), (6, "fault")]
    assert tally.left_out == {"Result is is denied": 1, "Doc does not contain card": 2, "Operation is Renamed": 1}
    assert len(found) + sum(tally.left_out.values()) == tally.lines == 6
    assert '"Odd" is not a level' in found[1].reason


def test_a_value_of_a_material_or_a_version_is_read_as_what_the_case_calls_it(read):
    found, _ = read(columns={**PLAIN, "level": ()}, values={"material": {"CARDS": "MAT-1"}})
    assert [one.material for one in found if not isinstance(one, Fault)] == [
        "MAT-1",
        "MAT-1",
        "notes",
        "MAT-1",
        "MAT-1",
    ]


def test_a_condition_on_a_column_that_the_file_lacks_names_the_header_that_was_read(read):
    with pytest.raises(MappingFault, match=r'no column "Mood"\. The header in line 1 reads: When, Who, Operation'):
        read(where=[Condition("Mood", "is", ("x",))])


def test_a_rule_with_many_values_is_told_in_short_where_it_leaves_lines_out():
    assert Condition("Did", "is", ["a", "b", "c", "d"]).opposite == "Did is not a or b or c or d"
    assert Condition("Did", "is", ["a", "b", "c", "d", "e"]).opposite == "Did is not a or b or c or 2 more"
