"""what is known of a customer and of its people; two spellings of one; search by pinyin."""

import sqlalchemy as sa
from alembic import op

from models.customers.spelled import company_terms

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_TERM = sa.String(80).with_variant(sa.String(80, collation="C"), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("customer") as batch:
        batch.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            "customer_merged_into_id_fkey", "customer", ["merged_into_id"], ["id"]
        )
        batch.create_index("ix_customer_merged_into_id", ["merged_into_id"])
    op.create_table(
        "customer_fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("said_by", sa.String(32), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("customer_id", "key"),
    )
    op.create_index("ix_customer_fact_customer_id", "customer_fact", ["customer_id"])
    op.create_table(
        "contact_fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("value", sa.String(300), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("struck_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"]),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("contact_id", "key"),
    )
    op.create_index("ix_contact_fact_contact_id", "contact_fact", ["contact_id"])
    op.create_table(
        "contact_term",
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("term", _TERM, nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"]),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"]),
        sa.PrimaryKeyConstraint("contact_id", "term"),
    )
    op.create_index("ix_contact_term", "contact_term", ["customer_id", "term"])
    terms = op.create_table(
        "customer_term",
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("term", _TERM, nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"]),
        sa.PrimaryKeyConstraint("customer_id", "term"),
    )
    op.create_index("ix_customer_term", "customer_term", ["term"])
    customers = op.get_bind().execute(sa.text("SELECT id, name FROM customer ORDER BY id"))
    rows = [
        {"customer_id": number, "term": term}
        for number, name in customers
        for term in sorted(company_terms(name))
    ]
    op.bulk_insert(terms, rows)
