"""The brief, read here or taken along."""

import base64
import hashlib
import re

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, Response

from winset.services import workbench
from winset.web.desk import Desk

_STYLE = re.compile(r"<style>([^<]*)</style>")
EXPORTS = {".html": "text/html", ".md": "text/markdown", ".json": "application/json",
           ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}  # fmt: skip


def add(app: FastAPI, desk: Desk) -> None:
    """`/brief`."""
    case = desk.case

    @app.get("/brief")
    def brief() -> Response:
        html = workbench.brief_in(case, ".html").decode("utf-8")
        return HTMLResponse(html, headers={"content-security-policy": policy(html)})

    @app.get("/brief/{ending}")
    def brief_file(ending: str) -> Response:
        data = workbench.brief_in(case, f".{ending}")
        name = f'attachment; filename="brief.{ending}"'
        return Response(data, media_type=EXPORTS[f".{ending}"], headers={"content-disposition": name})


def policy(html: str) -> str:
    """What the brief's own page may do: show itself, in its own style, and nothing else."""
    hashes = " ".join(f"'sha256-{_hash(style)}'" for style in _STYLE.findall(html))
    return f"default-src 'none'; style-src {hashes}; img-src data:; frame-ancestors 'self'; base-uri 'none'"


def _hash(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
