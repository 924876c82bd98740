"""Somebody at work whose every form, click and field is counted; with a mouse, or with the keyboard alone."""

from dataclasses import dataclass, field
from re import Pattern
from typing import Any

from tests.browser.navigator import WIDE, Navigator

MOST_KEYS = 400


@dataclass
class Tally:
    """What a journey cost.

    A form is a submitted POST with a field filled in. A click is a link, a button without fields, a sign-in, or what
    opens a part of a page. A field is typed or changed. Refused is any 409 or 422.
    """

    forms: list[str] = field(default_factory=list)
    clicks: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{len(self.forms)} forms, {len(self.clicks)} clicks, {len(self.fields)} fields"


class Clerk(Navigator):
    """A navigator that counts, and goes nowhere but by links and buttons."""

    def __init__(self, context: Any, base: str, tally: Tally) -> None:
        super().__init__(context, base)
        self.tally, self.filled = tally, 0
        self.page.set_default_timeout(20_000)
        self.page.on("response", self._answered)

    def _answered(self, response: Any) -> None:
        is_refusal = response.status in {409, 422} or response.status >= 500
        if is_refusal and response.request.is_navigation_request():
            asked = f"{response.request.method} {response.url.removeprefix(self.base)}"
            self.tally.refused.append(f"{asked}: {response.status}")

    def signs_in(self, who: str) -> "Clerk":
        """One click, however many fields."""
        before = len(self.tally.fields)
        super().signs_in(who)
        del self.tally.fields[before:], self.tally.forms[-1:]
        self.tally.clicks.append(f"sign in as {who}")
        return self

    def fills(self, label: str, text: str) -> None:
        """Type into the field of this label."""
        self._count(label)
        self._type(self.control(label), text)

    def chooses(self, label: str, option: str) -> None:
        """Choose from the list of this label."""
        self._count(label)
        self._choose(self.control(label), option)

    def ticks(self, label: str) -> None:
        """Tick the box, or choose the button, of this label."""
        self._count(label)
        self._tick(self.form.get_by_label(label).first)

    def attaches(self, label: str, file: dict[str, Any]) -> None:
        """Choose a file."""
        self._count(label)
        with self.page.expect_file_chooser() as chooser:
            self._press(self.form.get_by_label(label).first)
        chooser.value.set_files(file)

    def presses(self, button: str) -> None:
        """Press the button: a form if anything was filled in, else a click."""
        (self.tally.forms if self.filled else self.tally.clicks).append(f"{button} ({self.path})")
        self._go(self.page.get_by_role("main").get_by_role("button", name=button, exact=True).first)

    def follows(self, link: str | Pattern[str]) -> None:
        """Follow the link with these words, in the content or in the menu."""
        self.tally.clicks.append(f"{link} ({self.path})")
        main = self.page.get_by_role("main").get_by_role("link", name=link)
        self._go(main.first if main.count() else self.page.get_by_role("link", name=link).first)

    def opens(self, words: str) -> None:
        """Open a part of the page."""
        self.tally.clicks.append(f"{words} ({self.path})")
        self._press(self.page.get_by_role("main").locator("summary", has_text=words).first)

    def _count(self, label: str) -> None:
        self.filled += 1
        self.tally.fields.append(f"{label} ({self.path})")

    def _go(self, place: Any) -> None:
        self.filled = 0
        with self.page.expect_navigation():
            self._press(place)
        self._wait_until_sent()
        assert self.tally.refused == []

    def _press(self, place: Any) -> None:
        place.click()

    def _type(self, place: Any, text: str) -> None:
        place.fill(text)

    def _choose(self, place: Any, option: str) -> None:
        place.select_option(label=option)

    def _tick(self, place: Any) -> None:
        place.check()


class Typist(Clerk):
    """The same with the keyboard alone: Tab, arrows, Space, Enter and typing."""

    def _reach(self, place: Any) -> None:
        goal = place.element_handle()
        for _ in range(MOST_KEYS):
            if goal.evaluate(
                "one => one === document.activeElement || (one.type === 'radio' && "
                "document.activeElement.name === one.name)"
            ):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {place} on {self.path}")

    def _press(self, place: Any) -> None:
        self._reach(place)
        self.page.keyboard.press("Enter")

    def _type(self, place: Any, text: str) -> None:
        self._reach(place)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def _choose(self, place: Any, option: str) -> None:
        self._reach(place)
        self.page.keyboard.press("Home")
        for _ in range(MOST_KEYS):
            if place.evaluate("one => one.selectedOptions[0]?.label") == option:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the keyboard does not choose {option}")

    def _tick(self, place: Any) -> None:
        self._reach(place)
        if place.get_attribute("type") == "radio":
            self.page.keyboard.press("Space")
            while not place.is_checked():
                self.page.keyboard.press("ArrowDown")
        else:
            self.page.keyboard.press("Space")


class Office:
    """Several people at their desks, and what they have spent together."""

    def __init__(self, chromium: Any, base: str, kind: type[Clerk]) -> None:
        self.chromium, self.base, self.kind = chromium, base, kind
        self.tally, self.desks, self.reference = Tally(), dict[str, Clerk](), ""

    def desk(self, who: str) -> Clerk:
        """The desk of one of them, who signs in when they first come to it."""
        if who not in self.desks:
            context = self.chromium.new_context(viewport=WIDE)
            self.desks[who] = self.kind(context, self.base, self.tally).signs_in(who)
        return self.desks[who]

    def goes(self, who: str, *links: str | Pattern[str]) -> Clerk:
        """Somebody's desk, after the links from wherever they stand."""
        desk = self.desk(who)
        for link in links:
            desk.follows(link)
        return desk

    def closes(self) -> None:
        """Everybody goes home."""
        for desk in self.desks.values():
            desk.context.close()
