"""Searching among 100,000 contacts of one customer, and among 100,000 customers, by name, pinyin
and initials; for a coordinator, who sees all, as they type.

To be run alone, too: `python -m benchmarks.contacts`.
"""

import time
from collections.abc import Iterator
from itertools import islice, product
from typing import Any

from sqlalchemy import insert

from benchmarks.databases import migrated, on_each
from benchmarks.figures import at_most, median, p99
from benchmarks.outbox_rows import NOW, SITE
from models.customers.names import fold
from models.customers.spelled import company_terms, person_terms
from models.records.customers import Contact, ContactTerm, Customer, CustomerTerm
from models.records.people import RoleHolder
from services.customers import contacts, customers
from services.reading.desk import Desk
from services.store.database import Database

COUNT = 100_000
TURNS = 40
GOAL = 50.0
"""Milliseconds."""
_COORDINATOR = "U09MEIFANG"
_CHUNK = 10_000
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗单曾解仇区查任翟覃纪"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰红梅建国志文辉力健斌波宇浩凯晨欣雨佳"
_KINDS = ("科技", "重工", "贸易", "机械")
_TYPED = ("w", "王", "wang", "wangw", "wangwei", "ww", "shanx", "zx", "ming", "nothing")


def measure() -> None:
    """Print the medians and the slowest hundredth beside the goal, for each kind of database."""
    print(f"Search by pinyin, {COUNT} contacts of one customer and {COUNT} customers")
    on_each(_measure)


def _measure(name: str, address: str | None) -> None:
    with migrated(address) as database:
        fill(database, COUNT)
        for what, search in (
            ("contacts", lambda desk, words: contacts.search(desk, 1, words)),
            ("customers", customers.known_customers),
        ):
            times = list(_times(database, search))
            slowest = p99(times)
            print(
                f"  {name + ', ' + what:<34} median {median(times):6.2f} ms   "
                f"p99 {slowest:6.2f} ms   {at_most(slowest, GOAL)}"
            )


def _times(database: Database, search: Any) -> Iterator[float]:
    for turn in range(TURNS):
        for words in _TYPED:
            with database.reading() as session:
                desk = Desk(session, NOW, SITE, _COORDINATOR, "slack")
                begun = time.perf_counter()
                search(desk, words)
                if turn:
                    yield (time.perf_counter() - begun) * 1000


def fill(database: Database, count: int) -> None:
    """Store so many customers, and so many contacts of the first of them."""
    with database.session() as session:
        session.add(RoleHolder(role="coordinator", user_id=_COORDINATOR, position=0))
    people = ["".join(parts) for parts in islice(product(_SURNAMES, _GIVEN, _GIVEN, "明雪"), count)]
    firms = [f"{person}{_KINDS[n % 4]}有限公司" for n, person in enumerate(people)]
    with database.engine.begin() as connection:
        for chunk in _chunks(firms):
            rows = [
                {"id": n, "name": firm, "name_key": f"{fold(firm)} {n}", "created_at": NOW}
                for n, firm in chunk
            ]
            connection.execute(insert(Customer), rows)
            terms = [
                {"customer_id": n, "term": term}
                for n, firm in chunk
                for term in company_terms(firm)
            ]
            connection.execute(insert(CustomerTerm), terms)
        for chunk in _chunks(people):
            rows = [
                {
                    "id": n,
                    "customer_id": 1,
                    "name": person,
                    "name_key": fold(person),
                    "known_at": NOW,
                }
                for n, person in chunk
            ]
            connection.execute(insert(Contact), rows)
            terms = [
                {"contact_id": n, "customer_id": 1, "term": term}
                for n, person in chunk
                for term in person_terms(person)
            ]
            connection.execute(insert(ContactTerm), terms)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as admin:
        admin.exec_driver_sql("ANALYZE")


def _chunks(names: list[str]) -> Iterator[list[tuple[int, str]]]:
    numbered = list(enumerate(names, 1))
    for start in range(0, len(numbered), _CHUNK):
        yield numbered[start : start + _CHUNK]


if __name__ == "__main__":
    measure()
