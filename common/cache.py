"""The cache in Redis: values as JSON (never pickled), and a Redis that is away is a cache that is empty.

What lies in the cache is counted attempts to sign in and other things that may be forgotten; pages must work
for as long as Redis is down.
"""

import json
import logging
from collections.abc import Callable
from typing import Any

import redis
from django.core.cache.backends.redis import RedisCache, RedisCacheClient

logger = logging.getLogger(__name__)


class Json:
    """The serializer; whole numbers stay bare, so that Redis can count them."""

    def dumps(self, value: Any) -> str | int:
        return value if type(value) is int else json.dumps(value)

    def loads(self, data: bytes) -> Any:
        return json.loads(data)


def _forgiving(method: str, without: Callable[..., Any]) -> Callable[..., Any]:
    original = getattr(RedisCacheClient, method)

    def call(self: RedisCacheClient, *args: Any) -> Any:
        try:
            return original(self, *args)
        except (redis.RedisError, OSError) as error:
            logger.warning("cache not reached (%s)", type(error).__name__)
            return without(*args)

    return call


class Client(RedisCacheClient):
    """Django's client; each method answers as an empty cache would when Redis does not answer at all."""

    add = _forgiving("add", lambda *_: True)  # "nobody else holds it": a lock is then a formality
    get = _forgiving("get", lambda _key, default: default)
    set = _forgiving("set", lambda *_: None)
    touch = _forgiving("touch", lambda *_: False)
    delete = _forgiving("delete", lambda *_: False)
    get_many = _forgiving("get_many", lambda *_: {})
    has_key = _forgiving("has_key", lambda *_: False)
    incr = _forgiving("incr", lambda _key, delta: delta)
    set_many = _forgiving("set_many", lambda *_: None)
    delete_many = _forgiving("delete_many", lambda *_: None)
    clear = _forgiving("clear", lambda *_: False)


class ForgivingRedisCache(RedisCache):
    """The backend for settings.CACHES."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        quick = {"serializer": Json, "socket_connect_timeout": 1, "socket_timeout": 1}
        super().__init__(server, {**params, "OPTIONS": quick | params.get("OPTIONS", {})})
        self._class = Client
