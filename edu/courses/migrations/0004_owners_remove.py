"""Only the owner removes a course, unless somebody says otherwise in the admin."""

from django.db import migrations

BEFORE = {
    "view",
    "learn",
    "bring",
    "teach",
    "edit_items",
    "grade",
    "see_insights",
    "see_conversations",
    "manage_people",
    "change_settings",
    "remove",
}


def take(apps, schema_editor):
    """Take the right to remove from teachers, where nobody has changed what they may do."""
    role = apps.get_model("courses", "Role")
    row = role.objects.filter(name="teacher").first()
    if row is not None and set(row.permissions) == BEFORE:
        row.permissions = [each for each in row.permissions if each != "remove"]
        row.save(update_fields=["permissions"])


class Migration(migrations.Migration):

    dependencies = [
        ("courses", "0003_spending"),
    ]

    operations = [
        migrations.RunPython(take, migrations.RunPython.noop),
    ]
