"""what a leader chose of what the procedure leaves to them: sights, a souvenir, or neither."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("visit") as batch:
        batch.add_column(sa.Column("discretion", sa.String(16), nullable=True))
        batch.add_column(sa.Column("discretion_by", sa.String(32), nullable=True))
