"""The table of permissions, drawn from the rules: who may do what, and the numbered conditions under it."""

from tracker.models.case.words import Role
from tracker.policy.permissions import Permission
from tracker.policy.roles import incompatible_with
from tracker.policy.rules import HOLDERS, RULES_BY_SUBJECT, Holder, Rule

Cell = list[list[int]] | None  # None is No, [[]] Yes, [[1, 2], [3]] Yes if conditions 1 and 2 hold, or 3
CONDITIONS = list(
    dict.fromkeys(
        sentence
        for rules in RULES_BY_SUBJECT.values()
        for rule in rules.values()
        for way in rule.ways
        for sentence in way.conditions
    )
)


def draw_cell(rule: Rule, holder: Holder) -> Cell:
    """What a rule says of one column of the table."""
    ways = [[CONDITIONS.index(one) + 1 for one in way.conditions] for way in rule.ways if holder in way.holders]
    return [[]] if [] in ways else ways or None


def draw_table() -> dict[str, dict[Permission, list[Cell]]]:
    """By subject, each permission with a cell for each of HOLDERS."""
    return {
        subject: {needs: [draw_cell(rule, holder) for holder in HOLDERS] for needs, rule in rules.items()}
        for subject, rules in RULES_BY_SUBJECT.items()
    }


def draw_incompatible() -> dict[Role, list[Role]]:
    """Each role with those it cannot be combined with, where there are any, in the order of the words."""
    incompatible = {role: [other for other in Role if other in incompatible_with(role)] for role in Role}
    return {role: others for role, others in incompatible.items() if others}
