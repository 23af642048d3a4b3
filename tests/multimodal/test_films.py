"""Films: what is said, and what stands on the screen, each with its seconds."""

import io

import pytest

from edu.multimodal import api
from edu.multimodal.base import Limits
from edu.multimodal.data import Block, Document, Unreadable
from edu.multimodal.formats.video import Video
from edu.multimodal.logic import pictures
from edu.multimodal.logic.chunks import chunks
from edu.multimodal.logic.writing import replace_passages
from edu.multimodal.models import Material
from tests.multimodal import samples


def scenes(*lights: int, seconds: int = 4, every: int = 12) -> bytes:
    """A silent film of scenes of one light each."""
    import av
    import numpy as np

    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as target:
        stream = target.add_stream("mpeg4", rate=5)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        stream.codec_context.gop_size = every
        for light in lights:
            for _ in range(seconds * 5):
                picture = np.full((48, 64, 3), light, np.uint8)
                target.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        target.mux(stream.encode(None))
    return out.getvalue()


def read(content, folder):
    place = folder / "file"
    place.write_bytes(content)
    return Video().read(place, folder, Limits(), lambda share, stage: None)


@pytest.mark.parametrize("every", [12, 1000])
def test_each_scene_gives_one_picture_with_its_seconds(tmp_path, every):
    document = read(scenes(20, 200, 90, every=every, seconds=8), tmp_path)
    times = [each.locator["start"] for each in document.pictures]
    assert len(times) == 3 and times[0] == 0.0
    assert times[1] == pytest.approx(8, abs=2.5) and times[2] == pytest.approx(16, abs=2.5)
    assert all((tmp_path / each.path).exists() for each in document.pictures)
    assert document.sounds == [] and document.seconds == pytest.approx(24, abs=0.5)


def test_sound_and_pictures_come_together(tmp_path):
    document = read(samples.film(1.0), tmp_path)
    assert (len(document.sounds), len(document.pictures)) == (1, 1)
    with pytest.raises(Unreadable):
        read(samples.film(1.0)[:300], tmp_path)


LINES = [
    {"text": "Osmosis", "box": [0.1, 0.1, 0.9, 0.2]},
    {"text": "Water moves through membranes", "box": [0.1, 0.4, 0.9, 0.45]},
]


def test_what_is_shown_is_a_passage_beside_what_is_said(tmp_path):
    (picture,) = read(samples.film(1.0), tmp_path).pictures
    shown = pictures.blocks(picture, LINES)
    said = Block("text", "Look at the membrane.", {"kind": "time", "start": 0.0, "end": 1.0})
    found = chunks(Document("", [*shown, said]))
    assert [bool(each.locator.get("seen")) for each in found] == [True, False]
    assert "Osmosis" in found[0].text and found[0].path == []


@pytest.mark.django_db
def test_a_quote_from_the_screen_opens_the_film_there(teacher, course, client_of, tmp_path):
    place = tmp_path / "a.mp4"
    place.write_bytes(samples.film(1.0))
    made = api.add_material(user=teacher.id, course=course.id, file_name="a.mp4", path=str(place))
    where = {"kind": "time", "start": 61.0, "end": 70.0, "seen": True}
    said = {"kind": "time", "start": 80.0, "end": 84.0}
    blocks = [
        Block("text", "Water moves through membranes", where),
        Block("text", "So it is.", said),
    ]
    row = Material.objects.get(id=made.id)
    row.passages = replace_passages(row, chunks(Document("", blocks)), None)
    row.status = "ready"
    row.save()
    (hit, *_) = api.search(course=course.id, query="membranes", material=made.id).results
    cited = api.cite(passage=hit.passage, quote="through membranes")
    assert cited.locator == where
    page = client_of(teacher).get(cited.url.partition("#")[0]).content.decode()
    assert "<video" in page and "#t=61.0" in page and "On the screen" in page
    assert "<mark>through membranes</mark>" in page
    assert [cue.text for cue in api.cues(user=teacher.id, material=made.id)] == ["So it is."]
