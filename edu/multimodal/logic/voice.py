"""Text made to speech, and kept: the same words in the same voice are not spoken twice."""

import hashlib
import json
from datetime import datetime, timedelta

from edu.common import formulas
from edu.common.clean import prose
from edu.common.errors import Invalid, NotFound
from edu.common.language import detect
from edu.common.text import gettext_noop as _
from edu.inference import api as inference
from edu.multimodal.logic import storage
from edu.multimodal.models import Clip

LONGEST = 5000  # characters that are spoken at once
KEPT = timedelta(days=30)


def speech(text: str, voice: str, speed: float, now: datetime) -> bytes:
    """Return `text` as a WAV file. Raises Invalid (also where nothing in it can be spoken here) and
    ModelUnavailable."""
    text = prose(text, field="text", most=LONGEST, empty=False)
    if not 0.5 <= speed <= 2.0:
        raise Invalid(fields={"speed": _("Use a speed from 0.5 to 2.")})
    language = detect(text, "en")
    said = [text, voice, round(speed, 2), language, formulas.VERSION]
    asked = json.dumps(said, ensure_ascii=False)
    mark = hashlib.sha256(asked.encode()).hexdigest()
    known = Clip.objects.filter(mark=mark).first()
    if known is not None:
        try:
            sound = storage.fetch(known.key)
        except NotFound:
            known.delete()
        else:
            Clip.objects.filter(id=known.id).update(used_at=now)
            return sound
    made = inference.speak(text=text, voice=voice, speed=speed, language=language)
    stored = storage.keep("clip", made.wav, "audio/wav")
    new = Clip.objects.get_or_create(
        mark=mark, defaults={"key": stored.key, "seconds": made.seconds, "used_at": now}
    )[1]
    if not new:  # somebody asked for the same at the same time
        storage.objects().drop(stored.key)
    return made.wav


def purge(now: datetime) -> int:
    """Throw away speech that nobody asked for in a long time; return how many pieces."""
    old = Clip.objects.filter(used_at__lt=now - KEPT)[:200]
    for row in old:
        storage.objects().drop(row.key)
        row.delete()
    return len(old)
