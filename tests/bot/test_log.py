"""The log: one line an event, and nothing in it that is nobody's business."""

import logging
from collections.abc import Iterator

import pytest
from pydantic import ValidationError
from sqlalchemy.exc import DataError, IntegrityError

from bot.log import LineFormatter, set_up_log
from bot.ration import Ration
from models.money.forms import CostForm
from models.records.customers import Customer
from services.store.database import Database
from tests.services.conftest import START


@pytest.fixture
def line() -> LineFormatter:
    return LineFormatter()


@pytest.fixture
def quiet_again() -> Iterator[None]:
    """The log as pytest had it, afterwards."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:], root.level = handlers, level


def record(words: str, *args: object, **facts: object) -> logging.LogRecord:
    """What a logger makes of a call."""
    made = logging.getLogger("bot.run").makeRecord(
        "bot.run", logging.WARNING, "run.py", 1, words, args, None, extra=facts
    )
    made.created = START.timestamp()
    return made


def test_a_line_has_time_level_place_words_and_facts(line: LineFormatter) -> None:
    said = line.format(record("Usher is at work in %s", "Harbour", way="Socket Mode", people=16))
    assert said == (
        "2026-12-01T02:00:00.000Z WARNING bot.run Usher is at work in Harbour"
        ' way="Socket Mode" people=16'
    )


@pytest.mark.parametrize(
    "secret",
    ["xoxb-12-34-abcDEF", "xapp-1-A0-9-abc", "xoxe.xoxb-1-abc", "usher:s3cret"],
)
def test_tokens_and_passwords_are_blotted_out(line: LineFormatter, secret: str) -> None:
    place = f"postgresql://{secret}@db/usher" if ":" in secret else f"token {secret}."
    said = line.format(record("failed with %s", place))
    assert secret not in said
    assert "[hidden]" in said


@pytest.mark.parametrize("name", ["password", "sslpassword"])
def test_a_password_in_the_query_of_an_address_is_blotted_out(
    line: LineFormatter, name: str
) -> None:
    said = line.format(record("no way to %s", f"postgresql://db/usher?{name}=s3cr%26et&user=usher"))
    assert said.endswith(f"postgresql://db/usher?{name}=[hidden]&user=usher")


def test_libraries_speak_only_of_trouble(
    quiet_again: None, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_log()
    logging.getLogger("bot.run").info("ours")
    logging.getLogger("slack_sdk").info("theirs")
    logging.getLogger("slack_sdk").warning("trouble")
    said = capsys.readouterr().err
    assert "ours" in said
    assert "theirs" not in said
    assert "trouble" in said


def test_what_strangers_cause_is_rationed_and_counted() -> None:
    ration = Ration(most=3)

    def say(second: int, words: str = "refused") -> logging.LogRecord | None:
        made = record(words)
        made.created += second
        return made if ration.filter(made) else None

    assert [bool(say(second)) for second in range(6)] == [True] * 3 + [False] * 3
    assert say(7, "another matter") is not None
    later = say(61)
    assert later is not None
    assert LineFormatter().format(later).endswith("refused left_out=3")
    assert say(-5000) is not None, "a clock that was set back does not silence it"


def test_database_errors_do_not_tell_what_people_wrote(
    database: Database, line: LineFormatter
) -> None:
    def add_twice() -> None:
        with database.session() as session:
            for _ in range(2):
                session.add(Customer(name="Söhne 公司", name_key="söhne 公司", created_at=START))
            session.flush()

    with pytest.raises(IntegrityError) as raised:
        add_twice()
    failed = record("[ABC123] new_visit_form by U1")
    failed.exc_info = (raised.type, raised.value, raised.tb)
    said = line.format(failed)
    assert "IntegrityError" in said
    assert "hne 公司" not in said.replace('name="Söhne 公司", name_key="söhne 公司"', "")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_values_of_several_lines_are_hidden_whole(database: Database, line: LineFormatter) -> None:
    def add_twice() -> None:
        with database.session() as session:
            for _ in range(2):
                session.add(
                    Customer(name="A", name_key="söhne\n\n[公司]\nsecret", created_at=START)
                )
            session.flush()

    with pytest.raises(IntegrityError) as raised:
        add_twice()
    failed = record("failed: %s", raised.value)
    failed.exc_info = (raised.type, raised.value, None)
    said = line.format(failed)
    assert "duplicate key value violates unique constraint" in said
    assert "The above exception was the direct cause" in said
    assert not any(word in said for word in ("hne", "公司", "secret"))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_value_that_postgresql_cannot_read_is_hidden(
    database: Database, line: LineFormatter
) -> None:
    def ask() -> None:
        with database.reading() as session:
            session.connection().exec_driver_sql("SELECT CAST(%s AS integer)", ("Söhne 公司",))

    with pytest.raises(DataError) as raised:
        ask()
    said = line.format(record("failed: %s", raised.value))
    assert "invalid input syntax for type integer: [hidden]" in said
    assert "公司" not in said


def test_a_value_that_does_not_fit_is_hidden(line: LineFormatter) -> None:
    with pytest.raises(ValidationError) as raised:
        CostForm.model_validate({"what": "meals", "guests": "Söhne 公司"})
    failed = record("visits are read one by one: %r", raised.value)
    failed.exc_info = (raised.type, raised.value, None)
    said = line.format(failed)
    assert "input_value=[hidden], input_type=str" in said
    assert "公司" not in said
