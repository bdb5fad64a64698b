"""The guests of a visit: an edit changes those that were edited (A03)."""

import pytest
from sqlmodel import select

from models.base.errors import InvalidForm
from models.records.customers import Guest
from services.request import changes
from services.request.stored import form_of
from tests.services.conftest import LIN, Office

KEPT = [
    ("王磊；Wang Lei", "总经理", None),
    ("Smith, John", "CEO", "no pork, no nuts"),
    ("佐藤、田中", None, "素食"),
    ("Ada; Byron", "董事长、总经理", None),
]
PASTED = (
    '"王磊；Wang Lei"\t总经理\n"Smith, John"\tCEO\tno pork, no nuts\n佐藤、田中\t\t素食\n'
    "Ada; Byron\t董事长、总经理"
)


def guests(office: Office, visit: int) -> list[tuple[str, str | None, str | None]]:
    with office.database.reading() as session:
        found = session.exec(
            select(Guest).where(Guest.visit_id == visit).order_by(Guest.position)  # type: ignore[arg-type]
        )
        return [(guest.name, guest.title, guest.diet) for guest in found]


def test_adding_a_guest_leaves_the_others_as_they_were(office: Office) -> None:
    visit = office.submit(guests=PASTED, party_size=9)
    assert guests(office, visit) == KEPT
    for count, (line, guest) in enumerate(
        [("张伟 经理", ("张伟", "经理", None)), ("Bob、buyer", ("Bob", "buyer", None))], start=1
    ):
        view = office.look(visit)
        form = form_of(view)
        form = form.model_copy(update={"guests": f"{form.guests}\n{line}"})
        office.do(LIN, changes.change_visit, visit, view.visit.revision, form)
        assert guests(office, visit)[:4] == KEPT
        assert guests(office, visit)[3 + count] == guest


def test_a_list_that_is_not_clear_is_shown_and_nothing_stored(office: Office) -> None:
    with pytest.raises(InvalidForm) as asked:
        office.submit(guests="王磊，总经理，张伟")
    fault = asked.value.faults["guests"]
    assert (fault.code, fault.facts) == ("guest_unclear", {"line": "王磊，总经理，张伟"})


@pytest.mark.parametrize(
    "pasted",
    [
        "1、王磊，董事长",
        "序号\t姓名\t职务\n1\t王磊\t董事长",
        "王磊 董事长",
        "王磊（董事长）",
        "王磊董事长",
    ],
)
def test_the_level_is_the_same_however_the_title_is_pasted(office: Office, pasted: str) -> None:
    told = {"lead_guest_title": "Buyer", "level": "as-proposed", "level_reason": None}
    typed = office.look(office.submit(guests="王磊, 董事长", **told)).visit.level
    plain = office.look(office.submit(guests="王磊", **told)).visit.level
    assert office.look(office.submit(guests=pasted, **told)).visit.level == typed != plain
