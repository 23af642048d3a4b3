"""Keeps which materials came in which archive, and what of it was not brought."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("multimodal", "0005_pages_of_the_web")]

    operations = [
        migrations.AddField(
            "material",
            "archive",
            models.UUIDField(null=True, blank=True, help_text="that it came in"),
        ),
        migrations.AddField(
            "material",
            "inside",
            models.CharField(max_length=500, blank=True, default="", help_text="its place there"),
        ),
        migrations.AddField(
            "material",
            "left",
            models.JSONField(
                default=list,
                editable=False,
                help_text="files of an archive that were not brought, and why",
            ),
        ),
        migrations.AddConstraint(
            "material",
            models.UniqueConstraint(fields=["archive", "inside"], name="material_of_archive_once"),
        ),
    ]
