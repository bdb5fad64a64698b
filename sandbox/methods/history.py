"""conversations.history and conversations.replies."""

import bisect

from sandbox.args import Args
from sandbox.methods import access
from sandbox.methods.paging import page
from sandbox.model import Channel, Json, Message, SlackError
from sandbox.workspace import Workspace

_MOST = 999


def history(workspace: Workspace, args: Args) -> Json:
    """conversations.history: newest first, without thread replies."""
    channel = access.joined_channel(workspace, args)
    oldest, latest = _span(args)
    inclusive = args.flag("inclusive")
    found = [
        message
        for message in _between(channel, channel.timeline, oldest, latest, inclusive)
        if not message.is_reply or message.broadcast
    ]
    found.reverse()
    part, metadata = page(found, args, most=_MOST)
    return _answer(workspace, args, part, metadata) | {"pin_count": len(channel.pins)}


def replies(workspace: Workspace, args: Args) -> Json:
    """conversations.replies: the parent, then its replies, oldest first."""
    channel = access.joined_channel(workspace, args)
    ts = args.required("ts", "thread_not_found")
    parent = channel.messages.get(ts)
    if parent is None:
        raise SlackError("thread_not_found")
    if parent.is_reply:
        return _answer(workspace, args, [parent], {"next_cursor": ""})
    oldest, latest = _span(args)
    inclusive = args.flag("inclusive")
    found = [parent, *_between(channel, parent.replies, oldest, latest, inclusive)]
    part, metadata = page(found, args, default=1000)
    return _answer(workspace, args, part, metadata)


def _answer(workspace: Workspace, args: Args, part: list[Message], metadata: Json) -> Json:
    everything = args.flag("include_all_metadata")
    answer: Json = {
        "messages": [_described(workspace, each, everything) for each in part],
        "has_more": bool(metadata["next_cursor"]),
    }
    if metadata["next_cursor"]:
        answer["response_metadata"] = metadata
    return answer


def _described(workspace: Workspace, message: Message, with_metadata: bool) -> Json:
    body = message.to_slack(workspace.team.id, with_metadata=with_metadata)
    if message.replies:
        channel = workspace.channels[message.channel]
        answered = [channel.messages[ts] for ts in message.replies if ts in channel.messages]
        users = list(dict.fromkeys(each.user for each in answered))
        body |= {
            "reply_count": len(message.replies),
            "reply_users": users[:5],
            "reply_users_count": len(users),
            "latest_reply": message.replies[-1],
            "subscribed": False,
        }
    return body


def _span(args: Args) -> tuple[str | None, str | None]:
    return _timestamp(args, "oldest"), _timestamp(args, "latest")


def _timestamp(args: Args, name: str) -> str | None:
    given = args.text(name)
    if not given or given == "now":
        return None
    seconds, _, fraction = given.partition(".")
    if not seconds.isdigit() or (fraction and not fraction.isdigit()):
        raise SlackError(f"invalid_ts_{name}")
    return f"{int(seconds):010d}.{fraction[:6]:0<6}"


def _between(
    channel: Channel,
    timeline: list[str],
    oldest: str | None,
    latest: str | None,
    inclusive: bool,
) -> list[Message]:
    start, end = 0, len(timeline)
    if oldest is not None:
        find = bisect.bisect_left if inclusive else bisect.bisect_right
        start = find(timeline, oldest)
    if latest is not None:
        find = bisect.bisect_right if inclusive else bisect.bisect_left
        end = find(timeline, latest)
    return [channel.messages[ts] for ts in timeline[start:end]]
