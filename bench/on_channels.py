"""The same thing on Django Channels: one group, one consumer per stream, as its manual says.

Runs in ``.venv-bench`` and never imports Kring. ``CHANNELS_REDIS`` chooses the Redis layer.
"""

import os

from django.conf import settings

LAYER = (
    {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {"hosts": [os.environ["CHANNELS_REDIS"]]},
    }
    if os.environ.get("CHANNELS_REDIS")
    else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
)
settings.configure(
    SECRET_KEY="only measured",
    ALLOWED_HOSTS=["*"],
    CHANNEL_LAYERS={"default": LAYER},
)

import django  # noqa: E402  settings come first

django.setup()

from channels.generic.http import AsyncHttpConsumer  # noqa: E402  settings come first
from channels.layers import get_channel_layer  # noqa: E402  settings come first

NUMBER = 0


class Stream(AsyncHttpConsumer):
    """Hangs on; every event of the group is sent to it by its own task."""

    async def handle(self, body):
        await self.send_headers(headers=[(b"Content-Type", b"text/event-stream")])
        await self.send_body(b"retry: 1000\n\n", more_body=True)
        await self.channel_layer.group_add("meeting", self.channel_name)

    async def http_request(self, message):
        await self.handle(b"")  # the manual's way to keep a stream open: do not end the request

    async def told(self, event):
        await self.send_body(event["body"].encode(), more_body=True)

    async def disconnect(self):
        await self.channel_layer.group_discard("meeting", self.channel_name)


class Ask(AsyncHttpConsumer):
    """Counts one up and tells the group."""

    async def handle(self, body):
        global NUMBER
        NUMBER += 1
        event = f"id: 0123456789abcdef01\ndata: {NUMBER}\n\n"
        await get_channel_layer().group_send("meeting", {"type": "told", "body": event})
        answer = b'{"number": %d, "refused": null}' % NUMBER
        await self.send_response(200, answer, headers=[(b"Content-Length", b"%d" % len(answer))])


class Screen(AsyncHttpConsumer):
    """Says that the server is up."""

    async def handle(self, body):
        await self.send_response(200, b"x", headers=[(b"Content-Length", b"1")])


PAGES = {"stream": Stream.as_asgi(), "ask": Ask.as_asgi()}
OTHER = Screen.as_asgi()


async def application(scope, receive, send):
    """Route, and nothing else."""
    if scope["type"] == "http":
        await PAGES.get(scope["path"].rsplit("/", 1)[-1], OTHER)(scope, receive, send)
