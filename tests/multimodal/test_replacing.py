"""Another file or another reading takes the place of a material: what says the same stays the same."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from edu.assessments.models import Item, ItemVersion
from edu.common.errors import Denied, NotFound
from edu.common.ids import new_id
from edu.multimodal import api, data
from edu.multimodal.logic import drifting, jobs, pipeline, replacing, sweeping
from edu.multimodal.models import CueEdit, Earlier, Material, Passage, Word
from tests.multimodal.helpers import CELLS, bring, texts

LATER = datetime.now(UTC) + timedelta(days=31)
NEWER = CELLS.replace("turns sugar and oxygen", "turns sugar, fat and oxygen").replace(
    CELLS[CELLS.index("## Diffusion") :],
    "## Yeast\n\nYeast makes gas out of sugar, and dough rises by it within an hour or two.\n",
)


def put(user, material, folder, content, name="newer.md"):
    (folder / "upload").write_text(content)
    return api.replace_file(
        user=user.id, material=material.id, file_name=name, path=str(folder / "upload")
    )


def resting(course, passages):
    """Make a question that cites passages."""
    item = Item.objects.create(course=course.id, objective=new_id(), kind="cloze")
    cited = [{"marker": 1, "passage": each, "quote": "x"} for each in passages]
    item.latest = ItemVersion.objects.create(
        item=item, number=1, stem="What turns sugar into energy?", key={}, citations=cited
    )
    item.save()
    return str(item.id)


@pytest.mark.django_db
def test_a_file_is_replaced_when_the_new_one_is_read_and_what_says_the_same_stays(
    work, teacher, learner, course, tmp_path
):
    made = bring(work, teacher, course, CELLS, tmp_path)
    before = api.passages(user=teacher.id, material=made.id).items
    assert len(before) == 3
    item = resting(course, [before[1].id])
    resting(course, [before[0].id])
    goal = new_id()
    Passage.objects.filter(id=before[0].id).update(objective=goal)
    with work():
        waits = put(teacher, made, tmp_path, NEWER)
        assert (waits.status, waits.replacement["status"]) == ("ready", "queued")
        there = api.passages(user=teacher.id, material=made.id).items
        assert [each.id for each in there] == [each.id for each in before]
        assert api.materials(user=teacher.id, course=course.id).items == [waits]
        assert api.search(course=course.id, query="diffusion of particles").results
        with pytest.raises(replacing.StillRead):
            put(teacher, made, tmp_path, "Once more.")
    now = api.material(user=teacher.id, material=made.id)
    assert (now.id, now.title, now.file_name) == (made.id, made.title, "newer.md")
    assert now.replacement is None and now.passages == 3
    after = api.passages(user=teacher.id, material=made.id).items
    assert after[0].id == before[0].id and after[0].objective == str(goal)
    assert not {each.id for each in after[1:]} & {each.id for each in before}
    drift = now.drift
    assert (drift["why"], drift["kept"], len(drift["changed"])) == ("file", 1, 1)
    assert "fat" in drift["changed"][0][1] and "Yeast" in drift["came"][0]
    assert "Diffusion" in drift["went"][0]
    assert drift["gone"] == [before[1].id, before[2].id]
    assert [each.item for each in api.rests(user=teacher.id, material=made.id)] == [item]
    assert api.rests(user=learner.id, material=made.id) == []
    assert Material.every.count() == 1
    assert Word.objects.filter(material=made.id, lexeme="yeast").exists()
    assert not Word.objects.filter(material=made.id, lexeme="diffus").exists()
    old = api.earlier(user=teacher.id, material=made.id)
    assert [each["file_name"] for each in old] == ["cells.md"]
    kept = api.earlier_file(user=teacher.id, material=made.id, earlier=old[0]["id"])
    assert api.fetch(key=kept.key).decode() == CELLS
    with pytest.raises(Denied):
        api.earlier(user=learner.id, material=made.id)
    sweeping.sweep_orphans(LATER)
    with work():
        api.put_back(user=teacher.id, material=made.id, earlier=old[0]["id"])
    again = api.passages(user=teacher.id, material=made.id).items
    assert [(each.id, each.text) for each in again] == [(each.id, each.text) for each in before]
    assert len(api.earlier(user=teacher.id, material=made.id)) == 2
    sweeping.purge(LATER)
    assert not Earlier.objects.exists()
    with pytest.raises(NotFound):
        api.fetch(key=kept.key)
    row = Material.objects.get(id=made.id)
    assert api.fetch(key=row.key).decode() == CELLS


@pytest.mark.django_db
def test_a_file_that_cannot_be_read_takes_no_place_and_can_be_put_away(
    work, teacher, learner, course, tmp_path
):
    made = bring(work, teacher, course, CELLS, tmp_path)
    with pytest.raises(Denied):
        put(learner, made, tmp_path, NEWER)
    with pytest.raises(data.UnsupportedType):
        put(teacher, made, tmp_path, "\x7fELF" + "\0" * 90, "program")
    same = put(teacher, made, tmp_path, CELLS)
    assert same.replacement is None and same.drift["came"] == []
    put(teacher, made, tmp_path, NEWER)
    draft = Material.every.get(replaces=made.id)
    watch = jobs.claim(Material, draft.id, datetime.now(UTC))

    def broken(_watch):
        raise data.Unreadable

    assert not jobs.do(watch, broken)
    now = api.material(user=teacher.id, material=made.id)
    assert (now.status, now.replacement["status"]) == ("ready", "failed")
    assert "damaged" in now.replacement["error"] and len(texts(teacher, made)) == 3
    again = api.retry(user=teacher.id, material=made.id)
    assert again.replacement["status"] == "queued"
    watch = jobs.claim(Material, draft.id, datetime.now(UTC))
    assert api.cancel(user=teacher.id, material=made.id).replacement is None
    with pytest.raises(jobs.Gone):
        watch.beat()
    assert not Material.every.filter(replaces=made.id).exists()
    with pytest.raises(data.NotWorking):
        api.cancel(user=teacher.id, material=made.id)
    put(teacher, made, tmp_path, NEWER)
    api.remove(user=teacher.id, material=made.id)
    sweeping.purge(LATER)
    assert not Material.every.exists()


@pytest.mark.django_db
def test_a_newer_reader_keeps_all_that_says_the_same(work, teacher, course, tmp_path):
    made = bring(work, teacher, course, CELLS, tmp_path)
    before = [each.id for each in api.passages(user=teacher.id, material=made.id).items]
    assert api.behind() == [] and api.behind(every=True, kind="markdown") == [made.id]
    Material.objects.filter(id=made.id).update(reader="markdown 0.0", bulk=False)
    key = Material.objects.get(id=made.id).key
    Passage.objects.filter(id=before[1]).update(text="An older reader saw something else here.")
    assert api.behind(course=course.id) == [made.id]
    call_command("read_anew", course=course.id, dry_run=True)
    assert not Material.every.exclude(replaces=None).exists()
    call_command("read_anew", course=course.id)
    call_command("read_anew", course=course.id)  # one is on its way
    draft = Material.every.get(replaces=made.id)
    assert draft.bulk and draft.key == key
    assert pipeline.run_next(datetime.now(UTC))
    now = api.material(user=teacher.id, material=made.id)
    after = [each.id for each in api.passages(user=teacher.id, material=made.id).items]
    assert (after[0], after[2]) == (before[0], before[2]) and after[1] != before[1]
    assert (now.drift["why"], now.drift["kept"]) == ("reader", 2)
    assert now.drift["gone"] == [before[1]]
    assert api.behind() == [] and not Earlier.objects.exists()
    assert api.fetch(key=Material.objects.get(id=made.id).key).decode() == CELLS
    assert api.reread(user=teacher.id, material=made.id).replacement["why"] == "reader"
    draft, at = Material.every.get(replaces=made.id), datetime.now(UTC)
    words = {"start": 0, "end": 1, "text": "salt", "heard": "malt", "machine": {}}
    CueEdit.objects.create(material_id=made.id, sha256=draft.sha256, by=new_id(), at=at, **words)
    assert not replacing.take_place(draft, at), "captions were put right while it was read"


A, B, C = "a b c d e f g h", "one two three four five", "seven eight nine"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ([A, B], [A, B], (2, [], [], [])),
        ([A, B], [B, A], (2, [], [], [])),
        ([A, B], ["a b c\nd  e f g h", B], (2, [], [], [])),
        ([A, A], [A], (1, [], [1], [])),
        ([A], [A, A], (1, [], [], [1])),
        ([A, B], [A + " i", C], (0, [(0, 0)], [1], [1])),
        ([A + " i", A + " i j"], [A + " k", B], (0, [(0, 0)], [1], [1])),
        ([], [A], (0, [], [], [0])),
        ([A], [], (0, [], [0], [])),
    ],
)
def test_what_drifted_is_told(before, after, told):
    def rows(each):
        return [(new_id(), text) for text in each]

    old, new = rows(before), rows(after)
    found = drifting.compare(old, new)
    assert (len(found.kept), found.changed, found.went, found.came) == told
    says = {each: drifting.same(text) for each, text in [*old, *new]}
    assert all(says[one] == says[two] for one, two in found.kept)


def test_a_long_list_of_what_drifted_is_cut_and_counted():
    old = [(new_id(), f"{n} " * 200) for n in range(50)]
    told = drifting.told(drifting.compare(old, []), old, [], "file")
    assert told["went"][-1] == 30 and len(told["went"]) == 21 and len(told["went"][0]) == 300
    assert len(told["gone"]) == 50


@pytest.mark.django_db
def test_the_pages_and_the_api_replace_a_file_and_tell_what_changed(
    work, teacher, course, tmp_path, client_of, api_of
):
    made = bring(work, teacher, course, CELLS, tmp_path)
    browser, mine = client_of(teacher), api_of(teacher)
    page = f"/materials/{made.id}/"
    assert f"{page}replace/" in browser.get(page).content.decode()
    first = api.passages(user=teacher.id, material=made.id).items[1]
    resting(course, [first.id])
    refused = browser.post(f"{page}replace/", {"file": SimpleUploadedFile("x.bin", b"\x7fELF" * 9)})
    assert refused.status_code == 422 and "edu cannot read this kind" in refused.content.decode()
    with work():
        file = SimpleUploadedFile("newer.md", NEWER.encode())
        assert browser.post(f"{page}replace/", {"file": file}).status_code == 302
        shown = browser.get(page).content.decode()
        assert "newer.md is being read, to take its place" in shown and "?draft=1" in shown
        part = browser.get(f"{page}?draft=1", headers={"HX-Request": "true"})
        assert b"Leave it as it is" in part.content and "HX-Refresh" not in part
    told = browser.get(f"{page}?draft=1", headers={"HX-Request": "true"})
    assert told["HX-Refresh"] == "true"
    shown = browser.get(page).content.decode()
    assert "What changed when its file was replaced" in shown and "sugar, fat and oxygen" in shown
    assert "Questions that rest on what changed" in shown and "What turns sugar" in shown
    drift = mine.get(f"/api/v1/materials/{made.id}/drift").json()
    assert (drift["drift"]["kept"], len(drift["items"])) == (1, 1)
    before = mine.get(f"/api/v1/materials/{made.id}/earlier").json()["results"]
    saved = browser.get(f"{page}earlier/{before[0]['id']}/")
    assert b"".join(saved).decode() == CELLS and "attachment" in saved["Content-Disposition"]
    assert "Files of before" in browser.get(f"{page}replace/").content.decode()
    again = mine.put(
        f"/api/v1/materials/{made.id}/file",
        {"file": SimpleUploadedFile("third.md", CELLS.encode())},
        format="multipart",
    )
    assert again.status_code == 202 and again.json()["replacement"]["file_name"] == "third.md"
    assert mine.post(f"/api/v1/materials/{made.id}/reread").status_code == 409
    back = mine.post(f"/api/v1/materials/{made.id}/earlier/{before[0]['id']}/restore")
    assert back.status_code == 409
    assert browser.post(f"{page}cancel/", {"from": "material"}).status_code == 302
    assert mine.get(f"/api/v1/materials/{made.id}").json()["replacement"] is None
    assert mine.post(f"/api/v1/materials/{made.id}/reread").status_code == 202
