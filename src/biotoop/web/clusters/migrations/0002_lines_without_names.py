"""Lines carry no name of their holder, and a study can be untied from a cluster."""

from typing import ClassVar

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GIVEN = ("Lijn van ", "Line of ")


def take_names_out(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Empty the titles that were given with a seat; the page names the holder."""
    lines = apps.get_model("clusters", "OwnLine")
    for start in GIVEN:
        for row in lines.objects.filter(title__startswith=start).select_related(
            "holder__membership__user"
        ):
            name, now = row.title.removeprefix(start), row.holder.membership.user
            if name == now.name[: len(name)] or not now.is_active:
                lines.objects.filter(pk=row.pk).update(title="")


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("clusters", "0001_first_tables"),
        ("studies", "0001_first_tables"),
    ]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="dataset",
            name="study",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cluster_datasets",
                to="studies.study",
                verbose_name="study",
            ),
        ),
        migrations.AddConstraint(
            model_name="dataset",
            constraint=models.UniqueConstraint(
                condition=models.Q(("archived_at", None)),
                fields=("study",),
                name="dataset_of_one_study",
            ),
        ),
        migrations.AlterField(
            model_name="ownline",
            name="title",
            field=models.CharField(blank=True, max_length=150, verbose_name="title"),
        ),
        migrations.RunPython(take_names_out, migrations.RunPython.noop),
    ]
