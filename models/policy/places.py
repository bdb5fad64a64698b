"""Where each key of a policy file stands, so that a rule can be shown with its line."""

import re

_HEADER = re.compile(r"^\s*(\[\[|\[)\s*([A-Za-z0-9_.\-]+)\s*\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-]+(?:\.[A-Za-z0-9_\-]+)*)\s*=")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')


def lines_of(text: str) -> dict[str, int]:
    """The line (from 1) of each table and key: `step.check_day`, `step.check_day.at`,
    `level.a.meals.lunch`, `level.a.qualifies.2`, `lead_time.working_days`.

    Entries of an array of tables go by their `key`, or by their number where they have none.
    """
    scan = _Scan()
    for number, line in enumerate(text.splitlines(), start=1):
        scan.take(line, number)
    scan.close()
    return scan.found


class _Scan:
    def __init__(self) -> None:
        self.found: dict[str, int] = {}
        self._counts: dict[str, int] = {}  # entries of each array so far
        self._current: dict[str, str] = {}  # path of an array's last entry, by the array's name
        self._table = ""
        self._array: str | None = None  # the array that the open table is an entry of
        self._header = 0
        self._held: dict[str, int] = {}
        self._own_key: str | None = None
        self._open = 0  # brackets of a value that runs over lines

    def take(self, line: str, number: int) -> None:
        bare = _STRING.sub('""', line).partition("#")[0]
        if self._open <= 0:
            header = _HEADER.match(line)
            if header:
                self.close()
                self._begin(header[1] == "[[", header[2], number)
                return
            key = _KEY.match(line)
            if key:
                self._held.setdefault(key[1], number)
                if key[1] == "key":
                    value = line.partition("=")[2].partition("#")[0].strip()
                    self._own_key = value.strip("\"'")
            bare = bare.partition("=")[2] if key else ""
        self._open += sum(bare.count(c) for c in "[{") - sum(bare.count(c) for c in "]}")

    def _begin(self, is_array: bool, name: str, number: int) -> None:
        parent, _, last = name.rpartition(".")
        base = self._current.get(parent, parent)
        self._table = f"{base}.{last}" if base else last
        self._array = name if is_array else None
        self._header = number

    def close(self) -> None:
        """Put down what was read since the last header."""
        table = self._table
        if self._array is not None:
            number = self._counts[table] = self._counts.get(table, 0) + 1
            table = f"{table}.{self._own_key or number}"
            self._current[self._array] = table
        elif table:
            self._current[table] = table
        if table:
            self.found.setdefault(table, self._header)
        for key, number in self._held.items():
            self.found.setdefault(f"{table}.{key}" if table else key, number)
        self._held, self._own_key, self._array, self._open = {}, None, None, 0
