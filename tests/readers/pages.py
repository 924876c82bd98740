"""A page as a strict reader sees it: its parts, what is wrong with them, and its forms as a browser fills them in."""

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
TYPED = {"input", "select", "textarea"}


TOKEN = re.compile(  # a comment, a tag with its attributes, or the text before the next of either
    r"""<!--.*?-->|<!doctype[^>]*>|<(/?)([a-zA-Z][\w-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>|[^<]+|<""",
    re.DOTALL | re.IGNORECASE,
)
ATTRIBUTE = re.compile(r"""([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")


class Element:
    """A tag with its attributes, what is in it, and the words of all of it.

    What is below it stands in the page's lists of elements and words between two places: nothing is copied upwards.
    """

    __slots__ = ("attributes", "below", "page", "parent", "tag", "words")

    def __init__(self, page: "Page", tag: str, attributes: dict[str, str], parent: "Element | None" = None) -> None:
        self.page, self.tag, self.attributes, self.parent = page, tag, attributes, parent
        self.below = slice(len(page.elements) + 1 if parent else 0, None)
        self.words = slice(len(page.words), None)

    def end(self) -> None:
        """What comes from here on stands beside it."""
        self.below = slice(self.below.start, len(self.page.elements))
        self.words = slice(self.words.start, len(self.page.words))

    def get(self, name: str) -> str | None:
        return self.attributes.get(name)

    @property
    def raw(self) -> str:
        """All its text, with every space and line break."""
        return "".join(self.page.words[self.words])

    @property
    def text(self) -> str:
        return " ".join(self.raw.split())

    def all(self, *tags: str) -> list["Element"]:
        """What is below, in the order of the page."""
        return [element for element in self.page.elements[self.below] if element.tag in tags or not tags]

    def inside(self, tag: str) -> "Element | None":
        """The nearest such tag around this one."""
        around = self.parent
        while around is not None and around.tag != tag:
            around = around.parent
        return around


class Page:
    """The tree of a page; raises nothing, `faults` says what did not nest."""

    def __init__(self, text: str) -> None:
        self.elements: list[Element] = []
        self.words: list[str] = []
        self.faults: list[str] = []
        self.root = self.open = Element(self, "", {})
        self._read(text)
        if self.open is not self.root:
            self.faults.append(f"<{self.open.tag}> is not closed")

    def _read(self, text: str) -> None:
        place = 0
        while token := TOKEN.match(text, place):
            place = token.end()
            closes, tag, attributes = token.groups()
            if tag is None:
                if not token[0].startswith("<!"):
                    self.words.append(html.unescape(token[0]))
            elif closes:
                self._end(tag.lower())
            else:
                self._begin(tag.lower(), attributes)
                if self.open.tag in {"script", "style"}:  # what is inside is no markup
                    end = text.find(f"</{self.open.tag}", place)
                    place, inside = (end, text[place:end]) if end >= 0 else (len(text), text[place:])
                    self.words.append(inside)

    def _begin(self, tag: str, attributes: str) -> None:
        if tag in {"option", "li"} and self.open.tag == tag:
            self._close()  # these may end by themselves
        found = {
            name.lower(): html.unescape(quoted or single or bare)
            for name, quoted, single, bare in ATTRIBUTE.findall(attributes)
        }
        made = Element(self, tag, found, self.open)
        self.elements.append(made)
        if tag in VOID or attributes.endswith("/"):
            made.end()
        else:
            self.open = made

    def _end(self, tag: str) -> None:
        if self.open.tag in {"option", "li"} and tag != self.open.tag:
            self._close()
        if self.open.tag != tag:
            self.faults.append(f"</{tag}> closes <{self.open.tag}>")
        else:
            self._close()

    def _close(self) -> None:
        self.open.end()
        self.open = self.open.parent or self.root

    def all(self, *tags: str) -> list[Element]:
        """What is on the page, in its order."""
        return self.root.all(*tags)

    def form_to(self, url: str, here: str) -> "FormOnPage":
        """The form that is sent to `url`."""
        wanted = urlsplit(url).path
        posts = [form for form in self.all("form") if (form.get("method") or "get").lower() == "post"]
        found = [form for form in posts if urlsplit(form.get("action") or here).path == wanted]
        assert found, f"{here} has no form to {wanted}, only to {[form.get('action') for form in posts]}"
        return FormOnPage(found[0])


@dataclass
class FormOnPage:
    """A form and what a browser would send of it."""

    element: Element

    @property
    def content_type(self) -> str:
        return self.element.get("enctype") or "application/x-www-form-urlencoded"

    def shown(self) -> dict[str, list[str]]:
        """What is filled in already."""
        values: dict[str, list[str]] = {}
        for control in self.element.all(*TYPED):
            name, kind = control.get("name"), control.get("type")
            if not name or "disabled" in control.attributes or kind in {"submit", "button", "file", "image"}:
                continue
            if kind in {"checkbox", "radio"}:
                given = [control.get("value") or "on"] if "checked" in control.attributes else []
            elif control.tag == "select":
                given = _chosen(control)
            elif control.tag == "textarea":
                given = [control.raw.replace("\r\n", "\n").removeprefix("\n")]
            else:
                given = [control.get("value") or ""]
            values.setdefault(name, []).extend(given)
        return values

    def filled(self, fields: dict[str, Any]) -> dict[str, Any]:
        """What is sent when `fields` are typed over what is shown; a field the form has not is a fault of the test."""
        named = {control.get("name") for control in self.element.all(*TYPED, "button")}
        unknown = sorted(set(fields) - named)
        assert not unknown, f"the form has no {unknown}, only {sorted(filter(None, named))}"
        return {name: value for name, value in {**self.shown(), **fields}.items() if value is not None}


def _chosen(select: Element) -> list[str]:
    options = select.all("option")
    marked = [option for option in options if "selected" in option.attributes]
    if not marked and "multiple" not in select.attributes:
        marked = options[:1]
    return [option.attributes.get("value", option.text) for option in marked]


@lru_cache(maxsize=4)
def page_of(text: str) -> Page:
    """The tree of a page; that of the newest ones is at hand, since what is checked is often read by the test too."""
    return Page(text)
