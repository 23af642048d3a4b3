"""Links each passage to more others in the index of vectors, which finds more of the nearest.

Only a small index is made anew here. A large one goes on as it is, because making it takes minutes, and
nobody could come in meanwhile; `manage.py denser` makes it anew while people work.
"""

from typing import Any

from django.db import migrations
from pgvector.django import HnswIndex

SMALL = 5000  # passages: made anew in some seconds


def deepen(apps: Any, schema_editor: Any) -> None:
    """Say how dense the index is to be; make it so at once where that is quick."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("ALTER INDEX IF EXISTS passage_meaning SET (m = 24, ef_construction = 80)")
        cursor.execute(
            "SELECT count(*) FROM (SELECT 1 FROM multimodal_passage LIMIT %s) AS first", [SMALL + 1]
        )
        if cursor.fetchone()[0] <= SMALL:
            cursor.execute("DROP INDEX IF EXISTS passage_meaning")
            cursor.execute(
                "CREATE INDEX passage_meaning ON multimodal_passage "
                "USING hnsw (vector halfvec_cosine_ops) WITH (m = 24, ef_construction = 80)"
            )


def back(apps: Any, schema_editor: Any) -> None:
    """Say that it is to be as it was, from when it is next made anew."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("ALTER INDEX IF EXISTS passage_meaning RESET (m, ef_construction)")


class Migration(migrations.Migration):
    dependencies = [("multimodal", "0012_pictures_kept_and_lines_parted")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(deepen, back)],
            state_operations=[
                migrations.RemoveIndex("passage", "passage_meaning"),
                migrations.AddIndex(
                    "passage",
                    HnswIndex(
                        fields=["vector"],
                        name="passage_meaning",
                        m=24,
                        ef_construction=80,
                        opclasses=["halfvec_cosine_ops"],
                    ),
                ),
            ],
        )
    ]
