"""Many processes that do the same thing at the same moment, on the stores of the test."""

import multiprocessing
from multiprocessing.queues import SimpleQueue

from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper

FORK = multiprocessing.get_context("fork")


def at_once(processes, work):
    """Call `work(number)` in each of so many processes, all at once; return what they returned, and of
    one that raised the name of its exception. Connections are the processes' own."""
    connection.close()
    if connection.pool:
        connection.close_pool()
    ready, told = FORK.Barrier(processes), FORK.SimpleQueue()
    crowd = [
        FORK.Process(target=_one, args=(work, number, ready, told)) for number in range(processes)
    ]
    for each in crowd:
        each.start()
    found = [told.get() for _ in crowd]
    for each in crowd:
        each.join()
    return found


def _one(work, number, ready, told: SimpleQueue):
    DatabaseWrapper._connection_pools.clear()
    connection.ensure_connection()
    ready.wait()
    try:
        told.put(work(number))
    except Exception as error:
        told.put(type(error).__name__)
    finally:
        connection.close()
        if connection.pool:
            connection.close_pool()
