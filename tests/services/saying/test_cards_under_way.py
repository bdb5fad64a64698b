"""Changes while a card is on its way: the card that arrives is brought up to date."""

import threading
from datetime import timedelta

from sqlalchemy import text
from sqlmodel import Session, select

from models.base.words import DeliveryState, StepState
from models.reminders.outbox import Delivery
from services.reading.desk import Desk
from services.saying import outbox
from services.signoff import decisions
from services.store.database import Database
from tests.services.conftest import CHEN, SITE, START, Office

_WAITERS = text("SELECT count(*) FROM pg_locks WHERE NOT granted")


def card(session: Session, visit_id: int) -> Delivery:
    """The visit's card."""
    return session.exec(
        select(Delivery).where(Delivery.visit_id == visit_id, Delivery.kind == "visit_card")
    ).one()


def test_a_card_that_is_being_sent_is_asked_for_again(office: Office) -> None:
    visit_id = office.submit()
    with office.database.session() as session:
        row = card(session, visit_id)
        row.state, row.lease_until = DeliveryState.CLAIMED, START + timedelta(minutes=1)
        session.add(row)
    step = office.look(visit_id).pending_step
    assert step is not None
    office.do(CHEN, decisions.decide, step.id, StepState.APPROVED, None)
    with office.database.reading() as session:
        row = card(session, visit_id)
        assert (row.state, row.sent_revision) == (DeliveryState.CLAIMED, 0)
        assert row.revision > 1


def test_a_card_marked_as_sent_meanwhile_is_asked_for_again(postgres_url: str) -> None:
    with Database(postgres_url) as database:
        office = Office(database)
        visit_id = office.submit()
        with database.session() as session:
            row = card(session, visit_id)
            row.state, row.lease_until = DeliveryState.CLAIMED, START + timedelta(minutes=1)
            session.add(row)

        def touch() -> None:
            with database.session() as session:
                outbox.touch(Desk(session, START, SITE, CHEN, "slack"), visit_id)

        other = threading.Thread(target=touch)
        with database.session() as marking:
            row = card(marking, visit_id)
            row.state, row.sent_revision, row.lease_until = DeliveryState.SENT, 1, None
            marking.add(row)
            marking.flush()
            other.start()
            with database.reading() as looking:
                while not looking.connection().execute(_WAITERS).scalar():
                    assert other.is_alive(), "the change did not wait for the dispatcher's mark"
        other.join()
        with database.reading() as session:
            row = card(session, visit_id)
            assert (row.state, row.revision, row.sent_revision) == (DeliveryState.PENDING, 2, 1)
