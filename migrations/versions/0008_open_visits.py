"""what is open is found beside however many visits are closed: indexes of person and state."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_visit_status", "visit")
    op.drop_index("ix_visit_arrival", "visit")
    op.drop_index("ix_visit_customer_id", "visit")
    op.drop_index("ix_task_owner_id", "task")
    op.drop_index("ix_trip_driver_id", "trip")
    op.drop_index("ix_invitation_user_id", "invitation")
    op.create_index("ix_visit_open", "visit", ["status", "arrival"])
    op.create_index("ix_visit_of_customer", "visit", ["customer_id", "left_at"])
    op.create_index("ix_task_of", "task", ["owner_id", "state"])
    op.create_index("ix_trip_of", "trip", ["driver_id", "state"])
    op.create_index("ix_trip_state", "trip", ["state", "at"])
    op.create_index("ix_invitation_of", "invitation", ["user_id", "state"])
    op.create_index("ix_approval_step_state", "approval_step", ["state"])
