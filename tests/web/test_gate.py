"""The gate before passwords: a few are looked at at once, few wait, and who tries most gives way."""

from threading import Event, Thread

import pytest

from tests.machinery.waiting import until
from tracker.web.limits.gate import Busy, Gate


class Visitor(Thread):
    """Somebody who goes through the gate, and stays until told to leave."""

    def __init__(self, gate, tries, order=None):
        super().__init__(daemon=True)
        self.gate, self.tries, self.order = gate, tries, order if order is not None else []
        self.inside, self.leave, self.refused = Event(), Event(), Event()
        self.start()

    def run(self):
        try:
            with self.gate.passed(self.tries):
                self.order.append(self)
                self.inside.set()
                self.leave.wait(1)
        except Busy:
            self.refused.set()


def waiting(gate, number):
    until(lambda: len(gate._waiting) == number)


def test_so_many_go_through_at_once():
    gate = Gate(slots=2, seats=5)
    first, second = Visitor(gate, 0), Visitor(gate, 0)
    assert first.inside.wait(10)
    assert second.inside.wait(10)
    third = Visitor(gate, 0)
    waiting(gate, 1)
    assert not third.inside.is_set()
    first.leave.set()
    assert third.inside.wait(10)


def test_who_has_tried_least_goes_first_and_of_those_the_newest():
    gate, order = Gate(slots=1, seats=5), []
    first = Visitor(gate, 0, order)
    assert first.inside.wait(10)
    rest = []
    for tries in (3, 1, 1, 2):
        rest.append(Visitor(gate, tries, order))
        waiting(gate, len(rest))
    for one in (first, *rest):
        one.leave.set()
    until(lambda: len(order) == 5)
    assert order == [first, rest[2], rest[1], rest[3], rest[0]]


@pytest.mark.parametrize(("there", "newcomer", "stays"), [(2, 1, True), (1, 1, True), (1, 2, False)])
def test_when_nobody_more_may_wait_whoever_tried_most_gives_way(there, newcomer, stays):
    gate = Gate(slots=1, seats=1)
    first = Visitor(gate, 0)
    assert first.inside.wait(10)
    one = Visitor(gate, there)
    waiting(gate, 1)
    other = Visitor(gate, newcomer)
    assert (one if stays else other).refused.wait(10)
    first.leave.set()
    assert (other if stays else one).inside.wait(10)


def test_a_fault_inside_gives_the_slot_back():
    gate = Gate(slots=1, seats=0)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), gate.passed(0):
            1 / 0  # noqa: B018
    with gate.passed(0), pytest.raises(Busy), gate.passed(0):
        pass
