"""Links that carry who asks: for pictures, players and programs that can send no header.

A link is good for one address and one person, until a time, and only while that person may come in: it
says who asks, and what they may see is looked up when it is used, as for anybody else.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

from edu.users.data import BadLink, Link
from edu.users.models import User

LIFE = timedelta(minutes=10)
QUERY = "link"


def make(user: UUID, path: str, now: datetime) -> Link:
    """Return `path` as a link for a person. Raises BadLink for one who may not come in."""
    until = int((now + LIFE).timestamp())
    mark = _mark(_row(user), path, until)
    url = f"{path}?{QUERY}={user.hex}.{until:x}.{mark}" if path else ""
    return Link(url, datetime.fromtimestamp(until, now.tzinfo))


def owner(path: str, link: str, now: datetime) -> UUID:
    """Return whom a link to `path` was made for; raise BadLink when it is not, or no longer, good."""
    try:
        name, until, mark = link.split(".")
        user, end = UUID(hex=name), int(until, 16)
    except ValueError:
        raise BadLink from None
    if end < now.timestamp() or not constant_time_compare(mark, _mark(_row(user), path, end)):
        raise BadLink
    return user


def _row(user: UUID) -> User:
    row = User.objects.filter(id=user, is_active=True).first()
    if row is None:
        raise BadLink
    return row


def _mark(row: User, path: str, until: int) -> str:
    """Return the signature. A new password makes all links of before worthless."""
    told = f"{row.pk.hex}.{until}.{row.get_session_auth_hash()}.{path}"
    return salted_hmac("edu.users.links", told, algorithm="sha256").hexdigest()
