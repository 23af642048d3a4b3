"""What nobody waits for: hand out again, fill in, throw away."""

from datetime import datetime
from uuid import UUID

from edu.multimodal.logic import jobs
from edu.multimodal.models import Material


def stuck_materials(now: datetime) -> list[UUID]:
    """Return the materials whose reading is to be handed out."""
    return jobs.stuck(Material, now)
