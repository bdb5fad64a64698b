"""one sign-off: requests and exceptions are decided by the same chains; no negative rounds."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_CHAINS = """
INSERT INTO sign_off (matter, matter_id, visit_id, version, state, asked_by, opened_at)
SELECT CASE WHEN step.round < 0 THEN 'exception' ELSE 'request' END,
       CASE WHEN step.round < 0 THEN -step.round ELSE visit.id END,
       visit.id,
       CASE WHEN step.round < 0 THEN 1 ELSE step.round END,
       CASE WHEN max(CASE WHEN step.state = 'declined' THEN 1 ELSE 0 END) = 1 THEN 'declined'
            WHEN max(CASE WHEN step.state = 'changes_asked' THEN 1 ELSE 0 END) = 1
              THEN 'changes_asked'
            WHEN max(CASE WHEN step.state IN ('pending', 'waiting') THEN 1 ELSE 0 END) = 1
              THEN 'pending'
            WHEN step.round >= 0 AND max(CASE WHEN step.state = 'void' THEN 1 ELSE 0 END) = 1
              THEN 'void'
            WHEN max(CASE WHEN step.state = 'approved' THEN 1 ELSE 0 END) = 1 THEN 'approved'
            ELSE 'void' END,
       coalesce(max(exception.asked_by), max(visit.requester_id)),
       coalesce(min(step.asked_at), max(exception.asked_at), max(visit.created_at))
  FROM old_step AS step
  JOIN visit ON visit.id = step.visit_id
  LEFT JOIN exception_request AS exception ON exception.id = -step.round
 GROUP BY visit.id, step.round
 ORDER BY visit.id, CASE WHEN step.round < 0 THEN 1 ELSE 0 END, abs(step.round)
"""
# What was decided of an exception stands in its own row: steps of an earlier chain may be void.
_EXCEPTIONS = """
UPDATE sign_off
   SET state = (SELECT state FROM exception_request WHERE id = sign_off.matter_id),
       closed_at = (SELECT decided_at FROM exception_request WHERE id = sign_off.matter_id)
 WHERE matter = 'exception'
"""
_STEPS = """
INSERT INTO approval_step (id, sign_off_id, position, role, reason, state, levels, asked_at,
                           escalated_at, decided_by, decided_at, comment)
SELECT step.id, sign_off.id, step.position, step.role, step.reason, step.state,
       CASE WHEN step.state = 'waiting' OR step.asked_at IS NULL THEN ''
            WHEN step.escalated_at IS NOT NULL AND step.escalate_to IS NOT NULL
              THEN step.role || ' ' || step.escalate_to
            ELSE step.role END,
       step.asked_at, step.escalated_at, step.decided_by, step.decided_at, step.comment
  FROM old_step AS step
  JOIN sign_off
    ON sign_off.visit_id = step.visit_id
   AND CASE WHEN step.round < 0
            THEN sign_off.matter = 'exception' AND sign_off.matter_id = -step.round
            ELSE sign_off.matter = 'request' AND sign_off.version = step.round END
 ORDER BY step.id
"""
_CLOSED = """
UPDATE sign_off
   SET closed_at = (SELECT max(decided_at) FROM approval_step WHERE sign_off_id = sign_off.id)
 WHERE matter = 'request' AND state NOT IN ('pending', 'void')
"""


def upgrade() -> None:
    op.create_table(
        "sign_off",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("matter", sa.String(16), nullable=False),
        sa.Column("matter_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("asked_by", sa.String(32), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("matter", "matter_id", "version"),
    )
    op.create_index("ix_sign_off_visit_id", "sign_off", ["visit_id"])
    op.execute("CREATE TABLE old_step AS SELECT * FROM approval_step")
    op.drop_table("approval_step")
    op.create_table(
        "approval_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sign_off_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("levels", sa.String(), nullable=False, server_default=""),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delegate_id", sa.String(32), nullable=True),
        sa.Column("delegated_by", sa.String(32), nullable=True),
        sa.Column("delegated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delegated_why", sa.String(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("decided_by", sa.String(32), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("on_behalf_of", sa.String(32), nullable=True),
        sa.Column("comment", sa.String(), nullable=True),
        sa.Column("recorded_by", sa.String(32), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("said", sa.String(), nullable=True),
        sa.Column("said_link", sa.String(500), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("denied_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["sign_off_id"], ["sign_off.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("sign_off_id", "position"),
    )
    op.create_index("ix_approval_step_sign_off_id", "approval_step", ["sign_off_id"])
    for statement in (_CHAINS, _EXCEPTIONS, _STEPS, _CLOSED):
        op.execute(statement)
    op.drop_table("old_step")
    if op.get_bind().dialect.name == "postgresql":  # the ids are those of before: go on after them
        op.execute(
            "SELECT setval(pg_get_serial_sequence('approval_step', 'id'),"
            " (SELECT coalesce(max(id), 0) + 1 FROM approval_step), false)"
        )
    op.create_table(
        "seen_card",
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("blocks", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["step_id"], ["approval_step.id"]),
        sa.PrimaryKeyConstraint("step_id"),
    )
