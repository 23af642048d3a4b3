"""How passwords are kept: argon2id, sized for a class that signs in at once on one machine."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class ClassSizedArgon2(Argon2PasswordHasher):
    """argon2id with OWASP's parameters of 19 MiB and two passes. Django's own 100 MiB and eight
    threads would ask 3 GB of a laptop when thirty pupils sign in at the bell. Passwords that were
    kept with other parameters are verified, and kept anew with these at the next sign-in."""

    time_cost = 2
    memory_cost = 19_456  # KiB
    parallelism = 1
