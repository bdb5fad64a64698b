"""Takes all pictures of the docs anew: `python -m tests.pictures [FOLDER]`.

The workspace's clock stands still between the moments of the story, so the same product gives the
same pictures.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.pictures.camera import camera
from tests.pictures.cast import CHINESE, ENGLISH
from tests.pictures.story import Story, company_of

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
MOST_BYTES = 250_000


async def take(folder: Path) -> None:
    """Take all pictures into a folder that is there."""
    with tempfile.TemporaryDirectory(prefix="usher-pictures-") as work:
        for cast in (ENGLISH, CHINESE):
            async with (
                company_of(cast, Path(work)) as company,
                camera(company.sandbox.url, folder) as taking,
            ):
                await Story(cast, company, taking).tell()


def main() -> int:
    """Take them, name them; 1 when one is too large for the docs."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(take(folder))
    large = 0
    for path in sorted(folder.glob("*.png")):
        size = path.stat().st_size
        large += size > MOST_BYTES
        sys.stdout.write(f"{path.name:<28} {size / 1000:6.1f} kB\n")
    return 1 if large else 0


if __name__ == "__main__":
    sys.exit(main())
