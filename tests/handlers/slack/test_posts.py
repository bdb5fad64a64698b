"""What Slack's payloads say, in words; and from where files are fetched."""

from typing import Any

import pytest

from handlers.slack.posts import is_slacks, mentioned, post_of, words_of

NAMES = {"U1": "林薇"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("3 &lt; 4 &amp; 5", "3 < 4 & 5"),
        ("<@U1> said so", "@林薇 said so"),
        ("<@UBOT> please", "please"),
        ("<@UBOT|usher> please", "@usher please"),
        ("in <#C1|visits>", "in #visits"),
        ("<!here> now", "@here now"),
        ("<!subteam^S1|@sales>", "@sales"),
        ("<https://acme.example/a|the offer>", "the offer (https://acme.example/a)"),
        ("<https://acme.example/a>", "https://acme.example/a"),
        ("<mailto:a@acme.example|a@acme.example>", "a@acme.example"),
        ("a\x00b", "ab"),
        ("*bold* _x_", "*bold* _x_"),
    ],
)
def test_marks_in_words(text: str, words: str) -> None:
    assert words_of(text, NAMES) == words


def test_who_is_mentioned() -> None:
    assert mentioned({"user": "U2", "text": "<@U1> and <@U3|x> <!here>"}) == {"U1", "U2", "U3"}


@pytest.mark.parametrize("message", [{}, {"files": None}, {"files": ["x"], "text": None}])
def test_a_strange_message(message: dict[str, Any]) -> None:
    assert post_of("C1", message, {}).files == ()


def test_at_most_ten_files() -> None:
    files = [{"id": f"F{number}", "name": "a"} for number in range(20)]
    assert len(post_of("C1", {"files": files}, {}).files) == 10


@pytest.mark.parametrize(
    ("url", "api", "is_theirs"),
    [
        ("https://files.slack.com/files-pri/T1-F1/a.png", "https://slack.com/api/", True),
        ("https://files.slack.com/x", "https://www.slack.com/api/", True),
        ("https://slack.com/x", "https://slack.com/api/", True),
        ("https://files.slack-gov.com/x", "https://slack-gov.com/api/", True),
        ("http://127.0.0.1:8600/files-pri/F1/a", "http://127.0.0.1:8600/api/", True),
        ("http://files.slack.com/x", "https://slack.com/api/", False),
        ("https://files.slack.com:444/x", "https://slack.com/api/", False),
        ("https://files.slack.com.evil.example/x", "https://slack.com/api/", False),
        ("https://evil.example/files.slack.com", "https://slack.com/api/", False),
        ("https://files.slack.com@evil.example/x", "https://slack.com/api/", False),
        ("http://127.0.0.1:8601/x", "http://127.0.0.1:8600/api/", False),
        ("file:///etc/passwd", "https://slack.com/api/", False),
        ("https://files.slack.com:x/", "https://slack.com/api/", False),
        ("", "https://slack.com/api/", False),
    ],
)
def test_only_slacks_own_host(url: str, api: str, is_theirs: bool) -> None:
    assert is_slacks(url, api) is is_theirs
