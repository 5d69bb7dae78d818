from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("questions", "0001_first_tables"),
    ]

    operations = [
        migrations.AddField(
            model_name="contributor",
            name="by_link",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="questionstep",
            name="without",
            field=models.TextField(blank=True),
        ),
    ]
