"""A value of JSON in a column of text, the same on every database."""

import json
from typing import Any

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator


class JsonText(TypeDecorator[Any]):
    """Any value of JSON, a number alone as well: SQLite would make a number of it in a JSON column,
    and then not read it back."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:  # noqa: ARG002
        """The value as it is stored."""
        return json.dumps(value, ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """The value as it was given."""
        return None if value is None else json.loads(value)
