"""One line for each entry of the audit trail."""

from models.base.permissions import Verb
from models.policy import Text as Words
from models.records.audit import AuditEntry
from templates.keeping.lines import entry_kind
from templates.money import lines
from templates.reading.notice_terms import label
from templates.slack.blocks import Card
from templates.slack.message import Message
from templates.slack.scene import Scene
from templates.wording import terms
from templates.wording.text import Text, guard, joined, mention

LINES = frozenset(
    {
        "submit",
        "edit",
        "add_details",
        "fill_notice",
        "resubmit",
        "cancel",
        "postpone",
        "reopen",
        "lapse",
        "approved",
        "declined",
        "changes_asked",
        "escalate",
        "rate",
        "choose",
        "told_otherwise",
        "not_rated",
        "name",
        "name_nobody",
        "take_back",
        "delegate",
        "stand_in",
        "take_over",
        "came_back",
        "confirm_word",
        "deny_word",
        "invite",
        "attend",
        "cannot_attend",
        "withdraw_invitation",
        "move_decision",
        "finish_task",
        "confirm",
        "problem",
        "hand_over",
        "add_drive",
        "change_drive",
        "drop_drive",
        "assign_car",
        "trip_accepted",
        "decline_trip",
        "trip_here",
        "trip_aboard",
        "trip_done",
        "trip_back",
        "guests_left",
        "feedback",
        "landed",
        "ended",
        "outcome_back",
        "ask_exception",
        "exception_approved",
        "exception_declined",
        "exception_void",
        "note_cost",
        "correct_cost",
        "add_entry",
        "finish_entry",
        "hand_over_entry",
        "reopen_entry",
        "add_file",
        "close",
        "change_policy",
        "change_owner",
    }
)
"""Verbs of the audit trail that have a line; the others are for the record only."""


def history(scene: Scene) -> Message | None:
    """The line of one entry in the visit card's thread."""
    wanted = scene.args.get("audit")
    entry = next((entry for entry in scene.picture.history if entry.id == wanted), None)
    line = history_line(scene, entry) if entry is not None else None
    if line is None:
        return None
    card = Card()
    card.text(line)
    return Message(joined(" · ", [scene.title, line]).fallback(), card.done(), in_thread=True)


_QUOTES = {
    "cancel": Verb.READ_WORDS,
    "postpone": Verb.READ_WORDS,
    "declined": Verb.READ_WORDS,
    "changes_asked": Verb.READ_WORDS,
    "problem": Verb.READ_PROBLEMS,
}
"""Verbs whose line quotes what somebody wrote, for whoever may read that."""


def history_line(
    scene: Scene, entry: AuditEntry, allowed: frozenset[Verb] = frozenset()
) -> Text | None:
    """What happened, in one line; None for a verb that nobody needs to read of. What somebody wrote
    stands in it for a reader who is `allowed` to read that."""
    if entry.verb not in LINES:
        return None
    language, detail = scene.language, entry.detail
    facts: dict[str, object] = {
        "who": mention(entry.actor_id) if entry.actor_id else scene.say("history", "clock")
    }
    if "fields" in detail:
        facts["fields"] = field_names(scene, detail["fields"])
    if detail.get("role"):
        facts["role"] = terms.role(language, detail["role"])
    if "task" in detail:
        facts["item"] = terms.task(language, scene.picture, detail["task"])
    if "kind" in detail:
        facts["kind"] = scene.trip_kind(detail["kind"])
    if "what" in detail:
        facts["what"] = lines.named(
            scene, detail["what"], detail.get("item"), detail.get("planned")
        )
    for name in ("reason", "comment", "text", "car"):
        facts[name] = guard(detail.get(name) or "–")
    if detail.get("driver"):
        facts["driver"] = mention(detail["driver"])
    if "level" in detail:
        facts["level"] = language.own(scene.picture.policy.level(detail["level"]).name)
    if "choice" in detail:
        facts["choice"] = terms.choice(language, detail["choice"])
    if "people" in detail:
        facts["people"] = language.people(list(detail["people"]))
    if "of" in detail:
        facts["kind"] = entry_kind(language, detail["of"])
    if "other" in detail:
        facts["other"], facts["to"] = mention(detail["other"]), mention(detail["to"])
    if entry.verb in {"hand_over", "hand_over_entry", "delegate"}:
        facts["to"] = mention(detail["to"])
    elif entry.verb == "approved" and detail.get("recorded_by"):
        by = mention(detail["recorded_by"])
        return scene.say("history", "approved_by_phone", by=by, **facts)
    elif entry.verb == "fill_notice" and detail.get("late"):
        return scene.say("history", "fill_notice_late", **facts)
    elif entry.verb == "escalate":
        facts["to"] = terms.role(language, detail["to"])
    elif entry.verb == "change_owner":
        if detail["to"] is None:
            return scene.say("history", "change_owner_none", **facts)
        facts["to"] = mention(detail["to"])
    elif entry.verb == "change_policy":
        facts["procedure"] = language.own(Words(**detail["title"]))
        if detail["asked_again"]:
            return scene.say("history", "change_policy_asked", **facts)
    wanted = _QUOTES.get(entry.verb)
    name = entry.verb if wanted is None or wanted in allowed else f"{entry.verb}_plain"
    line = scene.say("history", name, **facts)
    if detail.get("on_behalf_of"):
        return scene.say("history", "on_behalf", line=line, other=mention(detail["on_behalf_of"]))
    return line


def field_names(scene: Scene, fields: list[str]) -> Text:
    """The labels of changed fields, enumerated."""
    names = [label(scene.language, name) for name in fields]
    return joined(scene.language.comma, names) or Text("–")
