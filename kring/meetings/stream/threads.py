"""Where the stream does what takes time: a few threads with their own database connections."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import connection, connections

P = ParamSpec("P")
T = TypeVar("T")
THREADS = 6
_pool = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="kring-live")


def _tidy(do: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    try:
        return do(*args, **kwargs)
    finally:
        # A pooled connection goes back; SQLite's stays open, opening it costs more than it holds.
        if connection.vendor != "sqlite" or connection.in_atomic_block:
            connections.close_all()


async def in_thread(do: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run ``do`` in one of the threads. Threads start with a clean context: no scope, no language."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_pool, lambda: _tidy(do, *args, **kwargs))
