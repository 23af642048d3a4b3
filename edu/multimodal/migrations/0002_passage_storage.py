"""Keeps what a search reads of a passage in its row, and what it seldom reads out of it.

By default PostgreSQL would move the lexemes, which are read for every candidate, into a table of their
own, compressed, because the vectors of the sentences make the row too long.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("multimodal", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE multimodal_passage
                ALTER COLUMN text SET STORAGE MAIN,
                ALTER COLUMN search SET STORAGE MAIN,
                ALTER COLUMN sentences SET STORAGE EXTERNAL;
            ALTER TABLE multimodal_passage SET (toast_tuple_target = 4000);
            """,
            """
            ALTER TABLE multimodal_passage
                ALTER COLUMN text SET STORAGE EXTENDED,
                ALTER COLUMN search SET STORAGE EXTENDED,
                ALTER COLUMN sentences SET STORAGE EXTENDED;
            ALTER TABLE multimodal_passage RESET (toast_tuple_target);
            """,
        )
    ]
