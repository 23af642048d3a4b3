"""Which questions rest on passages of materials: those whose citations name them."""

from uuid import UUID

from django.db import connection

from edu.assessments.data import Resting

MOST = 50
_ITEMS = """
SELECT i.id, v.stem, i.kind, i.source, array_agg(DISTINCT c.value ->> 'passage')
FROM assessments_item i
JOIN assessments_itemversion v ON v.id = i.latest_id
CROSS JOIN LATERAL jsonb_array_elements(v.citations) c
WHERE i.course = %s AND i.status = 'live' AND c.value ->> 'passage' = ANY(%s)
GROUP BY i.id, v.stem, i.kind, i.source ORDER BY i.id DESC LIMIT %s
"""


def on(course: UUID, passages: list[str]) -> list[Resting]:
    """Return live items of a course whose words of now cite any of `passages`, newest first."""
    if not passages:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_ITEMS, [course, passages, MOST])
        return [
            Resting(str(item), stem, kind, source, sorted(cited))
            for item, stem, kind, source, cited in cursor.fetchall()
        ]
