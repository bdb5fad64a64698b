"""What people write or send without a form: answered once, with a button that opens one."""

from handlers.keeping.files import READS
from handlers.slack.answers import Answer
from handlers.slack.call import Call
from handlers.slack.posts import place_of_file
from models.base.permissions import Verb
from services.keeping import arrivals
from services.reading.desk import Desk


async def offer(call: Call) -> None:
    """Somebody wrote or sent something to the bot, or named it in a channel, and asked for nothing
    that can be done: they are answered by themselves with what can be done with it."""
    event = call.event
    await _answer(call, str(event["ts"]), event.get("thread_ts"), bool(event.get("files")))


async def shared(call: Call) -> Answer:
    """Somebody shared a file. In the thread of a visit card it may be for that visit; what was sent
    to the bot itself comes as a message; elsewhere it is nobody's business."""
    event = call.event
    channel, file_id = str(event.get("channel_id") or ""), str(event.get("file_id") or "")
    if channel.startswith("D"):
        return None
    place = await place_of_file(call.slack, file_id, channel)
    if place is None:
        return None
    ts, thread_ts = place
    visit = await call.look(lambda desk: arrivals.seen_in_thread(desk, channel, thread_ts))
    if visit is not None:
        await _answer(call, ts, thread_ts, has_files=True, visit=visit)
    return None


async def _answer(
    call: Call, ts: str, thread_ts: object, has_files: bool, visit: int | None = None
) -> None:
    channel = str(call.event.get("channel") or call.event.get("channel_id") or "")
    thread = str(thread_ts) if thread_ts else None

    can_read = READS not in call.edge.lacks

    def do(desk: Desk) -> None:
        arrivals.answer(
            desk, channel, ts, thread, has_files=has_files, can_read=can_read, visit_id=visit
        )

    await call.act(Verb.TALK, do)
