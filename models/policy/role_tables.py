"""The company's own roles: departments and posts too, with what their holders may do."""

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Self, get_args

from pydantic import Field, field_validator, model_validator

from models.base.permissions import Ability
from models.base.words import Party
from models.policy.base import Count, Flag, Key, RoleKey, Table, Text

CONTENT = Path(__file__).resolve().parents[2] / "policies" / "content" / "roles.toml"
MOST = 60
"""So many roles fit into one form in which people are given to them."""


Kind = Literal["role", "department", "post"]
_KINDS = get_args(Kind)


class CompanyRole(Table):
    """A role, department or post. One of the shipped ones is changed in what is said of it here.

    `grade` says how high its holders stand among those who decide, `rank_of` that they stand as
    high as those of another role and bear its rank. `per_visit` people can hold it for one visit.
    """

    key: Key = Field(max_length=32)
    name: Text | None = None
    kind: Kind = "role"
    leads: Flag = False
    grade: Count | None = None
    rank_of: RoleKey | None = None
    abilities: list[Ability] = Field(default=[])
    per_visit: Count = Field(default=0, le=20)
    filled: Literal["by_hand", "in_turn"] = "by_hand"

    @field_validator("key")
    @classmethod
    def _no_part(cls, value: str) -> str:
        if value in set(Party):
            raise ValueError(f"{value!r} is a part in the visit: give the role another key")
        return value

    @model_validator(mode="after")
    def _one_height(self) -> Self:
        if self.grade is not None and self.rank_of is not None:
            raise ValueError("give grade or rank_of, one of them")
        if self.filled != "by_hand" and not self.per_visit:
            raise ValueError("filled goes with per_visit, and only there")
        if self.rank_of == self.key:
            raise ValueError("rank_of names the role itself")
        return self

    def changed_by(self, other: "CompanyRole") -> "CompanyRole":
        """This role with what another entry of the same key says of it."""
        said = {name: getattr(other, name) for name in other.model_fields_set}
        if "rank_of" in said:
            said.setdefault("grade", None)
        elif "grade" in said:
            said.setdefault("rank_of", None)
        return self.model_copy(update=said)


@lru_cache(maxsize=1)
def shipped_roles() -> tuple[CompanyRole, ...]:
    """The roles that every policy has unless it says otherwise."""
    data = tomllib.loads(CONTENT.read_text(encoding="utf-8"))
    return tuple(CompanyRole.model_validate(entry) for entry in data["role"])


@lru_cache(maxsize=1)
def shipped_keys() -> tuple[str, ...]:
    """Their keys."""
    return tuple(role.key for role in shipped_roles())


@lru_cache(maxsize=1)
def shipped_names() -> dict[str, Text]:
    """What people read where no policy is at hand, or where it has the role no more."""
    return {role.key: role.name for role in shipped_roles() if role.name is not None}


def declared_keys(data: dict[str, Any]) -> tuple[str, ...]:
    """The keys of the roles that a policy's data declares, whatever is wrong with the rest."""
    without = data.get("without_roles")
    left_out = without if isinstance(without, list) else []
    entries = data.get("role")
    own = [
        entry["key"]
        for entry in (entries if isinstance(entries, list) else [])
        if isinstance(entry, dict) and isinstance(entry.get("key"), str)
    ]
    kept = [key for key in shipped_keys() if key not in left_out]
    return tuple(dict.fromkeys([*kept, *own]))


class Roles:
    """The roles of a policy as they work together: shipped ones, as far as it keeps them, first."""

    def __init__(
        self, entries: list[CompanyRole], without: list[str], names: dict[str, Text]
    ) -> None:
        found = {role.key: role for role in shipped_roles() if role.key not in without}
        for entry in entries:
            known = found.get(entry.key)
            found[entry.key] = known.changed_by(entry) if known is not None else entry
        self._roles = found
        self.names = {key: role.name for key, role in found.items() if role.name} | names
        """What people read, by key."""

    def __iter__(self) -> Iterator[CompanyRole]:
        return iter(self._roles.values())

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all roles, in order."""
        return tuple(self._roles)

    @property
    def listed(self) -> list[CompanyRole]:
        """All of them as people see them listed: roles, then departments, then posts."""
        return sorted(self, key=lambda role: _KINDS.index(role.kind))

    @property
    def for_visits(self) -> list[CompanyRole]:
        """Those that somebody can hold for one visit."""
        return [role for role in self.listed if role.per_visit]

    def get(self, key: str) -> CompanyRole | None:
        """The role of that key; None where the policy has none."""
        return self._roles.get(key)

    def grade(self, key: str) -> int:
        """How high a role stands among those who decide; 0 for the others."""
        role = self._roles.get(self.borne(key))
        return (role.grade or 0) if role is not None else 0

    def borne(self, key: str) -> str:
        """The role whose rank the holders of a role bear: as a rule its own."""
        role = self._roles.get(key)
        return role.rank_of if role is not None and role.rank_of is not None else key

    def abilities(self, key: str) -> frozenset[Ability]:
        """What the holders of a role can do for every visit."""
        role = self._roles.get(key)
        if role is None:
            return frozenset()
        seen = {Ability.SEES_VISITS} if role.leads else set()
        return frozenset({*role.abilities, *seen})

    def able(self, ability: Ability) -> tuple[str, ...]:
        """The keys of the roles whose holders can do something, in order."""
        return tuple(key for key in self._roles if ability in self.abilities(key))
