"""`python -m migrations <what changes>`: writes the next migration from the models, to be read
over before it is committed."""

import argparse
import tempfile
from pathlib import Path

from alembic import command
from alembic.script import Script, ScriptDirectory
from sqlalchemy import create_engine

from migrations import configuration, upgrade


def main(words: str) -> None:
    """Compare the newest schema with the models and write the difference as a migration."""
    number = len(list(ScriptDirectory.from_config(configuration()).walk_revisions())) + 1
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{folder}/new.db")
        with engine.begin() as connection:
            upgrade(connection)
        with engine.begin() as connection:
            written = command.revision(
                configuration(connection), words, autogenerate=True, rev_id=f"{number:04d}"
            )
        engine.dispose()
    if isinstance(written, Script):
        path = Path(written.path)
        lines = path.read_text().splitlines(keepends=True)
        path.write_text("".join(line for line in lines if "# ###" not in line))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m migrations", description=__doc__)
    parser.add_argument("words", nargs="+", help="what changes, in a few words")
    main(" ".join(parser.parse_args().words))
