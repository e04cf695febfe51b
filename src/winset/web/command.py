"""`winset serve`: the workbench on one case, on this machine only."""

import socket
import zlib
from pathlib import Path

import click

FIRST_PORT, PORTS = 20_000, 10_000  # below those that systems give out by themselves


@click.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="Port on 127.0.0.1; by default one of the case's own, so that bookmarks last.",
)
@click.option("--open/--no-open", "browse", default=True, help="Open the browser.")
def serve(case: Path, port: int | None, browse: bool) -> None:
    """Open CASE in the browser: read, review, see positions and the brief. Nothing leaves this machine."""
    import uvicorn

    from winset.errors import StoreError
    from winset.services import cases
    from winset.web.app import make_app
    from winset.web.guard import LAUNCH, Guard
    from winset.web.warming import Warming

    cases.show(case)
    try:
        listening = _listen(_own_port(case) if port is None else port)
    except OSError as error:
        if port is not None:
            raise StoreError(f"port {port} cannot be used: {error.strerror}; leave --port out for a free one") from None
        listening = _listen(0)  # somebody else has it, perhaps another workbench on this case
    chosen = listening.getsockname()[1]
    app = make_app(case.absolute())
    guard = Guard(Warming(app, ahead=app.state.ahead), port=chosen)
    address = f"http://127.0.0.1:{chosen}{LAUNCH}?token={guard.token}"
    click.echo(f"Open within a minute, once: {address}\nStop with Ctrl-C.")
    if browse:
        import webbrowser

        webbrowser.open(address)
    config = uvicorn.Config(
        guard, access_log=False, log_level="warning", server_header=False,
        loop="asyncio", http="h11", ws="none", lifespan="off", log_config=None,
    )  # fmt: skip
    uvicorn.Server(config).run(sockets=[listening])


def _listen(port: int) -> socket.socket:
    """A socket that listens already, so that a browser that is quicker than we are waits instead of being refused."""
    listening = socket.socket()
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", port))
        listening.listen()
    except OSError:
        listening.close()
        raise
    return listening


def _own_port(case: Path) -> int:
    """A port by the case's place on the disk: the same each time, so that bookmarks and what the browser keeps last."""
    return FIRST_PORT + zlib.crc32(str(case.absolute()).encode("utf-8", "surrogateescape")) % PORTS
