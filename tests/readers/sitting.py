"""A small case in one sitting: people who fill in what they are asked for, by the links they are shown, and no more."""

import html
import re
from typing import Any

from tests.readers.browse import Browser
from tests.readers.pages import Element, Page

LIVED = 2  # clicks from a line of what blocks to the form that mends it


class Sitting:
    """The people of one case at their desks; it counts what they fill in."""

    def __init__(self, browse: Any) -> None:
        self.browse, self.desks = browse, {}
        self.forms: list[tuple[str, int]] = []  # address, and how many fields were filled in
        self.unasked: set[str] = set()  # fields that were filled in though the form itself would do without
        self.here = ""

    def desk(self, who: str) -> Browser:
        """Somebody's browser, the same for the whole sitting."""
        return self.desks.setdefault(who, self.browse(who))

    def page(self, who: str, url: str) -> Page:
        """A page, which must be there."""
        answer = self.desk(who).get(url)
        assert answer.status_code == 200, f"{url} answers {answer.status_code}"
        return Page(answer.text)

    def fill(self, who: str, url: str, more: dict[str, str] | None = None, /, **fields: str) -> str:
        """Fill in what one form asks for; it is taken at once. Gives the address that comes next."""
        url, given = url.replace("…", self.here), {**fields, **(more or {})}
        if given:
            asked = self.asked(who, url)
            assert asked <= set(given), f"{url} asks for {asked - set(given)} too"
            self.unasked |= set(given) - asked
        answer = self.desk(who).post_form(url, given)
        assert answer.status_code == 303, f"{url} was not taken: {said(answer.text)}"
        self.forms.append((url, len(given)))
        return str(answer.location)

    def asked(self, who: str, url: str) -> set[str]:
        """The fields without which a form is not taken: sent as it stands, it names them. Some can do without any."""
        answer = self.desk(who).post_form(url)
        if answer.status_code == 303:
            return set()
        assert answer.status_code == 422, f"{url} answers {answer.status_code} to nothing"
        summary = next(one for one in Page(answer.text).all("div") if "error-summary" in (one.get("class") or ""))
        return {re.sub(r"^#|-\d+$", "", link.get("href") or "") for link in summary.all("a")}  # radios are numbered

    def lines(self, who: str) -> dict[str, str]:
        """What blocks the next step, as somebody sees it: each missing thing, and where it leads her."""
        card = next(one for one in self.page(who, self.here).all("section") if "blocks" in (one.get("class") or ""))
        missing = [one for one in card.all("li") if one.get("class") == "block-open"]
        return {one.text.removeprefix("Open: "): link_of(one) for one in missing}

    def mends(self, who: str, line: str, form: str, **fields: str) -> str:
        """A line of what blocks leads to the form that mends it; it is filled in, and the line is gone."""
        form = form.replace("…", self.here)
        told = next((text for text in self.lines(who) if line in text), None)
        assert told, f"nothing says {line!r}, only {list(self.lines(who))}"
        start = self.lines(who)[told]
        assert self.leads(who, start, form), f"{told!r} leads to {start or 'nowhere'}, and not to {form}"
        more = {name.replace("__", "-"): value for name, value in fields.items()}
        return self.fill(who, form, more)

    def leads(self, who: str, start: str, goal: str, clicks: int = LIVED) -> bool:
        """Whether somebody comes to a page from another in a few clicks."""
        if not start or start == goal:
            return start == goal
        here = {one.get("href") for one in self.page(who, start).all("a")}
        near = [url for url in here if url and url.startswith(f"{start}/") and "?" not in url and ".csv" not in url]
        return goal in here or (clicks > 1 and any(self.leads(who, url, goal, clicks - 1) for url in near))

    def move(self, who: str, stage: str) -> None:
        """The lead moves the case by the button that appears when nothing blocks: one click, and nothing to fill in."""
        assert not self.lines(who)
        button = self.page(who, self.here).form_to(f"{self.here}/stage", self.here)
        assert button.shown()["to_stage"] == [stage]
        assert self.desk(who).post_form(f"{self.here}/stage", at=self.here).status_code == 303

    def opens(self, lead: str, title: str, **roles: str) -> None:
        """A new case and its people; each accepts by the link on her start page."""
        self.here = self.fill(lead, "/cases/new", title=title)
        for role, who in roles.items():
            self.fill(lead, "…/team/new", email=f"{who}@tracker.example", role=role)
            links = [one.get("href") or "" for one in self.page(who, "/").all("a")]
            offer = next(url for url in links if url.startswith(self.here) and url.endswith("/answer"))
            self.fill(who, offer, answer="accept", words="I had no access and know nobody concerned.")

    def tabs(self, who: str) -> dict[str, str]:
        """Every part of the case that its tabs lead to, and the parts of each, with its text."""
        found: dict[str, str] = {}
        waiting = [self.here]
        while waiting:
            url = waiting.pop()
            if url in found:
                continue
            answer = self.desk(who).get(url, follow_redirects=True)  # a tab may lead on, as that of Who had access does
            assert answer.status_code == 200, f"{url} answers {answer.status_code}"
            page = Page(answer.text)
            found[url] = page.root.text
            rows = [one for one in page.all("nav") if one.get("class") == "tabs"]
            waiting += [link.get("href") or "" for row in rows for link in row.all("a")]
        return found

    def every_page(self, who: str) -> dict[str, str]:
        """Every page of the case that somebody comes to by links, with its text."""
        found: dict[str, str] = {}
        waiting = [self.here]
        while waiting:
            url = waiting.pop()
            answer = self.desk(who).get(url)
            if url in found or answer.status_code != 200 or answer.mimetype != "text/html":
                continue
            found[url] = html.unescape(answer.text)
            links = [(one.get("href") or "").partition("#")[0] for one in Page(answer.text).all("a")]
            waiting += [one for one in links if one.startswith(self.here) and one not in found and "?" not in one]
        return found


def link_of(item: Element) -> str:
    """Where a line leads; nowhere for those who cannot mend it."""
    links = item.all("a")
    return (links[0].get("href") or "") if links else ""


def said(text: str) -> str:
    """What a page says is wrong."""
    shown = re.findall(r'class="[^"]*(?:alert-danger|error-summary|invalid-feedback)[^"]*".*?</div>', text, re.DOTALL)
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", " ".join(shown)).split())) or "nothing"
