from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("multimodal", "0013_denser_index")]

    operations = [
        migrations.AddField(
            "earlier",
            "parted",
            models.JSONField(
                default=list,
                db_default=[],
                editable=False,
                help_text="[id, sum of the text] of the passages that went with it",
            ),
        ),
    ]
