"""Narrowing keeps its promises for any people and any steps."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.narrowing.steps import Step, move, narrow, put_in_order

PEOPLE = frozenset(range(1, 13))
some = st.frozensets(st.integers(1, 15), max_size=9)  # also numbers that nobody has
steps = st.lists(
    st.builds(lambda aside, more, strong: Step("", aside, aside | more, strong), some, some, st.booleans()), max_size=6
).map(lambda found: [replace(one, key=f"s{at}") for at, one in enumerate(found)])


def end(found):
    return (found[-1].left, found[-1].sure, found[-1].strong) if found else (PEOPLE,) * 3


@given(steps, st.randoms(use_true_random=False))
def test_the_order_of_the_steps_does_not_change_the_last_set(asked, dice):
    other = list(asked)
    dice.shuffle(other)
    assert end(narrow(PEOPLE, asked)) == end(narrow(PEOPLE, other))
    assert {one.step.key: one.alone for one in narrow(PEOPLE, asked)} == {
        one.step.key: one.alone for one in narrow(PEOPLE, other)
    }


@given(steps, st.integers(0, 5))
def test_a_step_left_out_gives_back_exactly_whom_it_alone_set_aside(asked, at):
    if at < len(asked):
        found = narrow(PEOPLE, asked)
        without = end(narrow(PEOPLE, [one for one in asked if one is not asked[at]]))[0]
        others = frozenset().union(*(one.aside for one in asked if one is not asked[at]))
        assert without - end(found)[0] == (asked[at].aside & PEOPLE) - others
        assert len(without) - len(end(found)[0]) == found[at].alone


@given(steps)
def test_each_step_only_sets_aside_and_nobody_is_invented(asked):
    left, people = PEOPLE, set(PEOPLE)
    for one in narrow(PEOPLE, asked):
        assert one.sure <= one.left <= one.strong <= PEOPLE
        assert one.left == left - one.aside
        people -= one.aside
        left = one.left
    assert left == people


def test_steps_are_put_in_order_and_moved():
    asked = [Step(key, frozenset(), frozenset()) for key in ("d1", "c2.1", "e1")]
    assert [one.key for one in put_in_order(asked, ["e1", "gone"])] == ["e1", "d1", "c2.1"]
    assert move(["a", "b", "c"], "b", -1) == ["b", "a", "c"]
    assert move(["a", "b", "c"], "c", 1) == ["a", "b", "c"]
    assert move(["a", "b", "c"], "a", 9) == ["b", "c", "a"]
