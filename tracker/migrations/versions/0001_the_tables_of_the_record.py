"""The tables of the record."""

import sqlalchemy as sa
from alembic import op

from tracker.audit import guards
from tracker.audit.search import schema as search_schema

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None
TIME = sa.String(27).with_variant(sa.String(27, collation="C"), "postgresql")


def upgrade() -> None:
    """Apply it."""
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("email_folded", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_folded", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "administrator", "auditor", "member", name="kind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("password_hash", sa.String(length=255), nullable=True),
        sa.Column("password_set_at", TIME, nullable=True),
        sa.Column("password_notice", sa.Boolean(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("disabled_at", TIME, nullable=True),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email_folded", name=op.f("uq_account_email_folded")),
        sa.UniqueConstraint("uid", name=op.f("uq_account_uid")),
    )
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("entry_hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("actor", sa.String(length=32), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("case_ref", sa.String(length=16), nullable=True),
        sa.Column("cseq", sa.Integer(), nullable=True),
        sa.Column("record", sa.String(length=64), nullable=True),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_action"), ["action"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_actor"), ["actor"], unique=False)
        batch_op.create_index("ix_audit_at", ["at"], unique=False)
        batch_op.create_index("ix_audit_case_ref_cseq", ["case_ref", "cseq"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_record"), ["record"], unique=False)

    op.create_table(
        "audit_record",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("record_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("seq", "kind", "record_id", name=op.f("pk_audit_record")),
    )
    with op.batch_alter_table("audit_record", schema=None) as batch_op:
        batch_op.create_index("ix_audit_record_kind_record_id_seq", ["kind", "record_id", "seq"], unique=False)

    op.create_table(
        "login_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name_hash", sa.String(length=64), nullable=False),
        sa.Column("device_hash", sa.String(length=64), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("ok", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_attempt")),
    )
    with op.batch_alter_table("login_attempt", schema=None) as batch_op:
        batch_op.create_index("ix_login_attempt_name_hash_at", ["name_hash", "at"], unique=False)

    op.create_table(
        "sealed_text",
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("record_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("format", sa.String(length=40), nullable=False),
        sa.Column("bytes", sa.Text(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("kind", "record_id", name=op.f("pk_sealed_text")),
    )
    op.create_table(
        "account_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "email",
                "account",
                "badge",
                "phone",
                "other",
                name="identifierkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("value", sa.String(length=254), nullable=False),
        sa.Column("value_folded", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_alias_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_alias")),
        sa.UniqueConstraint(
            "account_id", "kind", "value_folded", name=op.f("uq_account_alias_account_id_kind_value_folded")
        ),
    )
    with op.batch_alter_table("account_alias", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_alias_value_folded"), ["value_folded"], unique=False)

    op.create_table(
        "acknowledgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record", sa.String(length=64), nullable=False),
        sa.Column("mismatch", sa.Integer(), nullable=False),
        sa.Column("expected", sa.String(length=64), nullable=True),
        sa.Column("found", sa.String(length=64), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_acknowledgement_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acknowledgement")),
    )
    with op.batch_alter_table("acknowledgement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_acknowledgement_record"), ["record"], unique=False)

    op.create_table(
        "audit_detail",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("values", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["audit.seq"], name=op.f("fk_audit_detail_seq")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_detail")),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("marking", sa.String(length=40), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "intake",
                "inquiry",
                "investigation",
                "right_of_reply",
                "review",
                "closed",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("why_opened", sa.Text(), nullable=False),
        sa.Column("requested_by", sa.String(length=200), nullable=False),
        sa.Column("legal_hold", sa.Text(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column(
            "date_order",
            sa.Enum("day_first", "month_first", name="dateorder", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("opened", TIME, nullable=False),
        sa.Column("changed", TIME, nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("happened", sa.String(length=32), nullable=True),
        sa.Column("breach", sa.String(length=32), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=True),
        sa.Column("ending", sa.String(length=32), nullable=True),
        sa.Column("closed", TIME, nullable=True),
        sa.Column("accesses_numbered", sa.Integer(), nullable=False),
        sa.Column("whereabouts_numbered", sa.Integer(), nullable=False),
        sa.Column("press_contacts_numbered", sa.Integer(), nullable=False),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["opened_by_id"], ["account.id"], name=op.f("fk_cases_opened_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("reference", name=op.f("uq_cases_reference")),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cases_changed"), ["changed"], unique=False)
        batch_op.create_index(batch_op.f("ix_cases_opened"), ["opened"], unique=False)

    op.create_table(
        "form_token",
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.Column("location", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_form_token_account_id")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_form_token")),
    )
    with op.batch_alter_table("form_token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_form_token_at"), ["at"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=8), nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("used_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_invitation_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_account_id"), ["account_id"], unique=False)

    op.create_table(
        "login_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        sa.Column("confirmed_at", TIME, nullable=False),
        sa.Column("ended_at", TIME, nullable=True),
        sa.Column("browser", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_login_session_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_login_session_token_hash")),
    )
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_session_account_id"), ["account_id"], unique=False)

    op.create_table(
        "standard_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "advisement",
                "whistleblower",
                "questions",
                name="textkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "rule",
            sa.Enum(
                "none",
                "voluntary_only",
                "declination",
                "offer_first",
                "counsel",
                "stop",
                name="textrule",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("added", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_standard_text_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standard_text")),
        sa.UniqueConstraint("kind", "key", "version", name=op.f("uq_standard_text_kind_key_version")),
    )
    op.create_table(
        "access_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "access",
                "whereabouts",
                "people",
                "press_contacts",
                name="logkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "received",
                "checking",
                "checked",
                "staging",
                "visible",
                "failed",
                "reverted",
                name="logstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("system", sa.String(length=200), nullable=False),
        sa.Column("obtained_from", sa.String(length=200), nullable=False),
        sa.Column("obtained_earliest", TIME, nullable=False),
        sa.Column("obtained_latest", TIME, nullable=False),
        sa.Column("obtained_offset", sa.String(length=64), nullable=True),
        sa.Column("obtained_precision", sa.String(length=8), nullable=False),
        sa.Column("covers_since_earliest", TIME, nullable=False),
        sa.Column("covers_since_latest", TIME, nullable=False),
        sa.Column("covers_since_offset", sa.String(length=64), nullable=True),
        sa.Column("covers_since_precision", sa.String(length=8), nullable=False),
        sa.Column("covers_until_earliest", TIME, nullable=False),
        sa.Column("covers_until_latest", TIME, nullable=False),
        sa.Column("covers_until_offset", sa.String(length=64), nullable=True),
        sa.Column("covers_until_precision", sa.String(length=8), nullable=False),
        sa.Column("gaps", sa.Text(), nullable=False),
        sa.Column("clock_offset", sa.String(length=80), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.Column("repeats", sa.Integer(), nullable=False),
        sa.Column("nobody_rows", sa.Integer(), nullable=False),
        sa.Column("new_people", sa.Integer(), nullable=False),
        sa.Column("done_rows", sa.Integer(), nullable=False),
        sa.Column("first_number", sa.Integer(), nullable=True),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("rows_sha256", sa.String(length=64), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.Column("imported_by_id", sa.Integer(), nullable=False),
        sa.Column("imported", TIME, nullable=False),
        sa.Column("begun", TIME, nullable=True),
        sa.Column("finished", TIME, nullable=True),
        sa.Column("reverted", TIME, nullable=True),
        sa.Column("reverted_by_id", sa.Integer(), nullable=True),
        sa.Column("reverted_why", sa.Text(), nullable=False),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_access_log_case_id")),
        sa.ForeignKeyConstraint(["imported_by_id"], ["account.id"], name=op.f("fk_access_log_imported_by_id")),
        sa.ForeignKeyConstraint(["reverted_by_id"], ["account.id"], name=op.f("fk_access_log_reverted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_log")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_access_log_case_id_number")),
    )
    with op.batch_alter_table("access_log", schema=None) as batch_op:
        batch_op.create_index(
            "ix_access_log_open",
            ["imported_by_id"],
            unique=False,
            sqlite_where=sa.text("state IN ('received', 'checked')"),
            postgresql_where=sa.text("state IN ('received', 'checked')"),
        )
        batch_op.create_index(batch_op.f("ix_access_log_sha256"), ["sha256"], unique=False)

    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "happened",
            sa.Enum(
                "no_disclosure",
                "authorised_release",
                "already_public",
                "not_protected",
                "accidental_publication",
                "compromise",
                "suspected_compromise",
                "loss",
                "undetermined",
                name="happened",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "damage",
            sa.Enum("yes", "no", "unknown", name="damage", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("damage_reason", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_assessment_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_assessment_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_assessment_case_id_number")),
    )
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "lead",
                "investigator",
                "reviewer",
                "counsel",
                "deciding_official",
                "observer",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("proposed_at", TIME, nullable=False),
        sa.Column("accepted_at", TIME, nullable=True),
        sa.Column("declined_at", TIME, nullable=True),
        sa.Column("declaration", sa.Text(), nullable=False),
        sa.Column("inactive_since", TIME, nullable=True),
        sa.Column("ended_at", TIME, nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_assignment_account_id")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_assignment_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_assignment_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_assignment_case_id_number")),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_assignment_account",
            ["account_id", "case_id", "accepted_at", "ended_at", "inactive_since"],
            unique=False,
        )
        batch_op.create_index("ix_assignment_account_role", ["account_id", "role", "case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assignment_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "ix_assignment_inactive",
            ["case_id"],
            unique=False,
            sqlite_where=sa.text("inactive_since IS NOT NULL"),
            postgresql_where=sa.text("inactive_since IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_assignment_offered",
            ["account_id"],
            unique=False,
            sqlite_where=sa.text("accepted_at IS NULL AND declined_at IS NULL AND ended_at IS NULL"),
            postgresql_where=sa.text("accepted_at IS NULL AND declined_at IS NULL AND ended_at IS NULL"),
        )

    op.create_table(
        "conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thing", sa.String(length=32), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum("high", "medium", "low", name="confidence", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("withdrawn_at", TIME, nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_conflict_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_conflict_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_conflict_case_id_number")),
    )
    with op.batch_alter_table("conflict", schema=None) as batch_op:
        batch_op.create_index("ix_conflict_thing", ["case_id", "thing", "thing_id"], unique=False)

    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("alternatives", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("revisit", sa.String(length=200), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_decision_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_decision_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_decision_case_id_number")),
    )
    op.create_table(
        "disclosure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outlet", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column(
            "medium",
            sa.Enum(
                "newspaper",
                "broadcast",
                "agency",
                "website",
                "social",
                "email",
                "message",
                "podcast",
                "book",
                "leaflet",
                "letter",
                "spoken",
                "other",
                name="medium",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("published_earliest", TIME, nullable=False),
        sa.Column("published_latest", TIME, nullable=False),
        sa.Column("published_offset", sa.String(length=64), nullable=True),
        sa.Column("published_precision", sa.String(length=8), nullable=False),
        sa.Column("first_seen_earliest", TIME, nullable=False),
        sa.Column("first_seen_latest", TIME, nullable=False),
        sa.Column("first_seen_offset", sa.String(length=64), nullable=True),
        sa.Column("first_seen_precision", sa.String(length=8), nullable=False),
        sa.Column("comment_requested_earliest", TIME, nullable=False),
        sa.Column("comment_requested_latest", TIME, nullable=False),
        sa.Column("comment_requested_offset", sa.String(length=64), nullable=True),
        sa.Column("comment_requested_precision", sa.String(length=8), nullable=False),
        sa.Column("sourcing", sa.Text(), nullable=False),
        sa.Column(
            "form",
            sa.Enum(
                "reproduces",
                "quotes",
                "paraphrases",
                "orally_repeats",
                "confirms_by_silence",
                name="disclosureform",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=True),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_disclosure_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_disclosure_case_id_number")),
    )
    op.create_table(
        "exhibit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column(
            "form",
            sa.Enum("file", "object", name="exhibitform", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("obtained_earliest", TIME, nullable=False),
        sa.Column("obtained_latest", TIME, nullable=False),
        sa.Column("obtained_offset", sa.String(length=64), nullable=True),
        sa.Column("obtained_precision", sa.String(length=8), nullable=False),
        sa.Column("obtained_from", sa.String(length=200), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column(
            "original",
            sa.Enum("original", "copy", name="original", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column(
            "source_grade",
            sa.Enum(
                "A", "B", "C", "D", "E", "F", name="sourcegrade", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column(
            "information_grade",
            sa.Enum(
                "1",
                "2",
                "3",
                "4",
                "5",
                "6",
                name="informationgrade",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("twin_id", sa.Integer(), nullable=True),
        sa.Column("seal", sa.String(length=64), nullable=True),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(form = 'file') = (sha256 IS NOT NULL)", name=op.f("ck_exhibit_a_file_has_a_hash")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_exhibit_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_exhibit_case_id")),
        sa.ForeignKeyConstraint(["twin_id"], ["exhibit.id"], name=op.f("fk_exhibit_twin_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exhibit")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_exhibit_case_id_number")),
    )
    with op.batch_alter_table("exhibit", schema=None) as batch_op:
        batch_op.create_index("ix_exhibit_sha256", ["case_id", "sha256"], unique=False)

    op.create_table(
        "export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("filter", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("recipient", sa.String(length=300), nullable=False),
        sa.Column("names", sa.Boolean(), nullable=False),
        sa.Column(
            "format",
            sa.Enum(
                "csv",
                "csv_for_excel",
                "xlsx",
                "zip",
                name="format",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("as_of", TIME, nullable=True),
        sa.Column("ended", TIME, nullable=True),
        sa.Column("rows", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum("running", "ok", "failed", name="outcome", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_export_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_export_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_export_case_id_number")),
    )
    op.create_table(
        "hypothesis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "supported",
                "contradicted",
                "not_tested",
                name="tested",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_hypothesis_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hypothesis")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_hypothesis_case_id_number")),
    )
    op.create_table(
        "import_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "access",
                "whereabouts",
                "people",
                "press_contacts",
                name="logkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("system_folded", sa.String(length=200), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_import_mapping_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_mapping")),
        sa.UniqueConstraint(
            "case_id", "kind", "system_folded", name=op.f("uq_import_mapping_case_id_kind_system_folded")
        ),
    )
    op.create_table(
        "last_look",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_last_look_account_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_last_look_case_id")),
        sa.PrimaryKeyConstraint("account_id", "case_id", name=op.f("pk_last_look")),
    )
    op.create_table(
        "list_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("list", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("query", sa.String(length=2000), nullable=False),
        sa.Column("hidden", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_list_view_account_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_list_view_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_view")),
    )
    with op.batch_alter_table("list_view", schema=None) as batch_op:
        batch_op.create_index("ix_list_view", ["account_id", "list", "case_id"], unique=False)

    op.create_table(
        "material",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("identifier", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("originator", sa.String(length=200), nullable=False),
        sa.Column("custodian", sa.String(length=200), nullable=False),
        sa.Column("marking", sa.String(length=40), nullable=False),
        sa.Column("created_earliest", TIME, nullable=False),
        sa.Column("created_latest", TIME, nullable=False),
        sa.Column("created_offset", sa.String(length=64), nullable=True),
        sa.Column("created_precision", sa.String(length=8), nullable=False),
        sa.Column("retention", sa.String(length=300), nullable=False),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_material_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material")),
        sa.UniqueConstraint("case_id", "identifier", name=op.f("uq_material_case_id_identifier")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_material_case_id_number")),
    )
    op.create_table(
        "official_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=300), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column(
            "medium",
            sa.Enum(
                "newspaper",
                "broadcast",
                "agency",
                "website",
                "social",
                "email",
                "message",
                "podcast",
                "book",
                "leaflet",
                "letter",
                "spoken",
                "other",
                name="medium",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("released_earliest", TIME, nullable=False),
        sa.Column("released_latest", TIME, nullable=False),
        sa.Column("released_offset", sa.String(length=64), nullable=True),
        sa.Column("released_precision", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=True),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_official_release_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_release")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_official_release_case_id_number")),
    )
    op.create_table(
        "outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "ending",
            sa.Enum(
                "decided",
                "stopped_and_referred",
                "opened_by_mistake",
                name="ending",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "happened",
            sa.Enum(
                "no_disclosure",
                "authorised_release",
                "already_public",
                "not_protected",
                "accidental_publication",
                "compromise",
                "suspected_compromise",
                "loss",
                "undetermined",
                name="happened",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "breach",
            sa.Enum(
                "not_determined",
                "none",
                "infraction",
                "violation",
                name="breach",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "intent",
            sa.Enum(
                "inadvertent",
                "negligent",
                "reckless",
                "knowing",
                "wilful",
                "undetermined",
                name="intent",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("why_bare", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("letters", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("submitted_at", TIME, nullable=True),
        sa.Column("reviewed", sa.Boolean(), nullable=False),
        sa.Column("as_it_stood", sa.Text(), nullable=False),
        sa.Column("closed_at", TIME, nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("reopened_at", TIME, nullable=True),
        sa.Column("reopened_by_id", sa.Integer(), nullable=True),
        sa.Column("why_reopened", sa.Text(), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=True),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_outcome_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_outcome_case_id")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["account.id"], name=op.f("fk_outcome_closed_by_id")),
        sa.ForeignKeyConstraint(["reopened_by_id"], ["account.id"], name=op.f("fk_outcome_reopened_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_outcome_case_id_number")),
    )
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outcome_open",
            ["case_id"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "privileged_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_privileged_note_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_privileged_note_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privileged_note")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_privileged_note_case_id_number")),
    )
    op.create_table(
        "protection_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "proceed",
                "proceed_with_firewall",
                "stop_and_refer",
                "seek_advice",
                name="protectionresult",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.String(length=10), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_protection_check_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_protection_check_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protection_check")),
    )
    with op.batch_alter_table("protection_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_protection_check_case_id"), ["case_id"], unique=False)

    op.create_table(
        "recommendation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("addressee", sa.String(length=300), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("due_earliest", TIME, nullable=False),
        sa.Column("due_latest", TIME, nullable=False),
        sa.Column("due_offset", sa.String(length=64), nullable=True),
        sa.Column("due_precision", sa.String(length=8), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "accepted",
                "rejected",
                "done",
                name="recommendationstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_recommendation_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_recommendation_case_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name=op.f("fk_recommendation_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_recommendation_case_id_number")),
    )
    op.create_table(
        "referral",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("to", sa.String(length=300), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("sent_earliest", TIME, nullable=False),
        sa.Column("sent_latest", TIME, nullable=False),
        sa.Column("sent_offset", sa.String(length=64), nullable=True),
        sa.Column("sent_precision", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("resulted_earliest", TIME, nullable=False),
        sa.Column("resulted_latest", TIME, nullable=False),
        sa.Column("resulted_offset", sa.String(length=64), nullable=True),
        sa.Column("resulted_precision", sa.String(length=8), nullable=False),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_referral_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_referral_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_referral_case_id_number")),
    )
    op.create_table(
        "related_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_related_case_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_related_case_case_id")),
        sa.ForeignKeyConstraint(["other_id"], ["cases.id"], name=op.f("fk_related_case_other_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_related_case")),
        sa.UniqueConstraint("case_id", "other_id", name=op.f("uq_related_case_case_id_other_id")),
    )
    op.create_table(
        "review_waiver",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_review_waiver_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_review_waiver_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_waiver")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_review_waiver_case_id_number")),
    )
    op.create_table(
        "search_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=32), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("piece", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column(
            "reading",
            sa.Enum(
                "case",
                "names",
                "statement",
                "evaluation",
                "privileged",
                name="reading",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.String(length=27), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_search_text_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_text")),
    )
    with op.batch_alter_table("search_text", schema=None) as batch_op:
        batch_op.create_index("ix_search_text_part", ["part", "part_id"], unique=False)
        batch_op.create_index("ix_search_text_record", ["kind", "record_id"], unique=False)

    op.create_table(
        "snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(length=40), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("last_entry", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_snapshot_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_snapshot_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_snapshot_case_id_number")),
    )
    op.create_table(
        "stage_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "from_stage",
            sa.Enum(
                "intake",
                "inquiry",
                "investigation",
                "right_of_reply",
                "review",
                "closed",
                name="from_stage",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "to_stage",
            sa.Enum(
                "intake",
                "inquiry",
                "investigation",
                "right_of_reply",
                "review",
                "closed",
                name="to_stage",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("checklist", sa.Text(), nullable=False),
        sa.Column("stops", sa.Boolean(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_stage_move_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_stage_move_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_move")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_stage_move_case_id_number")),
    )
    op.create_table(
        "step_time",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("took_place_earliest", TIME, nullable=False),
        sa.Column("took_place_latest", TIME, nullable=False),
        sa.Column("took_place_offset", sa.String(length=64), nullable=True),
        sa.Column("took_place_precision", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_step_time_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_step_time_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step_time")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_step_time_case_id_number")),
    )
    op.create_table(
        "suspension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("lifted_at", TIME, nullable=True),
        sa.Column("lifted_by_id", sa.Integer(), nullable=True),
        sa.Column("why_lifted", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_suspension_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_suspension_case_id")),
        sa.ForeignKeyConstraint(["lifted_by_id"], ["account.id"], name=op.f("fk_suspension_lifted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspension")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_suspension_case_id_number")),
    )
    op.create_table(
        "capture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("disclosure_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_capture_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_capture_case_id")),
        sa.ForeignKeyConstraint(["corrects_id"], ["capture.id"], name=op.f("fk_capture_corrects_id")),
        sa.ForeignKeyConstraint(["disclosure_id"], ["disclosure.id"], name=op.f("fk_capture_disclosure_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capture")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_capture_corrects_id")),
        sa.UniqueConstraint("disclosure_id", "number", name=op.f("uq_capture_disclosure_id_number")),
    )
    op.create_table(
        "custody_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exhibit_id", sa.Integer(), nullable=False),
        sa.Column("from_holder", sa.String(length=200), nullable=False),
        sa.Column("to_holder", sa.String(length=200), nullable=False),
        sa.Column("at_earliest", TIME, nullable=False),
        sa.Column("at_latest", TIME, nullable=False),
        sa.Column("at_offset", sa.String(length=64), nullable=True),
        sa.Column("at_precision", sa.String(length=8), nullable=False),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.Column("seal_number", sa.String(length=80), nullable=False),
        sa.Column("condition", sa.String(length=300), nullable=False),
        sa.Column("recorded", TIME, nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_custody_entry_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_custody_entry_case_id")),
        sa.ForeignKeyConstraint(["exhibit_id"], ["exhibit.id"], name=op.f("fk_custody_entry_exhibit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custody_entry")),
        sa.UniqueConstraint("exhibit_id", "number", name=op.f("uq_custody_entry_exhibit_id_number")),
    )
    op.create_table(
        "disposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exhibit_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", TIME, nullable=True),
        sa.Column("declined_at", TIME, nullable=True),
        sa.Column("declined_by_id", sa.Integer(), nullable=True),
        sa.Column("why_declined", sa.Text(), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_disposal_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_disposal_case_id")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["account.id"], name=op.f("fk_disposal_confirmed_by_id")),
        sa.ForeignKeyConstraint(["declined_by_id"], ["account.id"], name=op.f("fk_disposal_declined_by_id")),
        sa.ForeignKeyConstraint(["exhibit_id"], ["exhibit.id"], name=op.f("fk_disposal_exhibit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposal")),
        sa.UniqueConstraint("exhibit_id", "number", name=op.f("uq_disposal_exhibit_id_number")),
    )
    with op.batch_alter_table("disposal", schema=None) as batch_op:
        batch_op.create_index(
            "ix_disposal_open",
            ["case_id"],
            unique=False,
            sqlite_where=sa.text("confirmed_at IS NULL AND declined_at IS NULL"),
            postgresql_where=sa.text("confirmed_at IS NULL AND declined_at IS NULL"),
        )

    op.create_table(
        "line_of_inquiry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column(
            "direction",
            sa.Enum("for", "against", name="direction", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("hypothesis_id", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("due_earliest", TIME, nullable=False),
        sa.Column("due_latest", TIME, nullable=False),
        sa.Column("due_offset", sa.String(length=64), nullable=True),
        sa.Column("due_precision", sa.String(length=8), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "closed",
                "left_open",
                name="lineofinquirystate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_line_of_inquiry_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_line_of_inquiry_case_id")),
        sa.ForeignKeyConstraint(["hypothesis_id"], ["hypothesis.id"], name=op.f("fk_line_of_inquiry_hypothesis_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name=op.f("fk_line_of_inquiry_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_of_inquiry")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_line_of_inquiry_case_id_number")),
    )
    with op.batch_alter_table("line_of_inquiry", schema=None) as batch_op:
        batch_op.create_index(
            "ix_line_of_inquiry_open",
            ["case_id"],
            unique=False,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "material_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "path",
                "file_name",
                "subject",
                "url",
                name="aliaskind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("value", sa.String(length=500), nullable=False),
        sa.Column("value_folded", sa.String(length=500), nullable=False),
        sa.Column("learned_from_id", sa.Integer(), nullable=True),
        sa.Column("removed_at", TIME, nullable=True),
        sa.Column("removed_by_id", sa.Integer(), nullable=True),
        sa.Column("removed_why", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_material_alias_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_material_alias_case_id")),
        sa.ForeignKeyConstraint(["learned_from_id"], ["access_log.id"], name=op.f("fk_material_alias_learned_from_id")),
        sa.ForeignKeyConstraint(["material_id"], ["material.id"], name=op.f("fk_material_alias_material_id")),
        sa.ForeignKeyConstraint(["removed_by_id"], ["account.id"], name=op.f("fk_material_alias_removed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material_alias")),
        sa.UniqueConstraint("material_id", "number", name=op.f("uq_material_alias_material_id_number")),
    )
    with op.batch_alter_table("material_alias", schema=None) as batch_op:
        batch_op.create_index(
            "uq_material_alias_in_force",
            ["case_id", "value_folded"],
            unique=True,
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )

    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_near", sa.String(length=254), nullable=False),
        sa.Column("post", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column(
            "involvement",
            sa.Enum(
                "recipient",
                "originator",
                "custodian",
                "handler",
                "attendee",
                "witness",
                "reporting_person",
                name="involvement",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("came_with_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("row_sha256", sa.String(length=64), nullable=True),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_person_by_id")),
        sa.ForeignKeyConstraint(["came_with_id"], ["access_log.id"], name=op.f("fk_person_came_with_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_person_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_person_case_id_number")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_came_with_id"), ["came_with_id"], unique=False)

    op.create_table(
        "protection_answers",
        sa.Column("protection_check_id", sa.Integer(), nullable=False),
        sa.Column(
            "wrongdoing",
            sa.Enum("yes", "no", "unknown", name="wrongdoing", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "lawful_recipient",
            sa.Enum(
                "yes", "no", "unknown", name="lawful_recipient", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "protected_by",
            sa.Enum(
                "statute",
                "policy",
                "nothing",
                "unknown",
                name="protectedby",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "raised_before",
            sa.Enum("yes", "no", "unknown", name="raised_before", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "identifies",
            sa.Enum("yes", "no", "unknown", name="identifies", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("requester", sa.String(length=200), nullable=False),
        sa.Column(
            "requester_figures",
            sa.Enum(
                "yes", "no", "unknown", name="requester_figures", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["protection_check_id"], ["protection_check.id"], name=op.f("fk_protection_answers_protection_check_id")
        ),
        sa.PrimaryKeyConstraint("protection_check_id", name=op.f("pk_protection_answers")),
    )
    op.create_table(
        "version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("made_earliest", TIME, nullable=False),
        sa.Column("made_latest", TIME, nullable=False),
        sa.Column("made_offset", sa.String(length=64), nullable=True),
        sa.Column("made_precision", sa.String(length=8), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("identifier", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_size", sa.Integer(), nullable=True),
        sa.Column("text_sha256", sa.String(length=64), nullable=True),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=True),
        sa.Column("file_size", sa.BigInteger(), nullable=True),
        sa.Column("store_reason", sa.Text(), nullable=False),
        sa.Column(
            "holders_known",
            sa.Enum(
                "unknown",
                "unknown_small",
                "about",
                "at_least",
                "between",
                "exactly",
                name="holdersknown",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("holders", sa.Integer(), nullable=True),
        sa.Column("holders_most", sa.Integer(), nullable=True),
        sa.Column("why_corrected", sa.Text(), nullable=False),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_version_case_id")),
        sa.ForeignKeyConstraint(["corrects_id"], ["version.id"], name=op.f("fk_version_corrects_id")),
        sa.ForeignKeyConstraint(["material_id"], ["material.id"], name=op.f("fk_version_material_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_version_corrects_id")),
        sa.UniqueConstraint("material_id", "number", name=op.f("uq_version_material_id_number")),
    )
    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("disclosure_id", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("locator", sa.String(length=200), nullable=False),
        sa.Column(
            "protected",
            sa.Enum(
                "protected",
                "not_protected",
                "undetermined",
                name="protected",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("authority", sa.String(length=300), nullable=False),
        sa.Column(
            "accuracy",
            sa.Enum(
                "accurate",
                "substantially",
                "partly",
                "inaccurate",
                "unknown",
                name="accuracy",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("accuracy_basis", sa.Text(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column(
            "wording",
            sa.Enum(
                "consistent",
                "consistent_shortened",
                "inconsistent",
                "none",
                name="wording",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_claim_case_id")),
        sa.ForeignKeyConstraint(["disclosure_id"], ["disclosure.id"], name=op.f("fk_claim_disclosure_id")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_claim_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint("disclosure_id", "number", name=op.f("uq_claim_disclosure_id_number")),
    )
    op.create_table(
        "copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column(
            "form",
            sa.Enum(
                "paper",
                "email",
                "portal",
                "oral",
                "slide",
                "photo",
                name="copyform",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("holder", sa.String(length=200), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=True),
        sa.Column("mark", sa.String(length=200), nullable=False),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_copy_case_id")),
        sa.ForeignKeyConstraint(["holder_id"], ["person.id"], name=op.f("fk_copy_holder_id")),
        sa.ForeignKeyConstraint(["material_id"], ["material.id"], name=op.f("fk_copy_material_id")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_copy_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copy")),
        sa.UniqueConstraint("material_id", "number", name=op.f("uq_copy_material_id_number")),
    )
    op.create_table(
        "coverage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column(
            "point",
            sa.Enum(
                "unlogged_printer",
                "shared_mailbox",
                "delegates",
                "courier",
                "interpreter",
                "household",
                "group",
                "other",
                name="point",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("resolved_at", TIME, nullable=True),
        sa.Column("resolution", sa.Text(), nullable=False),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_coverage_case_id")),
        sa.ForeignKeyConstraint(["material_id"], ["material.id"], name=op.f("fk_coverage_material_id")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_coverage_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coverage")),
        sa.UniqueConstraint("material_id", "number", name=op.f("uq_coverage_material_id_number")),
    )
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("allegation", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column(
            "standard",
            sa.Enum("balance", "clear", name="standard", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("evidence_for", sa.Text(), nullable=False),
        sa.Column("evidence_against", sa.Text(), nullable=False),
        sa.Column("missing", sa.Text(), nullable=False),
        sa.Column("reasoning", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column(
            "conclusion",
            sa.Enum(
                "substantiated",
                "not_substantiated",
                "unfounded",
                "exonerated",
                "protected_disclosure",
                "inconclusive",
                "withdrawn",
                "referred",
                name="conclusion",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "approved",
                "returned",
                name="findingstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("submitted_at", TIME, nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_finding_author_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_finding_case_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_finding_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_finding_case_id_number")),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index(
            "ix_finding_open",
            ["case_id"],
            unique=False,
            sqlite_where=sa.text("state IN ('draft', 'submitted', 'returned')"),
            postgresql_where=sa.text("state IN ('draft', 'submitted', 'returned')"),
        )

    op.create_table(
        "identifier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "email",
                "account",
                "badge",
                "phone",
                "other",
                name="identifierkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("value", sa.String(length=254), nullable=False),
        sa.Column("value_folded", sa.String(length=254), nullable=False),
        sa.Column("value_near", sa.String(length=254), nullable=False),
        sa.Column("came_with_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("row_sha256", sa.String(length=64), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_identifier_by_id")),
        sa.ForeignKeyConstraint(["came_with_id"], ["access_log.id"], name=op.f("fk_identifier_came_with_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_identifier_case_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_identifier_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identifier")),
        sa.UniqueConstraint(
            "person_id", "kind", "value_folded", name=op.f("uq_identifier_person_id_kind_value_folded")
        ),
    )
    with op.batch_alter_table("identifier", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_identifier_came_with_id"), ["came_with_id"], unique=False)
        batch_op.create_index("ix_identifier_case_id_value_folded", ["case_id", "value_folded"], unique=False)
        batch_op.create_index("ix_identifier_case_id_value_near", ["case_id", "value_near"], unique=False)

    op.create_table(
        "interview",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "capacity",
            sa.Enum("witness", "subject", name="capacity", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "voluntary",
            sa.Enum("voluntary", "required", name="voluntary", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "held",
                "signed",
                "stopped",
                "cancelled",
                name="interviewstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("questions_id", sa.Integer(), nullable=True),
        sa.Column("planned_for_earliest", TIME, nullable=False),
        sa.Column("planned_for_latest", TIME, nullable=False),
        sa.Column("planned_for_offset", sa.String(length=64), nullable=True),
        sa.Column("planned_for_precision", sa.String(length=8), nullable=False),
        sa.Column("planning", sa.Text(), nullable=False),
        sa.Column("notice_given_earliest", TIME, nullable=False),
        sa.Column("notice_given_latest", TIME, nullable=False),
        sa.Column("notice_given_offset", sa.String(length=64), nullable=True),
        sa.Column("notice_given_precision", sa.String(length=8), nullable=False),
        sa.Column("notice", sa.Text(), nullable=False),
        sa.Column("advisement_id", sa.Integer(), nullable=True),
        sa.Column(
            "acknowledged",
            sa.Enum(
                "acknowledged", "refused", name="acknowledged", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column("declination", sa.String(length=200), nullable=False),
        sa.Column("offered_earliest", TIME, nullable=False),
        sa.Column("offered_latest", TIME, nullable=False),
        sa.Column("offered_offset", sa.String(length=64), nullable=True),
        sa.Column("offered_precision", sa.String(length=8), nullable=False),
        sa.Column(
            "companion",
            sa.Enum(
                "not_offered",
                "declined",
                "accepted",
                name="companion",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("companion_words", sa.String(length=200), nullable=False),
        sa.Column("confidentiality", sa.Text(), nullable=False),
        sa.Column("whistleblower_id", sa.Integer(), nullable=True),
        sa.Column("counsel_text_id", sa.Integer(), nullable=True),
        sa.Column("engaged", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column(
            "mode",
            sa.Enum(
                "in_person",
                "telephone",
                "video",
                "written",
                name="mode",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("started_earliest", TIME, nullable=False),
        sa.Column("started_latest", TIME, nullable=False),
        sa.Column("started_offset", sa.String(length=64), nullable=True),
        sa.Column("started_precision", sa.String(length=8), nullable=False),
        sa.Column("ended_earliest", TIME, nullable=False),
        sa.Column("ended_latest", TIME, nullable=False),
        sa.Column("ended_offset", sa.String(length=64), nullable=True),
        sa.Column("ended_precision", sa.String(length=8), nullable=False),
        sa.Column("break_minutes", sa.Integer(), nullable=True),
        sa.Column(
            "recording",
            sa.Enum(
                "audio", "video", "note", "none", name="recording", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column("recorder", sa.String(length=200), nullable=False),
        sa.Column("narrative", sa.Text(), nullable=False),
        sa.Column("learned_earliest", TIME, nullable=False),
        sa.Column("learned_latest", TIME, nullable=False),
        sa.Column("learned_offset", sa.String(length=64), nullable=True),
        sa.Column("learned_precision", sa.String(length=8), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("clarified", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("deviation", sa.Text(), nullable=False),
        sa.Column("closure", sa.Text(), nullable=False),
        sa.Column("read_back", sa.Boolean(), nullable=False),
        sa.Column("corrections", sa.Text(), nullable=False),
        sa.Column(
            "signature",
            sa.Enum(
                "signed",
                "refused",
                "not_sought",
                name="signature",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.Column("signed_earliest", TIME, nullable=False),
        sa.Column("signed_latest", TIME, nullable=False),
        sa.Column("signed_offset", sa.String(length=64), nullable=True),
        sa.Column("signed_precision", sa.String(length=8), nullable=False),
        sa.Column("why_ended", sa.Text(), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=True),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["advisement_id"], ["standard_text.id"], name=op.f("fk_interview_advisement_id")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_interview_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_interview_case_id")),
        sa.ForeignKeyConstraint(["counsel_text_id"], ["standard_text.id"], name=op.f("fk_interview_counsel_text_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_interview_person_id")),
        sa.ForeignKeyConstraint(["questions_id"], ["standard_text.id"], name=op.f("fk_interview_questions_id")),
        sa.ForeignKeyConstraint(["whistleblower_id"], ["standard_text.id"], name=op.f("fk_interview_whistleblower_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_interview_case_id_number")),
    )
    with op.batch_alter_table("interview", schema=None) as batch_op:
        batch_op.create_index(
            "ix_interview_open",
            ["by_id"],
            unique=False,
            sqlite_where=sa.text("state IN ('planned', 'held')"),
            postgresql_where=sa.text("state IN ('planned', 'held')"),
        )
        batch_op.create_index("ix_interview_person", ["person_id"], unique=False)

    op.create_table(
        "person_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("same_as_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("parted_at", TIME, nullable=True),
        sa.Column("parted_by_id", sa.Integer(), nullable=True),
        sa.Column("why_parted", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_person_merge_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_person_merge_case_id")),
        sa.ForeignKeyConstraint(["parted_by_id"], ["account.id"], name=op.f("fk_person_merge_parted_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_merge_person_id")),
        sa.ForeignKeyConstraint(["same_as_id"], ["person.id"], name=op.f("fk_person_merge_same_as_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merge")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_person_merge_case_id_number")),
    )
    with op.batch_alter_table("person_merge", schema=None) as batch_op:
        batch_op.create_index(
            "uq_person_merge_in_force",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("parted_at IS NULL"),
            postgresql_where=sa.text("parted_at IS NULL"),
        )

    op.create_table(
        "press_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("with_whom", sa.String(length=200), nullable=False),
        sa.Column("at_earliest", TIME, nullable=False),
        sa.Column("at_latest", TIME, nullable=False),
        sa.Column("at_offset", sa.String(length=64), nullable=True),
        sa.Column("at_precision", sa.String(length=8), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.Column(
            "basis",
            sa.Enum(
                "volunteered",
                "required",
                "log",
                "told",
                name="basis",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "content_known",
            sa.Enum("yes", "no", "unknown", name="answer", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("why_corrected", sa.Text(), nullable=False),
        sa.Column("recorded", TIME, nullable=False),
        sa.Column("log_id", sa.Integer(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("row_sha256", sa.String(length=64), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_press_contact_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_press_contact_case_id")),
        sa.ForeignKeyConstraint(["corrects_id"], ["press_contact.id"], name=op.f("fk_press_contact_corrects_id")),
        sa.ForeignKeyConstraint(["log_id"], ["access_log.id"], name=op.f("fk_press_contact_log_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_press_contact_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_press_contact")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_press_contact_case_id_number")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_press_contact_corrects_id")),
        sa.UniqueConstraint("log_id", "line", name=op.f("uq_press_contact_log_id_line")),
    )
    op.create_table(
        "recusal_match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("matched_on", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open", "confirmed", "rejected", name="matchstate", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("found_at", TIME, nullable=False),
        sa.Column("settled_at", TIME, nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_recusal_match_account_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_recusal_match_case_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recusal_match_person_id")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["account.id"], name=op.f("fk_recusal_match_settled_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recusal_match")),
        sa.UniqueConstraint(
            "case_id", "account_id", "person_id", name=op.f("uq_recusal_match_case_id_account_id_person_id")
        ),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_recusal_match_case_id_number")),
    )
    with op.batch_alter_table("recusal_match", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recusal_match_account_id"), ["account_id"], unique=False)
        batch_op.create_index(
            "ix_recusal_match_open",
            ["case_id"],
            unique=False,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "reveal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("until", TIME, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_reveal_account_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_reveal_case_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reveal_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reveal")),
    )
    with op.batch_alter_table("reveal", schema=None) as batch_op:
        batch_op.create_index("ix_reveal_person_account", ["person_id", "account_id", "until"], unique=False)

    op.create_table(
        "subject_status",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("allegation", sa.Text(), nullable=False),
        sa.Column("alternatives", sa.Text(), nullable=False),
        sa.Column("notice_plan", sa.Text(), nullable=False),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.Column("signed_at", TIME, nullable=True),
        sa.Column("until", TIME, nullable=True),
        sa.Column("ended_at", TIME, nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("why_ended", sa.Text(), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_subject_status_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_subject_status_case_id")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["account.id"], name=op.f("fk_subject_status_ended_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_subject_status_person_id")),
        sa.ForeignKeyConstraint(["signed_by_id"], ["account.id"], name=op.f("fk_subject_status_signed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject_status")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_subject_status_case_id_number")),
    )
    with op.batch_alter_table("subject_status", schema=None) as batch_op:
        batch_op.create_index(
            "ix_subject_status_open",
            ["case_id"],
            unique=False,
            sqlite_where=sa.text("signed_at IS NULL AND ended_at IS NULL"),
            postgresql_where=sa.text("signed_at IS NULL AND ended_at IS NULL"),
        )
        batch_op.create_index("ix_subject_status_person", ["person_id"], unique=False)

    op.create_table(
        "access_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("copy_id", sa.Integer(), nullable=True),
        sa.Column(
            "channel",
            sa.Enum(
                "distribution_list",
                "delivered",
                "opened",
                "printed",
                "forwarded",
                "meeting",
                "briefing",
                "portal",
                "physical",
                "told_by_another",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "level",
            sa.Enum(
                "E0",
                "E1",
                "E2",
                "E3",
                "E4",
                "E5",
                "E6",
                "E7",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("told_by_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("identifier_id", sa.Integer(), nullable=True),
        sa.Column("log_id", sa.Integer(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("repeat_of", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("why_corrected", sa.Text(), nullable=False),
        sa.Column("row_sha256", sa.String(length=64), nullable=True),
        sa.Column("since_earliest", TIME, nullable=False),
        sa.Column("since_latest", TIME, nullable=False),
        sa.Column("since_offset", sa.String(length=64), nullable=True),
        sa.Column("since_precision", sa.String(length=8), nullable=False),
        sa.Column("until_earliest", TIME, nullable=False),
        sa.Column("until_latest", TIME, nullable=False),
        sa.Column("until_offset", sa.String(length=64), nullable=True),
        sa.Column("until_precision", sa.String(length=8), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_access_record_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_access_record_case_id")),
        sa.ForeignKeyConstraint(["copy_id"], ["copy.id"], name=op.f("fk_access_record_copy_id")),
        sa.ForeignKeyConstraint(["corrects_id"], ["access_record.id"], name=op.f("fk_access_record_corrects_id")),
        sa.ForeignKeyConstraint(["identifier_id"], ["identifier.id"], name=op.f("fk_access_record_identifier_id")),
        sa.ForeignKeyConstraint(["log_id"], ["access_log.id"], name=op.f("fk_access_record_log_id")),
        sa.ForeignKeyConstraint(["material_id"], ["material.id"], name=op.f("fk_access_record_material_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_access_record_person_id")),
        sa.ForeignKeyConstraint(["told_by_id"], ["person.id"], name=op.f("fk_access_record_told_by_id")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_access_record_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_record")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_access_record_case_id_number")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_access_record_corrects_id")),
        sa.UniqueConstraint("log_id", "line", "part", name=op.f("uq_access_record_log_id_line_part")),
    )
    with op.batch_alter_table("access_record", schema=None) as batch_op:
        batch_op.create_index("ix_access_case_since", ["case_id", "since_earliest", "id", "log_id"], unique=False)
        batch_op.create_index(
            "ix_access_channel_since", ["case_id", "channel", "since_earliest", "id", "log_id"], unique=False
        )
        batch_op.create_index(
            "ix_access_identifier_since", ["identifier_id", "since_earliest", "id", "log_id"], unique=False
        )
        batch_op.create_index(
            "ix_access_level_since", ["case_id", "level", "since_earliest", "id", "log_id"], unique=False
        )
        batch_op.create_index(
            "ix_access_material_since", ["case_id", "material_id", "since_earliest", "id", "log_id"], unique=False
        )
        batch_op.create_index(
            "ix_access_person_since",
            [
                "case_id",
                "person_id",
                "since_earliest",
                "id",
                "log_id",
                "since_latest",
                "until_earliest",
                "until_latest",
                "level",
                "material_id",
                "version_id",
            ],
            unique=False,
        )
        batch_op.create_index(
            "ix_access_told_by",
            ["told_by_id"],
            unique=False,
            sqlite_where=sa.text("told_by_id IS NOT NULL"),
            postgresql_where=sa.text("told_by_id IS NOT NULL"),
        )

    op.create_table(
        "addendum",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "addendum",
                "correction",
                "erratum",
                name="addendumkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.String(length=200), nullable=False),
        sa.Column("signed_earliest", TIME, nullable=False),
        sa.Column("signed_latest", TIME, nullable=False),
        sa.Column("signed_offset", sa.String(length=64), nullable=True),
        sa.Column("signed_precision", sa.String(length=8), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_addendum_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_addendum_case_id")),
        sa.ForeignKeyConstraint(["interview_id"], ["interview.id"], name=op.f("fk_addendum_interview_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addendum")),
        sa.UniqueConstraint("interview_id", "number", name=op.f("uq_addendum_interview_id_number")),
    )
    op.create_table(
        "claim_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column(
            "question",
            sa.Enum(
                "already_public",
                "precursor",
                "clearance",
                "declassified",
                "briefing_possible",
                name="question",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "answer",
            sa.Enum(
                "yes",
                "no",
                "unknown_not_asked",
                "unknown_no_answer",
                "unknown_not_knowable",
                name="checkanswer",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("at_earliest", TIME, nullable=False),
        sa.Column("at_latest", TIME, nullable=False),
        sa.Column("at_offset", sa.String(length=64), nullable=True),
        sa.Column("at_precision", sa.String(length=8), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_claim_check_case_id")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_claim_check_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_check")),
        sa.UniqueConstraint("claim_id", "question", name=op.f("uq_claim_check_claim_id_question")),
    )
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("passage", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", TIME, nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["answered_by_id"], ["account.id"], name=op.f("fk_comment_answered_by_id")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_comment_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_comment_case_id")),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_comment_finding_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sa.UniqueConstraint("finding_id", "number", name=op.f("uq_comment_finding_id_number")),
    )
    op.create_table(
        "derivation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("disclosure_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=True),
        sa.Column("origin_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_derivation_case_id")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_derivation_claim_id")),
        sa.ForeignKeyConstraint(["disclosure_id"], ["disclosure.id"], name=op.f("fk_derivation_disclosure_id")),
        sa.ForeignKeyConstraint(["origin_id"], ["disclosure.id"], name=op.f("fk_derivation_origin_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_derivation")),
        sa.UniqueConstraint(
            "disclosure_id", "claim_id", "origin_id", name=op.f("uq_derivation_disclosure_id_claim_id_origin_id")
        ),
    )
    with op.batch_alter_table("derivation", schema=None) as batch_op:
        batch_op.create_index("ix_derivation_origin", ["origin_id"], unique=False)

    op.create_table(
        "elimination",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("disclosure_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=True),
        sa.Column(
            "ground",
            sa.Enum(
                "no_account",
                "absent_with_log",
                "created_after",
                "version_differs",
                "was_elsewhere",
                name="ground",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column(
            "strength",
            sa.Enum("X1", "X2", "X3", name="strength", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("against", sa.Text(), nullable=False),
        sa.Column("why_wrong", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", TIME, nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("why_withdrawn", sa.Text(), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("disclosure_id IS NOT NULL", name=op.f("ck_elimination_it_is_for_a_disclosure")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_elimination_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_elimination_case_id")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_elimination_claim_id")),
        sa.ForeignKeyConstraint(["disclosure_id"], ["disclosure.id"], name=op.f("fk_elimination_disclosure_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_elimination_person_id")),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["account.id"], name=op.f("fk_elimination_withdrawn_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_elimination")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_elimination_case_id_number")),
    )
    with op.batch_alter_table("elimination", schema=None) as batch_op:
        batch_op.create_index("ix_elimination_person", ["person_id"], unique=False)

    op.create_table(
        "evaluation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_evaluation_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_evaluation_case_id")),
        sa.ForeignKeyConstraint(["interview_id"], ["interview.id"], name=op.f("fk_evaluation_interview_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation")),
        sa.UniqueConstraint("interview_id", "number", name=op.f("uq_evaluation_interview_id_number")),
    )
    op.create_table(
        "finding_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_finding_revision_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_finding_revision_case_id")),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_finding_revision_finding_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_revision")),
        sa.UniqueConstraint("finding_id", "revision", name=op.f("uq_finding_revision_finding_id_revision")),
    )
    op.create_table(
        "presence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("is_counsel", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_presence_case_id")),
        sa.ForeignKeyConstraint(["interview_id"], ["interview.id"], name=op.f("fk_presence_interview_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presence")),
        sa.UniqueConstraint("interview_id", "number", name=op.f("uq_presence_interview_id_number")),
    )
    op.create_table(
        "recusal_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("log_id", sa.Integer(), nullable=True),
        sa.Column("match_id", sa.Integer(), nullable=True),
        sa.Column("of_account", sa.String(length=254), nullable=False),
        sa.Column("of_person", sa.String(length=254), nullable=False),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "open", "confirmed", "rejected", name="matchstate", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("settled_at", TIME, nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_recusal_question_account_id")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_recusal_question_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_recusal_question_case_id")),
        sa.ForeignKeyConstraint(["log_id"], ["access_log.id"], name=op.f("fk_recusal_question_log_id")),
        sa.ForeignKeyConstraint(["match_id"], ["recusal_match.id"], name=op.f("fk_recusal_question_match_id")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["account.id"], name=op.f("fk_recusal_question_settled_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recusal_question")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_recusal_question_case_id_number")),
    )
    with op.batch_alter_table("recusal_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recusal_question_log_id"), ["log_id"], unique=False)
        batch_op.create_index(
            "ix_recusal_question_open",
            ["case_id"],
            unique=False,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("passage", sa.Text(), nullable=False),
        sa.Column("gist", sa.Text(), nullable=False),
        sa.Column("put_at_earliest", TIME, nullable=False),
        sa.Column("put_at_latest", TIME, nullable=False),
        sa.Column("put_at_offset", sa.String(length=64), nullable=True),
        sa.Column("put_at_precision", sa.String(length=8), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("why_extended", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at_earliest", TIME, nullable=False),
        sa.Column("answered_at_latest", TIME, nullable=False),
        sa.Column("answered_at_offset", sa.String(length=64), nullable=True),
        sa.Column("answered_at_precision", sa.String(length=8), nullable=False),
        sa.Column("no_response_at", TIME, nullable=True),
        sa.Column("came_at", TIME, nullable=True),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("responded_by_id", sa.Integer(), nullable=True),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_reply_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_reply_case_id")),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_reply_finding_id")),
        sa.ForeignKeyConstraint(["responded_by_id"], ["account.id"], name=op.f("fk_reply_responded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
        sa.UniqueConstraint("finding_id", "number", name=op.f("uq_reply_finding_id_number")),
    )
    with op.batch_alter_table("reply", schema=None) as batch_op:
        batch_op.create_index(
            "ix_reply_open",
            ["case_id"],
            unique=False,
            sqlite_where=sa.text("response = ''"),
            postgresql_where=sa.text("response = ''"),
        )

    op.create_table(
        "whereabouts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("identifier_id", sa.Integer(), nullable=True),
        sa.Column("log_id", sa.Integer(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("repeat_of", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("why_corrected", sa.Text(), nullable=False),
        sa.Column("row_sha256", sa.String(length=64), nullable=True),
        sa.Column("since_earliest", TIME, nullable=False),
        sa.Column("since_latest", TIME, nullable=False),
        sa.Column("since_offset", sa.String(length=64), nullable=True),
        sa.Column("since_precision", sa.String(length=8), nullable=False),
        sa.Column("until_earliest", TIME, nullable=False),
        sa.Column("until_latest", TIME, nullable=False),
        sa.Column("until_offset", sa.String(length=64), nullable=True),
        sa.Column("until_precision", sa.String(length=8), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_whereabouts_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_whereabouts_case_id")),
        sa.ForeignKeyConstraint(["corrects_id"], ["whereabouts.id"], name=op.f("fk_whereabouts_corrects_id")),
        sa.ForeignKeyConstraint(["identifier_id"], ["identifier.id"], name=op.f("fk_whereabouts_identifier_id")),
        sa.ForeignKeyConstraint(["log_id"], ["access_log.id"], name=op.f("fk_whereabouts_log_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_whereabouts_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_whereabouts")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_whereabouts_case_id_number")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_whereabouts_corrects_id")),
        sa.UniqueConstraint("log_id", "line", "part", name=op.f("uq_whereabouts_log_id_line_part")),
    )
    with op.batch_alter_table("whereabouts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_whereabouts_case_place", ["case_id", "place", "since_earliest", "id", "log_id"], unique=False
        )
        batch_op.create_index("ix_whereabouts_case_since", ["case_id", "since_earliest", "id", "log_id"], unique=False)
        batch_op.create_index(
            "ix_whereabouts_identifier_since", ["identifier_id", "since_earliest", "id", "log_id"], unique=False
        )
        batch_op.create_index(
            "ix_whereabouts_person_since", ["case_id", "person_id", "since_earliest", "id", "log_id"], unique=False
        )

    op.create_table(
        "citation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=True),
        sa.Column("hypothesis_id", sa.Integer(), nullable=True),
        sa.Column("subject_status_id", sa.Integer(), nullable=True),
        sa.Column("access_record_id", sa.Integer(), nullable=True),
        sa.Column("whereabouts_id", sa.Integer(), nullable=True),
        sa.Column("interview_id", sa.Integer(), nullable=True),
        sa.Column("exhibit_id", sa.Integer(), nullable=True),
        sa.Column("claim_id", sa.Integer(), nullable=True),
        sa.Column("press_contact_id", sa.Integer(), nullable=True),
        sa.Column("snapshot_id", sa.Integer(), nullable=True),
        sa.Column(
            "bearing",
            sa.Enum("supports", "contradicts", name="bearing", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("withdrawn_at", TIME, nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("why_withdrawn", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "CASE WHEN access_record_id IS NULL THEN 0 ELSE 1 END + CASE WHEN whereabouts_id IS NULL THEN 0 ELSE 1 END + CASE WHEN interview_id IS NULL THEN 0 ELSE 1 END + CASE WHEN exhibit_id IS NULL THEN 0 ELSE 1 END + CASE WHEN claim_id IS NULL THEN 0 ELSE 1 END + CASE WHEN press_contact_id IS NULL THEN 0 ELSE 1 END + CASE WHEN snapshot_id IS NULL THEN 0 ELSE 1 END = 1",
            name=op.f("ck_citation_one_thing_is_cited"),
        ),
        sa.CheckConstraint(
            "CASE WHEN finding_id IS NULL THEN 0 ELSE 1 END + CASE WHEN hypothesis_id IS NULL THEN 0 ELSE 1 END + CASE WHEN subject_status_id IS NULL THEN 0 ELSE 1 END = 1",
            name=op.f("ck_citation_one_thing_cites"),
        ),
        sa.ForeignKeyConstraint(["access_record_id"], ["access_record.id"], name=op.f("fk_citation_access_record_id")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_citation_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_citation_case_id")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_citation_claim_id")),
        sa.ForeignKeyConstraint(["exhibit_id"], ["exhibit.id"], name=op.f("fk_citation_exhibit_id")),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_citation_finding_id")),
        sa.ForeignKeyConstraint(["hypothesis_id"], ["hypothesis.id"], name=op.f("fk_citation_hypothesis_id")),
        sa.ForeignKeyConstraint(["interview_id"], ["interview.id"], name=op.f("fk_citation_interview_id")),
        sa.ForeignKeyConstraint(["press_contact_id"], ["press_contact.id"], name=op.f("fk_citation_press_contact_id")),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshot.id"], name=op.f("fk_citation_snapshot_id")),
        sa.ForeignKeyConstraint(
            ["subject_status_id"], ["subject_status.id"], name=op.f("fk_citation_subject_status_id")
        ),
        sa.ForeignKeyConstraint(["whereabouts_id"], ["whereabouts.id"], name=op.f("fk_citation_whereabouts_id")),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["account.id"], name=op.f("fk_citation_withdrawn_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citation")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_citation_case_id_number")),
    )
    with op.batch_alter_table("citation", schema=None) as batch_op:
        batch_op.create_index("ix_citation_claim", ["claim_id"], unique=False)
        batch_op.create_index("ix_citation_finding", ["finding_id"], unique=False)
        batch_op.create_index("ix_citation_hypothesis", ["hypothesis_id"], unique=False)
        batch_op.create_index("ix_citation_subject_status", ["subject_status_id"], unique=False)

    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=True),
        sa.Column("elimination_id", sa.Integer(), nullable=True),
        sa.Column("assessment_id", sa.Integer(), nullable=True),
        sa.Column("outcome_id", sa.Integer(), nullable=True),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("approved", "returned", name="verdict", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "CASE WHEN finding_id IS NULL THEN 0 ELSE 1 END + CASE WHEN elimination_id IS NULL THEN 0 ELSE 1 END + CASE WHEN assessment_id IS NULL THEN 0 ELSE 1 END + CASE WHEN outcome_id IS NULL THEN 0 ELSE 1 END = 1",
            name=op.f("ck_review_one_thing_is_reviewed"),
        ),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name=op.f("fk_review_assessment_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_review_case_id")),
        sa.ForeignKeyConstraint(["elimination_id"], ["elimination.id"], name=op.f("fk_review_elimination_id")),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_review_finding_id")),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcome.id"], name=op.f("fk_review_outcome_id")),
        sa.ForeignKeyConstraint(["reviewer_id"], ["account.id"], name=op.f("fk_review_reviewer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_review_case_id_number")),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index("ix_review_assessment", ["assessment_id"], unique=False)
        batch_op.create_index("ix_review_elimination", ["elimination_id"], unique=False)
        batch_op.create_index("ix_review_finding", ["finding_id"], unique=False)
        batch_op.create_index("ix_review_outcome", ["outcome_id"], unique=False)
        batch_op.create_index(
            "ix_review_returned",
            ["elimination_id"],
            unique=False,
            sqlite_where=sa.text("verdict = 'returned' AND elimination_id IS NOT NULL"),
            postgresql_where=sa.text("verdict = 'returned' AND elimination_id IS NOT NULL"),
        )

    guards.put_on(op.get_bind())
    search_schema.put_on(op.get_bind())


def downgrade() -> None:
    """Take it back."""
    search_schema.take_off(op.get_bind())
    guards.take_off(op.get_bind())
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_review_returned",
            sqlite_where=sa.text("verdict = 'returned' AND elimination_id IS NOT NULL"),
            postgresql_where=sa.text("verdict = 'returned' AND elimination_id IS NOT NULL"),
        )
        batch_op.drop_index("ix_review_outcome")
        batch_op.drop_index("ix_review_finding")
        batch_op.drop_index("ix_review_elimination")
        batch_op.drop_index("ix_review_assessment")

    op.drop_table("review")
    with op.batch_alter_table("citation", schema=None) as batch_op:
        batch_op.drop_index("ix_citation_subject_status")
        batch_op.drop_index("ix_citation_hypothesis")
        batch_op.drop_index("ix_citation_finding")
        batch_op.drop_index("ix_citation_claim")

    op.drop_table("citation")
    with op.batch_alter_table("whereabouts", schema=None) as batch_op:
        batch_op.drop_index("ix_whereabouts_person_since")
        batch_op.drop_index("ix_whereabouts_identifier_since")
        batch_op.drop_index("ix_whereabouts_case_since")
        batch_op.drop_index("ix_whereabouts_case_place")

    op.drop_table("whereabouts")
    with op.batch_alter_table("reply", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_reply_open", sqlite_where=sa.text("response = ''"), postgresql_where=sa.text("response = ''")
        )

    op.drop_table("reply")
    with op.batch_alter_table("recusal_question", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_recusal_question_open",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.drop_index(batch_op.f("ix_recusal_question_log_id"))

    op.drop_table("recusal_question")
    op.drop_table("presence")
    op.drop_table("finding_revision")
    op.drop_table("evaluation")
    with op.batch_alter_table("elimination", schema=None) as batch_op:
        batch_op.drop_index("ix_elimination_person")

    op.drop_table("elimination")
    with op.batch_alter_table("derivation", schema=None) as batch_op:
        batch_op.drop_index("ix_derivation_origin")

    op.drop_table("derivation")
    op.drop_table("comment")
    op.drop_table("claim_check")
    op.drop_table("addendum")
    with op.batch_alter_table("access_record", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_access_told_by",
            sqlite_where=sa.text("told_by_id IS NOT NULL"),
            postgresql_where=sa.text("told_by_id IS NOT NULL"),
        )
        batch_op.drop_index("ix_access_person_since")
        batch_op.drop_index("ix_access_material_since")
        batch_op.drop_index("ix_access_level_since")
        batch_op.drop_index("ix_access_identifier_since")
        batch_op.drop_index("ix_access_channel_since")
        batch_op.drop_index("ix_access_case_since")

    op.drop_table("access_record")
    with op.batch_alter_table("subject_status", schema=None) as batch_op:
        batch_op.drop_index("ix_subject_status_person")
        batch_op.drop_index(
            "ix_subject_status_open",
            sqlite_where=sa.text("signed_at IS NULL AND ended_at IS NULL"),
            postgresql_where=sa.text("signed_at IS NULL AND ended_at IS NULL"),
        )

    op.drop_table("subject_status")
    with op.batch_alter_table("reveal", schema=None) as batch_op:
        batch_op.drop_index("ix_reveal_person_account")

    op.drop_table("reveal")
    with op.batch_alter_table("recusal_match", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_recusal_match_open", sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'")
        )
        batch_op.drop_index(batch_op.f("ix_recusal_match_account_id"))

    op.drop_table("recusal_match")
    op.drop_table("press_contact")
    with op.batch_alter_table("person_merge", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_person_merge_in_force",
            sqlite_where=sa.text("parted_at IS NULL"),
            postgresql_where=sa.text("parted_at IS NULL"),
        )

    op.drop_table("person_merge")
    with op.batch_alter_table("interview", schema=None) as batch_op:
        batch_op.drop_index("ix_interview_person")
        batch_op.drop_index(
            "ix_interview_open",
            sqlite_where=sa.text("state IN ('planned', 'held')"),
            postgresql_where=sa.text("state IN ('planned', 'held')"),
        )

    op.drop_table("interview")
    with op.batch_alter_table("identifier", schema=None) as batch_op:
        batch_op.drop_index("ix_identifier_case_id_value_near")
        batch_op.drop_index("ix_identifier_case_id_value_folded")
        batch_op.drop_index(batch_op.f("ix_identifier_came_with_id"))

    op.drop_table("identifier")
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_finding_open",
            sqlite_where=sa.text("state IN ('draft', 'submitted', 'returned')"),
            postgresql_where=sa.text("state IN ('draft', 'submitted', 'returned')"),
        )

    op.drop_table("finding")
    op.drop_table("coverage")
    op.drop_table("copy")
    op.drop_table("claim")
    op.drop_table("version")
    op.drop_table("protection_answers")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_came_with_id"))

    op.drop_table("person")
    with op.batch_alter_table("material_alias", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_material_alias_in_force",
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )

    op.drop_table("material_alias")
    with op.batch_alter_table("line_of_inquiry", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_line_of_inquiry_open",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.drop_table("line_of_inquiry")
    with op.batch_alter_table("disposal", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_disposal_open",
            sqlite_where=sa.text("confirmed_at IS NULL AND declined_at IS NULL"),
            postgresql_where=sa.text("confirmed_at IS NULL AND declined_at IS NULL"),
        )

    op.drop_table("disposal")
    op.drop_table("custody_entry")
    op.drop_table("capture")
    op.drop_table("suspension")
    op.drop_table("step_time")
    op.drop_table("stage_move")
    op.drop_table("snapshot")
    with op.batch_alter_table("search_text", schema=None) as batch_op:
        batch_op.drop_index("ix_search_text_record")
        batch_op.drop_index("ix_search_text_part")

    op.drop_table("search_text")
    op.drop_table("review_waiver")
    op.drop_table("related_case")
    op.drop_table("referral")
    op.drop_table("recommendation")
    with op.batch_alter_table("protection_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_protection_check_case_id"))

    op.drop_table("protection_check")
    op.drop_table("privileged_note")
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outcome_open", sqlite_where=sa.text("closed_at IS NULL"), postgresql_where=sa.text("closed_at IS NULL")
        )

    op.drop_table("outcome")
    op.drop_table("official_release")
    op.drop_table("material")
    with op.batch_alter_table("list_view", schema=None) as batch_op:
        batch_op.drop_index("ix_list_view")

    op.drop_table("list_view")
    op.drop_table("last_look")
    op.drop_table("import_mapping")
    op.drop_table("hypothesis")
    op.drop_table("export")
    with op.batch_alter_table("exhibit", schema=None) as batch_op:
        batch_op.drop_index("ix_exhibit_sha256")

    op.drop_table("exhibit")
    op.drop_table("disclosure")
    op.drop_table("decision")
    with op.batch_alter_table("conflict", schema=None) as batch_op:
        batch_op.drop_index("ix_conflict_thing")

    op.drop_table("conflict")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_assignment_offered",
            sqlite_where=sa.text("accepted_at IS NULL AND declined_at IS NULL AND ended_at IS NULL"),
            postgresql_where=sa.text("accepted_at IS NULL AND declined_at IS NULL AND ended_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_assignment_inactive",
            sqlite_where=sa.text("inactive_since IS NOT NULL"),
            postgresql_where=sa.text("inactive_since IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_assignment_case_id"))
        batch_op.drop_index("ix_assignment_account_role")
        batch_op.drop_index("ix_assignment_account")

    op.drop_table("assignment")
    op.drop_table("assessment")
    with op.batch_alter_table("access_log", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_access_log_sha256"))
        batch_op.drop_index(
            "ix_access_log_open",
            sqlite_where=sa.text("state IN ('received', 'checked')"),
            postgresql_where=sa.text("state IN ('received', 'checked')"),
        )

    op.drop_table("access_log")
    op.drop_table("standard_text")
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_login_session_account_id"))

    op.drop_table("login_session")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_account_id"))

    op.drop_table("invitation")
    with op.batch_alter_table("form_token", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_form_token_at"))

    op.drop_table("form_token")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cases_opened"))
        batch_op.drop_index(batch_op.f("ix_cases_changed"))

    op.drop_table("cases")
    op.drop_table("audit_detail")
    with op.batch_alter_table("acknowledgement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_acknowledgement_record"))

    op.drop_table("acknowledgement")
    with op.batch_alter_table("account_alias", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_alias_value_folded"))

    op.drop_table("account_alias")
    op.drop_table("sealed_text")
    with op.batch_alter_table("login_attempt", schema=None) as batch_op:
        batch_op.drop_index("ix_login_attempt_name_hash_at")

    op.drop_table("login_attempt")
    with op.batch_alter_table("audit_record", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_record_kind_record_id_seq")

    op.drop_table("audit_record")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_record"))
        batch_op.drop_index("ix_audit_case_ref_cseq")
        batch_op.drop_index("ix_audit_at")
        batch_op.drop_index(batch_op.f("ix_audit_actor"))
        batch_op.drop_index(batch_op.f("ix_audit_action"))

    op.drop_table("audit")
    op.drop_table("account")
