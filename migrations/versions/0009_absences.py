"""who is away, who stands in, and for whom what they hold is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_FOR = {
    "visit": ("host_for_id", "second_host_for_id", "account_owner_for_id"),
    "task": ("for_id",),
    "trip": ("for_id",),
    "entry": ("for_id",),
}


def upgrade() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=False),
        sa.Column("stand_in", sa.String(32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_absence_user_id", "absence", ["user_id"])
    op.create_index("ix_absence_to_day", "absence", ["to_day"])
    for table, names in _FOR.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.String(32), nullable=True))
    op.add_column("approval_step", sa.Column("delegated_until", sa.Date(), nullable=True))
