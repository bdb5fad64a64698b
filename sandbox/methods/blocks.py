"""blocks.validate."""

from sandbox.args import Args
from sandbox.model import Json, SlackError
from sandbox.validation import Problem, block_problems, view_problems
from sandbox.workspace import Workspace


def validate(_workspace: Workspace, args: Args) -> Json:
    """blocks.validate: exactly one of `blocks`, `message` and `view`.

    Raises SlackError: invalid_arguments, invalid_blocks, invalid_message, invalid_view.
    """
    given = [name for name in ("blocks", "message", "view") if args.has(name)]
    if len(given) != 1:
        raise SlackError(
            "invalid_arguments", "[ERROR] provide exactly one of blocks, message and view"
        )
    value = args.json(given[0], "invalid_arguments")
    if given[0] == "view":
        _answer("invalid_view", view_problems(value, ""))
    elif given[0] == "blocks":
        _answer("invalid_blocks", block_problems(value, ""))
    elif not isinstance(value, dict):
        _answer("invalid_message", [Problem("", "must provide an object")])
    else:
        _answer("invalid_message", block_problems(value.get("blocks", []), "/blocks"))
    return {}


def _answer(code: str, problems: list[Problem]) -> None:
    if problems:
        errors = [
            {"pointer": each.pointer, "code": each.code, "message": each.message}
            for each in problems
        ]
        raise SlackError(code, errors=errors)
