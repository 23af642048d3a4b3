"""Links that carry who asks."""

from django.utils import timezone

from edu.common.ids import parse_id
from edu.users.api.entering import may_enter
from edu.users.data import BadLink, Link
from edu.users.logic import links as signed


def links(*, user: str, paths: list[str]) -> list[Link]:
    """Return addresses of this site as links that are good for ten minutes, each for this person and this
    address alone; "" stays "". Raises BadLink for somebody who may not come in."""
    now = timezone.now()
    return [signed.make(parse_id(user), path, now) for path in paths]


def user_of_link(*, path: str, link: str) -> str:
    """Return whom a link to `path` was made for (`link`: what its query says). Raises BadLink when it is
    no longer good, is for something else, or its person may not come in any more."""
    user = str(signed.owner(path, link, timezone.now()))
    if not may_enter(user=user):
        raise BadLink
    return user
