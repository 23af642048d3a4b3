"""Tables of courses. People are known by id only: they live in another app."""

from django.db import models
from django.db.models import Q

from edu.common.ids import new_id
from edu.courses.data import ACCEPTED, BUDGETS, OWNER, PROPOSED, ROLES


class Course(models.Model):
    """Something to be learnt, by some people."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    personal = models.BooleanField(default=False, help_text="made by one person for themselves")
    learner_uploads = models.BooleanField(default=False, help_text="learners may bring materials")
    talks_open_since = models.DateTimeField(
        null=True,
        blank=True,
        help_text="from then on teachers may read what learners say to the tutor",
    )
    join_code = models.CharField(max_length=8, unique=True)
    created_by = models.UUIDField()
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    set_aside_at = models.DateTimeField(
        null=True, blank=True, help_text="its owner was erased, and nobody else could take it over"
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["removed_at"], name="course_removed", condition=~Q(removed_at=None)
            ),
            models.Index(
                fields=["set_aside_at"], name="course_set_aside", condition=~Q(set_aside_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Membership(models.Model):
    """One person in one course."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="memberships")
    user = models.UUIDField(db_index=True)
    role = models.CharField(max_length=10, choices=[(each, each) for each in ROLES])
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "user"], name="membership_once"),
            models.UniqueConstraint(
                fields=["course"], condition=Q(role=OWNER), name="membership_one_owner"
            ),
            models.CheckConstraint(condition=Q(role__in=ROLES), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.user}"


class Spending(models.Model):
    """What a course has used of one budget, and its own limits of it (see logic/budgets.py)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="spendings")
    kind = models.CharField(max_length=10, choices=[(each, each) for each in BUDGETS])
    most_a_day = models.PositiveIntegerField(
        null=True, blank=True, help_text="empty: as for the site; 0: as many as they like"
    )
    most_a_minute = models.PositiveIntegerField(
        null=True, blank=True, help_text="empty: as for the site; 0: as many as they like"
    )
    day = models.DateField(null=True, editable=False, help_text="UTC; of what was used")
    used = models.PositiveIntegerField(default=0, editable=False, help_text="on that day")
    full_at = models.DateTimeField(
        null=True, editable=False, help_text="when the minute's bucket is full again"
    )

    class Meta:
        verbose_name = "budget"
        constraints = [
            models.UniqueConstraint(fields=["course", "kind"], name="spending_once_per_kind")
        ]

    def __str__(self) -> str:
        return self.kind


class Role(models.Model):
    """What the people of one role may do in their courses. A role without a row has data.DEFAULTS."""

    name = models.CharField(primary_key=True, max_length=10, choices=[(r, r) for r in ROLES])
    permissions = models.JSONField(help_text="names of edu.courses.data.PERMISSIONS")

    class Meta:
        verbose_name = "course role"

    def __str__(self) -> str:
        return self.name


class Objective(models.Model):
    """Something to know or to be able to do."""

    STATES = [(ACCEPTED, "accepted"), (PROPOSED, "proposed")]

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="objectives")
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    terms = models.JSONField(default=list, blank=True, help_text="words that mark its passages")
    ordinal = models.PositiveIntegerField(default=0)
    root = models.BooleanField(default=False, help_text="stands for all of the course")
    status = models.CharField(max_length=10, choices=STATES, default=ACCEPTED)
    created_by = models.UUIDField(null=True, blank=True, help_text="empty: found by edu")
    created_at = models.DateTimeField()
    prerequisites: "models.ManyToManyField[Objective, Prerequisite]" = models.ManyToManyField(
        "self", through="Prerequisite", symmetrical=False, related_name="dependants", blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course"], condition=Q(root=True), name="objective_one_root"
            ),
            models.CheckConstraint(
                condition=Q(root=False) | Q(status=ACCEPTED), name="objective_root_accepted"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[ACCEPTED, PROPOSED]), name="objective_status_known"
            ),
        ]
        indexes = [models.Index(fields=["course", "ordinal"], name="objective_order")]

    def __str__(self) -> str:
        return self.title


class Prerequisite(models.Model):
    """`objective` builds on `needs`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="needed")
    needs = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="needed_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["objective", "needs"], name="prerequisite_once"),
            models.CheckConstraint(
                condition=~Q(objective=models.F("needs")), name="prerequisite_not_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.objective_id} needs {self.needs_id}"
