"""The answer to a question of sets in one sentence, with what it rests on."""

from tracker.views.answers.matrix_filter import MatrixFilter
from tracker.web.clocks import say

SAID = {
    "confirmed": "with confirmed access", "delivered": "with delivery or confirmed access",
}  # fmt: skip


def say_answer(form: MatrixFilter, least: int, most: int) -> str:
    """ "At least 7 and at most 9 people have a record of CARDS-0320 Final before 20 Mar 2018, 18:40 (UTC-4)." """
    number = f"{least:,}" if least == most else f"At least {least:,} and at most {most:,}"
    people = "person" if least == most == 1 else "people"
    parts = _parts(form)
    verb = "is" if people == "person" else "are"
    if not parts:
        return f"{number} {people} {verb} in the register of this case."
    return f"{number} {people} {verb} found: {'; '.join(parts)}."


def _parts(form: MatrixFilter) -> list[str]:
    chosen = {one.value: str(one.label) for one in form.version_choices}
    found = []
    if form.is_asked("has"):
        found.append(f"a record of {chosen[form.has.data]}")
    if form.is_asked("lacks"):
        found.append(f"no record of {chosen[form.lacks.data]}")
    if form.when:
        found.append(f"records that began before {say(form.when)}")
    if form.is_asked("evidence"):
        found.append(SAID[form.evidence.data])
    meetings = {one.value: str(one.label) for one in form.meeting_choices}
    found += [f"at the meeting of {meetings[form[name].data].rpartition(', ')[0]}"
              for name in ("meeting", "second_meeting") if form.is_asked(name)]  # fmt: skip
    if form.is_asked("all_of"):
        found.append(f"records before each of the disclosures {form.all_of.data.strip()}")
    if form.is_asked("unit"):
        found.append(f"of the unit {form.unit.data}")
    for name in ("interviewed", "eliminated"):
        if form.is_asked(name):
            found.append(name if form[name].data == "yes" else f"not {name}")
    return found
