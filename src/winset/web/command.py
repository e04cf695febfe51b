"""`winset serve`: the workbench on one case, on this machine only."""

import socket
from pathlib import Path

import click


@click.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--port", default=0, type=click.IntRange(0, 65535), help="Port on 127.0.0.1; a free one by default.")
@click.option("--open/--no-open", "browse", default=True, help="Open the browser.")
def serve(case: Path, port: int, browse: bool) -> None:
    """Open CASE in the browser: read, review, see positions and the brief. Nothing leaves this machine."""
    import webbrowser

    import uvicorn

    from winset.errors import StoreError
    from winset.services import cases
    from winset.web.app import make_app
    from winset.web.guard import LAUNCH, Guard

    cases.show(case)
    listening = socket.socket()
    try:
        listening.bind(("127.0.0.1", port))
        listening.listen()  # so that a browser that is quicker than we are waits instead of being refused
    except OSError as error:
        raise StoreError(f"port {port} cannot be used: {error.strerror}; leave --port out for a free one") from None
    chosen = listening.getsockname()[1]
    guard = Guard(make_app(case.absolute()), port=chosen)
    address = f"http://127.0.0.1:{chosen}{LAUNCH}?token={guard.token}"
    click.echo(f"Open within a minute, once: {address}\nStop with Ctrl-C.")
    if browse:
        webbrowser.open(address)
    config = uvicorn.Config(guard, access_log=False, log_level="warning", server_header=False)
    uvicorn.Server(config).run(sockets=[listening])
