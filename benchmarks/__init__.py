"""Figures about speed and size. Each module is a command that prints one table:

    python -m benchmarks.start      warm and cold start of `manage.py up`
    python -m benchmarks.reading    upload to ready: a 100-page PDF, a 10-minute recording
    python -m benchmarks.searching  search latency at 100 000 passages
    python -m benchmarks.turns      time to the first word of a turn, and whose time it is
    python -m benchmarks.pages      server time of each page
    python -m benchmarks.memory     resident memory of the whole stack

`python -m benchmarks` runs all of them. None is a test: nothing fails when a figure is bad.
"""
