"""What the stories about materials share: a course text, and how somebody brings a file."""

from edu.multimodal import api

CELLS = """# Cells

## Osmosis

Osmosis is the movement of water through a membrane that lets water pass but not salt. Plant cells
swell by it until their wall holds them back, which is called turgor.

## Energy

The mitochondrion turns sugar and oxygen into energy that the cell can use. A muscle cell holds many
of them, because its work is heavy.

## Diffusion

Diffusion spreads particles from where there are many to where there are few. It needs no membrane,
and it is faster in warm water.
"""


def bring(work, user, course, content, folder, name="cells.md", title=""):
    """Bring a file (text or bytes) into a course, have it read at once; return the material."""
    path = folder / "upload"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with work():
        made = api.add_material(
            user=user.id, course=course.id, file_name=name, path=str(path), title=title
        )
    return api.material(user=user.id, material=made.id)


def texts(user, material):
    """Return the texts of the passages of a material."""
    found = api.passages(user=user.id, material=material.id, limit=200)
    return [passage.text for passage in found.items]
