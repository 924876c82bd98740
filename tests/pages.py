"""A page as a strict reader sees it: its parts, what is wrong with them, and its forms as a browser fills them in."""

import html
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, RequestRedirect

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


def faults_of(app: Flask, path: str, text: str) -> list[str]:
    """What a strict reader finds wrong with a page."""
    page = page_of(text)
    return [
        *page.faults,
        *_heading(page),
        *_ids(page),
        *_labels(page),
        *_forms(page),
        *_tables(page),
        *_inline(page),
        *_links(app, path, page),
    ]


def _heading(page: Page) -> list[str]:
    headings = page.all("h1")
    if len(headings) != 1:
        return [f"{len(headings)} h1 instead of one"]
    titles = [title.text for title in page.all("title")]
    return [] if len(titles) == 1 and headings[0].text in titles[0] else [f"h1 {headings[0].text!r} not in {titles}"]


def _ids(page: Page) -> list[str]:
    ids = Counter(element.attributes["id"] for element in page.all() if "id" in element.attributes)
    return [f"id {name!r} stands twice" for name, times in ids.items() if times > 1]


def _labels(page: Page) -> list[str]:
    labelled = {label.get("for") for label in page.all("label")}
    return [
        f"<{control.tag} name={control.get('name')!r}> has no label"
        for control in page.all(*TYPED)
        if control.get("type") not in {"hidden", "submit", "button"}
        and control.get("id") not in labelled
        and not control.inside("label")
        and not control.get("aria-label")
        and not control.get("aria-labelledby")
    ]


def _forms(page: Page) -> list[str]:
    found = []
    for form in page.all("form"):
        names = [control.get("name") for control in form.all("input")]
        if (form.get("method") or "get").lower() == "post":
            found += [f"a form to {form.get('action')} has {names.count(name)} {name}" for name in
                      ("csrf_token", "form_token") if names.count(name) != 1]  # fmt: skip
        elif "csrf_token" in names:
            found.append("a GET form shows its token in the address")
    return found


def _tables(page: Page) -> list[str]:
    return [
        "a table has no caption"
        for table in page.all("table")
        if not any(one.parent is table and one.text for one in table.all("caption"))
    ]


def _inline(page: Page) -> list[str]:
    found = [f"<{one.tag}> in the page" for one in page.all("style")]
    found += ["a script in the page" for one in page.all("script") if not one.get("src") or one.text]
    for element in page.all():
        bad = [name for name in element.attributes if name == "style" or name.startswith("on")]
        found += [f"<{element.tag} {name}=>" for name in bad]
    return found


def _links(app: Flask, path: str, page: Page) -> list[str]:
    here = {element.get("id") for element in page.all()}
    links = [(one.get("href") or "", "GET") for one in page.all("a", "link")]
    links += [(one.get("src") or "", "GET") for one in page.all("script", "img")]
    links += [(form.get("action") or path, (form.get("method") or "get").upper()) for form in page.all("form")]
    found = []
    for link, method in links:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        if not parts.path and parts.fragment and parts.fragment not in here:
            found.append(f"#{parts.fragment} leads nowhere")
        if parts.path.startswith("/") and not _leads_somewhere(app, parts.path, method):
            found.append(f"{method} {parts.path} is no address of this program")
    return found


def _leads_somewhere(app: Flask, path: str, method: str) -> bool:
    if path.startswith("/static/"):
        return _is_static(Path(app.static_folder or ""), path.removeprefix("/static/"))
    return _is_address(app.url_map, path, method)


@lru_cache(maxsize=20_000)
def _is_address(addresses: Map, path: str, method: str) -> bool:
    try:
        addresses.bind("localhost").match(path, method)
    except (HTTPException, RequestRedirect):
        return False
    return True


@cache
def _is_static(folder: Path, name: str) -> bool:
    return (folder / name).is_file()
