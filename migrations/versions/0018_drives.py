"""any number of drives of a visit, each with the whole car request."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_NAMES = {"uq": "%(table_name)s_%(column_0_name)s_%(column_1_name)s_key"}
"""SQLite knows the constraint by no name, PostgreSQL by the one that this makes as well."""


def upgrade() -> None:
    with op.batch_alter_table("trip", naming_convention=_NAMES) as batch:
        batch.drop_constraint("trip_visit_id_kind_key", type_="unique")
    with op.batch_alter_table("trip") as batch:
        batch.add_column(sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("other_end", sa.String(300), nullable=True))
        batch.add_column(sa.Column("days", sa.Integer(), nullable=False, server_default="1"))
        batch.add_column(sa.Column("purpose", sa.String(), nullable=True))
        for name in ("name_sign", "banner", "special_vehicle", "luggage", "department"):
            batch.add_column(sa.Column(name, sa.String(200), nullable=True))
        batch.add_column(
            sa.Column("flowers", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch.add_column(sa.Column("escorts", sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("note", sa.String(), nullable=True))
