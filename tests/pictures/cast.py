"""Who plays in the pictures, once in English and once in Chinese, and what they enter."""

from dataclasses import dataclass
from typing import Any

from models.base.words import Role
from templates.wording.language import translations
from tests.scenarios.company import ARRIVAL, DEPARTURE, DROPOFF, PEOPLE, PICKUP


@dataclass(frozen=True)
class Cast:
    """One language's company. `leaders` decide in this order; the last one's card is shown.

    `request` and `second` are what is entered in the form, by the fields' English labels.
    """

    locale: str
    suffix: str  # of the pictures' names
    salesperson: str
    leaders: tuple[str, ...]
    driver: str
    roles: dict[Role, list[str]]
    car: str
    words: str  # behind /visit new
    request: dict[str, Any]
    second: dict[str, Any]

    def says(self, words: str) -> str:
        """A label of the product in the cast's language."""
        return translations(self.locale).gettext(words)


ENGLISH = Cast(
    locale="en",
    suffix="",
    salesperson="sam.carter",
    leaders=("chen.hao", "zhao.min", "helen.park"),
    driver="tom.reed",
    roles=PEOPLE,
    car="Buick GL8, 沪A·3K862",
    words="Acme Robotics 15 Dec 10:00",
    request={
        "Customer": "Acme Robotics",
        "Purpose": "Site audit",
        "Lead guest": "Marta Nowak",
        "Lead guest's title": "VP Procurement",
        "Party size": "4",
        "Arrival": ARRIVAL,
        "Departure": DEPARTURE,
        "Travel by": "Flight",
        "Flight or train number": "LH728",
        "Pickup place": "Pudong Airport T2, exit 7",
        "Pickup time": PICKUP,
        "Drop-off time": DROPOFF,
        "Account owner": "ruth.adler",
        "Budget": "12000",
        "Guests": "Marta Nowak, VP Procurement\nJonas Weber, Quality manager, vegetarian",
        "Notes": "They would like to see the calibration line first.",
    },
    second={
        "Customer": "Northwind Instruments",
        "Purpose": "Technical exchange",
        "Lead guest": "Ada Byron",
        "Lead guest's title": "R&D engineer",
        "Party size": "2",
    },
)

CHINESE = Cast(
    locale="zh",
    suffix=".zh",
    salesperson="lin.wei",
    leaders=("chen.hao", "zhao.min"),
    driver="ma.long",
    roles=PEOPLE | {"it": ["xu.li"]},
    car="别克 GL8，沪A·3K862",
    words="远航机器人 12月15日 10:00",
    request={
        "Customer": "远航机器人",
        "Purpose": "验厂",
        "Lead guest": "沈清",
        "Lead guest's title": "采购总监",
        "Party size": "4",
        "Arrival": ARRIVAL,
        "Departure": DEPARTURE,
        "Travel by": "火车",
        "Flight or train number": "G1372",
        "Pickup place": "虹桥站 P9 停车场",
        "Pickup time": PICKUP,
        "Drop-off time": DROPOFF,
        "Account owner": "zhou.jie",
        "Budget": "8000",
        "Guests": "沈清，采购总监\n何晨，质量经理，素食",
        "Notes": "希望先参观校准线。",
    },
    second={
        "Customer": "北辰仪器",
        "Purpose": "技术交流",
        "Lead guest": "许诺",
        "Lead guest's title": "研发工程师",
        "Party size": "2",
    },
)
