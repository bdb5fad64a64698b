"""What is worth saying of the timed steps: what is never said, and what always goes on."""

from collections.abc import Iterator

from models.policy.moment import Anchor, Offset
from models.policy.rules import Policy
from models.policy.timed_tables import Step

_HOURS = {"m": 1 / 60, "h": 1.0, "d": 24.0}


def step_findings(policy: Policy) -> Iterator[tuple[str, str]]:
    """The path of a key of the policy, and what is worth saying of it."""
    for step in policy.steps:
        for key, words in _of(step):
            yield f"step.{step.key}.{key}", words
    quiet = policy.quiet_hours
    if quiet is not None and quiet.start == quiet.end:
        yield "quiet_hours", f"from {quiet.start:%H:%M} until {quiet.end:%H:%M} is no time at all"


def _of(step: Step) -> Iterator[tuple[str, str]]:
    known = _known(step)
    if known is not None:
        yield "when", f"never said: {known}"
    ends = _hours_until(step)
    if ends is not None and ends <= 0:
        yield "until", f"never said: until {str(step.until)!r} does not lie after {str(step.at)!r}"
    if step.escalate is None:
        return
    after, hours = str(step.escalate.after), _hours(step.escalate.after)
    if step.escalate.after.number < 0 or hours == 0:
        yield "escalate", f"never goes on to others: {after!r} does not lie after the step"
    elif ends is not None and hours is not None and 0 < ends <= hours:
        yield "escalate", f"never goes on to others: until {str(step.until)!r} comes first"
    if not step.when:
        yield "escalate", "always goes on to others: the step has no condition (`when`)"


def _known(step: Step) -> str | None:
    """Why the conditions of a step never hold."""
    if "document_missing" in step.when:
        return "a visit holds no documents, so none is known to be missing"
    if "not_landed" in step.when and "landed" in step.when:
        return "landed and not_landed cannot both hold"
    if "not_landed" in step.when and step.at.anchor == Anchor.OUTCOME:
        return "it counts from the outcome and wants it unknown"
    return None


def _hours_until(step: Step) -> float | None:
    """The hours from a step to its `until`, where both count from one anchor in plain hours."""
    if step.until is None or step.until.anchor != step.at.anchor:
        return None
    at, until = _hours(step.at.offset), _hours(step.until.offset)
    return None if at is None or until is None else until - at


def _hours(offset: Offset) -> float | None:
    plain = offset.unit in _HOURS and offset.at is None
    return offset.number * _HOURS[offset.unit] if plain else None
