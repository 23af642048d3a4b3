"""Tables of the multimodal service. Courses, people and objectives are known by id alone."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from pgvector.django import HalfVectorField, HnswIndex

from edu.common.ids import new_id
from edu.common.sealedfields import SealedJSON, SealedText

# One width for all vectors, because an index has one. Models of other widths are not stored.
DIMENSIONS = 384


class Job(models.Model):
    """Work on one file that outlives any worker. The row is the truth; Celery only wakes somebody up.

    Who holds `lease` until `lease_until` works on it; nobody else does. A job that nobody holds and
    that is not over is handed out again by the sweeper from `due_at` on.
    """

    class Status(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        READY = "ready"
        FAILED = "failed"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    file_name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=150)
    kind = models.CharField(max_length=40, blank=True, help_text="the format that reads it")
    bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    key = models.CharField(max_length=200, help_text="of the original in the object store")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    progress = models.FloatField(default=0.0, help_text="0 to 1")
    stage = models.CharField(max_length=200, blank=True, help_text="what is happening now")
    error = models.CharField(max_length=500, blank=True)
    tries = models.PositiveSmallIntegerField(
        default=0, help_text="times that it was begun since something was last finished"
    )
    lease = models.UUIDField(null=True, blank=True, help_text="of the worker that has it")
    lease_until = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(help_text="the sweeper hands it out from then on")
    begun_at = models.DateTimeField(null=True, blank=True, help_text="when a worker last took it")
    wait_until = models.DateTimeField(
        null=True, blank=True, help_text="it was put back, and nobody takes it before"
    )
    handed_out = models.PositiveSmallIntegerField(default=0, help_text="times since it was queued")
    language = models.CharField(max_length=8, blank=True)
    seconds = models.FloatField(default=0.0)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def over(self) -> bool:
        """Whether nothing will change any more by itself."""
        return self.status not in (self.Status.QUEUED, self.Status.RUNNING)


class Standing(models.Manager["Material"]):
    """Materials as people know them: without the drafts that may take their place."""

    def get_queryset(self) -> models.QuerySet["Material"]:
        """Leave drafts out."""
        return super().get_queryset().filter(replaces=None)


class Material(Job):
    """A file that a course is made of.

    A draft is one that is read to take the place of the material that it `replaces`: nobody sees it, and
    that material stays as it is until the draft is ready (see logic/replacing.py). `every` has drafts too.
    """

    course = models.UUIDField()
    uploaded_by = models.UUIDField(db_index=True)
    title = models.CharField(max_length=200)
    pages = models.PositiveIntegerField(default=0)
    passages = models.PositiveIntegerField(default=0)
    embedder = models.CharField(
        max_length=100,
        blank=True,
        help_text="that made all its vectors; empty: found by words only",
    )
    view = models.CharField(
        max_length=200, blank=True, help_text="key of a form to look at or hear"
    )
    removed_at = models.DateTimeField(null=True, blank=True)
    url = models.CharField(
        max_length=2000, blank=True, default="", help_text="where a page of the web was found"
    )
    fetched_at = models.DateTimeField(
        null=True, blank=True, help_text="from there, for the last time"
    )
    archive = models.UUIDField(null=True, blank=True, help_text="that it came in")
    inside = models.CharField(max_length=500, blank=True, default="", help_text="its place there")
    left = models.JSONField(
        default=list, editable=False, help_text="files of an archive that were not brought, and why"
    )
    drift = models.JSONField(
        default=dict,
        editable=False,
        help_text="what had changed then: how many passages were kept, which went and came",
    )
    bulk = models.BooleanField(
        default=False, help_text="of a large import: it is read after what somebody waits for"
    )
    reader = models.CharField(
        max_length=40, blank=True, default="", help_text="versions of what read it"
    )
    replaces = models.UUIDField(
        null=True, blank=True, help_text="a draft: it takes the place of this one when it is ready"
    )
    why = models.CharField(
        max_length=10, blank=True, default="", help_text="of a draft: file, page or reader"
    )

    every = models.Manager()
    objects = Standing()

    class Meta:
        indexes = [
            models.Index(fields=["course", "-id"], name="material_of_course"),
            models.Index(fields=["uploaded_by", "begun_at"], name="material_turns"),
            models.Index(
                fields=["due_at"],
                name="material_not_over",
                condition=models.Q(status__in=["queued", "running"]),
            ),
            models.Index(
                fields=["removed_at"],
                name="material_removed",
                condition=models.Q(removed_at__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["archive", "inside"], name="material_of_archive_once"),
            models.UniqueConstraint(fields=["replaces"], name="material_one_draft"),
            models.CheckConstraint(
                condition=models.Q(progress__gte=0) & models.Q(progress__lte=1),
                name="material_progress_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Earlier(models.Model):
    """A file that a material had before it was replaced; kept for a while, to be saved or put back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    material = models.ForeignKey(Material, models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=150)
    kind = models.CharField(max_length=40)
    bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    key = models.CharField(max_length=200, help_text="of the file in the object store")
    replaced_at = models.DateTimeField(db_index=True)
    replaced_by = models.UUIDField(db_index=True)
    parted = models.JSONField(
        default=list,
        db_default=[],
        editable=False,
        help_text="[id, sum of the text] of the passages that went with it",
    )

    def __str__(self) -> str:
        return self.file_name


class Incoming(models.Model):
    """A file that a browser sends straight to the object store, as it was announced. What comes lies
    there under `key` until it was looked at and sealed, or until `expires_at`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.UUIDField(db_index=True)
    course = models.UUIDField()
    title = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=150, help_text="as the browser says")
    bytes = models.BigIntegerField()
    sha256 = models.CharField(
        max_length=64, blank=True, help_text="as the browser says, if it does"
    )
    key = models.CharField(max_length=200, unique=True)
    upload = models.CharField(
        max_length=1000, blank=True, help_text="the store's name for one in several parts"
    )
    material = models.UUIDField(null=True, blank=True, help_text="that was made of it")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.file_name


class Passage(models.Model):
    """A citable piece of a material.

    `search` holds its lexemes with their places: first those of the headings, then those of the text;
    `breaks` are the places where its sentences end. `vector` (and `sentences`, one small vector for
    each sentence) are null until they are made, and then by `model`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    material = models.ForeignKey(Material, models.CASCADE, related_name="+")
    course = models.UUIDField()
    ordinal = models.PositiveIntegerField()
    text = models.TextField()
    locator = models.JSONField()
    times = models.JSONField(
        default=list, editable=False, help_text="[sign, start, end] of what is said from there on"
    )
    path = ArrayField(models.TextField(), default=list, blank=True)
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=8, blank=True)
    objective = models.UUIDField(null=True, blank=True, db_index=True)
    search = SearchVectorField(null=True, editable=False)
    breaks = ArrayField(models.PositiveIntegerField(), default=list, editable=False)
    vector = HalfVectorField(dimensions=DIMENSIONS, null=True, editable=False)
    sentences = models.BinaryField(null=True, editable=False)
    model = models.CharField(max_length=100, blank=True, help_text="that made the vector")
    fingerprint = models.BigIntegerField(
        null=True, editable=False, help_text="near that of a text that says nearly the same"
    )

    class Meta:
        indexes = [
            models.Index(fields=["course", "material"], name="passage_of_course"),
            GinIndex(fields=["search"], name="passage_words"),
            HnswIndex(
                fields=["vector"],
                opclasses=["halfvec_cosine_ops"],
                name="passage_meaning",
                m=24,
                ef_construction=80,
            ),
        ]
        constraints = [models.UniqueConstraint(fields=["material", "ordinal"], name="passage_once")]

    def __str__(self) -> str:
        return self.text[:60]


class Word(models.Model):
    """How many passages of a material hold a word (as search sees it): what makes rare words count
    more than common ones, and what a misspelt word is compared with."""

    pk = models.CompositePrimaryKey("course", "lexeme", "material")
    course = models.UUIDField()
    lexeme = models.TextField()
    material = models.ForeignKey(Material, models.CASCADE, related_name="+")
    documents = models.PositiveIntegerField()

    class Meta:
        indexes = [
            GinIndex(fields=["lexeme"], opclasses=["gin_trgm_ops"], name="word_spelling"),
        ]

    def __str__(self) -> str:
        return self.lexeme


class Portrait(models.Model):
    """What a material tells of itself: sentences and terms of its own, by passage, and how hard it is to
    read. `version` is of the way that it was made, and `of` when the text was done that it was made from:
    where either is another now, it is made anew."""

    material = models.OneToOneField(
        Material, models.CASCADE, primary_key=True, related_name="portrait"
    )
    version = models.PositiveSmallIntegerField(default=0)
    of = models.DateTimeField(null=True)
    summary = models.JSONField(default=list, help_text="[passage, sentence], in its order")
    terms = models.JSONField(default=list, help_text="[term, count, passage, definition or empty]")
    level = models.JSONField(
        default=dict, help_text="formula, score, band; empty: none is computed"
    )

    def __str__(self) -> str:
        return str(self.pk)


class Figure(models.Model):
    """A picture in a material: what kind it is, what stands in it, what it shows.

    `authored` is what the file itself says that it shows, `described` what a model that sees says of it,
    `edited` what a person wrote instead; a picture with the same `mark` keeps that when its material is
    read again. `key` is of a copy to be shown, "" where there is none.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    material = models.ForeignKey(Material, models.CASCADE, related_name="+")
    ordinal = models.PositiveIntegerField()
    locator = models.JSONField()
    mark = models.CharField(max_length=32, help_text="of its bytes")
    kind = models.CharField(max_length=20, blank=True)
    wide = models.PositiveIntegerField(default=0, help_text="pixels")
    high = models.PositiveIntegerField(default=0, help_text="pixels")
    words = models.JSONField(default=list, help_text="lines that were read in it")
    steps = models.JSONField(default=list, help_text="[text, box] of each step of written work")
    described = models.TextField(blank=True)
    latex = models.TextField(blank=True)
    edited = models.TextField(blank=True)
    edited_by = models.UUIDField(null=True, blank=True, db_index=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    authored = models.TextField(blank=True, default="", db_default="")
    key = models.CharField(max_length=200, blank=True, default="", db_default="")
    media_type = models.CharField(max_length=20, blank=True, default="", db_default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["material", "ordinal"], name="figure_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.ordinal}"


class Piece(models.Model):
    """A picture that was read or a stretch of sound that was heard, of a job that is not done: so that
    the next worker goes on from here. `data` is what was found."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    job = models.UUIDField()
    kind = models.CharField(max_length=10)
    ordinal = models.PositiveIntegerField()
    data = SealedJSON()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "kind", "ordinal"], name="piece_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ordinal}"


class CueEdit(models.Model):
    """What a person wrote in place of what a machine heard between two seconds of a file. Rows are kept:
    those with `until` are over, because the line was written once more, or the edit was undone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    material = models.ForeignKey(Material, models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64, help_text="of the file that was heard")
    start = models.FloatField(help_text="seconds")
    end = models.FloatField()
    text = models.TextField()
    heard = models.TextField(blank=True, help_text="by the machine, when this was written")
    machine = models.JSONField(
        default=dict, editable=False, help_text="text and times of what it hears there now"
    )
    by = models.UUIDField(db_index=True)
    at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True, db_index=True)
    parted = models.UUIDField(
        null=True, blank=True, editable=False, help_text="the same for the parts of one line"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["material", "sha256", "start"],
                condition=models.Q(until=None),
                name="cue_edited_once",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Transcription(Job):
    """A recording that somebody wants to have in words, outside of any course."""

    user = models.UUIDField(db_index=True)
    text = SealedText(blank=True)
    segments = SealedJSON(default=list)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                name="transcription_not_over",
                condition=models.Q(status__in=["queued", "running"]),
            ),
            models.Index(fields=["user", "begun_at"], name="transcription_turns"),
        ]

    def __str__(self) -> str:
        return self.file_name


class Utterance(Job):
    """A long text that somebody wants spoken. `key` is of the sound, once it is made."""

    user = models.UUIDField(db_index=True)
    text = SealedText()
    voice = models.CharField(max_length=100, blank=True)
    speed = models.FloatField(default=1.0)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                name="utterance_not_over",
                condition=models.Q(status__in=["queued", "running"]),
            ),
            models.Index(fields=["user", "begun_at"], name="utterance_turns"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Clip(models.Model):
    """Speech that was made before: the same text, voice and speed are not spoken twice."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mark = models.CharField(max_length=64, unique=True, help_text="sha256 of what was asked for")
    key = models.CharField(max_length=200)
    seconds = models.FloatField(default=0.0)
    used_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.mark
