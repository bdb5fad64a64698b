"""roles of a visit: who holds a role for one visit; the rating of a request."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _rating() -> list[sa.Column[Any]]:
    return [
        sa.Column("rating_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rating_ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rated_by", sa.String(32), nullable=True),
        sa.Column("rated", sa.String(64), nullable=True),
    ]


def upgrade() -> None:
    op.create_table(
        "visit_role",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"]),
        sa.PrimaryKeyConstraint("visit_id", "role", "user_id"),
    )
    op.create_index("ix_visit_role_user_id", "visit_role", ["user_id"])
    for column in _rating():
        op.add_column("visit", column)


def downgrade() -> None:
    op.drop_table("visit_role")
    with op.batch_alter_table("visit") as batch:
        for column in _rating():
            batch.drop_column(column.name)
