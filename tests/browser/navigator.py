"""Somebody at a real browser: goes to pages, reads them, fills in forms; every complaint of the browser is kept."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests import world
from tests.readers.axe import violations

PICTURES = Path(__file__).parent.parent.parent / "pictures"
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 740}
MOST_TABS = 120
NOTICE = "addEventListener('submit', event => { if (!event.defaultPrevented) window.isSent = true })"  # by the browser
TYPED = "textarea, select, input:not([type=radio], [type=checkbox])"


class Navigator:
    """One tab of one browser context; `complaints` are console errors, script errors and reports of the policy."""

    def __init__(self, context: Any, base: str) -> None:
        self.context, self.base = context, base
        self.page = context.new_page()
        self.page.add_init_script(NOTICE)
        self.complaints: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, message: Any) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.complaints.append(message.text)

    def goes_to(self, path: str) -> int:
        """Open an address; its status."""
        answer = self.page.goto(self.base + path)
        return answer.status if answer else 0

    @property
    def path(self) -> str:
        """Where the browser stands."""
        return self.page.url.removeprefix(self.base)

    @property
    def heading(self) -> str:
        """What the page says it is."""
        return self.page.locator("h1").inner_text()

    def signs_in(self, who: str) -> "Navigator":
        """Through the page, as people do."""
        self.goes_to("/sign-in")
        self.fills("Email address", world.email(who))
        self.fills("Password", world.PASSWORD)
        self.presses("Sign in")
        return self

    def fills(self, label: str, text: str) -> None:
        """Type into the field of this label."""
        self.control(label).fill(text)

    def chooses(self, label: str, option: str) -> None:
        """Choose from the list of this label."""
        self.control(label).select_option(label=option)

    def says(self, answers: dict[str, str]) -> None:
        """Fill in fields and choose from lists, by their labels."""
        for label, answer in answers.items():
            is_list = self.control(label).evaluate("one => one.tagName") == "SELECT"
            (self.chooses if is_list else self.fills)(label, answer)

    def times(self, legend: str, when: str) -> None:
        """Say when, in New York's time."""
        self.fills(legend, when)
        zones = self.form.get_by_label(f"Time zone of {legend}").first
        if zones.locator("option[value='America/New_York']").count():
            zones.select_option("America/New_York")
        else:
            zones.select_option("other")
            self.form.locator(f"[id='{zones.get_attribute('id').removesuffix('-zone')}-other_zone']").fill(
                "America/New_York"
            )

    def ticks(self, label: str) -> None:
        """Tick the box, or choose the button, of this label."""
        self.form.get_by_label(label).first.check()

    def control(self, label: str) -> Any:
        """The field or list of this label."""
        return self.form.get_by_label(label).and_(self.page.locator(TYPED)).first

    @property
    def form(self) -> Any:
        """The forms of the page's content."""
        return self.page.get_by_role("main").locator("form")

    @property
    def words(self) -> str:
        """What can be read on the page, without its menu."""
        return self.page.get_by_role("main").inner_text()

    def presses(self, button: str) -> None:
        """Press the button of the page's content and wait for the answer."""
        self.page.get_by_role("main").get_by_role("button", name=button, exact=True).first.click()
        self._wait_until_sent()
        self.page.wait_for_load_state()

    def _wait_until_sent(self) -> None:
        """Wait for a form that was sent: a link that is followed next would stop it on its way."""
        self.page.wait_for_function("() => !window.isSent")

    def follows(self, link: str) -> None:
        """Follow the link with these words."""
        self.page.get_by_role("link", name=link).first.click()
        self.page.wait_for_load_state()

    def tabs_to(self, is_there: Callable[[dict[str, str]], bool]) -> None:
        """Press Tab until the focus stands where it should; what has the focus must show it."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if is_there(self.focused()):
                return
        raise AssertionError(f"the keyboard does not reach it on {self.path}")

    def focused(self) -> dict[str, str]:
        """Tag, words, name and outline of what has the focus."""
        return self.page.evaluate(
            """() => {
                const one = document.activeElement, look = getComputedStyle(one);
                return {tag: one.tagName.toLowerCase(), words: one.innerText || "", name: one.name || "",
                        href: one.getAttribute("href") || "", outline: look.outlineStyle + look.boxShadow};
            }"""
        )

    def sees(self, theme: str) -> list[str]:
        """What breaks the rules of accessibility in a theme."""
        self.page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # else colours are still on their way
        return violations(self.page)

    def runs_over(self) -> int:
        """By how many pixels the page is wider than the window."""
        return self.page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")

    def resized(self, size: dict[str, int]) -> None:
        """Another window."""
        self.page.set_viewport_size(size)

    def keeps_picture(self, name: str) -> None:
        """A picture of the whole page, for those who want to look at a run: where TRACKER_TEST_PICTURES is set."""
        if not os.environ.get("TRACKER_TEST_PICTURES"):
            return
        PICTURES.mkdir(exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
