"""Every text that a person can meet, and what it is there: title, button, or prose (labels, hints, errors, help)."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import click
from jinja2 import Environment, nodes
from wtforms import Form
from wtforms.fields.core import UnboundField

from tracker.imports.systems.catalogue import all_systems
from tracker.models.words import Word

ROOT = Path(__file__).parents[2]
GAP = "\N{HORIZONTAL ELLIPSIS}"  # stands for a value that only the running program knows
BREAK = "\n\n"  # the other way of an `if`: no sentence runs across it
BLOCKS = set(
    "address body caption dd div dt footer form label legend li main nav ol option p section table td tr".split()
)
TITLES, SAID = {"h1", "h2", "h3", "title"}, {"aria-label", "placeholder", "title"}
# What the arguments of our macros are on the page; all others are prose, or no text at all.
MACROS = {
    "submit": ("button",), "button_post": ("", "button"), "empty": ("title", "prose", "", "button"),
    "nothing": ("", "title", "prose", "", "button"), "whole_list": ("", "prose", "title", "prose", "", "button"),
    "blocks": ("", "title"),
}  # fmt: skip
NO_TEXT = {"url_for", "static_url", "icon", "selectattr", "can", "replace"}
QUIET = {"migrations", "models"}  # tables; what their words are called on the screen is read from the words themselves


@dataclass(frozen=True)
class Text:
    """One text: the file it is in, what it is on the screen, and its words."""

    file: str
    kind: str
    words: str


def every_text() -> list[Text]:
    """The texts of pages, forms, messages, words and commands, and of the documents."""
    pages = [text for path in sorted(ROOT.glob("templates/**/*.html")) for text in page_texts(path.read_text(), path)]
    code = [path for path in sorted(ROOT.glob("tracker/**/*.py")) if not QUIET & set(path.parts)]
    said = [Text(named(path), "prose", words) for path in code for words in code_texts(path.read_text())]
    return [*pages, *said, *form_texts(), *label_texts(), *command_texts(), *document_texts(), *system_texts()]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name


def page_texts(source: str, path: Path = Path("page.html")) -> Iterator[Text]:
    """The texts of a template: its HTML with a gap for each value, and the texts its macros are given."""
    tree = Environment(extensions=["jinja2.ext.do"], autoescape=True).parse(source)
    for block in tree.find_all(nodes.Block):
        if block.name == "title":
            yield from (Text(named(path), "title", one) for one in flat(block.body).split(BREAK) if worded(one))
    reader = Reader()
    reader.feed(flat(tree.body))
    reader.end()
    yield from (Text(named(path), kind, words) for kind, words in reader.found)
    for call in tree.find_all(nodes.Call):
        kinds = MACROS.get(getattr(call.node, "name", ""), ())
        for kind, argument in zip(kinds, call.args, strict=False):
            yield from (Text(named(path), kind, words) for words in constants(argument) if kind and worded(words))
    yield from (Text(named(path), "prose", words) for words in constants(tree) if is_prose(words))


def flat(body: list[Any]) -> str:
    """A piece of template as a reader sees it; of an `if` both ways."""
    found = ""
    for node in body:
        if isinstance(node, nodes.Output):
            for part in node.nodes:
                found += part.data if isinstance(part, nodes.TemplateData) else shown(part)
        elif isinstance(node, nodes.If):
            found += flat(node.body) + (f"{BREAK}{flat(node.else_)}{BREAK}" if node.else_ else "")
        elif isinstance(node, nodes.AssignBlock):
            found += f"{BREAK}{flat(node.body)}{BREAK}"  # said where its name is used
        elif isinstance(node, nodes.Block | nodes.CallBlock | nodes.For | nodes.Macro):
            found += flat(node.body) + flat(getattr(node, "else_", []))
    return found


def shown(part: Any) -> str:
    """An expression on the page: both ways of a choice between texts, a gap for anything else."""
    if isinstance(part, nodes.Const) and isinstance(part.value, str):
        return part.value
    if isinstance(part, nodes.CondExpr) and part.expr2 is not None:
        return f"{shown(part.expr1)}{BREAK}{shown(part.expr2)}"
    return GAP


def constants(node: Any) -> Iterator[str]:
    """The texts of an expression, but for names of pages, icons and attributes, and what is compared with."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    if (
        isinstance(node, nodes.Call | nodes.Filter)
        and (getattr(node, "name", "") or getattr(node.node, "name", "")) in NO_TEXT
    ):
        return
    if not isinstance(node, nodes.Compare | nodes.Const):
        for child in node.iter_child_nodes():
            yield from constants(child)


class Reader(HTMLParser):
    """Cuts a page into texts and says what each of them is."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []
        self.kind, self.words = "prose", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.found += [("prose", given[name]) for name in sorted(SAID & set(given)) if worded(given[name])]
        if tag in TITLES or tag == "button" or (tag == "a" and "btn" in given.get("class", "").split()):
            self.end()
            self.kind = "title" if tag in TITLES else "button"
        elif tag in BLOCKS:
            self.end()

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS | TITLES | {"button"} or (tag == "a" and self.kind == "button"):
            self.end()

    def handle_data(self, data: str) -> None:
        self.words += data

    def end(self) -> None:
        """The text so far is whole."""
        self.found += [(self.kind, " ".join(one.split())) for one in self.words.split(BREAK) if worded(one)]
        self.kind, self.words = "prose", ""


def code_texts(source: str) -> Iterator[str]:
    """The texts a module says: errors, flashes, labels, hints; not its docstrings, annotations and names."""
    tree = ast.parse(source)
    silent: set[int] = set()
    for node in ast.walk(tree):
        silent |= {id(one) for one in unspoken(node)}
        if id(node) in silent:
            silent |= {id(child) for child in ast.iter_child_nodes(node)}
        elif isinstance(node, ast.JoinedStr):
            silent |= {id(one) for one in node.values if isinstance(one, ast.Constant)}
            words = "".join(str(one.value) if isinstance(one, ast.Constant) else GAP for one in node.values)
            yield from [words] if is_prose(words) else []
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and is_prose(node.value):
            yield node.value


def unspoken(node: ast.AST) -> list[ast.AST]:
    """The parts of a node that are said to nobody."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return [node.value]
    if isinstance(node, ast.AnnAssign | ast.arg) and node.annotation is not None:
        return [node.annotation]
    if isinstance(node, ast.FunctionDef):
        return [node.returns] if node.returns is not None else []
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split":
        return [node.func.value]
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "__all__":
        return [node.value]
    return [node.msg] if isinstance(node, ast.Assert) and node.msg is not None else []


def system_texts() -> Iterator[Text]:
    """What the page of each known system says; their names are those of their makers."""
    for system in all_systems():
        because = [one.because for reading in system.readings.values() for one in reading.evidence]
        said = [system.about, system.export, *system.limits, *because]
        yield from (Text(f"tracker/imports/systems/{system.name}.toml", "prose", words) for words in said)


def form_texts() -> Iterator[Text]:
    """Labels, hints and messages of every field of every form."""
    for name in modules("tracker.views"):
        for form in vars(import_module(name)).values():
            if isinstance(form, type) and issubclass(form, Form) and form.__module__ == name:
                for field in vars(form).values():
                    yield from (Text(file_of(name), "prose", words) for words in field_texts(field))


def field_texts(field: Any) -> Iterator[str]:
    if not isinstance(field, UnboundField):
        return
    given = [*field.args, *field.kwargs.values()]
    checks = [check for one in given if isinstance(one, list | tuple) for check in one]
    yield from [one for one in given if isinstance(one, str) and is_prose(one)]
    yield from [str(check.message) for check in checks if getattr(check, "message", None)]
    yield from [str(check.label) for check in checks if getattr(check, "label", None)]


def label_texts() -> Iterator[Text]:
    """How each word of a closed list reads."""
    for name in modules("tracker.models"):
        for one in vars(import_module(name)).values():
            if isinstance(one, type) and issubclass(one, Word) and one.__module__ == name:
                yield from (Text(file_of(name), "prose", member.label) for member in one)


def command_texts() -> Iterator[Text]:
    """What each command says of itself."""
    waiting = [import_module("tracker.cli").tracker]
    while waiting:
        command = waiting.pop()
        waiting += command.commands.values() if isinstance(command, click.Group) else []
        said = [command.help, command.short_help, *(getattr(one, "help", None) for one in command.params)]
        yield from (Text(file_of(command.callback.__module__), "prose", words) for words in said if words)


def document_texts() -> Iterator[Text]:
    """The documents, paragraph by paragraph, without what is code in them."""
    for path in [ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md"))]:
        plain = re.sub(r"```.*?```|`[^`\n]*`|\]\([^)]*\)|<[^>]*>", GAP, path.read_text(), flags=re.DOTALL)
        for one in re.sub(r"(?m)^(#.*)\n", rf"\1{BREAK}", plain).split(BREAK):
            kind = "title" if one.lstrip().startswith("#") else "document"
            yield Text(named(path), kind, " ".join(one.strip("# \n").split()))


def modules(package: str) -> list[str]:
    return [one.name for one in walk_packages(import_module(package).__path__, f"{package}.")]


def file_of(module: str) -> str:
    path = module.replace(".", "/")
    return f"{path}/__init__.py" if (ROOT / path).is_dir() else f"{path}.py"


def worded(text: str) -> bool:
    return re.search(r"[A-Za-z]", text) is not None


def is_prose(text: str) -> bool:
    """Whether a text is made for people: it begins like a sentence or a label, or is three words and more."""
    return (
        re.match(r"[A-Z\u201c(][a-z ]|[A-Z]$", text) is not None
        or re.search(r"[a-z]+[,:;]? [a-z]+ [a-z]+", text) is not None
    )
