"""Takes pictures of the workspace's page, as one person sees it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, ViewportSize, async_playwright, expect

_CHROMIUM = "/usr/bin/chromium"
_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
    "--disable-lcd-text",  # the rest: the same picture each time
    "--disable-partial-raster",
    "--disable-skia-runtime-opts",
    "--num-raster-threads=1",
]
_MARGIN = 14  # around what is cut out, in pixels of the page
_SCALE = 1.25

WINDOW = ViewportSize(width=1040, height=660)
TALL = ViewportSize(width=960, height=1500)
PHONE = ViewportSize(width=390, height=760)

# How far the clock was turned hangs on the day on which the pictures are taken.
_EVERYWHERE = ".clock-drift { display: none !important }"
# What stands around the thing that is shown.
_ALONE = """
.sidebar, .topbar, .composer, .conversation-head, .new-line, .day { visibility: hidden }
.app:has(~ .modal[open]) { visibility: hidden }
.modal { margin: 40px auto; max-height: 924px; box-shadow: none; border: 1px solid var(--line) }
.modal::backdrop { background: none }
.message:hover { background: none }
"""


@dataclass(frozen=True)
class Camera:
    """One browser on one workspace; pictures go to `folder`."""

    browser: Browser
    url: str
    folder: Path

    @asynccontextmanager
    async def looking(
        self, handle: str, place: str, size: ViewportSize, *, phone: bool = False
    ) -> AsyncIterator[Page]:
        """The page as a person sees a place of it: `visits`, `usher`, `usher#home`."""
        context = await self.browser.new_context(
            viewport=size,
            device_scale_factor=_SCALE,
            is_mobile=phone,
            has_touch=phone,
            reduced_motion="reduce",
            color_scheme="light",
            bypass_csp=True,  # for the styles that hide what stands around
        )
        page = await context.new_page()
        channel, _, tab = place.partition("#")
        address = f"{self.url}/?user={handle}&channel={channel}"
        await page.goto(f"{address}#{tab}" if tab else address)
        await expect(page.locator(".conversation-head h1")).to_be_visible()
        await page.add_style_tag(content=_EVERYWHERE)
        yield page
        await context.close()

    async def whole(self, page: Page, name: str) -> None:
        """The window as it is."""
        await _rest(page)
        await page.screenshot(path=self.folder / f"{name}.png", animations="disabled")

    async def part(self, page: Page, what: Locator, name: str, margin: int = _MARGIN) -> None:
        """One thing of the page, alone, with a margin around it. It has to fit into the window."""
        await page.add_style_tag(content=_ALONE)
        await _rest(page)
        await expect(what).to_be_in_viewport(ratio=1)
        box = await what.bounding_box()
        size = page.viewport_size
        assert box is not None, f"{name}: nothing to be seen"
        assert size is not None
        left, top = max(box["x"] - margin, 0), max(box["y"] - margin, 0)
        right = min(box["x"] + box["width"] + margin, size["width"])
        bottom = min(box["y"] + box["height"] + margin, size["height"])
        await page.screenshot(
            path=self.folder / f"{name}.png",
            clip={"x": left, "y": top, "width": right - left, "height": bottom - top},
            animations="disabled",
        )


async def _rest(page: Page) -> None:
    """Until all is drawn, with nothing focused and the mouse out of the way."""
    await page.mouse.move(0, 0)
    await page.evaluate("document.activeElement?.blur()")
    await page.evaluate("document.fonts.ready.then(() => true)")
    await page.wait_for_timeout(400)  # for what the browser still draws by and by


@asynccontextmanager
async def camera(url: str, folder: Path) -> AsyncIterator[Camera]:
    """A camera for the workspace at that address."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=_CHROMIUM, args=_ARGS)
        try:
            yield Camera(browser, url, folder)
        finally:
            await browser.close()
