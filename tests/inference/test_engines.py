"""How engines are kept: loaded late, one call at a time, unloaded when idle, failing honestly."""

import subprocess
import sys
import threading
import time

import pytest

from edu.inference.base import CHAT, EMBED, Backend, Stopped
from edu.inference.data import ModelUnavailable
from edu.inference.logic.engines import MOST_WAITING, Engines, Slot
from edu.inference.logic.gate import Full, Gate
from tests.inference.serving import ROOT


class Counting(Backend):
    """An engine that counts."""

    name = "counting"
    kinds = frozenset((EMBED,))

    def __init__(self) -> None:
        super().__init__()
        self.loads = self.unloads = self.at_work = self.most_at_work = 0
        self.fails = False

    def load(self) -> None:
        if self.fails:
            raise MemoryError("no room")
        self.loads += 1

    def unload(self) -> None:
        self.unloads += 1

    def embed(self, texts: list[str], purpose: str) -> list[list[float]]:
        self.at_work += 1
        self.most_at_work = max(self.most_at_work, self.at_work)
        time.sleep(0.02)
        self.at_work -= 1
        return [[1.0] for _ in texts]


def never() -> bool:
    return False


def call(slot: Slot) -> None:
    with slot.turn(EMBED, never) as engine:
        engine.embed(["x"], "query")


def test_it_is_loaded_at_the_first_call_and_once():
    slot = Slot(Counting())
    assert slot.state(EMBED).state == "idle"
    call(slot)
    call(slot)
    assert slot.backend.loads == 1
    assert slot.state(EMBED).state == "ready"


def test_it_works_for_one_at_a_time():
    slot = Slot(Counting())
    threads = [threading.Thread(target=call, args=(slot,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert slot.backend.most_at_work == 1


def test_it_is_unloaded_when_idle_and_loaded_again():
    slot = Slot(Counting())
    call(slot)
    assert not slot.rest(60)
    assert slot.rest(0)
    assert slot.state(EMBED).state == "idle"
    call(slot)
    assert (slot.backend.loads, slot.backend.unloads) == (2, 1)


def test_it_is_not_unloaded_at_work():
    slot = Slot(Counting())
    with slot.turn(EMBED, never):
        assert not slot.rest(-1)


def test_more_than_the_queue_holds_are_sent_away():
    slot = Slot(Counting())
    slot.gate = Gate(1)
    with (
        slot.turn(EMBED, never),
        pytest.raises(ModelUnavailable, match="too much to do") as refused,
    ):
        call(slot)
    assert refused.value.retry_after
    call(slot)


def stand_in_line(gate, patient, who, served):
    """Have somebody wait at the gate, who writes down when it is their turn; return when they wait."""

    def wait():
        gate.enter(never, patient)
        served.append(who)
        gate.leave()

    before = gate.waiting
    thread = threading.Thread(target=wait)
    thread.start()
    end = time.monotonic() + 10
    while gate.waiting == before and time.monotonic() < end:
        time.sleep(0.005)
    return thread


def test_whoever_is_waited_for_goes_before_the_patient_in_the_order_they_came():
    gate, served = Gate(MOST_WAITING), []
    gate.enter(never)
    line = [(True, "bulk 1"), (False, "learner 1"), (True, "bulk 2"), (False, "learner 2")]
    threads = [stand_in_line(gate, *each, served) for each in line]
    assert served == []
    gate.leave()
    for thread in threads:
        thread.join(10)
    assert served == ["learner 1", "learner 2", "bulk 1", "bulk 2"]
    assert gate.waiting == 0


def test_the_patient_never_fill_the_line_of_the_others():
    gate, served = Gate(3), []
    gate.enter(never)
    threads = [stand_in_line(gate, True, "bulk", served) for _ in range(2)]
    with pytest.raises(Full):
        gate.enter(never, True)
    threads.append(stand_in_line(gate, False, "learner", served))
    gate.leave()
    for thread in threads:
        thread.join(10)
    assert served == ["learner", "bulk", "bulk"]


def test_who_gave_up_is_not_served():
    slot = Slot(Counting())
    with pytest.raises(Stopped), slot.turn(EMBED, lambda: True):
        pass
    assert slot.backend.loads == 0
    assert slot.gate.waiting == 0


def test_a_failed_load_is_told_and_tried_again():
    slot = Slot(Counting())
    slot.backend.fails = True
    with pytest.raises(ModelUnavailable, match="no room"):
        call(slot)
    assert slot.state(EMBED).state == "down"
    slot.backend.fails = False
    call(slot)
    assert slot.state(EMBED).state == "ready"


def test_the_idle_watch_unloads(settings):
    settings.EDU_INFERENCE_IDLE = 0.2
    engines = Engines(["echo"])
    engines.start()
    engines.embed(["x"], "query", never)
    assert engines.slots[0].loaded
    end = time.monotonic() + 5
    while engines.slots[0].loaded and time.monotonic() < end:
        time.sleep(0.05)
    assert not engines.slots[0].loaded
    engines.stop()


def test_a_kind_that_no_engine_does_is_said():
    with pytest.raises(ModelUnavailable, match="No engine"):
        Engines(["flite"]).of(CHAT)


def test_the_second_hearing_backend_is_chosen_by_a_setting(settings):
    settings.EDU_HEAR_BACKEND = "openai-whisper"
    names = [slot.backend.name for slot in Engines().slots if "hear" in slot.backend.kinds]
    assert names == ["openai-whisper"]


def test_the_door_of_other_apps_loads_no_model_library():
    code = (
        "import django; django.setup()\n"
        "from edu.inference import api\n"
        "from edu.inference.logic.doors import backends\n"
        "backends(); api.status()\n"
        "import sys\n"
        "heavy = {'torch', 'transformers', 'faster_whisper', 'ctranslate2', 'xllamacpp', 'rapidocr',"
        " 'onnxruntime', 'tesserocr', 'cv2', 'whisper'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    made = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert made.stdout.strip().splitlines()[-1] == "[]"


def test_what_is_of_use_for_a_moment_is_dropped_when_anybody_else_is_there():
    slot, at_work, over = Slot(Counting()), threading.Event(), threading.Event()

    def long() -> None:
        with slot.turn(EMBED, never):
            at_work.set()
            over.wait(10)

    other = threading.Thread(target=long)
    other.start()
    at_work.wait(10)
    with pytest.raises(ModelUnavailable), slot.glance(EMBED, never):
        pytest.fail("it stood in line")
    over.set()
    other.join(10)
    with slot.glance(EMBED, never) as engine:
        assert engine.fleeting and not engine.stopped()
    assert not slot.backend.fleeting
    # Somebody comes while it is at work: it is given up, and they are served.
    served = threading.Thread(target=call, args=(slot,))
    with pytest.raises(ModelUnavailable), slot.glance(EMBED, never) as engine:
        served.start()
        while not engine.stopped():
            time.sleep(0.005)
        raise Stopped
    served.join(10)
    assert slot.backend.most_at_work == 1
