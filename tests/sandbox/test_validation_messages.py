"""What Slack refuses in messages besides their blocks, and in answers to option queries."""

import pytest

from sandbox.args import Args
from sandbox.model import SlackError
from sandbox.validation import check_options, message_content
from tests.sandbox.block_samples import cell, table
from tests.sandbox.kit import JsonDict, options, plain, section

TWO = options(2)
META = {"event_type": "row", "event_payload": {"id": "7"}}
REFUSED_MESSAGES: dict[str, tuple[JsonDict, str]] = {
    "nothing": ({}, "no_text"),
    "empty": ({"text": "", "blocks": []}, "no_text"),
    "long": ({"text": "x" * 40_001}, "msg_too_long"),
    "blocks no list": ({"blocks": {"type": "divider"}}, "invalid_blocks_format"),
    "blocks no json": ({"blocks": "[{]"}, "invalid_blocks_format"),
    "blocks of words": ({"blocks": ["divider"]}, "invalid_blocks_format"),
    "bad block": ({"blocks": [{"type": "x"}]}, "invalid_blocks"),
    "two tables": ({"blocks": [table([cell()])] * 2}, "invalid_attachments"),
    "long blocks": ({"blocks": [section("x" * 2800)] * 5}, "msg_blocks_too_long"),
    "attachments": ({"attachments": {}, "text": "x"}, "invalid_attachments"),
    "attachment list": ({"attachments": ["x"]}, "invalid_attachments"),
    "attachment blocks": ({"attachments": [{"blocks": [{"type": "x"}]}]}, "invalid_attachments"),
    "many attachments": ({"attachments": [{"text": "x"}] * 101}, "too_many_attachments"),
    "metadata list": ({"text": "x", "metadata": []}, "invalid_metadata_format"),
    "metadata type": (
        {"text": "x", "metadata": {"event_type": "", "event_payload": {}}},
        "invalid_metadata_format",
    ),
    "metadata payload": ({"text": "x", "metadata": {"event_type": "x"}}, "invalid_metadata_format"),
    "metadata null": (
        {"text": "x", "metadata": {"event_type": "x", "event_payload": {"a": None}}},
        "invalid_metadata_schema",
    ),
    "metadata size": (
        {"text": "x", "metadata": {"event_type": "x", "event_payload": {"a": "x" * 8000}}},
        "metadata_too_large",
    ),
}


@pytest.mark.parametrize(
    ("arguments", "code"), REFUSED_MESSAGES.values(), ids=REFUSED_MESSAGES.keys()
)
def test_refused_messages(arguments: JsonDict, code: str) -> None:
    with pytest.raises(SlackError) as refused:
        message_content(Args(arguments))
    assert refused.value.code == code


def test_accepted_messages() -> None:
    assert message_content(Args({"text": "x" * 40_000})).text
    assert message_content(Args({"blocks": '[{"type":"divider"}]'})).blocks
    assert message_content(Args({"attachments": [{"text": "x"}] * 100})).attachments
    assert message_content(Args({"text": "x", "metadata": META})).metadata == META
    with pytest.raises(SlackError, match="msg_too_long"):
        message_content(Args({"text": "x" * 4001}), text_limit=4000)


def test_refusals_tell_the_place_as_slack_does() -> None:
    with pytest.raises(SlackError) as refused:
        message_content(Args({"blocks": [section("")]}))
    assert refused.value.answer() == {
        "ok": False,
        "error": "invalid_blocks",
        "errors": ["must be more than 0 characters [json-pointer:/blocks/0/text/text]"],
        "response_metadata": {
            "messages": [
                "[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]"
            ]
        },
    }


def test_answers_to_option_queries() -> None:
    check_options({"options": []})
    check_options({"options": options(100)})
    check_options({"option_groups": [{"label": plain("g"), "options": TWO}]})
    bad = [None, {}, {"options": options(101)}, {"options": TWO, "option_groups": []}]
    for answer in bad:
        with pytest.raises(SlackError, match="invalid_arguments"):
            check_options(answer)
