"""What a policy's file says of its items and its exceptions is what a visit gets."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from models.base.permissions import EXCEPTION_WRITER
from models.money.forms import CostForm
from models.policy import restore_policy
from models.policy.load import SHIPPED
from models.records.preparation import Task
from models.records.visit import Visit
from services.money import costs
from services.reading.desk import Desk
from services.reading.standing import Subject, standing
from tests.services.conftest import CHEN, DEV, LIN, MEI, Office

TEXT = (SHIPPED / "standard.toml").read_text(encoding="utf-8")
ITEM = """
[[task]]
key = "flag"
title = "Flag"
{keys}
"""
KEEPER = 'keeper = "host"'
PLAIN = 'owner = "it"\ndue = "arrival -1d 17:00"'


def visit_under(office: Office, more: str) -> int:
    office.site = replace(office.site, policy=restore_policy(TEXT + more, "mine.toml"))
    return office.approved(pickup_place=None, pickup_time=None, dropoff_time=None)


def flag(office: Office, keys: str) -> Task | None:
    return office.look(visit_under(office, ITEM.format(keys=keys))).task("flag")


def test_an_item_has_the_owner_and_the_time_of_the_file(office: Office) -> None:
    plain = flag(office, PLAIN)
    assert plain is not None
    assert (plain.owner_id, plain.needs_recheck) == (DEV, False)
    other = flag(office, 'owner = "coordinator"\ndue = "arrival -2d 17:00"\nrecheck = true')
    assert other is not None
    assert (other.owner_id, other.needs_recheck) == (MEI, True)
    assert plain.due_at - other.due_at == timedelta(days=1)


@pytest.mark.parametrize(
    ("keys", "is_there"),
    [
        (PLAIN, True),
        (f'{PLAIN}\nwhen = "pickup"', False),  # nobody is picked up
        (f'{PLAIN}\nwhen = "trip"', False),
        (f"{PLAIN}\nonly = {{ party_from = 400 }}", False),
        (
            PLAIN.replace("arrival -1d 17:00", "left +1d") + '\nphase = "follow_up"',
            False,
        ),  # not yet
    ],
)
def test_an_item_is_for_the_visits_that_the_file_names(
    office: Office, keys: str, is_there: bool
) -> None:
    visit_id = visit_under(office, ITEM.format(keys=keys))
    view = office.look(visit_id)
    assert not view.trips
    assert (view.task("flag") is not None) is is_there


@pytest.mark.parametrize(("keeper", "person"), [("finance", None), ("coordinator", MEI)])
def test_a_refused_gift_is_told_to_the_keeper_of_the_file(
    office: Office, keeper: str, person: str | None
) -> None:
    text = TEXT.replace(KEEPER, f'keeper = "{keeper}"', 1)
    office.site = replace(office.site, policy=restore_policy(text, "mine.toml"))
    visit_id = office.approved()
    form = CostForm(what="gift", amount=Decimal(99999))
    office.do(LIN, costs.note_cost, visit_id, form, "key")
    told = {who for _, who in office.waiting("gift_refused")}
    assert (MEI in told) is (person == MEI)


@pytest.mark.parametrize(("writer", "person"), [("coordinator", MEI), ("department_manager", CHEN)])
def test_who_writes_an_exception_is_the_policys(office: Office, writer: str, person: str) -> None:
    rule = f"""
[[exception]]
key = "written"
kinds = ["gift"]
written_by = "{writer}"
approvers = ["general_manager"]
"""
    visit_id = visit_under(office, rule)
    with office.database.reading() as session:
        about = Subject(session.get_one(Visit, visit_id))
        desk = Desk(session, office.now, office.site, person, "slack")
        assert EXCEPTION_WRITER in standing(desk, about)
        other = replace(desk, actor_id=MEI if person == CHEN else CHEN)
        assert EXCEPTION_WRITER not in standing(other, about)
