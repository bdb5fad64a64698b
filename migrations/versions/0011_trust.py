"""trust: a visit keeps the account owner whom it named; what one person did is counted fast."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "UPDATE visit SET account_owner_id = "
        "(SELECT account_owner_id FROM customer WHERE customer.id = visit.customer_id) "
        "WHERE account_owner_id IS NULL"
    )
    op.create_index("ix_audit_entry_of", "audit_entry", ["actor_id", "at"])
