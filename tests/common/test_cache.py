"""The cache in Redis: JSON, and empty when Redis is away."""

import os

import pytest
import redis
from django.core.cache.backends.base import InvalidCacheBackendError

from common.cache import ForgivingRedisCache, Json

NOWHERE = "redis://127.0.0.1:1/0"


def test_pages_work_with_a_redis_that_is_away(caplog: pytest.LogCaptureFixture) -> None:
    cache = ForgivingRedisCache(NOWHERE, {})
    cache.set("a", 1)
    assert cache.get("a") is None
    assert cache.get("a", "default") == "default"
    assert cache.add("lock", True) is True, "nobody waits for a lock that nobody can hold"
    assert cache.get_many(["a", "b"]) == {}
    assert not cache.has_key("a")
    assert not cache.delete("a")
    assert "cache not reached" in caplog.text


def test_values_are_json_and_never_pickled() -> None:
    serializer = Json()
    for value in ([1.5, 2.5], {"a": "ก"}, True, "text", None, 7):
        stored = serializer.dumps(value)
        assert serializer.loads(str(stored).encode()) == value
    assert serializer.dumps(7) == 7, "Redis can count it"
    with pytest.raises(TypeError):
        serializer.dumps(InvalidCacheBackendError())


@pytest.mark.skipif(not os.environ.get("TEST_REDIS_URL"), reason="needs a Redis")
def test_with_a_redis_it_is_a_cache_like_any_other() -> None:
    url = os.environ["REDIS_URL"]
    cache = ForgivingRedisCache(url, {"KEY_PREFIX": "test-cache"})
    cache.set("a", [1.5], 60)
    assert cache.get("a") == [1.5]
    assert cache.add("a", 2) is False
    cache.set("n", 1)
    assert cache.incr("n") == 2
    with redis.Redis.from_url(url) as server:
        assert server.get(cache.make_key("a")) == b"[1.5]"
