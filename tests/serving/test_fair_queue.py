"""What waits for a thread: visitors take turns, and each is answered in the order of their own asking."""

from collections import namedtuple

from hypothesis import given
from hypothesis import strategies as st

from tracker.serving.servers import FairQueue

Task = namedtuple("Task", "visitor number")


def taken(queue):
    return [queue.popleft() for _ in range(len(queue))]


def filled(visitors):
    queue = FairQueue()
    for number, visitor in enumerate(visitors):
        queue.append(Task(visitor, number))
    return queue


def test_who_asks_once_waits_for_one_of_each_other_at_most():
    order = [task.visitor for task in taken(filled("aaaaaabbbc"))]
    assert order.index("c") == 2


@given(st.text("abc"))
def test_all_are_answered_and_each_in_their_own_order(visitors):
    queue = filled(visitors)
    found = taken(queue)
    assert not queue
    assert sorted(task.number for task in found) == list(range(len(visitors)))
    for visitor in set(visitors):
        numbers = [task.number for task in found if task.visitor == visitor]
        assert numbers == sorted(numbers)
