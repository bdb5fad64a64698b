"""Every block and element on every surface: where Slack's reference lets it stand."""

import pytest

from sandbox.validation import Problem, block_problems, view_problems
from tests.sandbox.block_samples import BLOCKS, ELEMENTS, SURFACES, Sample
from tests.sandbox.kit import JsonDict, home, modal

_KNOWN = {f"block {name}": each for name, each in BLOCKS.items()}
_KNOWN |= {f"element {name}": each for name, each in ELEMENTS.items()}


def problems_on(surface: str, block: JsonDict) -> list[Problem]:
    """What is wrong with a block on a surface."""
    if surface == "message":
        return block_problems([block])
    return view_problems(modal(block) if surface == "modal" else home(block))


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("sample", _KNOWN.values(), ids=_KNOWN.keys())
def test_where_it_may_stand(sample: Sample, surface: str) -> None:
    found = problems_on(surface, sample.block)
    allowed = surface in sample.on.split()
    assert [each.code for each in found] == ([] if allowed else ["unsupported_type"]), sample.page
