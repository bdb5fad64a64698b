"""policies at work: kept versions, the customer's facts, exceptions, costs, invitations."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _visit_columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("meeting_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("meeting_place", sa.String(300), nullable=True),
        sa.Column("second_host_id", sa.String(32), nullable=True),
        sa.Column("customer_kind", sa.String(64), nullable=True),
        sa.Column("capital", sa.Numeric(precision=20, scale=2), nullable=True),
        sa.Column("capital_currency", sa.String(3), nullable=True),
        sa.Column("is_overseas", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("is_important", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("level_reason", sa.String(), nullable=True),
        sa.Column("exception_reason", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(16), nullable=True),
        sa.Column("outcome_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome_by", sa.String(32), nullable=True),
    ]


def upgrade() -> None:
    for column in _visit_columns():
        op.add_column("visit", column)
    op.create_table(
        "policy_version",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "exception_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("item", sa.String(16), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("planned", sa.String(200), nullable=True),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("asked_by", sa.String(32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("form_key", sa.String(64), nullable=True),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("form_key"),
    )
    op.create_index("ix_exception_request_visit_id", "exception_request", ["visit_id"])
    op.create_table(
        "cost",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("item", sa.String(16), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("guests", sa.Integer(), nullable=True),
        sa.Column("allowed", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("held_by", sa.String(16), nullable=True),
        sa.Column("shares", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("spent_by", sa.String(32), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("form_key", sa.String(64), nullable=True),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("form_key"),
    )
    op.create_index("ix_cost_visit_id", "cost", ["visit_id"])
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("rank", sa.String(64), nullable=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("asked_by", sa.String(32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("instead_of", sa.Integer(), nullable=True),
        sa.Column("substitute_id", sa.String(32), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("asked_again_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"]),
        sa.ForeignKeyConstraint(["instead_of"], ["invitation.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("visit_id", "user_id"),
    )
    op.create_index("ix_invitation_visit_id", "invitation", ["visit_id"])
    op.create_index("ix_invitation_user_id", "invitation", ["user_id"])


def downgrade() -> None:
    for table in ("invitation", "cost", "exception_request", "policy_version"):
        op.drop_table(table)
    with op.batch_alter_table("visit") as batch:
        for column in _visit_columns():
            batch.drop_column(column.name)
