"""a visit keeps the account owner whom it named: no later change of its customer's reaches it."""

from alembic import op

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "UPDATE visit SET account_owner_id = "
        "(SELECT account_owner_id FROM customer WHERE customer.id = visit.customer_id) "
        "WHERE account_owner_id IS NULL"
    )
