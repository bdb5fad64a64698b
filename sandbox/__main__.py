"""`python -m sandbox`: a local Slack workspace to connect a bot to."""

import argparse
import asyncio
import json
import signal
import sys
from pathlib import Path

from sandbox.model import Json
from sandbox.server import Sandbox


async def serve(port: int, seeded: bool, manifest: Json | None) -> None:
    """Serve until SIGINT or SIGTERM. Raises OSError when the port is taken."""
    sandbox = Sandbox(seeded=seeded)
    if manifest is not None:
        sandbox.install(manifest)
    await sandbox.start(port)
    sys.stdout.write(
        f"The workspace is at {sandbox.url}/\n"
        f"SLACK_API_URL={sandbox.api_url}\n"
        f"SLACK_BOT_TOKEN={sandbox.bot_token}\n"
        f"SLACK_APP_TOKEN={sandbox.app_token}\n"
        f"SLACK_SIGNING_SECRET={sandbox.signing_secret}\n"
    )
    sys.stdout.flush()
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    await stopped.wait()
    await sandbox.stop()


def main() -> int:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8600, help="0 takes any free port")
    parser.add_argument("--no-seed", action="store_true", help="begin with an empty workspace")
    parser.add_argument("--manifest", type=Path, help="an app manifest in JSON to install")
    options = parser.parse_args()
    try:
        manifest = json.loads(options.manifest.read_text("utf-8")) if options.manifest else None
    except (OSError, ValueError) as failure:
        sys.stderr.write(f"cannot read the manifest: {failure}\n")
        return 2
    try:
        asyncio.run(serve(options.port, not options.no_seed, manifest))
    except OSError as failure:
        sys.stderr.write(f"cannot serve on port {options.port}: {failure.strerror}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
