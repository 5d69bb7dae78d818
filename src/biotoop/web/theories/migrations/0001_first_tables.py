import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("programmes", "0001_first_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Theory",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="made on"
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="changed on"
                    ),
                ),
                (
                    "archived_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="archived on"),
                ),
                (
                    "edition",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="edition"),
                ),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                (
                    "language",
                    models.CharField(
                        choices=[("nl", "Dutch"), ("en", "English")],
                        default="nl",
                        max_length=2,
                        verbose_name="written in",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=100, verbose_name="place")),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("programme", "people of the programme"),
                            ("partners", "partners of the organisation"),
                            ("public", "everybody"),
                        ],
                        default="programme",
                        max_length=10,
                        verbose_name="who may read it",
                    ),
                ),
                (
                    "invented",
                    models.BooleanField(default=False, verbose_name="the content is invented"),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="theories",
                        to="programmes.programme",
                        verbose_name="programme",
                    ),
                ),
                (
                    "variant_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="variants",
                        to="theories.theory",
                        verbose_name="variant of",
                    ),
                ),
            ],
            options={
                "verbose_name": "theory of change",
                "verbose_name_plural": "theories of change",
                "ordering": ["title", "place"],
            },
        ),
        migrations.CreateModel(
            name="Node",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=32, verbose_name="code")),
                ("label", models.TextField(blank=True, verbose_name="text")),
                (
                    "theory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="nodes",
                        to="theories.theory",
                    ),
                ),
            ],
            options={
                "verbose_name": "node",
                "verbose_name_plural": "nodes",
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=32, verbose_name="code")),
                ("label", models.TextField(blank=True, verbose_name="text")),
                (
                    "replaces",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="replaced_by",
                        to="theories.link",
                    ),
                ),
                (
                    "theory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="theories.theory",
                    ),
                ),
            ],
            options={
                "verbose_name": "step",
                "verbose_name_plural": "steps",
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="made on"
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="changed on"
                    ),
                ),
                (
                    "archived_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="archived on"),
                ),
                (
                    "edition",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="edition"),
                ),
                ("content", models.JSONField(default=dict)),
                ("changed_by", models.UUIDField(editable=False, null=True)),
                (
                    "theory",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="draft",
                        to="theories.theory",
                    ),
                ),
            ],
            options={
                "verbose_name": "draft",
                "verbose_name_plural": "drafts",
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("content", models.JSONField()),
                ("text_hash", models.CharField(max_length=64)),
                ("draft_edition", models.PositiveIntegerField(default=0)),
                (
                    "note",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="what changed, and why"
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="published on"
                    ),
                ),
                ("published_by", models.UUIDField(null=True)),
                ("published_by_name", models.CharField(blank=True, max_length=150)),
                ("read_by_name", models.CharField(blank=True, max_length=150)),
                ("alone", models.CharField(blank=True, max_length=300)),
                (
                    "theory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="theories.theory",
                    ),
                ),
            ],
            options={
                "verbose_name": "version",
                "verbose_name_plural": "versions",
                "ordering": ["-number"],
            },
        ),
        migrations.AddField(
            model_name="theory",
            name="latest",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="theories.version",
            ),
        ),
        migrations.CreateModel(
            name="LinkAssessment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("run", models.UUIDField(db_index=True)),
                ("scheme", models.CharField(max_length=20)),
                ("evidence_until", models.DateTimeField()),
                ("text_hash", models.CharField(max_length=64)),
                ("grade", models.CharField(max_length=20)),
                ("sensitive", models.BooleanField(default=False)),
                ("certainty", models.CharField(blank=True, max_length=20)),
                ("override", models.CharField(blank=True, max_length=20)),
                ("people_for", models.PositiveIntegerField(default=0)),
                ("people_against", models.PositiveIntegerField(default=0)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assessments",
                        to="theories.link",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assessments",
                        to="theories.version",
                    ),
                ),
            ],
            options={
                "verbose_name": "judgement of a step",
                "verbose_name_plural": "judgements of steps",
                "ordering": ["made_at"],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="made on"
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="changed on"
                    ),
                ),
                (
                    "archived_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="archived on"),
                ),
                (
                    "edition",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="edition"),
                ),
                ("target", models.UUIDField(db_index=True, null=True)),
                ("text", models.TextField(max_length=2000, verbose_name="remark")),
                ("resolved_at", models.DateTimeField(editable=False, null=True)),
                ("resolved_by", models.UUIDField(editable=False, null=True)),
                (
                    "answers",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="theories.comment",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "theory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="theories.theory",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="theories.version",
                    ),
                ),
            ],
            options={
                "verbose_name": "remark",
                "verbose_name_plural": "remarks",
                "ordering": ["created_at"],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("run", models.UUIDField(db_index=True)),
                ("rank", models.PositiveIntegerField()),
                ("euros", models.FloatField(null=True)),
                ("worth", models.FloatField(null=True)),
                ("worth_error", models.FloatField(null=True)),
                ("study_cost", models.FloatField(null=True)),
                ("price_year", models.PositiveSmallIntegerField(null=True)),
                ("routes", models.PositiveIntegerField(default=0)),
                ("is_estimated", models.BooleanField(default=False)),
                ("reason_nl", models.TextField(blank=True)),
                ("reason_en", models.TextField(blank=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agenda",
                        to="theories.link",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agenda",
                        to="theories.version",
                    ),
                ),
            ],
            options={
                "verbose_name": "item of the learning agenda",
                "verbose_name_plural": "learning agenda",
                "ordering": ["rank"],
            },
        ),
        migrations.CreateModel(
            name="DraftEdition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("edition", models.PositiveIntegerField()),
                ("content", models.JSONField()),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("started", "started"),
                            ("node_added", "node added"),
                            ("node_changed", "node changed"),
                            ("node_moved", "node moved"),
                            ("node_dropped", "node taken out"),
                            ("link_added", "step added"),
                            ("link_changed", "step changed"),
                            ("link_dropped", "step taken out"),
                            ("canvas_changed", "canvas changed"),
                            ("pasted", "pasted"),
                            ("imported", "read from a file"),
                            ("undone", "undone"),
                        ],
                        max_length=20,
                    ),
                ),
                ("item", models.UUIDField(null=True)),
                ("by", models.UUIDField(null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="editions",
                        to="theories.draft",
                    ),
                ),
            ],
            options={
                "ordering": ["edition"],
                "constraints": [
                    models.UniqueConstraint(fields=("draft", "edition"), name="draft_edition_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="GoalLink",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="made on"
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="changed on"
                    ),
                ),
                (
                    "archived_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="archived on"),
                ),
                (
                    "edition",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="edition"),
                ),
                (
                    "because",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="how it serves the goal"
                    ),
                ),
                ("made_by", models.UUIDField(editable=False, null=True)),
                (
                    "goal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="node_links",
                        to="programmes.policygoal",
                        verbose_name="policy goal",
                    ),
                ),
                (
                    "node",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="goal_links",
                        to="theories.node",
                    ),
                ),
            ],
            options={
                "verbose_name": "policy goal of a node",
                "verbose_name_plural": "policy goals of nodes",
                "constraints": [
                    models.UniqueConstraint(fields=("node", "goal"), name="goal_once_for_a_node")
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="made on"
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="changed on"
                    ),
                ),
                (
                    "archived_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="archived on"),
                ),
                (
                    "edition",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="edition"),
                ),
                ("text_hash", models.CharField(max_length=64)),
                (
                    "question",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="what should the reader look at?"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked"),
                            ("approved", "approved"),
                            ("changes", "changes asked for"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("remarks", models.TextField(blank=True, max_length=4000, verbose_name="remarks")),
                (
                    "alone",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why nobody else read it"
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "theory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviews",
                        to="theories.theory",
                    ),
                ),
            ],
            options={
                "verbose_name": "review",
                "verbose_name_plural": "reviews",
                "ordering": ["-created_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("theory",),
                        name="one_review_at_a_time",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="node",
            constraint=models.UniqueConstraint(fields=("theory", "code"), name="node_code_once"),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(fields=("theory", "code"), name="link_code_once"),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                fields=("theory", "number"), name="version_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="linkassessment",
            constraint=models.UniqueConstraint(
                fields=("run", "version", "link"), name="assessed_once_a_run"
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                fields=("run", "version", "rank"), name="agenda_rank_once"
            ),
        ),
    ]
