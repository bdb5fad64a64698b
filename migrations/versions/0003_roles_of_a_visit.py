"""roles of a visit: who holds a role for one visit; the rating of a request."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


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


def downgrade() -> None:
    op.drop_table("visit_role")
