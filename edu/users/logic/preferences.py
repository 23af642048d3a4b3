"""What a person may prefer, field by field."""

import math
import zoneinfo
from collections.abc import Callable, Collection
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.conf.locale import LANG_INFO

from edu.common import voices
from edu.common.clean import line
from edu.common.errors import Invalid
from edu.common.text import gettext_noop as _
from edu.users.data import CHOICES, MODALITIES, OF_A_COURSE, Preferences

ONE_OF = _("Use one of: %(choices)s.")
NO_SUCH_VOICE = _(
    "There is no such voice here. Leave it empty for the one that fits the language. Voices of your "
    "language: %(choices)s. All are listed at /profile/."
)
_CODES = {"cmn": "zh-hans", "no": "nb", "iw": "he"}  # as the names of languages know them
RANGE = _("Use a number from %(low)s to %(high)s.")


@lru_cache(maxsize=1)
def time_zones() -> frozenset[str]:
    """Return the names of all places' time zones, read from disk once."""
    return frozenset(zoneinfo.available_timezones() - {"Factory", "localtime", "posixrules"})


def languages() -> list[str]:
    """Return the language codes that a person may choose, such as "en" or "pt-br"."""
    return sorted(code for code, about in LANG_INFO.items() if "name_local" in about)


def language_names() -> list[tuple[str, str]]:
    """Return these languages as (code, name in itself), by name."""
    named = ((code, str(LANG_INFO[code]["name_local"])) for code in languages())
    return sorted(((code, name[:1].upper() + name[1:]) for code, name in named), key=lambda x: x[1])


def site_languages() -> list[str]:
    """Return the codes of the languages that the site's own texts are in."""
    return [code for code, _name in settings.LANGUAGES]


def changed(stored: dict[str, Any], wanted: dict[str, Any], user: str = "") -> dict[str, Any]:
    """Return `stored` with the changes in `wanted` of the person `user`; raise Invalid naming every field
    that is wrong."""
    return asdict(Preferences.of(_checked(stored, wanted, "preferences.", user)))


def changed_for_course(
    stored: dict[str, Any], wanted: dict[str, Any], user: str = ""
) -> dict[str, Any]:
    """Return what `user` prefers for one course, `stored`, with the changes in `wanted`, where None takes
    one back; raise Invalid naming every field that is wrong."""
    back = {name for name, value in wanted.items() if value is None and name in OF_A_COURSE}
    kept = {name: value for name, value in wanted.items() if name not in back}
    result = _checked(stored, kept, "", user, OF_A_COURSE)
    return {name: result[name] for name in OF_A_COURSE if name in result and name not in back}


def in_force(everywhere: dict[str, Any], of_course: dict[str, Any]) -> Preferences:
    """Return what holds in a course: what is preferred for it, else what is preferred everywhere."""
    own = {name: value for name, value in of_course.items() if name in OF_A_COURSE}
    return Preferences.of({**everywhere, **own})


def _checked(
    stored: dict[str, Any],
    wanted: dict[str, Any],
    prefix: str,
    user: str,
    known: Collection[str] = (),
) -> dict[str, Any]:
    if not isinstance(wanted, dict):
        raise Invalid(fields={"preferences": _("Use an object of names and values.")})
    result, wrong = dict(stored), {}
    for name, value in wanted.items():
        check = _CHECKS.get(name) if not known or name in known else None
        try:
            if check is None:
                raise Invalid(fields={name: _("There is no such preference.")})
            result[name] = check(name, value)
            if name == "voice" and result[name] != stored.get(name, ""):
                _there(name, result[name], user, str(result.get("language") or ""))
        except Invalid as error:
            wrong[f"{prefix}{name[:40]}"] = next(iter(error.fields.values()))
    if wrong:
        raise Invalid(fields=wrong)
    return result


def _refuse(name: str, message: str, **params: object) -> Invalid:
    return Invalid(fields={name: message % params if params else message})


def _one_of(name: str, value: Any) -> str:
    if value not in CHOICES[name]:
        raise _refuse(name, ONE_OF, choices=", ".join(CHOICES[name]))
    return str(value)


def _language(name: str, value: Any) -> str:
    code = str(value).strip().lower().replace("_", "-")
    if code not in languages():
        raise _refuse(name, _("This language is not known. Use a code such as en, de or pt-br."))
    return code


def _site_language(name: str, value: Any) -> str:
    if value not in ("", *site_languages()):
        raise _refuse(name, ONE_OF, choices=", ".join(site_languages()))
    return str(value)


def _time_zone(name: str, value: Any) -> str:
    if not isinstance(value, str) or value not in time_zones():
        raise _refuse(name, _("This time zone is not known. Use a name such as Europe/Kyiv."))
    return value


def _modalities(name: str, value: Any) -> list[str]:
    ok = isinstance(value, list) and all(isinstance(each, str) for each in value)
    if not ok or not value or len(set(value)) < len(value) or set(value) - set(MODALITIES):
        raise _refuse(name, _("Use one or more of: %(choices)s."), choices=", ".join(MODALITIES))
    return list(value)


def _yes_or_no(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _refuse(name, _("Use true or false."))
    return value


def _number(low: float, high: float, kind: type) -> Callable[[str, Any], Any]:
    def check(name: str, value: Any) -> Any:
        fits = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not fits or not math.isfinite(value) or not low <= value <= high or kind(value) != value:
            raise _refuse(name, RANGE, low=low, high=high)
        return kind(value)

    return check


def _voice(name: str, value: Any) -> str:
    return line(value, field=name, most=60, empty=True)


def voice_names(user: str) -> list[tuple[str, str]] | None:
    """Return the voices that a person can choose from, as (name, label with its language), by language;
    None where nobody can say which there are."""
    found = voices.offered(user)
    if found is None:
        return None
    spoken = dict(language_names())

    def label(each: voices.Voice) -> str:
        whole = _whole(each.language)
        tongue = spoken.get(whole) or spoken.get(whole.split("-")[0], "")
        called = each.label or each.name
        return f"{tongue}: {called}" if tongue else called

    return sorted(((each.name, label(each)) for each in found), key=lambda one: one[1].casefold())


def _there(name: str, value: str, user: str, language: str) -> None:
    """Refuse a voice that nobody here has; one that was kept before may stay, and is passed over. Of the
    many that there may be, those of the `language` that is learnt in are named ("": the usual one)."""
    found = voices.offered(user)
    if not value or found is None or any(each.name == value for each in found):
        return
    wanted = _whole(language or Preferences().language).split("-")[0]
    fitting = [each.name for each in found if _whole(each.language).split("-")[0] == wanted]
    raise _refuse(name, NO_SUCH_VOICE, choices=", ".join(fitting) or "–")


def _whole(code: str) -> str:
    return _CODES.get(code, code.lower().replace("_", "-"))


_CHECKS: dict[str, Callable[[str, Any], Any]] = {
    **dict.fromkeys(CHOICES, _one_of),
    "language": _language,
    "site_language": _site_language,
    "time_zone": _time_zone,
    "modalities": _modalities,
    "captions": _yes_or_no,
    "voice": _voice,
    "speed": _number(0.5, 2.0, float),
    "daily_goal_minutes": _number(1, 600, int),
}
