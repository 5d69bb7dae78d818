"""In a joint study each partner answers for the rounds of talks that it held itself.

Until now the organisation of the study stood at all of them; the round says who asked.
"""

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def name_who_asked(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Name the partner of that name, also of a part that ended: the words stay its own."""
    rounds = apps.get_model("interviews", "Round").objects
    parts = apps.get_model("clusters", "DatasetPart").objects
    for part in parts.select_related("dataset", "organisation"):
        held = rounds.filter(study=part.dataset.study_id, organisation=part.organisation.name)
        held.filter(controller=F("study__organisation")).update(controller=part.organisation_id)


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("clusters", "0003_parts_about_steps"),
        ("interviews", "0003_every_round_has_a_controller"),
    ]

    operations: ClassVar = [
        migrations.RunPython(name_who_asked, migrations.RunPython.noop),
    ]
