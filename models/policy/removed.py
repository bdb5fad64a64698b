"""Keys that policy files once had. A new file with one is told so; in a text that visits keep it
is passed over, so that they go on by the rules under which they were asked for."""

from collections.abc import Mapping

REMOVED: Mapping[str, str] = {
    "Policy.about": "write a comment instead",
    "Approval.together": "what is sent is approved with its budget",
    "Level.sets_standard": "the last of the approvers does, or who attends ([approval] attending)",
    "Conduct.driver_told": "a [[step]] tells the driver",
    "Step.owner": "the people in `to` are told; a [[task]] has an owner",
}
"""Table and key as docs/policy-keys.toml names them, and what to do instead."""
