"""Tables of the room: what happened is kept, what follows from it is cached beside it.

Clear personal data never stands here: parties keep sealed bytes, a blind index and a mask.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from xiaobao.duties.complaints.domain.values import (
    Body,
    Channel,
    ClockEventKind,
    Complexity,
    DayUnit,
    DecisionState,
    DueSource,
    ExtensionState,
    Liability,
    NoticeMode,
    OverlayKind,
    PartyRole,
    RecheckOutcome,
    RedressKind,
    Stage,
)

ORG = "people.OrgUnit"
USER = settings.AUTH_USER_MODEL
OPEN = Q(is_open=True)
IN_HAND = OPEN & ~Q(handling_path="")
TABS_COUNT = ("stage", "told_on", "is_paused", "is_regulator", "handler", "org_path", "handling_path")
OF_REGULATORS = OPEN & Q(is_regulator=True)


class NumberSeries(models.Model):
    """The last number given on a day; raised by one upsert."""

    day = models.DateField(primary_key=True)
    last = models.PositiveIntegerField(default=0)


class CodeSet(models.Model):
    """A version of the JR/T 0169 lists; `mapping` leads from the version before, code by code."""

    version = models.CharField(max_length=40, unique=True)
    effective_from = models.DateField()
    mapping = models.JSONField(default=dict)
    source = models.TextField()


class EmergencyNotice(models.Model):
    """An order that shortens handling for complaints received in a span; never longer than law."""

    number = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=12, choices=OverlayKind.choices())
    title = models.CharField(max_length=200)
    issued_at = models.DateTimeField()
    received_from = models.DateField()
    received_until = models.DateField(null=True)
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=8, choices=DayUnit.choices(), default=DayUnit.NATURAL)
    org_path = models.CharField(max_length=120, default="")
    business_prefix = models.CharField(max_length=20, default="")
    reason = models.TextField()
    issued_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["kind", "issued_at"], name="notice_kind_issued")]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=1), name="notice_amount_positive"),
            models.CheckConstraint(
                condition=Q(received_until__isnull=True) | Q(received_until__gte=F("received_from")),
                name="notice_span",
            ),
        ]


class Complaint(models.Model):
    """One complaint: its facts, where it stands, and the cached answer of its clock."""

    no = models.CharField(max_length=24, unique=True)
    channel = models.CharField(max_length=16, choices=Channel.choices())
    source_system = models.CharField(max_length=40, default="")
    source_no = models.CharField(max_length=80, default="")
    source_digest = models.CharField(max_length=64, default="")

    received_at = models.DateTimeField()
    received_on = models.DateField()
    entered_at = models.DateTimeField()

    org = models.ForeignKey(ORG, on_delete=models.PROTECT, related_name="+")
    org_path = models.CharField(max_length=120)
    handling_org = models.ForeignKey(ORG, null=True, on_delete=models.PROTECT, related_name="+")
    handling_path = models.CharField(max_length=120, default="")
    handler = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    counterpart = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    hand_overs = models.PositiveSmallIntegerField(default=0)

    title = models.CharField(max_length=200)
    facts = models.TextField()
    request = models.TextField(default="")
    product = models.CharField(max_length=80, default="")
    amount_fen = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="")
    complainant = models.CharField(max_length=80, default="")
    anonymous_reason = models.CharField(max_length=200, default="")
    duplicates_seen = models.BooleanField(default=False)

    code_set = models.CharField(max_length=40, default="")
    channel_code = models.CharField(max_length=12, default="")
    business_code = models.CharField(max_length=12, default="")
    reason_code = models.CharField(max_length=12, default="")

    stage = models.CharField(max_length=12, choices=Stage.choices())
    is_open = models.BooleanField(default=True)
    is_regulator = models.BooleanField(default=False)
    is_paused = models.BooleanField(default=False)
    complexity = models.CharField(max_length=8, choices=Complexity.choices(), default=Complexity.SIMPLE)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    due_on = models.DateField()
    due_source = models.CharField(max_length=10, choices=DueSource.choices(), default=DueSource.LEGAL)
    legal_due_on = models.DateField(null=True)
    due_rule = models.CharField(max_length=16)
    due_rule_version = models.CharField(max_length=24)
    calendar_version = models.CharField(max_length=40)

    decided_on = models.DateField(null=True)
    replied_at = models.DateTimeField(null=True)
    told_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    was_late = models.BooleanField(null=True)
    cause = models.CharField(max_length=200, default="")
    source_replied_at = models.DateTimeField(null=True)
    source_reply = models.TextField(default="")

    created_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["due_on", "id", *TABS_COUNT], name="cmp_open_work", condition=OPEN),
            models.Index(fields=["org_path", "due_on", "id"], name="cmp_open_org", condition=OPEN),
            models.Index(fields=["handling_path", "due_on"], name="cmp_open_unit", condition=IN_HAND),
            models.Index(fields=["handler", "due_on"], name="cmp_open_handler", condition=OPEN),
            models.Index(fields=["due_on", "id"], name="cmp_open_regulator", condition=OF_REGULATORS),
            models.Index(fields=["received_on", "id"], name="cmp_received"),
            models.Index(fields=["org_path", "received_on", "id"], name="cmp_org_received"),
            # Not partial: with bound parameters no planner proves the condition of `cmp_source_once`.
            models.Index(fields=["source_no", "source_system"], name="cmp_source_number"),
            models.Index(fields=["closed_at", "id"], name="cmp_closed", condition=Q(closed_at__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source_system", "source_no"],
                name="cmp_source_once",
                condition=~Q(source_no=""),
            ),
            models.CheckConstraint(
                condition=Q(received_at__lte=F("entered_at")), name="cmp_received_before_entered"
            ),
            models.CheckConstraint(
                condition=Q(amount_fen__isnull=True) | Q(amount_fen__gte=0), name="cmp_amount_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(amount_fen__isnull=True) | ~Q(currency=""), name="cmp_amount_has_currency"
            ),
            models.CheckConstraint(
                condition=Q(legal_due_on__isnull=True) | Q(due_on__lte=F("legal_due_on")),
                name="cmp_due_never_loosened",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.CLOSED)
                | (
                    ~Q(channel_code="")
                    & ~Q(business_code="")
                    & ~Q(reason_code="")
                    & Q(replied_at__isnull=False, told_on__isnull=False, closed_at__isnull=False)
                ),
                name="cmp_closed_is_complete",
            ),
        ]


class Party(models.Model):
    """A person of the complaint: sealed, blind-indexed, masked."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="parties")
    role = models.CharField(max_length=16, choices=PartyRole.choices())
    name_sealed = models.TextField()
    name_masked = models.CharField(max_length=80)
    phone_sealed = models.TextField(default="")
    phone_masked = models.CharField(max_length=40, default="")
    phone_index = models.CharField(max_length=64, default="")
    id_sealed = models.TextField(default="")
    id_masked = models.CharField(max_length=40, default="")
    id_index = models.CharField(max_length=64, default="")
    authority = models.CharField(max_length=200, default="")

    class Meta:
        indexes = [
            models.Index(fields=["phone_index"], name="party_phone", condition=~Q(phone_index="")),
            models.Index(fields=["id_index"], name="party_id", condition=~Q(id_index="")),
        ]


class Referral(models.Model):
    """A regulator's letter: its number, the date it gives, the report it wants back."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="referrals")
    body = models.CharField(max_length=16, choices=Body.choices())
    number = models.CharField(max_length=80)
    received_on = models.DateField()
    given_due_on = models.DateField(null=True)
    wants_report = models.BooleanField(default=True)
    document = models.CharField(max_length=200, default="")
    reported_at = models.DateTimeField(null=True)
    report = models.TextField(default="")
    report_document = models.CharField(max_length=200, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "number"], name="referral_number_once")]


class ClockEvent(models.Model):
    """What moved the clock; only ever added (a trigger forbids the rest)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="clock_events")
    kind = models.CharField(max_length=8, choices=ClockEventKind.choices())
    on = models.DateField()
    entered_at = models.DateTimeField()
    rule = models.CharField(max_length=16, default="")
    reason = models.CharField(max_length=1000, default="")
    document = models.CharField(max_length=200, default="")
    detail = models.JSONField(default=dict)
    actor_name = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["complaint", "id"], name="clock_event_order")]


class Assignment(models.Model):
    """Who had it, from when to when; main or assisting."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="assignments")
    is_main = models.BooleanField(default=True)
    org = models.ForeignKey(ORG, on_delete=models.PROTECT, related_name="+")
    org_name = models.CharField(max_length=120)
    handler = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    handler_name = models.CharField(max_length=80, default="")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=1000, default="")

    class Meta:
        indexes = [models.Index(fields=["complaint", "id"], name="assignment_order")]


class Note(models.Model):
    """A step of the investigation: what was looked at, and the evidence it left."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="notes")
    at = models.DateTimeField()
    entered_at = models.DateTimeField()
    text = models.TextField()
    evidence = models.JSONField(default=list)
    none_because = models.CharField(max_length=200, default="")
    author = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=80)


class Decision(models.Model):
    """A proposed decision and what became of it."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="decisions")
    state = models.CharField(max_length=10, choices=DecisionState.choices())
    findings = models.TextField()
    legal_basis = models.TextField()
    liability = models.CharField(max_length=8, choices=Liability.choices())
    outcome = models.TextField()
    redress = models.CharField(max_length=12, choices=RedressKind.choices())
    redress_fen = models.BigIntegerField(default=0)
    redress_due_on = models.DateField(null=True)
    redress_paid_on = models.DateField(null=True)
    proposed_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_name = models.CharField(max_length=80)
    proposed_at = models.DateTimeField()
    needs = models.CharField(max_length=40)
    decided_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    decided_name = models.CharField(max_length=80, default="")
    decided_at = models.DateTimeField(null=True)
    opinion = models.TextField(default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | Q(proposed_by__isnull=True)
                | ~Q(decided_by=F("proposed_by")),
                name="decision_four_eyes",
            )
        ]


class Reply(models.Model):
    """What was told, by which means, and the proof that it arrived."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="replies")
    facts_found = models.TextField()
    grounds = models.TextField()
    remedies = models.JSONField(default=list)
    text = models.TextField()
    mode = models.CharField(max_length=8, choices=NoticeMode.choices())
    sent_at = models.DateTimeField()
    told_on = models.DateField(null=True)
    proof = models.CharField(max_length=200, default="")
    evidence = models.JSONField(default=list)
    author_name = models.CharField(max_length=80)


class Extension(models.Model):
    """Asked for, answered, told: all three inside the old due date, or it does not count."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="extensions")
    to = models.CharField(max_length=8, choices=Complexity.choices())
    rule = models.CharField(max_length=16)
    reason = models.TextField()
    state = models.CharField(max_length=8, choices=ExtensionState.choices())
    old_due_on = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    asked_name = models.CharField(max_length=80)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    answered_name = models.CharField(max_length=80, default="")
    approver_level = models.CharField(max_length=20, default="")
    opinion = models.TextField(default="")
    told_at = models.DateTimeField(null=True)
    told_mode = models.CharField(max_length=8, choices=NoticeMode.choices(), default="")
    told_proof = models.CharField(max_length=200, default="")


class Recheck(models.Model):
    """核查: asked of the superior within 30 days, decided within 30 days (第二十条)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="rechecks")
    applied_on = models.DateField()
    due_on = models.DateField()
    request = models.TextField()
    unit = models.ForeignKey(ORG, on_delete=models.PROTECT, related_name="+")
    unit_name = models.CharField(max_length=120)
    outcome = models.CharField(max_length=8, choices=RecheckOutcome.choices(), default="")
    findings = models.TextField(default="")
    concluded_on = models.DateField(null=True)
    concluded_name = models.CharField(max_length=80, default="")
    told_on = models.DateField(null=True)


class Event(models.Model):
    """The timeline: one row a command, with the moment it happened and the moment it was entered."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="events")
    command = models.CharField(max_length=12)
    at = models.DateTimeField()
    entered_at = models.DateTimeField()
    stage_from = models.CharField(max_length=12)
    stage_to = models.CharField(max_length=12)
    actor = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=80)
    via = models.CharField(max_length=16, default="web")
    say = models.TextField()
    detail = models.JSONField(default=dict)
    rules = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["complaint", "id"], name="event_order")]


class SavedView(models.Model):
    """A list's filters under a name, one person's own."""

    owner = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    filters = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="view_name_once")]


class Draft(models.Model):
    """A registration form being typed; survives an expired login; sealed, since it names people."""

    key = models.CharField(max_length=64, unique=True)
    owner = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    sealed = models.TextField()
    saved_at = models.DateTimeField()
