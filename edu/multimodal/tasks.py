"""Celery carries one id to one logic call; the row that it names is the truth."""

from celery import shared_task
from django.utils import timezone

from edu.common.ids import parse_id
from edu.multimodal.logic import pipeline, sweeping


@shared_task
def read_material(material_id: str) -> None:
    """Read one material, from wherever it was left."""
    pipeline.run(parse_id(material_id), timezone.now())


@shared_task
def sweep() -> None:
    """Hand out what got stuck."""
    for material_id in sweeping.stuck_materials(timezone.now()):
        read_material.delay(str(material_id))
