"""What a strict reader finds wrong with a page: headings, labels, forms, tables, what it carries, where it leads."""

import re
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, RequestRedirect

from tests.readers.pages import TYPED, Page, page_of
from tracker.base.db import Base

_AS_OF = re.compile(r"^/as-of/[^/]+Z(?=/)")  # each page is served there too, as the record stood


def faults_of(app: Flask, path: str, text: str, below: str = "") -> list[str]:
    """What a strict reader finds wrong with a page; `below` is the prefix that the program is served at."""
    page = page_of(text)
    return [
        *page.faults,
        *(_heading(page) if page.all("html") else []),  # what htmx puts into a page has none of its own
        *_ids(page),
        *_labels(page),
        *_forms(page),
        *_files(app, path, page),
        *_tables(page),
        *_inline(page),
        *_links(app, path, page, below),
        *(f"{name!r} is a name of the code" for name in _names_of_code() if name in text),
    ]


@cache
def _names_of_code() -> list[str]:
    """Classes of the record whose name is no word of a page, such as AccessRecord."""
    names = (mapper.class_.__name__ for mapper in Base.registry.mappers)
    return sorted(name for name in names if re.search(r"[a-z][A-Z]", name))


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


def _files(app: Flask, path: str, page: Page) -> list[str]:
    """A field for files in a form that leads to a view which takes none: all but the smallest would be refused."""
    found = []
    for form in page.all("form"):
        if any(control.get("type") == "file" for control in form.all("input")):
            to = urlsplit(form.get("action") or path).path
            endpoint, _ = app.url_map.bind("localhost").match(to, "POST")
            if not app.view_functions[endpoint].takes_files:  # type: ignore[attr-defined]
                found.append(f"a form to {to} has a field for files, and its view takes no files")
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


def _links(app: Flask, path: str, page: Page, below: str) -> list[str]:
    here = {element.get("id") for element in page.all()}
    links = [(one.get("href") or "", "GET") for one in page.all("a", "link")]
    links += [(one.get("src") or "", "GET") for one in page.all("script", "img")]
    links += [(form.get("action") or below + path, (form.get("method") or "get").upper()) for form in page.all("form")]
    found = []
    for link, method in links:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        if not parts.path and parts.fragment and parts.fragment not in here:
            found.append(f"#{parts.fragment} leads nowhere")
        inside = parts.path.startswith(below) and _leads_somewhere(app, parts.path.removeprefix(below), method)
        if parts.path.startswith("/") and not inside:
            found.append(f"{method} {parts.path} is no address of this program")
    return found


def _leads_somewhere(app: Flask, path: str, method: str) -> bool:
    path = _AS_OF.sub("", path)
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
