"""Second steps, and where somebody is signed in."""

from django.db import transaction
from django.utils import timezone

from edu.common.ids import parse_id
from edu.users.data import Security
from edu.users.logic import accounts, addresses, devices, factors, families
from edu.users.logic import audit as trail


def security(*, user: str, session: str = "") -> Security:
    """Return how a person signs in, and where they are signed in; `session` is the key of the one that
    asks. Raises NoSuchPerson."""
    row = accounts.get(parse_id(user))
    programs, unlisted = families.of(row.id, timezone.now())
    return Security(
        confirmed=addresses.confirmed(row),
        factors=factors.of(row),
        codes_left=factors.codes_left(row),
        devices=devices.of(row, session) + programs,
        unlisted=unlisted,
    )


@transaction.atomic
def remove_second_steps(*, user: str, by: str) -> None:
    """Take the app, the passkeys and the recovery codes off an account whose owner lost them, which an
    administrator (`by`) does; they sign in by the password alone then. Raises NoSuchPerson."""
    row = accounts.get(parse_id(user))
    if factors.remove_all(row):
        told = {"kind": "all", "set_by": "an administrator"}
        trail.write("second-step-removed", parse_id(by), row.id, told, timezone.now())


def end_device(*, user: str, device: str) -> None:
    """Sign a person out in one browser or program (by the id of a Device). Raises NoSuchDevice."""
    row = accounts.get(parse_id(user))
    if device.isdecimal():
        devices.end(row, device)
    else:
        families.end_one(row.id, device, timezone.now())


def end_other_devices(*, user: str, session: str) -> int:
    """Sign a person out in all browsers but the one of `session`, and in all programs that signed in by
    the API: their tokens die at once. Returns how many they were. What has a page of its own stays:
    access tokens that the person made, and programs of others that they let in."""
    row = accounts.get(parse_id(user))
    programs = families.end_all(row.id, timezone.now(), "signed out")
    return programs + devices.end_others(row, session)
