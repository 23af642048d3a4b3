"""Secrets in tables of libraries, sealed anew."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialApp

from edu.users.logic import borrowed


def reseal_second_steps(*, after: str) -> str | None:
    """Seal with the newest data key the secrets of some second steps after one ("" for the first);
    return the one to go on from, None at the end."""
    return borrowed.reseal(Authenticator, after)


def reseal_outside(*, after: str) -> str | None:
    """Do the same with the secrets by which sites elsewhere know us."""
    return borrowed.reseal(SocialApp, after)
