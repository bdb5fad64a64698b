"""what a visit notice knows beyond the request; more of each guest; contacts of customers."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_NAMED = (("name_other", 200), ("phone", 64), ("mail", 254))
_SAID = (
    ("sex", 16),
    ("nationality", 64),
    ("language", 64),
    ("faith", 300),
    ("taboos", 300),
    ("rank", 40),
    ("ethnic_group", 64),
    ("wishes", 300),
)


def upgrade() -> None:
    with op.batch_alter_table("visit") as batch:
        for name in ("notice_asked_at", "notice_ended_at"):
            batch.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "notice_fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("said_by", sa.String(32), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("visit_id", "key"),
    )
    op.create_index("ix_notice_fact_visit_id", "notice_fact", ["visit_id"])
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(length), nullable=True) for name, length in _NAMED),
        sa.Column("name_key", sa.String(400), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("title", sa.String(200), nullable=True),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("struck_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"]),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_contact_of", "contact", ["customer_id", "name_key"])
    with op.batch_alter_table("guest") as batch:
        for name, length in (*_NAMED, *_SAID):
            batch.add_column(sa.Column(name, sa.String(length), nullable=True))
        batch.add_column(sa.Column("needs", sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(
            sa.Column("leads", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch.add_column(sa.Column("photo_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("contact_id", sa.Integer(), nullable=True))
        batch.create_foreign_key("guest_photo_id_fkey", "visit_file", ["photo_id"], ["id"])
        batch.create_foreign_key("guest_contact_id_fkey", "contact", ["contact_id"], ["id"])
