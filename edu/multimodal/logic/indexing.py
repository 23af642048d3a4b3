"""The index of vectors, made anew while people work."""

from django.db import connection

INDEX = "passage_meaning"
PER_PASSAGE = 3  # KB of memory that the index takes of a passage while it is made
LEAST = 64  # MB


def needed(passages: int) -> int:
    """Return the MB of memory in which the index of so many passages can be made."""
    return max(LEAST, passages * PER_PASSAGE // 1024)


def passages() -> int:
    """Return how many passages have a place in it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM multimodal_passage WHERE vector IS NOT NULL")
        return int(cursor.fetchone()[0])


def rebuild(memory: int) -> None:
    """Make it anew beside the old one, which goes on until then, with `memory` MB. What is left of an
    attempt that was broken off goes first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
            "WHERE NOT i.indisvalid AND c.relname LIKE %s",
            [f"{INDEX}\\_ccnew%"],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP INDEX CONCURRENTLY "{name}"')
        cursor.execute("SELECT set_config('maintenance_work_mem', %s, false)", [f"{memory}MB"])
        try:
            cursor.execute(f"REINDEX INDEX CONCURRENTLY {INDEX}")
        finally:
            cursor.execute("RESET maintenance_work_mem")
