"""One word for one thing, and plain English: no text that a person can meet breaks what is agreed on words."""

import re
from functools import cache

import pytest

from tests.readers.texts import GAP, Text, code_texts, every_text, page_texts

MOST_WORDS = 20
# What each dead word is called now: only in the sense that is dead, so that its other senses stay free.
DEAD = {
    r"\bdut(?:y|ies)\b": "role, assignment",
    r"\bdeciders?\b": "deciding official",
    r"\breporters?\b": "reporting person",
    r"\busers?\b": "account, or what the person does",
    r"\baccount of (?:what|the interview)\b": "narrative",
    r"\bledgers?\b|\bleaf\b|\bverbs?\b": "audit log, entry hash, action",
    r"(?<!on )(?<!first )\bscreen(?:ed|ing|s)?\b|\bfirewalled\b": "protected-disclosure check, proceed with firewall",
    r"\banswers? about persons?\b": "person-level results",
    r"\bapprais\w*": "preliminary assessment",
    r"\bdesignat\w*": "subject status",
    r"\bexclu(?:de|des|ded|ding|sions?)\b|\blet go\b": "elimination, eliminated",
    r"\bexposures?\b": "Who had access",
    r"\bas far as is sure\b|\btaken the other way\b": "at least, at most",
    r"\bwindow (?:opens|closes|may close)\b|\bmay close\b": "start, possible end, end of the window",
    r"\brivals?\b|\banother source says\b|\bsources? differs?\b": "conflicting sources",
    r"\bfitness\b|\bhow fit\b": "reliability",
    r"\bjustified\b": "left open, with a reason",
    r"\bsilence\b": "no response received",
    r"\bforgo(?:ne|es)?\b": "review waived",
    r"\bjudge?ments?\b": "Findings",
    r"\bwhat came out\b": "Disclosure",
    r"\b(?:even|equal) treatment\b": "fair treatment",
    r"\baccesses\b": "access records",
    r"\bwhat blocks\b|\bnothing blocks\b": "open points",
    r"\bstanding texts?\b|\bwho may do what\b": "Standard texts, Permissions",
    r"\bwaits? for (?:me|you)\b|\bstart page\b": "To do, Home",
    r"\b(?:take|takes|taken|taking|took)(?: \w+)? in\b|\bundo(?:ne)?\b": "import, imported, reverted",
    r"\bwall(?:s|ed)?\b|\bshut out\b": "recusal, recused",
    r"\binstants?\b|\bmoments?\b": "time",
}
CODE = re.compile(r"(?<![\w./-])[a-z]{2,}_[a-z_]+(?![\w.=/-])")
PERSON = re.compile(r"\b(?:she|hers?|herself|he|him|his|himself)\b", re.IGNORECASE)
THING = re.compile(
    r"\b(?:(?:new|old)(?:e[rs]t?)?|earlier|later|last|next|first|other|right|wrong|that|this|each|which) ones?\b",
    re.IGNORECASE,
)
CLAUSE = re.compile(r"(?:What|How|Of|On|Let|Who)\b(?! had access\b)")
START = re.compile(r"(?:But|And|That|Of)\b")
# Files that are not read, each with the reason.
UNREAD = {
    "tracker/audit/guards.py": "SQL: triggers and what a database says when a trigger refuses",
    "tracker/actions/register/founding.py": "standard texts of a new register: notices in the words of law and courts",
}
EVERYWHERE = {"dead word", "they for a person"}
# A text that may break a rule, by the rule and a piece of the text; and why it may.
ALLOWED = {
    ("dead word", "Confirms by silence"): "the publisher says nothing; no response to the inquiry is meant",
    ("dead word", "user, user id, username"): "names of columns in the files of others, which the import recognises",
    ("long", "user, user id, username"): "names of columns in the files of others, which the import recognises",
    ("long", "since, from, timestamp"): "names of columns in the files of others, which the import recognises",
    ("long", "until, to, end"): "names of columns in the files of others, which the import recognises",
    ("long", "with whom, contact with"): "names of columns in the files of others, which the import recognises",
    ("dead word", "User Activity, Export"): "the name of a menu in another program, where the file is exported",
    ("dead word", "User log events, Export"): "the name of a menu in another program, where the file is exported",
    ("button", "Light"): "a switch between three colours: the group is called Colours",
    ("button", "Dark"): "a switch between three colours: the group is called Colours",
    ("button", "System"): "a switch between three colours: the group is called Colours",
    ("button", "Search"): "what it searches stands in the box and the list beside it",
    ("button", "Open …"): "the record to be opened stands in place of the dots",
}


def faults(text: Text) -> list[str]:
    """The rules that a text breaks and that no exception lets it break."""
    return [one for one in breaches(text) if not any(allows(exception, one, text) for exception in ALLOWED)]


def allows(exception: tuple[str, str], breach: str, text: Text) -> bool:
    """Whether an exception is for this breach."""
    rule, piece = exception
    return breach.startswith(f"{rule}:") and piece in text.words


def breaches(text: Text) -> list[str]:
    """The rules that a text breaks, each with the piece that breaks it."""
    found = [
        f"dead word: {hit[0]} -> {word}"
        for dead, word in DEAD.items()
        for hit in re.finditer(dead, text.words, re.IGNORECASE)
    ]
    found += [f"they for a person: {hit[0]}" for hit in PERSON.finditer(text.words)]
    found += [f"one for a thing: {hit[0]}" for hit in THING.finditer(text.words)]
    if text.file.endswith(".html"):
        found += [f"name of code: {hit[0]}" for hit in CODE.finditer(text.words)]
    found += [f"title: {text.words}"] if text.kind == "title" and CLAUSE.match(text.words) else []
    found += [f"button: {text.words}"] if text.kind == "button" and is_bare(text.words) else []
    for sentence in sentences(text.words):
        found += [f"start: {sentence}"] if START.match(sentence) else []
        found += [f"long: {sentence}"] if len(sentence.split()) > MOST_WORDS else []
    return [one for one in found if text.kind != "document" or one.partition(":")[0] in EVERYWHERE]


def is_bare(words: str) -> bool:
    """Whether a button is one word."""
    return len([word for word in words.split() if re.search(r"\w", word)]) < 2


def sentences(words: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.!?])[\u201d\"')]?\s+", words) if re.search(r"[A-Za-z]", one)]


@cache
def texts() -> list[Text]:
    """Every text, read by the process that runs these tests."""
    return every_text()


@pytest.mark.parametrize("kind", ["title", "button", "prose"])
def test_texts_are_found(kind):
    assert len([text for text in texts() if text.kind == kind]) > 100


@pytest.mark.parametrize("floor", ["templates", "tracker/views"])
@pytest.mark.parametrize("room", ["case", "disclosure", "access", "inquiry", "findings", "register"])
def test_texts_of_each_room_are_found(floor, room):
    assert [text for text in texts() if text.file.startswith(f"{floor}/{room}/") and text.kind == "prose"]


def test_every_text_keeps_to_the_words():
    found = {(text.file, fault) for text in texts() if text.file not in UNREAD for fault in faults(text)}
    assert sorted(found) == []


def test_every_exception_is_needed():
    broken = [(breach, text) for text in texts() for breach in breaches(text)]
    assert [one for one in ALLOWED if not any(allows(one, breach, text) for breach, text in broken)] == []


@pytest.mark.parametrize(
    ("kind", "words", "rule"),
    [
        ("prose", "Propose a duty to a member.", "dead word"),
        ("prose", "Read the ledger of the case.", "dead word"),
        ("prose", "The protected-disclosure screen is open.", "dead word"),
        ("prose", "The wall stands.", "dead word"),
        ("prose", "What blocks the next stage", "dead word"),
        ("document", "The decider closes the case.", "dead word"),
        ("prose", "Wait a moment, then try again.", "dead word"),
        ("prose", "The member begins when she accepts.", "they for a person"),
        ("document", "Nobody reviews his own words.", "they for a person"),
        ("prose", "Only the newest one counts.", "one for a thing"),
        ("button", "Add access_record record", "name of code"),
        ("title", "How it came here", "title"),
        ("title", "Of each allegation", "title"),
        ("title", "Who has a role", "title"),
        ("button", "Change", "button"),
        ("button", f"Change {GAP}", "button"),
        ("prose", "Save it. And close it.", "start"),
        ("prose", "That you read it is recorded.", "start"),
        ("prose", " ".join(["word"] * 21) + ".", "long"),
    ],
)
def test_a_text_that_breaks_a_rule_is_found(kind, words, rule):
    assert rule in {fault.partition(":")[0] for fault in faults(Text("a.html", kind, words))}


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("title", "Who had access"),
        ("title", "Stage history"),
        ("button", "Change stage"),
        ("prose", "Use the words on screen. They stay."),
        ("prose", "First steps: open the account page, then the access log."),
        ("prose", " ".join(["word"] * 20) + ". " + " ".join(["word"] * 20) + "."),
        ("document", " ".join(["word"] * 30) + "."),
    ],
)
def test_a_text_that_keeps_to_the_rules_is_let_through(kind, words):
    assert faults(Text("a.html", kind, words)) == []


def test_a_page_is_cut_into_titles_buttons_and_prose():
    page = """{% extends "layout.html" %}{% block title %}Edit {{ case.title }}{% endblock %}{% block content %}
    <h2>Open points</h2><p>The case is {{ stage }}.{% if late %} It is late.{% else %} It is early.{% endif %}</p>
    <a class="btn" href="{{ url_for('cases.show') }}">Change stage</a>{{ submit("Save case") }}
    {{ empty("No cases yet", "Open a case.", url, "Open case") }}{# Nothing of a comment. #}{% endblock %}"""
    found = {(text.kind, text.words) for text in page_texts(page)}
    assert found >= {
        ("title", f"Edit {GAP}"), ("title", "Open points"), ("title", "No cases yet"), ("button", "Change stage"),
        ("button", "Save case"), ("button", "Open case"), ("prose", f"The case is {GAP}. It is late."),
        ("prose", "It is early."),
    }  # fmt: skip
    assert not any("comment" in words or "cases.show" in words for _, words in found)


def test_a_module_is_read_without_its_docstrings():
    module = '"A docstring."\nsay = f"There is no case {name} here."\nhint: "Name" = text("New case", "key")\n'
    assert list(code_texts(module)) == [f"There is no case {GAP} here.", "New case"]
