"""Rate limits, counted in Redis in one atomic step, so that they hold across all processes.

Each limit is a bucket that leaks evenly (GCRA): `burst` requests may come at once, and `rate` a second
for ever. They are far above what a class of people does, and stop programs that run away.
"""

import hashlib
import ipaddress
import logging
import math
from dataclasses import dataclass
from typing import Any

from django_redis import get_redis_connection
from redis.exceptions import NoScriptError, RedisError

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limit:
    """`burst` requests at once, `rate` a second in the long run."""

    name: str
    burst: int
    rate: float

    @property
    def window(self) -> int:
        """Seconds in which an empty bucket is full again."""
        return math.ceil(self.burst / self.rate)


# One person.
READS = Limit("reads", 600, 60)
WRITES = Limit("writes", 400, 20)
MODELS = Limit("models", 240, 4)  # calls that a model works on
SEARCHES = Limit("searches", 300, 15)  # reads for which a model reads the question
# One address: a whole school may stand behind it.
SIGN_UPS = Limit("sign-ups", 240, 4)
SIGN_INS = Limit("sign-ins", 1200, 20)
STRANGERS = Limit("strangers", 1200, 120)


@dataclass(frozen=True)
class State:
    """What is left of a limit after one request: `retry_after` is 0 when the request may pass;
    `reset` is when the bucket is full again. Both in seconds."""

    limit: Limit
    remaining: int
    retry_after: float
    reset: float

    @property
    def headers(self) -> dict[str, str]:
        """As in draft-ietf-httpapi-ratelimit-headers, and the three older names that clients know."""
        name, reset = self.limit.name, math.ceil(self.reset)
        return {
            "RateLimit-Policy": f'"{name}";q={self.limit.burst};w={self.limit.window}',
            "RateLimit": f'"{name}";r={self.remaining};t={reset}',
            "RateLimit-Limit": str(self.limit.burst),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(reset),
        }


# Redis' own clock counts, so that machines whose clocks differ agree.
_SCRIPT = """
local clock = redis.call('TIME')
local now = clock[1] + clock[2] / 1000000
local step, burst = 1 / tonumber(ARGV[2]), tonumber(ARGV[1])
local full_at = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
local next_full_at = full_at + step
local wait = next_full_at - burst * step - now
if wait > 0 then
  return {0, tostring(wait), tostring(full_at - now)}
end
redis.call('SET', KEYS[1], string.format('%.6f', next_full_at), 'PX', math.ceil((next_full_at - now) * 1000))
return {math.floor(burst - (next_full_at - now) / step + 0.000001), '0', tostring(next_full_at - now)}
"""


_DIGEST = hashlib.sha1(_SCRIPT.encode(), usedforsecurity=False).hexdigest()


def _counted(limit: Limit, place: str) -> Any:
    client = get_redis_connection("default")
    try:
        return client.evalsha(_DIGEST, 1, place, limit.burst, limit.rate)
    except NoScriptError:  # this server has not met it yet, and keeps it from now on
        return client.eval(_SCRIPT, 1, place, limit.burst, limit.rate)


def take(limit: Limit, who: str) -> State:
    """Count one request of `who` against `limit`. Without Redis everything passes: `/readyz` tells."""
    try:
        left, wait, reset = _counted(limit, f"edu:limit:{limit.name}:{who}")
    except RedisError as error:
        log.warning("limits are not counted: %s", error)
        return State(limit, limit.burst, 0, 0)
    return State(limit, int(left), float(wait), float(reset))


def address(remote: str) -> str:
    """Return what stands for one place on the network: an IPv4 address, the /64 of an IPv6 one."""
    try:
        parsed = ipaddress.ip_address(remote)
    except ValueError:
        return "unknown"
    if parsed.version == 6 and not parsed.ipv4_mapped:
        return str(ipaddress.ip_network((int(parsed) >> 64 << 64, 64)).network_address)
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)
