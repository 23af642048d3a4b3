"""Tables of the user service."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower

from edu.common.ids import new_id
from edu.common.sealedfields import SealedText
from edu.users.data import initials


class UserManager(BaseUserManager["User"]):
    """Makes accounts; addresses are compared without regard to case."""

    def create_user(self, email: str, password: str | None = None, **more: Any) -> "User":
        """Make one account; an empty password makes an account that cannot sign in."""
        user = self.model(email=email.strip().lower(), **more)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save()
        return user

    def create_superuser(self, email: str, password: str, **more: Any) -> "User":
        """Make an admin's account."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **more)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find an account by its address."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person's account. Courses and everything above know it by `id` alone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(
        "e-mail address",
        max_length=254,
        unique=True,
        null=True,
        blank=True,
        help_text="None: a pupil, who signs in with the code of a class.",
    )
    display_name = models.CharField(max_length=100)
    preferences = models.JSONField(default=dict, blank=True)
    picture = models.CharField(
        max_length=16, blank=True, default="", help_text="the digest of its Picture; empty: none"
    )
    is_active = models.BooleanField("active", default=True)
    is_staff = models.BooleanField("admin", default=False)
    site_roles = models.JSONField(
        default=list, blank=True, help_text="roles on this site besides those that everybody has"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]
    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="user_email_lowercase"
            )
        ]

    def __str__(self) -> str:
        return self.email or self.display_name

    @property
    def initials(self) -> str:
        """What stands where there is no picture."""
        return initials(self.display_name)


class CoursePreference(models.Model):
    """What a person prefers in one course otherwise than elsewhere."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="course_preferences")
    course = models.UUIDField()
    values = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "course"], name="preference_once")]

    def __str__(self) -> str:
        return str(self.id)


class Picture(models.Model):
    """What a person looks like, square and small, drawn anew from what they brought: WebP in base64, in
    a few sizes. Too small to be worth files of their own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="drawn")
    small = models.TextField(help_text="64 pixels")
    middle = models.TextField(help_text="160 pixels")
    large = models.TextField(help_text="512 pixels")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class AddressChange(models.Model):
    """An e-mail address that an account will have once the link in a letter sent there is opened."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="address_change")
    email = models.EmailField("e-mail address", max_length=254)
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the link's key")
    created_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.email


class SiteRole(models.Model):
    """What the people of one role may do on this site. A role without a row has the defaults of
    logic/roles.py."""

    name = models.CharField(primary_key=True, max_length=20)
    permissions = models.JSONField(help_text="names of logic/roles.py")

    class Meta:
        verbose_name = "site role"

    def __str__(self) -> str:
        return self.name


class ProgramScopes(models.Model):
    """What a program that somebody registered may ask for at most."""

    program = models.BigIntegerField(primary_key=True, help_text="of django-oauth-toolkit")
    scopes = models.JSONField(help_text="names of edu.users.data.SCOPES and SIGN_IN_SCOPES")

    def __str__(self) -> str:
        return str(self.program)


class TokenFamily(models.Model):
    """One sign-in of one program: the chain of refresh tokens that follow each other."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="families")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(help_text="when its newest refresh token dies")
    dead_at = models.DateTimeField(null=True, blank=True)
    death = models.CharField(max_length=20, blank=True, help_text="signed out, reuse, password")

    class Meta:
        verbose_name_plural = "token families"
        indexes = [models.Index(fields=["expires_at"], name="family_expires")]

    def __str__(self) -> str:
        return str(self.id)


class RefreshToken(models.Model):
    """One refresh token, known by its SHA-256 only: 256 random bits need no slow hash."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    family = models.ForeignKey(TokenFamily, on_delete=models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.id)


class Mail(models.Model):
    """A letter on its way out. Those that were sent are gone; without a mail server they stay here,
    where superusers read them, for some days."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    to = models.CharField(max_length=254)
    subject = SealedText(max_length=300)
    body = SealedText()
    status = models.CharField(
        max_length=10,
        default="waiting",
        choices=[("waiting", "waiting"), ("kept", "kept: no server is set"), ("failed", "failed")],
    )
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(help_text="when it is tried again")
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "mail"
        indexes = [
            models.Index(
                fields=["next_at"], name="mail_waiting", condition=models.Q(status="waiting")
            )
        ]

    def __str__(self) -> str:
        return self.subject


class PersonalToken(models.Model):
    """An access token that a person made for a script of theirs; only its SHA-256 is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(help_text="names of edu.users.data.SCOPES")
    made_by = models.ForeignKey(
        "self", null=True, on_delete=models.CASCADE, help_text="the token that made it, if one did"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True, help_text="last; to the minute")
    dead_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class AuditRecord(models.Model):
    """What happened with accounts and rights: a row is added and never changed (a trigger sees to it),
    and each carries the digest of the one before, so that a gap or a forgery shows."""

    number = models.BigIntegerField(primary_key=True, help_text="1, 2, 3, ... without a gap")
    at = models.DateTimeField()
    action = models.CharField(max_length=40)
    actor = models.UUIDField(null=True, help_text="whose doing; none where nobody is known")
    about = models.UUIDField(null=True, help_text="whom it concerns, who may read it")
    detail = models.JSONField()
    before = models.CharField(max_length=64, help_text="digest of the record before; empty at 1")
    digest = models.CharField(max_length=64, help_text="SHA-256 of all of the above")

    class Meta:
        indexes = [models.Index(fields=["about", "number"], name="audit_about")]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"


class Invitation(models.Model):
    """Lets one person make an account, by its link. It is good once, and for some days."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(
        "e-mail address", max_length=254, blank=True, help_text="Empty: whoever has the link."
    )
    note = SealedText(max_length=200, blank=True, help_text="For you: who it is for, and why.")
    made_by = models.UUIDField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.UUIDField(null=True, blank=True)

    def __str__(self) -> str:
        return self.email or self.note or str(self.id)


class Minor(models.Model):
    """A person below the age of consent: somebody else consents for them. Of their age only the year is
    kept from which they need nobody; whoever is of age has no row."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="+")
    until = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="The first year in which they are of age; empty: not known.",
    )

    def __str__(self) -> str:
        return str(self.user_id)


class Guardian(models.Model):
    """Somebody who stands for a child: sees how it learns, consents, asks for its data."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    guardian = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    child = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    made_by = models.UUIDField(help_text="who linked them: the guardian, or an administrator")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["guardian", "child"], name="guardian_once"),
            models.CheckConstraint(
                condition=~models.Q(guardian=models.F("child")), name="guardian_is_another"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def clean(self) -> None:
        """Refuse, in the admin's form, a child that is none and a guardian who is one."""
        found = Minor.objects.filter(user__in=[self.guardian_id, self.child_id])
        if list(found.values_list("user_id", flat=True)) != [self.child_id]:
            raise ValidationError("A guardian is of age, and stands for somebody below age.")


class ConsentRequest(models.Model):
    """Somebody below the age of consent would like an account: this is all that is kept, for some days,
    until a guardian or the school answers. Then the row goes, and an account is made or none."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField("e-mail address", max_length=254)
    display_name = models.CharField(max_length=100)
    password = models.CharField(max_length=128, help_text="as an account keeps it")
    until = models.PositiveSmallIntegerField(help_text="the first year in which they are of age")
    guardian_email = models.EmailField(max_length=254, blank=True)
    class_code = models.CharField(max_length=100, blank=True, db_index=True)
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the link's key")
    created_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.display_name


class Consent(models.Model):
    """One decision about one purpose: a row is added and never changed (a trigger sees to it). The
    last one of a person and a purpose is in force."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(help_text="of the words that were agreed to")
    given = models.BooleanField(help_text="or refused, or withdrawn")
    at = models.DateTimeField()
    decided_by = models.UUIDField()
    capacity = models.CharField(
        max_length=10, choices=[("self", "self"), ("guardian", "guardian"), ("school", "school")]
    )

    class Meta:
        indexes = [models.Index(fields=["user", "purpose", "-at", "-id"], name="consent_latest")]

    def __str__(self) -> str:
        return f"{self.purpose}: {'given' if self.given else 'refused'}"


class Pupil(models.Model):
    """An account without an e-mail address, made by a teacher: its user name is one within a class,
    which is a course."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="+")
    course = models.UUIDField()
    username = models.CharField(max_length=40)
    made_by = models.UUIDField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "username"], name="pupil_name_once")
        ]

    def __str__(self) -> str:
        return self.username


class ClassCode(models.Model):
    """A code that a class was, or is, known by: the join code of its course. Old ones go on naming it,
    so that what was printed stays good for signing in."""

    code = models.CharField(max_length=8, primary_key=True)
    course = models.UUIDField(db_index=True)

    def __str__(self) -> str:
        return self.code
