"""what a leader said by phone: a picture that is kept in place of an address."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("approval_step") as batch:
        batch.add_column(sa.Column("said_file", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            "approval_step_said_file_fkey", "visit_file", ["said_file"], ["id"]
        )
        batch.drop_column("said_link")
