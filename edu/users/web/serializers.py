"""People as JSON."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from edu.users.data import MODALITIES, Person


class PreferencesData(serializers.Serializer):
    """How a person likes to learn; every field may be left out of a change."""

    language = serializers.CharField(
        max_length=20, required=False, help_text="Of answers and speech: en, de, pt-br, ..."
    )
    site_language = serializers.CharField(
        max_length=20,
        required=False,
        allow_blank=True,
        help_text="Of pages and letters, where the site speaks it; empty: as `language`.",
    )
    time_zone = serializers.CharField(max_length=60, required=False, help_text="Europe/Kyiv, ...")
    modalities = serializers.ListField(
        child=serializers.ChoiceField(choices=MODALITIES), max_length=3, required=False
    )
    reading_size = serializers.ChoiceField(["small", "normal", "large", "huge"], required=False)
    font = serializers.ChoiceField(["serif", "sans", "dyslexic"], required=False)
    theme = serializers.ChoiceField(["auto", "light", "dark"], required=False)
    motion = serializers.ChoiceField(["auto", "none"], required=False)
    captions = serializers.BooleanField(required=False)
    voice = serializers.CharField(
        max_length=60,
        required=False,
        allow_blank=True,
        help_text="The name of a voice of this site; empty: the one that fits the language.",
    )
    speed = serializers.FloatField(min_value=0.5, max_value=2.0, required=False)
    daily_goal_minutes = serializers.IntegerField(min_value=1, max_value=600, required=False)
    tone = serializers.ChoiceField(["plain", "warm", "brief"], required=False)


class RegisterIn(serializers.Serializer):
    """A new account."""

    email = serializers.CharField(max_length=254)
    password = serializers.CharField(max_length=1000, trim_whitespace=False)
    display_name = serializers.CharField(max_length=400)
    invitation = serializers.CharField(
        max_length=200,
        required=False,
        allow_blank=True,
        help_text="Where accounts need one: what the link carries as `invitation`.",
    )
    birth_year = serializers.IntegerField(
        required=False,
        help_text="Needed where the site asks for it (EDU_CONSENT_AGE); else nothing is done with it.",
    )
    guardian_email = serializers.CharField(
        max_length=254,
        required=False,
        allow_blank=True,
        help_text="Below the age of consent: who is asked by letter.",
    )
    class_code = serializers.CharField(
        max_length=100,
        required=False,
        allow_blank=True,
        help_text="Below the age of consent: the class whose teachers are asked instead.",
    )


class RegisterOut(serializers.Serializer):
    """The account that was made."""

    id = serializers.CharField()
    email = serializers.CharField(allow_null=True, help_text="null for a pupil, who has none")
    display_name = serializers.CharField()

    def to_representation(self, instance: Any) -> Any:
        """Tell that there is no address."""
        told = super().to_representation(instance)
        return {**told, "email": told["email"] or None} if "email" in told else told


# Said of every wish: whether there is a class with this code, or a reader at this address, is not told.
WISH_WAITS = _(
    "If nobody answers within a week, this wish is deleted. If you gave the code of a class, check it with "
    "your teacher: whether there is such a class is not told here."
)


class WishOut(serializers.Serializer):
    """A wish for an account that waits for consent; there is no account yet, and no token."""

    status = serializers.CharField(help_text="waiting")
    id = serializers.CharField(help_text="of the wish")
    email = serializers.CharField()
    display_name = serializers.CharField()
    expires_at = serializers.DateTimeField(help_text="when it is deleted without an answer")
    detail = serializers.SerializerMethodField()

    def get_detail(self, wish: Any) -> str:
        """In the language of the request, the same whether there is such a class."""
        return str(WISH_WAITS)


class TokenIn(serializers.Serializer):
    """Who asks for tokens."""

    email = serializers.CharField(
        max_length=1000, required=False, help_text="Needed, except for a pupil."
    )
    password = serializers.CharField(max_length=10_000, trim_whitespace=False)
    class_code = serializers.CharField(
        max_length=100,
        required=False,
        allow_blank=True,
        help_text="For a pupil, who has no address: the join code of the course that is their class.",
    )
    username = serializers.CharField(
        max_length=100,
        required=False,
        allow_blank=True,
        help_text="For a pupil: the user name in that class.",
    )
    otp = serializers.CharField(
        max_length=100,
        required=False,
        allow_blank=True,
        help_text="For an account with a second step: the code of its app, or a recovery code.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Ask for an address, or for both names of a pupil."""
        if attrs.get("class_code"):
            if not attrs.get("username"):
                raise serializers.ValidationError({"username": _("This field is required.")})
            if attrs.get("email"):
                both = _("Give an e-mail address, or a class code and a user name.")
                raise serializers.ValidationError({"class_code": both})
        elif "email" not in attrs:
            raise serializers.ValidationError({"email": _("This field is required.")})
        return attrs


class AddressIn(serializers.Serializer):
    """Whom a letter goes to."""

    email = serializers.CharField(max_length=1000)


class RefreshIn(serializers.Serializer):
    """A refresh token."""

    refresh = serializers.CharField(max_length=1000)


class TokensOut(serializers.Serializer):
    """Tokens: `access` goes into the Authorization header, `refresh` is good for one exchange."""

    access = serializers.CharField()
    refresh = serializers.CharField()


class MeOut(RegisterOut):
    """The person who asks."""

    roles = serializers.ListField(child=serializers.CharField())
    preferences = PreferencesData()
    created_at = serializers.DateTimeField()
    picture = serializers.SerializerMethodField(
        help_text="Where my picture is (`?size=small`, middle or large); null: there is none."
    )

    def get_picture(self, person: Person) -> str | None:
        """Return the address of the picture in the API."""
        return f"/api/v1/people/{person.id}/picture?v={person.picture}" if person.picture else None


class MeIn(serializers.Serializer):
    """What a person changes about themselves."""

    display_name = serializers.CharField(max_length=400, required=False)
    preferences = PreferencesData(required=False)
