"""The steps of a case as the address asks for them, with all that the page and the file say of them."""

from dataclasses import dataclass
from functools import cached_property

from tracker.actions.answers.narrowing.steps import Ground, Grounds, read_grounds
from tracker.analysis.narrowing.steps import Narrowed, Numbers, narrow, put_in_order
from tracker.models.case.cases import Case
from tracker.pictures.narrowing import Bar, draw_narrowing
from tracker.views.answers.narrowing.asked import Asked
from tracker.views.answers.narrowing.wording import about, name_of, reason_of, say_others
from tracker.web.clocks import say
from tracker.web.places import address

DRAWN = 60  # steps in one picture


@dataclass(frozen=True)
class Row:
    """A step on the page; `done` is what it does, None while it is left out."""

    ground: Ground
    done: Narrowed | None
    asked: Asked

    @property
    def key(self) -> str:
        """Its name in the address."""
        return self.ground.step.key

    @property
    def name(self) -> str:
        """Its name for a reader."""
        return name_of(self.ground)

    @property
    def about(self) -> str:
        """What it is about."""
        return about(self.ground)

    @property
    def reason(self) -> str:
        """Why it sets people aside."""
        return reason_of(self.ground, say)

    @property
    def url(self) -> str:
        """The page of what it goes by."""
        subject = self.ground.subject
        return address(self.ground.elimination or (subject and (subject.claim or subject.disclosure)))

    @property
    def ways(self) -> tuple[str, str, str]:
        """The addresses with it earlier, later, and left out or put back."""
        return self.asked.moved(self.key, -1), self.asked.moved(self.key, 1), self.asked.toggled(self.key)


class Steps:
    """The steps of a case as the address asks for them."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.grounds: Grounds = read_grounds(case)
        self.by_key = {ground.step.key: ground for ground in self.grounds.steps}
        self.asked = Asked.read(list(self.by_key))
        steps = put_in_order([ground.step for ground in self.grounds.steps], self.asked.order)
        self.done = narrow(self.grounds.people, [step for step in steps if step.key not in self.asked.off])

    @cached_property
    def rows(self) -> list[Row]:
        """All steps in their order."""
        done = {one.step.key: one for one in self.done}
        return [Row(self.by_key[key], done.get(key), self.asked) for key in self.asked.order]

    @property
    def last(self) -> Narrowed | None:
        """The last step that counts."""
        return self.done[-1] if self.done else None

    @property
    def left(self) -> Numbers:
        """The numbers of the people who are left."""
        return self.last.left if self.last else self.grounds.people

    @property
    def unclear(self) -> Numbers:
        """Those of them who are left by unclear records alone."""
        return self.last.left - self.last.sure if self.last else frozenset()

    @property
    def weakly(self) -> int:
        """How many people are set aside on weak grounds alone."""
        return len(self.last.strong - self.last.left) if self.last else 0

    @property
    def coverage(self) -> list[str]:
        """How complete the steps that count are, each sentence once; without a window that nothing is known."""
        said = [line for row in self.rows if row.done is not None for line in row.ground.coverage]
        return list(dict.fromkeys(said)) or ["No window counts here. How many people had access is unknown."]

    @property
    def each(self) -> list[tuple[str, int]]:
        """For each window that counts how many people are inside it, whatever the other steps say."""
        some = [row for row in self.rows if row.done is not None and row.ground.subject is not None]
        return [(row.name, len(self.grounds.people - row.ground.step.aside)) for row in some]

    @property
    def others(self) -> list[str]:
        """Who else it may be, in sentences."""
        return say_others(self.weakly, self.each)

    def draw(self) -> str:
        """The picture; empty where it would be too long."""
        bars = [Bar(name_of(self.by_key[one.step.key]), len(one.left), len(one.sure), len(one.strong))
                for one in self.done]  # fmt: skip
        return draw_narrowing(len(self.grounds.people), bars) if 0 < len(bars) <= DRAWN else ""
