"""The mapping page: which column means what, which lines are used, and how the first lines will be read."""

from collections.abc import Mapping as Names
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from tracker.actions.access import access_logs as actions
from tracker.analysis.letters import read_number
from tracker.analysis.logs.access_log import Mapping
from tracker.analysis.logs.conditions import TESTS, Condition, split_values
from tracker.analysis.logs.files.headers import normal
from tracker.analysis.logs.mapping import FIELDS, MEANINGS
from tracker.audit.doors import Refused
from tracker.imports.lines.look import Look, look_into
from tracker.imports.lines.preview import preview_lines
from tracker.imports.plan import Plan, open_choice, save_mapping
from tracker.imports.report import Report
from tracker.imports.times import look_at_times
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.words import IdentifierKind
from tracker.models.register.accounts import Account
from tracker.policy import Permission
from tracker.views.access.imports.area import area
from tracker.views.access.imports.mapping_form import MappingForm, mapping_form, slug
from tracker.views.access.imports.steps import ask, file_of, next_page
from tracker.views.access.imports.value_tables import read_values
from tracker.web.rendering import page

LOOKS = {"look", "add", "remove"}  # buttons that store nothing
MOST_CONDITIONS = 100


@area.form("/cases/<ref:case>/access-logs/<number:number>/columns", needs=Permission.IMPORT_LOG, of=AccessLog)
def columns(access_log: AccessLog) -> ResponseReturnValue:
    """Which column means what, and how dates are written. Nothing is stored until the file is to be checked."""
    plan, source = Plan.of(access_log), file_of(access_log)
    if plan.reading.encoding is None:
        return next_page(access_log)
    sent = request.form if request.method == "POST" and "column_0" in request.form else None
    looks = sent is not None and bool(LOOKS & set(sent))
    plan, look, unseen = _chosen(access_log, plan, source, sent, guess=sent is None or looks)
    times = look_at_times(source, plan.reading, plan.mapping)
    questions, found = times.questions(plan.mapping), times.readings()
    if sent is not None:
        answers = {one.key: sent.get(f"answer_{slug(one.key)}", "") for one in questions}
        plan = _with(plan, answers={key: one for key, one in {**plan.mapping.answers, **answers}.items() if one})
    form = mapping_form(plan, look, found, questions, access_log.case, unseen, looks=looks)
    done = None if looks else form.act(_save if sent and "save" in sent else _map, access_log)
    return done or _page(access_log, form, plan, look)


def _chosen(
    log: AccessLog, plan: Plan, source: Path, sent: Names[str, str] | None, *, guess: bool
) -> tuple[Plan, Look, dict[str, list[str]]]:
    """The plan with what a form sent, or what is likely; a look into the file with it; and values not seen there."""
    unseen, look = _unseen(log), look_into(source, plan.reading, plan.mapping)
    if sent is not None:
        plan = replace(plan, mapping=_read_columns(plan.mapping, plan.reading.header, sent), kind=_kind(sent))
    plan = _with(plan, values=read_values(plan.mapping, look, sent or {}, unseen, guess=guess))
    return plan, look_into(source, plan.reading, plan.mapping), unseen


def _with(plan: Plan, **changes: Any) -> Plan:
    return replace(plan, mapping=replace(plan.mapping, **changes))


def _page(log: AccessLog, form: MappingForm, plan: Plan, look: Look) -> ResponseReturnValue:
    lines, why_none = preview_lines(file_of(log), plan, log.case, look)
    return page("access/imports/columns.html", form, plan=plan, look=look, preview=lines, why_none=why_none)


def _map(account: Account, log: AccessLog, *, plan: Plan) -> None:
    if lack := open_choice(plan, file_of(log)):
        raise Refused(lack)
    actions.map_log(account, log, plan=plan.as_json())
    ask(log, plan)


def _save(account: Account, log: AccessLog, *, plan: Plan) -> None:
    """Keep the columns for this log, and for the next file of its system; nothing is checked."""
    case, kind, system = log.case, log.kind, log.system
    actions.map_log(account, log, plan=plan.as_json())
    save_mapping(case, kind, system, plan)


def _read_columns(mapping: Mapping, header: Sequence[str], sent: Names[str, str]) -> Mapping:
    """The mapping with the columns, fixed values, conditions and times that a form sent."""
    chosen: dict[str, list[str]] = {}
    for at, name in enumerate(header):
        for field in filter(None, sent.get(f"column_{at}", "").split("+")):
            chosen.setdefault(field, []).append(name)
    known = {*FIELDS[mapping.kind]}
    fixed = {name: sent.get(f"fixed_{name}", "").strip() for name in known}
    changed = {field for field in MEANINGS if _folded(chosen.get(field, ())) != _folded(mapping.columns.get(field, ()))}
    return replace(
        mapping,
        columns={field: _in_order(names, mapping.columns.get(field, ())) for field, names in chosen.items()},
        fixed=fixed,
        values={field: said for field, said in mapping.values.items() if field not in changed},
        where=_read_conditions(sent, header),
        dates=sent.get("dates", ""),
        zone=sent.get("zone", "").strip(),
    )


def _folded(names: Sequence[str]) -> set[str]:
    return set(map(normal, names))


def _in_order(names: Sequence[str], before: Sequence[str]) -> Sequence[str]:
    """Columns that are joined, in the order in which they were joined before: a first name before a last name."""
    return before if _folded(names) == _folded(before) else names


def _read_conditions(sent: Names[str, str], header: Sequence[str]) -> list[Condition]:
    """The conditions that a form sent, with the value that was clicked and without the condition that was removed."""
    rules = []
    for at in range(MOST_CONDITIONS):
        column, test = sent.get(f"where_{at}_column", ""), sent.get(f"where_{at}_test", "")
        if column and test in TESTS and sent.get("remove") != str(at):
            values = () if test.endswith("empty") else split_values(sent.get(f"where_{at}_values", ""))
            rules.append(Condition(column, test, values))
    place, _, value = sent.get("add", "").partition("=")
    column_at = read_number(place)
    return _add(rules, header[column_at], value) if column_at is not None and column_at < len(header) else rules


def _add(rules: list[Condition], column: str, value: str) -> list[Condition]:
    """The conditions with one more value that a column may have."""
    if not value:
        return [*rules, Condition(column, "is_empty")]
    same = [one for one in rules if (one.column, one.test) == (column, "is")]
    values = dict.fromkeys([known for one in same for known in one.values] + [value])
    return [*(one for one in rules if one not in same), Condition(column, "is", tuple(values))]


def _kind(sent: Names[str, str]) -> IdentifierKind:
    return next((kind for kind in IdentifierKind if kind.value == sent.get("kind")), IdentifierKind.ACCOUNT)


def _unseen(log: AccessLog) -> dict[str, list[str]]:
    """Header -> values that the last check met and that have no meaning yet."""
    found: dict[str, list[str]] = {}
    for one in Report.from_json(log.report).problems:
        if one.value and "Choose" in one.rule:
            found.setdefault(one.column, []).append(one.value)
    return found
