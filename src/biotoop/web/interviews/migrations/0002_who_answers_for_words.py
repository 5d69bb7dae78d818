"""Say of every round which organisation answers for what was said in it: that of the study."""

from typing import ClassVar

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery


def name_the_organisation_of_the_study(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    study = apps.get_model("studies", "Study").objects.filter(pk=OuterRef("study"))
    rows = apps.get_model("interviews", "Round").objects.filter(controller=None)
    rows.update(controller=Subquery(study.values("organisation")[:1]))


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("interviews", "0001_first_tables"),
        ("organisations", "0001_first_tables"),
        ("studies", "0001_first_tables"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            "round",
            "controller",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rounds",
                to="organisations.organisation",
            ),
        ),
        migrations.RunPython(name_the_organisation_of_the_study, migrations.RunPython.noop),
    ]
