"""The one file below the web rooms that knows channels: a message to everyone in one group."""

import json
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer


def send(group: str, message: dict[str, Any]) -> None:
    """Hand `message` (JSON values) to the consumers in `group`, each of which has a `live` method."""
    layer = get_channel_layer()
    async_to_sync(layer.group_send)(
        group, {"type": "live", "message": json.loads(json.dumps(message))}
    )
