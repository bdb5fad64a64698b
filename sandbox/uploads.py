"""Where file contents come in and go out: upload URLs and private download URLs."""

from aiohttp import web

from sandbox.model import File
from sandbox.workspace import Workspace


class Uploads:
    """Takes the bytes that files.getUploadURLExternal announced, and gives them out again."""

    def __init__(self, workspace: Workspace, bot_token: str) -> None:
        self._workspace = workspace
        self._bot_token = bot_token

    def routes(self) -> list[web.RouteDef]:
        """Upload and download."""
        return [
            web.post("/upload/{id}", self._take),
            web.get("/files-pri/{id}/{name}", self._give),
            web.get("/files-pri/{id}/download/{name}", self._give),
        ]

    async def _take(self, request: web.Request) -> web.Response:
        """Raw bytes or the first file of a multipart form; of the announced length, once."""
        file = self._workspace.files.get(request.match_info["id"])
        if file is None or file.mode != "pending":
            return web.Response(status=404, text="unknown or used upload")
        if request.content_type == "multipart/form-data":
            form = await request.post()
            parts = [part for part in form.values() if isinstance(part, web.FileField)]
            if not parts:
                return web.Response(status=400, text="no file in the form")
            content = parts[0].file.read()
            file.mimetype = parts[0].content_type
        else:
            content = await request.read()
        if len(content) != file.size:
            return web.Response(status=400, text="not of the announced length")
        file.content = content
        file.mode = "uploaded"
        return web.Response(text=f"OK - {len(content)}")

    async def _give(self, request: web.Request) -> web.Response:
        file: File | None = self._workspace.files.get(request.match_info["id"])
        token = request.headers.get("Authorization")
        if token != f"Bearer {self._bot_token}" or not self._workspace.app.may(("files:read",)):
            return web.Response(status=302, headers={"Location": "/"})
        if file is None or file.mode != "hosted" or not self._workspace.app_sees(file):
            return web.Response(status=404)
        return web.Response(body=file.content, content_type=file.mimetype)
