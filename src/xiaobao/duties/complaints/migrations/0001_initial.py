import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import xiaobao.duties.complaints.domain.terms


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CodeSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.CharField(max_length=40, unique=True)),
                ("effective_from", models.DateField()),
                ("mapping", models.JSONField(default=dict)),
                ("source", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Complaint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("no", models.CharField(max_length=24, unique=True)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("outlet", "网点现场"),
                            ("phone", "客服电话"),
                            ("mobile", "手机银行"),
                            ("web", "门户网站"),
                            ("email", "电子邮件"),
                            ("letter", "来信"),
                            ("nfra", "金融监管部门转办"),
                            ("pboc", "人民银行转办"),
                            ("hotline_12378", "12378 热线"),
                            ("hotline_12363", "12363 热线"),
                            ("hotline_12345", "12345 热线"),
                            ("association", "行业协会转办"),
                            ("mediation", "人民调解"),
                            ("media", "媒体"),
                            ("import", "历史导入"),
                            ("other", "其他"),
                        ],
                        max_length=16,
                    ),
                ),
                ("source_system", models.CharField(default="", max_length=40)),
                ("source_no", models.CharField(default="", max_length=80)),
                ("source_digest", models.CharField(default="", max_length=64)),
                ("received_at", models.DateTimeField()),
                ("received_on", models.DateField()),
                ("entered_at", models.DateTimeField()),
                ("org_path", models.CharField(max_length=120)),
                ("handling_path", models.CharField(default="", max_length=120)),
                ("hand_overs", models.PositiveSmallIntegerField(default=0)),
                ("title", models.CharField(max_length=200)),
                ("facts", models.TextField()),
                ("request", models.TextField(default="")),
                ("product", models.CharField(default="", max_length=80)),
                ("amount_fen", models.BigIntegerField(null=True)),
                ("currency", models.CharField(default="", max_length=3)),
                ("complainant", models.CharField(default="", max_length=80)),
                ("anonymous_reason", models.CharField(default="", max_length=200)),
                ("duplicates_seen", models.BooleanField(default=False)),
                ("code_set", models.CharField(default="", max_length=40)),
                ("channel_code", models.CharField(default="", max_length=12)),
                ("business_code", models.CharField(default="", max_length=12)),
                ("reason_code", models.CharField(default="", max_length=12)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("draft", "登记"),
                            ("registered", "待受理"),
                            ("accepted", "待分派"),
                            ("handling", "处理中"),
                            ("pending", "待审批"),
                            ("replied", "已答复"),
                            ("closed", "办结"),
                            ("recheck", "核查中"),
                            ("declined", "不予办理"),
                            ("transferred", "转出"),
                            ("withdrawn", "撤回"),
                            ("merged", "合并"),
                            ("archived", "历史记录"),
                        ],
                        max_length=12,
                    ),
                ),
                ("is_open", models.BooleanField(default=True)),
                ("is_regulator", models.BooleanField(default=False)),
                ("is_paused", models.BooleanField(default=False)),
                (
                    "complexity",
                    models.CharField(
                        choices=[
                            ("simple", "事实清楚、争议情况简单"),
                            ("complex", "情况复杂"),
                            ("special", "情况特别复杂或者有其他特殊原因"),
                        ],
                        default=xiaobao.duties.complaints.domain.terms.Complexity["SIMPLE"],
                        max_length=8,
                    ),
                ),
                ("due_on", models.DateField()),
                (
                    "due_source",
                    models.CharField(
                        choices=[
                            ("legal", "法定时限"),
                            ("referral", "监管给定时限"),
                            ("emergency", "应急通知时限"),
                            ("target", "本行内部时限"),
                        ],
                        default=xiaobao.duties.complaints.domain.terms.DueSource["LEGAL"],
                        max_length=10,
                    ),
                ),
                ("legal_due_on", models.DateField(null=True)),
                ("due_rule", models.CharField(max_length=16)),
                ("due_rule_version", models.CharField(max_length=24)),
                ("calendar_version", models.CharField(max_length=40)),
                ("decided_on", models.DateField(null=True)),
                ("replied_at", models.DateTimeField(null=True)),
                ("told_on", models.DateField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("was_late", models.BooleanField(null=True)),
                ("cause", models.CharField(default="", max_length=200)),
                ("source_replied_at", models.DateTimeField(null=True)),
                ("source_reply", models.TextField(default="")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "counterpart",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "handler",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "handling_org",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.orgunit",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="complaints.complaint",
                    ),
                ),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.orgunit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ClockEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("start", "起算"),
                            ("suspend", "暂停"),
                            ("resume", "恢复"),
                            ("extend", "延期获批"),
                            ("tell", "延期已告知"),
                            ("restart", "重新起算"),
                            ("given", "监管给定期限"),
                            ("overlay", "收紧办理时限"),
                            ("correct", "更正收到时间"),
                            ("meet", "期限内办结"),
                            ("breach", "逾期"),
                            ("end", "终止"),
                            ("recheck", "核查起算"),
                        ],
                        max_length=8,
                    ),
                ),
                ("on", models.DateField()),
                ("entered_at", models.DateTimeField()),
                ("rule", models.CharField(default="", max_length=16)),
                ("reason", models.CharField(default="", max_length=1000)),
                ("document", models.CharField(default="", max_length=200)),
                ("detail", models.JSONField(default=dict)),
                ("actor_name", models.CharField(max_length=80)),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clock_events",
                        to="complaints.complaint",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_main", models.BooleanField(default=True)),
                ("org_name", models.CharField(max_length=120)),
                ("handler_name", models.CharField(default="", max_length=80)),
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(default="", max_length=1000)),
                (
                    "handler",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.orgunit"
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="complaints.complaint",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "待审批"), ("approved", "已批准"), ("returned", "已退回")],
                        max_length=10,
                    ),
                ),
                ("findings", models.TextField()),
                ("legal_basis", models.TextField()),
                (
                    "liability",
                    models.CharField(
                        choices=[
                            ("full", "我行全责"),
                            ("partial", "我行部分责任"),
                            ("none", "我行无责"),
                            ("unclear", "责任难以认定"),
                        ],
                        max_length=8,
                    ),
                ),
                ("outcome", models.TextField()),
                (
                    "redress",
                    models.CharField(
                        choices=[
                            ("none", "不涉及补偿"),
                            ("refund", "退还费用"),
                            ("compensation", "赔偿"),
                            ("correction", "更正信息"),
                            ("service", "补办业务"),
                            ("apology", "致歉说明"),
                        ],
                        max_length=12,
                    ),
                ),
                ("redress_fen", models.BigIntegerField(default=0)),
                ("redress_due_on", models.DateField(null=True)),
                ("redress_paid_on", models.DateField(null=True)),
                ("proposed_name", models.CharField(max_length=80)),
                ("proposed_at", models.DateTimeField()),
                ("needs", models.CharField(max_length=40)),
                ("decided_name", models.CharField(default="", max_length=80)),
                ("decided_at", models.DateTimeField(null=True)),
                ("opinion", models.TextField(default="")),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="complaints.complaint",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64, unique=True)),
                ("sealed", models.TextField()),
                ("saved_at", models.DateTimeField()),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EmergencyNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=60, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("emergency", "应急投诉处理通知"), ("target", "本行内部时限")], max_length=12
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("issued_at", models.DateTimeField()),
                ("received_from", models.DateField()),
                ("received_until", models.DateField(null=True)),
                ("amount", models.PositiveSmallIntegerField()),
                (
                    "unit",
                    models.CharField(
                        choices=[("natural", "日"), ("working", "工作日")],
                        default=xiaobao.duties.complaints.domain.terms.DayUnit["NATURAL"],
                        max_length=8,
                    ),
                ),
                ("org_path", models.CharField(default="", max_length=120)),
                ("business_prefix", models.CharField(default="", max_length=20)),
                ("reason", models.TextField()),
                ("entered_at", models.DateTimeField()),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("command", models.CharField(max_length=12)),
                ("at", models.DateTimeField()),
                ("entered_at", models.DateTimeField()),
                ("stage_from", models.CharField(max_length=12)),
                ("stage_to", models.CharField(max_length=12)),
                ("actor_name", models.CharField(max_length=80)),
                ("via", models.CharField(default="web", max_length=16)),
                ("say", models.TextField()),
                ("detail", models.JSONField(default=dict)),
                ("rules", models.JSONField(default=list)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="complaints.complaint",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "to",
                    models.CharField(
                        choices=[
                            ("simple", "事实清楚、争议情况简单"),
                            ("complex", "情况复杂"),
                            ("special", "情况特别复杂或者有其他特殊原因"),
                        ],
                        max_length=8,
                    ),
                ),
                ("rule", models.CharField(max_length=16)),
                ("reason", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "待批准"), ("granted", "已批准"), ("denied", "未批准")],
                        max_length=8,
                    ),
                ),
                ("old_due_on", models.DateField()),
                ("asked_at", models.DateTimeField()),
                ("asked_name", models.CharField(max_length=80)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_name", models.CharField(default="", max_length=80)),
                ("approver_level", models.CharField(default="", max_length=20)),
                ("opinion", models.TextField(default="")),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "told_mode",
                    models.CharField(
                        choices=[
                            ("handed", "当面交付"),
                            ("posted", "邮寄"),
                            ("sms", "短信"),
                            ("email", "电子邮件"),
                            ("phone", "电话"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                ("told_proof", models.CharField(default="", max_length=200)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="complaints.complaint",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("entered_at", models.DateTimeField()),
                ("text", models.TextField()),
                ("evidence", models.JSONField(default=list)),
                ("none_because", models.CharField(default="", max_length=200)),
                ("author_name", models.CharField(max_length=80)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="complaints.complaint",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("complainant", "投诉人"),
                            ("agent", "受托人"),
                            ("heir", "继承人"),
                            ("representative", "推选代表"),
                        ],
                        max_length=16,
                    ),
                ),
                ("name_sealed", models.TextField()),
                ("name_masked", models.CharField(max_length=80)),
                ("phone_sealed", models.TextField(default="")),
                ("phone_masked", models.CharField(default="", max_length=40)),
                ("phone_index", models.CharField(default="", max_length=64)),
                ("id_sealed", models.TextField(default="")),
                ("id_masked", models.CharField(default="", max_length=40)),
                ("id_index", models.CharField(default="", max_length=64)),
                ("authority", models.CharField(default="", max_length=200)),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parties",
                        to="complaints.complaint",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Recheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("applied_on", models.DateField()),
                ("due_on", models.DateField()),
                ("request", models.TextField()),
                ("unit_name", models.CharField(max_length=120)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("upheld", "维持原处理决定"),
                            ("changed", "变更处理决定"),
                            ("redo", "责令重新处理"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                ("findings", models.TextField(default="")),
                ("concluded_on", models.DateField(null=True)),
                ("concluded_name", models.CharField(default="", max_length=80)),
                ("told_on", models.DateField(null=True)),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rechecks",
                        to="complaints.complaint",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.orgunit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "body",
                    models.CharField(
                        choices=[
                            ("nfra", "金融监管部门"),
                            ("pboc", "人民银行"),
                            ("hotline_12345", "政务热线 12345"),
                            ("association", "行业协会"),
                            ("court", "法院"),
                            ("other", "其他机关"),
                        ],
                        max_length=16,
                    ),
                ),
                ("number", models.CharField(max_length=80)),
                ("received_on", models.DateField()),
                ("given_due_on", models.DateField(null=True)),
                ("wants_report", models.BooleanField(default=True)),
                ("document", models.CharField(default="", max_length=200)),
                ("reported_at", models.DateTimeField(null=True)),
                ("report", models.TextField(default="")),
                ("report_document", models.CharField(default="", max_length=200)),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="complaints.complaint",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("facts_found", models.TextField()),
                ("grounds", models.TextField()),
                ("remedies", models.JSONField(default=list)),
                ("text", models.TextField()),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("handed", "当面交付"),
                            ("posted", "邮寄"),
                            ("sms", "短信"),
                            ("email", "电子邮件"),
                            ("phone", "电话"),
                        ],
                        max_length=8,
                    ),
                ),
                ("sent_at", models.DateTimeField()),
                ("told_on", models.DateField(null=True)),
                ("proof", models.CharField(default="", max_length=200)),
                ("evidence", models.JSONField(default=list)),
                ("author_name", models.CharField(max_length=80)),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="complaints.complaint",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("filters", models.JSONField(default=dict)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(
                condition=models.Q(("is_open", True)), fields=["due_on", "id"], name="cmp_open_due"
            ),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(
                condition=models.Q(("is_open", True)),
                fields=["org_path", "due_on", "id"],
                name="cmp_open_org",
            ),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(
                condition=models.Q(("is_open", True), models.Q(("handling_path", ""), _negated=True)),
                fields=["handling_path", "due_on"],
                name="cmp_open_unit",
            ),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(
                condition=models.Q(("is_open", True)), fields=["handler", "due_on"], name="cmp_open_handler"
            ),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(
                condition=models.Q(("is_open", True), ("is_regulator", True)),
                fields=["due_on", "id"],
                name="cmp_open_regulator",
            ),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(fields=["received_on", "id"], name="cmp_received"),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(fields=["org_path", "received_on", "id"], name="cmp_org_received"),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(fields=["source_no", "source_system"], name="cmp_source_number"),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", False)),
                fields=["closed_at", "id"],
                name="cmp_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.UniqueConstraint(
                condition=models.Q(("source_no", ""), _negated=True),
                fields=("source_system", "source_no"),
                name="cmp_source_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(("received_at__lte", models.F("entered_at"))),
                name="cmp_received_before_entered",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_fen__isnull", True), ("amount_fen__gte", 0), _connector="OR"),
                name="cmp_amount_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount_fen__isnull", True), models.Q(("currency", ""), _negated=True), _connector="OR"
                ),
                name="cmp_amount_has_currency",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("legal_due_on__isnull", True), ("due_on__lte", models.F("legal_due_on")), _connector="OR"
                ),
                name="cmp_due_never_loosened",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("stage", xiaobao.duties.complaints.domain.terms.Stage["CLOSED"]), _negated=True
                    ),
                    models.Q(
                        models.Q(("channel_code", ""), _negated=True),
                        models.Q(("business_code", ""), _negated=True),
                        models.Q(("reason_code", ""), _negated=True),
                        ("closed_at__isnull", False),
                        ("replied_at__isnull", False),
                        ("told_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="cmp_closed_is_complete",
            ),
        ),
        migrations.AddIndex(
            model_name="clockevent",
            index=models.Index(fields=["complaint", "id"], name="clock_event_order"),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["complaint", "id"], name="assignment_order"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    ("proposed_by__isnull", True),
                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="decision_four_eyes",
            ),
        ),
        migrations.AddIndex(
            model_name="emergencynotice",
            index=models.Index(fields=["kind", "issued_at"], name="notice_kind_issued"),
        ),
        migrations.AddConstraint(
            model_name="emergencynotice",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 1)), name="notice_amount_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="emergencynotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("received_until__isnull", True),
                    ("received_until__gte", models.F("received_from")),
                    _connector="OR",
                ),
                name="notice_span",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["complaint", "id"], name="event_order"),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(
                condition=models.Q(("phone_index", ""), _negated=True),
                fields=["phone_index"],
                name="party_phone",
            ),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(
                condition=models.Q(("id_index", ""), _negated=True), fields=["id_index"], name="party_id"
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(fields=("body", "number"), name="referral_number_once"),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(fields=("owner", "name"), name="view_name_once"),
        ),
    ]
