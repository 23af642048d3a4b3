"""Settings of the whole front door, with one view more that answers as the bare one does."""

from edu.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.door_urls"
