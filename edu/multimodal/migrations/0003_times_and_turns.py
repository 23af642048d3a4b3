"""Keeps when each word of a recording is said, and whose turn it is to have a file read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("multimodal", "0002_passage_storage")]

    operations = [
        migrations.AddField(
            "passage",
            "times",
            models.JSONField(
                default=list,
                editable=False,
                help_text="[sign, start, end] of what is said from there on",
            ),
        ),
        *(
            migrations.AddField(model, name, models.DateTimeField(blank=True, null=True, **about))
            for model in ("material", "transcription")
            for name, about in (
                ("begun_at", {"help_text": "when a worker last took it"}),
                ("wait_until", {"help_text": "it was put back, and nobody takes it before"}),
            )
        ),
        migrations.AddIndex(
            "material", models.Index(fields=["uploaded_by", "begun_at"], name="material_turns")
        ),
        migrations.AddIndex(
            "transcription", models.Index(fields=["user", "begun_at"], name="transcription_turns")
        ),
    ]
