"""How a person likes to learn, and what may be chosen there. The users app keeps it, and hands it out as its
own (edu.users.data)."""

from dataclasses import dataclass, field, fields
from typing import Any

from edu.common.text import gettext_noop as _

MODALITIES = ("text", "picture", "voice")
# The choices of the forms, in words.
WAYS = {"text": _("Reading"), "picture": _("Pictures"), "voice": _("Listening")}
TONES = {"plain": _("Plain"), "warm": _("Warm"), "brief": _("As brief as can be")}

CHOICES: dict[str, tuple[str, ...]] = {
    "reading_size": ("small", "normal", "large", "huge"),
    "font": ("serif", "sans", "dyslexic"),
    "theme": ("auto", "light", "dark"),
    "motion": ("auto", "none"),
    "tone": tuple(TONES),
}


@dataclass(frozen=True)
class Preferences:
    """How one person likes to learn; used by all pages and agents. `language` is the one they learn
    in: of answers and of speech; `site_language` is that of pages and letters ("": as `language`,
    where the site speaks it)."""

    language: str = "en"
    site_language: str = ""
    time_zone: str = "UTC"
    modalities: list[str] = field(default_factory=lambda: list(MODALITIES))
    reading_size: str = "normal"  # small, normal, large, huge
    font: str = "serif"  # serif, sans, dyslexic
    theme: str = "auto"  # auto, light, dark
    motion: str = "auto"  # auto, none
    captions: bool = True
    voice: str = ""
    speed: float = 1.0  # 0.5 to 2
    daily_goal_minutes: int = 20
    tone: str = "plain"  # plain, warm, brief

    @classmethod
    def of(cls, stored: dict[str, Any]) -> "Preferences":
        """Return what was `stored`; what is missing has its default, what is not known is left out."""
        known = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in known})

    def before(self, one: str, other: str) -> bool:
        """Whether the person likes to learn in the way `one` rather than in the way `other`."""
        ways = [each for each in self.modalities if each in (one, other)]
        return ways[:1] == [one]

    @property
    def pages_in(self) -> str:
        """The language of pages and letters, as far as the site speaks it."""
        return self.site_language or self.language


# What may be preferred for one course otherwise than in all others.
OF_A_COURSE = ("language", "modalities", "tone", "voice", "speed", "daily_goal_minutes")


@dataclass(frozen=True)
class CoursePreferences:
    """`own` is what a person prefers for one course otherwise than elsewhere, by the names in
    OF_A_COURSE; `in_force` is all that holds for them in that course."""

    own: dict[str, Any]
    in_force: Preferences


def initials(name: str) -> str:
    """Return the first letters of the first and the last of somebody's names."""
    names = name.split()
    return "".join(each[0] for each in names[:1] + names[1:][-1:]).upper()
