"""Celery carries one id to one logic call; the row that it names is the truth."""

from celery import shared_task
from django.utils import timezone

from edu.common.ids import parse_id
from edu.multimodal.logic import (
    objectives,
    pipeline,
    portraits,
    sweeping,
    transcriptions,
    utterances,
)


@shared_task
def read_material(material_id: str) -> None:
    """Read one material, from wherever it was left: the one whose turn it is, because people take
    turns. `material_id` is the one that this was sent for. Those of a large import are not sent for one
    by one: each calls for the next."""
    parse_id(material_id)
    if pipeline.run_next(timezone.now()):
        read_material.delay(material_id)


@shared_task
def transcribe(transcription_id: str) -> None:
    """Hear one recording, from wherever it was left: the one whose turn it is. As not all that are
    sent for are heard at once, each that ends calls for the next."""
    parse_id(transcription_id)
    if transcriptions.run_next(timezone.now()):
        transcribe.delay(transcription_id)


@shared_task
def utter(utterance_id: str) -> None:
    """Speak one long text: the one whose turn it is. Each that ends calls for the next."""
    parse_id(utterance_id)
    if utterances.run_next(timezone.now()):
        utter.delay(utterance_id)


@shared_task
def retag(course_id: str) -> None:
    """Look again at what the passages of a course teach."""
    objectives.retag(parse_id(course_id))


@shared_task
def make_vectors(material_id: str) -> None:
    """Make the vectors that a material lacks, and call for the next one."""
    if sweeping.make_vectors(parse_id(material_id)):
        for following in sweeping.without_vectors():
            make_vectors.delay(str(following))


@shared_task
def sum_up(material_id: str) -> None:
    """Make anew what a material tells of itself."""
    portraits.renew(parse_id(material_id))


@shared_task
def sweep() -> None:
    """Hand out what got stuck, fill in what is missing, throw away what is past undoing."""
    now = timezone.now()
    for material_id in sweeping.stuck_materials(now):
        read_material.delay(str(material_id))
    for transcription_id in sweeping.stuck_transcriptions(now):
        transcribe.delay(str(transcription_id))
    for utterance_id in sweeping.stuck_utterances(now):
        utter.delay(str(utterance_id))
    for material_id in sweeping.without_vectors():
        make_vectors.delay(str(material_id))
    for material_id in portraits.lacking():
        sum_up.delay(str(material_id))
    sweeping.purge(now)
    sweeping.sweep_orphans(now)
