"""A visit is read as a whole, alone or with others."""

from services.reading.looks import pictures
from tests.services.conftest import LIN, Office


def test_visits_read_together_are_as_each_read_alone(office: Office) -> None:
    first, second = (
        office.approved(),
        office.submit(pickup_place="", pickup_time=None, dropoff_place="PVG"),
    )
    office.submit()
    with office.database.reading() as session:
        together = pictures(session, [second, first, 999], office.site, in_full=[first])
    assert sorted(together) == [first, second]
    for visit_id, view in together.items():
        alone = office.look(visit_id)
        assert view.customer.name == alone.customer.name
        for part in (
            "guests",
            "trips",
            "tasks",
            "approvals",
            "exceptions",
            "costs",
        ):
            theirs = [each.id for each in getattr(alone, part)]
            assert [each.id for each in getattr(view, part)] == theirs, part
        steps = [[step.id for step in chain.steps] for chain in view.chains]
        assert steps == [[step.id for step in chain.steps] for chain in alone.chains]
        assert (view.holders, view.policy) == (alone.holders, alone.policy)
        assert view.is_new_customer == alone.is_new_customer
    history = [(entry.verb, entry.actor_id) for entry in together[first].history]
    assert history == [(entry.verb, entry.actor_id) for entry in office.look(first).history]
    assert history[-1] == ("submit", LIN)
    assert together[second].history == []
