import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0005_quiet_hours"),
    ]

    operations = [
        migrations.CreateModel(
            name="MethodVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("method", models.CharField(max_length=60)),
                ("version", models.PositiveIntegerField()),
                ("fingerprint", models.CharField(max_length=64)),
                ("content", models.JSONField()),
                ("loaded_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["method", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("method", "fingerprint"), name="method_content_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProtocolVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("method", models.CharField(max_length=60)),
                ("protocol", models.CharField(max_length=60)),
                ("version", models.PositiveIntegerField()),
                ("fingerprint", models.CharField(max_length=64)),
                ("content", models.JSONField()),
            ],
            options={
                "ordering": ["protocol", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("protocol", "fingerprint"), name="protocol_content_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnProtocol",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lineage", models.UUIDField()),
                ("edition", models.PositiveIntegerField()),
                ("method", models.CharField(max_length=60)),
                ("protocol", models.CharField(max_length=60)),
                ("base_version", models.CharField(max_length=140)),
                ("name", models.CharField(max_length=120)),
                ("reason", models.CharField(max_length=600)),
                ("content", models.JSONField()),
                ("made_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "lineage", "edition"), name="own_edition_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("edition__gte", 1)), name="own_edition_from_one"
                    ),
                ],
            },
        ),
    ]
