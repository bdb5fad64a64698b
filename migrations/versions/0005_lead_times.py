"""lead times: from when and to which arrival a visit's notice was measured."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_COLUMNS = ("notice_from", "notice_until")


def upgrade() -> None:
    for name in _COLUMNS:
        op.add_column("visit", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE visit SET notice_from = created_at, notice_until = arrival")


def downgrade() -> None:
    with op.batch_alter_table("visit") as batch:
        for name in _COLUMNS:
            batch.drop_column(name)
