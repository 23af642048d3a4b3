"""Keeps where a page of the web was found, when it was fetched, and what had changed then."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("multimodal", "0004_sealed")]

    operations = [
        migrations.AddField(
            "material",
            "url",
            models.CharField(
                max_length=2000, blank=True, default="", help_text="where a page of the web was found"
            ),
        ),
        migrations.AddField(
            "material",
            "fetched_at",
            models.DateTimeField(null=True, blank=True, help_text="from there, for the last time"),
        ),
        migrations.AddField(
            "material",
            "drift",
            models.JSONField(
                default=dict,
                editable=False,
                help_text="what had changed then: how many passages were kept, which went and came",
            ),
        ),
    ]
