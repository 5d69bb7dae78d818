import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import biotoop.web.knowledge.models.parts


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0001_first_tables"),
        ("programmes", "0001_first_tables"),
        ("studies", "0001_first_tables"),
        ("theories", "0003_counts_that_stay_hidden"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Product",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("report", "report"),
                            ("advice", "advice"),
                            ("book", "book"),
                            ("method", "method"),
                            ("work_form", "work form"),
                            ("module", "education module"),
                            ("dataset", "dataset"),
                            ("theory", "release of a theory of change"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "language",
                    models.CharField(
                        choices=[("nl", "Dutch"), ("en", "English")],
                        default="nl",
                        max_length=2,
                        verbose_name="written in",
                    ),
                ),
                (
                    "theme",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("loneliness", "loneliness and meeting"),
                            ("neighbourhood", "living in the neighbourhood"),
                            ("youth", "children and young people"),
                            ("ageing", "growing old"),
                            ("poverty", "poverty and debts"),
                            ("work", "taking part, language and work"),
                            ("carers", "informal care"),
                            ("health", "health and prevention"),
                            ("diversity", "diversity and inclusion"),
                            ("cooperation", "working together and policy"),
                        ],
                        max_length=15,
                        verbose_name="theme",
                    ),
                ),
                ("summary", models.TextField(blank=True, max_length=4000, verbose_name="summary")),
                (
                    "plain",
                    models.TextField(
                        blank=True, max_length=6000, verbose_name="plain-language edition"
                    ),
                ),
                (
                    "for_professionals",
                    models.TextField(blank=True, max_length=2000, verbose_name="for professionals"),
                ),
                (
                    "for_policy",
                    models.TextField(blank=True, max_length=2000, verbose_name="for policy makers"),
                ),
                (
                    "for_education",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="for lecturers and students"
                    ),
                ),
                (
                    "for_residents",
                    models.TextField(blank=True, max_length=2000, verbose_name="for residents"),
                ),
                (
                    "licence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("CC-BY-4.0", "CC BY 4.0: use and change it, name the makers"),
                            (
                                "CC-BY-SA-4.0",
                                "CC BY-SA 4.0: as above, and share it in the same way",
                            ),
                            (
                                "CC-BY-NC-4.0",
                                "CC BY-NC 4.0: name the makers, not to earn money with",
                            ),
                            ("CC-BY-ND-4.0", "CC BY-ND 4.0: name the makers, do not change it"),
                            (
                                "CC-BY-NC-ND-4.0",
                                "CC BY-NC-ND 4.0: share only, not change, not earn",
                            ),
                            ("CC0-1.0", "CC0 1.0: free for everybody, without conditions"),
                            (
                                "ODbL-1.0",
                                "ODbL 1.0: for data; name the source, share in the same way",
                            ),
                            ("EUPL-1.2", "EUPL 1.2: for software"),
                        ],
                        max_length=20,
                        verbose_name="licence",
                    ),
                ),
                (
                    "intellectual_property",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="whose it is, and who agreed"
                    ),
                ),
                (
                    "question",
                    models.UUIDField(
                        blank=True, null=True, verbose_name="number of the practice question"
                    ),
                ),
                (
                    "question_text",
                    models.CharField(
                        blank=True,
                        max_length=500,
                        verbose_name="the question from practice that it answers",
                    ),
                ),
                (
                    "address",
                    models.URLField(
                        blank=True, max_length=300, verbose_name="where else it stands"
                    ),
                ),
                (
                    "doi",
                    models.CharField(
                        blank=True,
                        max_length=150,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^10\\.\\d{4,9}/\\S+$",
                                "A DOI looks like 10.1234/abcd, without https.",
                            )
                        ],
                        verbose_name="DOI",
                    ),
                ),
                (
                    "invented",
                    models.BooleanField(default=False, verbose_name="the content is invented"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("idea", "idea"),
                            ("draft", "being written"),
                            ("review", "somebody else reads it"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="idea",
                        editable=False,
                        max_length=10,
                        verbose_name="where it stands",
                    ),
                ),
                ("made_by", models.UUIDField(editable=False, null=True)),
                ("offered_by", models.UUIDField(editable=False, null=True)),
                ("stamped_at", models.DateTimeField(editable=False, null=True)),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                (
                    "withdrawn_because",
                    models.TextField(blank=True, editable=False, max_length=1000),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="products",
                        to="organisations.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="products",
                        to="programmes.partnership",
                        verbose_name="research programme",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="products",
                        to="programmes.programme",
                        verbose_name="programme",
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="products",
                        to="studies.study",
                        verbose_name="study that it comes from",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="products",
                        to="theories.version",
                        verbose_name="version of a theory that it releases",
                    ),
                ),
            ],
            options={
                "verbose_name": "knowledge product in the making",
                "verbose_name_plural": "knowledge products in the making",
                "ordering": ["title"],
            },
        ),
        migrations.CreateModel(
            name="Author",
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
                ("name", models.CharField(max_length=150, verbose_name="name")),
                ("is_person", models.BooleanField(default=True, verbose_name="this is a person")),
                (
                    "affiliation",
                    models.CharField(blank=True, max_length=150, verbose_name="works at"),
                ),
                (
                    "orcid",
                    models.CharField(
                        blank=True,
                        max_length=19,
                        validators=[biotoop.web.knowledge.models.parts.check_orcid],
                        verbose_name="ORCID",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=1, verbose_name="place in the order"),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="authors",
                        to="knowledge.product",
                    ),
                ),
            ],
            options={
                "verbose_name": "maker",
                "verbose_name_plural": "makers",
                "ordering": ["position", "created_at"],
            },
        ),
        migrations.CreateModel(
            name="ProductStep",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("start", "Start writing"),
                            ("offer", "Let somebody else read it"),
                            ("take_back", "Take it back"),
                            ("return", "Send it back"),
                            ("publish", "Publish"),
                            ("revise", "Make a new version"),
                            ("withdraw", "Withdraw"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "was",
                    models.CharField(
                        choices=[
                            ("idea", "idea"),
                            ("draft", "being written"),
                            ("review", "somebody else reads it"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "now",
                    models.CharField(
                        choices=[
                            ("idea", "idea"),
                            ("draft", "being written"),
                            ("review", "somebody else reads it"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=1000)),
                ("by", models.UUIDField(null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="knowledge.product",
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("report", "report"),
                            ("advice", "advice"),
                            ("book", "book"),
                            ("method", "method"),
                            ("work_form", "work form"),
                            ("module", "education module"),
                            ("dataset", "dataset"),
                            ("theory", "release of a theory of change"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "theme",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("loneliness", "loneliness and meeting"),
                            ("neighbourhood", "living in the neighbourhood"),
                            ("youth", "children and young people"),
                            ("ageing", "growing old"),
                            ("poverty", "poverty and debts"),
                            ("work", "taking part, language and work"),
                            ("carers", "informal care"),
                            ("health", "health and prevention"),
                            ("diversity", "diversity and inclusion"),
                            ("cooperation", "working together and policy"),
                        ],
                        max_length=15,
                        verbose_name="theme",
                    ),
                ),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
                ("content", models.JSONField()),
                ("content_hash", models.CharField(max_length=64)),
                (
                    "note",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="what changed, and why"
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="published on"
                    ),
                ),
                ("published_by", models.UUIDField(null=True)),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="releases",
                        to="knowledge.product",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="releases",
                        to="programmes.programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "knowledge product",
                "verbose_name_plural": "knowledge products",
                "ordering": ["-published_at"],
            },
        ),
        migrations.AddField(
            model_name="product",
            name="latest",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="knowledge.release",
            ),
        ),
        migrations.CreateModel(
            name="Source",
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
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sources",
                        to="knowledge.product",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="used_in",
                        to="knowledge.product",
                        verbose_name="builds on",
                    ),
                ),
            ],
            options={
                "verbose_name": "what it builds on",
                "verbose_name_plural": "what it builds on",
            },
        ),
        migrations.CreateModel(
            name="Touch",
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
                    "change",
                    models.CharField(
                        choices=[
                            ("supports", "makes this step more plausible"),
                            ("doubts", "makes this step less plausible"),
                            ("refines", "says for whom or when it holds"),
                            ("new", "brings something that is not in it yet"),
                            ("helps", "helps to do this step well"),
                        ],
                        max_length=10,
                        verbose_name="what it does",
                    ),
                ),
                ("because", models.TextField(max_length=1000, verbose_name="why")),
                (
                    "link",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="touched_by",
                        to="theories.link",
                        verbose_name="step",
                    ),
                ),
                (
                    "node",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="touched_by",
                        to="theories.node",
                        verbose_name="node",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="touches",
                        to="knowledge.product",
                    ),
                ),
                (
                    "theory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="touched_by",
                        to="theories.theory",
                        verbose_name="theory of change",
                    ),
                ),
            ],
            options={
                "verbose_name": "changed step",
                "verbose_name_plural": "changed steps",
            },
        ),
        migrations.CreateModel(
            name="UseReport",
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
                ("who", models.CharField(max_length=200, verbose_name="who used it, and where")),
                ("used_for", models.TextField(max_length=1500, verbose_name="what for")),
                (
                    "changed",
                    models.TextField(
                        blank=True, max_length=1500, verbose_name="what changed by it"
                    ),
                ),
                ("used_on", models.DateField(verbose_name="since when")),
                (
                    "is_shown",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="anybody may read it"
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uses",
                        to="knowledge.product",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="product_uses",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "report of use",
                "verbose_name_plural": "reports of use",
                "ordering": ["-used_on"],
            },
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.UniqueConstraint(
                fields=("product", "number"), name="release_number_once"
            ),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(fields=["stamped_at", "id"], name="product_stamp"),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(fields=["organisation", "state"], name="product_state"),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ["idea", "draft", "review", "published"]),
                        ("withdrawn_at", None),
                    ),
                    models.Q(
                        ("state", "withdrawn"),
                        ("withdrawn_at__isnull", False),
                        models.Q(("withdrawn_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="product_withdrawn_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "published"), _negated=True),
                    ("latest__isnull", False),
                    _connector="OR",
                ),
                name="product_published_has_a_release",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.UniqueConstraint(
                condition=models.Q(("archived_at", None)),
                fields=("product", "source"),
                name="source_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(("product", models.F("source")), _negated=True),
                name="source_is_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="touch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("link__isnull", False), ("node", None)),
                    models.Q(("link", None), ("node__isnull", False)),
                    _connector="OR",
                ),
                name="touch_has_one_target",
            ),
        ),
    ]
