"""ground for the wings: entries and files of visits; costs become lines of a ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


_COST_COLUMNS = (
    "id, visit_id, form_key, what, item, day, amount, guests, allowed, held_by, shares, note, "
    "spent_by, noted_at"
)


def _ledger(name: str, *more: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(64), nullable=True),
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
        *more,
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("form_key"),
    )
    op.create_index(f"ix_{name}_visit_id", name, ["visit_id"])


def _go_on_counting(name: str) -> None:
    """The next id comes after those that were carried over; SQLite sees to that itself."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name} "  # noqa: S608
            "HAVING max(id) IS NOT NULL"
        )


def _costs_into_the_ledger() -> None:
    """The rows keep their ids: messages that wait to be sent carry them."""
    _ledger(
        "ledger_line",
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["corrects_id"], ["ledger_line.id"]),
        sa.UniqueConstraint("corrects_id"),
    )
    op.execute(
        f"INSERT INTO ledger_line ({_COST_COLUMNS}, kind) "  # noqa: S608
        f"SELECT {_COST_COLUMNS}, 'expense' FROM cost"
    )
    _go_on_counting("ledger_line")
    op.drop_table("cost")


def upgrade() -> None:
    op.create_table(
        "entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("said_by", sa.String(200), nullable=True),
        sa.Column("owner_id", sa.String(32), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(32), nullable=True),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("added_by", sa.String(32), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"]),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("form_key"),
    )
    for column in ("visit_id", "customer_id", "owner_id"):
        op.create_index(f"ix_entry_{column}", "entry", [column])
    op.create_table(
        "visit_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("use", sa.String(16), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("slack_file_id", sa.String(32), nullable=False),
        sa.Column("place", sa.String(400), nullable=False),
        sa.Column("added_by", sa.String(32), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("visit_id", "slack_file_id"),
    )
    op.create_index("ix_visit_file_visit_id", "visit_file", ["visit_id"])
    _costs_into_the_ledger()
    cards = sa.text("kind = 'visit_card'")
    op.create_index(
        "outbox_cards", "outbox", ["channel", "ts"], sqlite_where=cards, postgresql_where=cards
    )


def downgrade() -> None:
    op.drop_index("outbox_cards", "outbox")
    _ledger("cost")
    op.execute(
        f"INSERT INTO cost ({_COST_COLUMNS}) SELECT {_COST_COLUMNS} FROM ledger_line "  # noqa: S608
        "WHERE kind = 'expense' AND id NOT IN "
        "(SELECT corrects_id FROM ledger_line WHERE corrects_id IS NOT NULL)"
    )
    _go_on_counting("cost")
    for table in ("ledger_line", "visit_file", "entry"):
        op.drop_table(table)
