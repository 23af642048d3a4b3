import edu.common.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orchestrator', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.UUIDField(default=edu.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('user', models.UUIDField()),
                ('course', models.UUIDField(blank=True, db_index=True, null=True)),
                ('kind', models.CharField(choices=[('material_read', 'material_read'), ('quiz_ready', 'quiz_ready'), ('quiz_failed', 'quiz_failed'), ('objectives_proposed', 'objectives_proposed'), ('reviews_due', 'reviews_due')], max_length=30)),
                ('thing', models.CharField(help_text='what it is about; told once per person', max_length=80)),
                ('title', models.CharField(blank=True, help_text='a name that the words hold', max_length=200)),
                ('count', models.PositiveIntegerField(default=0, help_text='a number that the words hold')),
                ('url', models.CharField(help_text='a path of this site', max_length=300)),
                ('created_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['user', '-id'], name='notification_of_user'), models.Index(condition=models.Q(('read_at', None)), fields=['user', '-id'], name='notification_unread'), models.Index(fields=['created_at'], name='notification_age')],
                'constraints': [models.UniqueConstraint(fields=('user', 'kind', 'thing'), name='notification_once')],
            },
        ),
    ]
