"""Who may do what: every permission has one rule, asked at every door and drawn on the page of permissions.

Whether a thing exists for an account is not asked here but by `visible_to` on its model (the answer is "not found").
"""

from tracker.policy.permissions import Permission
from tracker.policy.rules import RULES, RULES_BY_SUBJECT, SYSTEM, allows

__all__ = ["RULES", "RULES_BY_SUBJECT", "SYSTEM", "Permission", "allows"]
