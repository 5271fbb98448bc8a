"""The anchor: an event stream under the same uvicorn that does nothing else.

``GET /stream`` hangs on; ``POST /ask`` counts one up and a pump tells everybody in slices;
``GET /screen`` gives the same bytes to all. No framework, no database, no rules. Events take 600
bytes, as in the goals.
"""

import asyncio
import os

LINES: dict = {}
NUMBER = 0
BELL = asyncio.Event()
SCREEN = b"x" * int(os.environ.get("BARE_SCREEN", "4000"))
REST = b": " + b"x" * 550 + b"\n\n"
TASKS: set = set()


async def pump() -> None:
    while True:
        await BELL.wait()
        BELL.clear()
        body = REST + b"id: 0123456789abcdef01\ndata: %d\n\n" % NUMBER
        message = {"type": "http.response.body", "body": body, "more_body": True}
        for at, send in enumerate(list(LINES)):
            await send(message)
            if at % 64 == 63:
                await asyncio.sleep(0)


async def application(scope, receive, send) -> None:
    global NUMBER
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                TASKS.add(asyncio.create_task(pump()))
                await send({"type": "lifespan.startup.complete"})
            else:
                await send({"type": "lifespan.shutdown.complete"})
                return
    what = scope["path"].rsplit("/", 1)[-1]
    if what == "stream":
        kind = (b"content-type", b"text/event-stream")
        await send({"type": "http.response.start", "status": 200, "headers": [kind]})
        hello = {"type": "http.response.body", "body": b"retry: 1000\n\n", "more_body": True}
        await send(hello)
        LINES[send] = None
        while (await receive())["type"] != "http.disconnect":
            pass
        LINES.pop(send, None)
        return
    body = SCREEN
    if what == "ask":
        await receive()
        NUMBER += 1
        BELL.set()
        body = b'{"number": %d, "refused": null}' % NUMBER
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
