"""Is the broker there?"""

import tempfile

import redis
from django.conf import settings

WAIT_SECONDS = 2


def broker_answers() -> bool:
    """True when messages can be handed over: Redis takes a write, or a file can be written to the folder."""
    return _redis_takes_writes() if settings.REDIS_URL else _folder_takes_files()


def _redis_takes_writes() -> bool:
    # A write, not a ping: a server out of memory still answers pings.
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL, socket_connect_timeout=WAIT_SECONDS, socket_timeout=WAIT_SECONDS
        ) as server:
            return bool(server.set("ruamban:probe", 1, ex=60))
    except (redis.RedisError, OSError):
        return False


def _folder_takes_files() -> bool:
    try:
        with tempfile.TemporaryFile(dir=settings.BROKER_DIR / "queue") as file:
            file.write(b"probe")
    except OSError:
        return False
    return True
