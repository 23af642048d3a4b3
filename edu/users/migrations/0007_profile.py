import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import edu.common.ids


class Migration(migrations.Migration):

    dependencies = [
        ("users", "0006_consents"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="picture",
            field=models.CharField(
                blank=True,
                default="",
                help_text="the digest of its Picture; empty: none",
                max_length=16,
            ),
        ),
        migrations.CreateModel(
            name="AddressChange",
            fields=[
                ("id", models.UUIDField(default=edu.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("digest", models.CharField(help_text="SHA-256 of the link's key", max_length=64, unique=True)),
                ("created_at", models.DateTimeField(db_index=True)),
                ("user", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="address_change", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name="CoursePreference",
            fields=[
                ("id", models.UUIDField(default=edu.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("course", models.UUIDField()),
                ("values", models.JSONField(default=dict)),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="course_preferences", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "course"), name="preference_once")],
            },
        ),
        migrations.CreateModel(
            name="Picture",
            fields=[
                ("id", models.UUIDField(default=edu.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("small", models.TextField(help_text="64 pixels")),
                ("middle", models.TextField(help_text="160 pixels")),
                ("large", models.TextField(help_text="512 pixels")),
                ("created_at", models.DateTimeField()),
                ("user", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="drawn", to=settings.AUTH_USER_MODEL)),
            ],
        ),
    ]
