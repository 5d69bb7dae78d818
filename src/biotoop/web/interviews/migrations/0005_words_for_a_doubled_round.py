"""A round that is there already is refused in words of our own; no table changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("interviews", "0004_live_claims_newest_first"),
    ]

    operations = [
        migrations.AlterConstraint(
            model_name="round",
            name="round_once_a_study",
            constraint=models.UniqueConstraint(
                condition=models.Q(("archived_at", None)),
                fields=("study", "code", "method", "organisation", "asked_by"),
                name="round_once_a_study",
                violation_error_message="This study has a round with this code, method, organisation and asker already; choose another code.",
            ),
        ),
    ]
