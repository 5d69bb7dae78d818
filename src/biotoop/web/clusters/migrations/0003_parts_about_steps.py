"""A part of the question of a cluster can be about an open step of a theory of change."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clusters", "0002_lines_without_names"),
        ("theories", "0003_counts_that_stay_hidden"),
    ]

    operations = [
        migrations.AddField(
            model_name="aspect",
            name="step",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="cluster_parts",
                to="theories.link",
                verbose_name="open step of a theory of change",
            ),
        ),
    ]
