"""Every round has an organisation that answers for what was said in it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("interviews", "0002_who_answers_for_words"),
        ("organisations", "0001_first_tables"),
    ]

    operations = [
        migrations.AlterField(
            model_name="round",
            name="controller",
            field=models.ForeignKey(
                blank=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rounds",
                to="organisations.organisation",
                verbose_name="organisation that answers for what was said",
            ),
        ),
    ]
