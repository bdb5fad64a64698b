"""A filled database of the version before: each visit names its account owner itself."""

from alembic import command
from sqlalchemy import text

from migrations import configuration
from services.store.database import Database
from tests.migrations.test_one_sign_off import AT, VISIT, put
from tests.migrations.test_schema import new_database, new_url

__all__ = ["new_database", "new_url"]


def test_a_visit_keeps_whom_its_customer_had(new_database: Database) -> None:
    with new_database.engine.begin() as connection:
        config = configuration(connection)
        command.upgrade(config, "0010")
        for number, owner in ((1, "U01RUTH"), (2, None)):
            name = f"c{number}"
            put(
                connection,
                "customer",
                id=number,
                name=name,
                name_key=name,
                account_owner_id=owner,
                created_at=AT,
            )
        for number, facts in (
            (1, {"customer_id": 1}),
            (2, {"customer_id": 1, "account_owner_id": "U01TOM"}),
            (3, {"customer_id": 2}),
        ):
            put(connection, "visit", id=number, number=f"V-{number}", **(VISIT | facts))
        command.upgrade(config, "0011")
        found = connection.execute(text("SELECT id, account_owner_id FROM visit ORDER BY id"))
        assert [tuple(row) for row in found] == [(1, "U01RUTH"), (2, "U01TOM"), (3, None)]
