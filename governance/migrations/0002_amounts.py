from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="figure",
            name="amount",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="figure",
            name="amounts",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="figurerow",
            name="amount",
            field=models.BigIntegerField(default=0),
        ),
    ]
