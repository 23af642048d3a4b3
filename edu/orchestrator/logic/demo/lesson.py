"""The demo's subject: diffusion and osmosis. All of its words stand here; `deploy/demo_files` builds
the PDF and the slides from them, the text-to-speech backend speaks the talk.

Times of diffusion follow t = x^2 / (2 D) with D = 2e-9 m^2/s, oxygen in water (Einstein 1905; value
from Cussler, Diffusion, 3rd edition, 2009).
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Section:
    """A part of the text: `figure` names the drawing that stands in it, `caption` says what it shows."""

    title: str
    paragraphs: list[str]
    figure: str = ""
    caption: str = ""
    points: list[str] = field(default_factory=list)


TITLE = "Diffusion and osmosis"
SUBTITLE = "How water and other particles move into and out of living cells"

SECTIONS = [
    Section(
        "Particles never rest",
        [
            "Drop a crystal of ink into a glass of still water and wait. Nobody stirs, yet after some "
            "hours "
            "the whole glass is blue. The particles of the ink and of the water are always moving, "
            "and they "
            "bump into one another billions of times a second.",
            "Diffusion is the net movement of particles from a region of higher concentration to a "
            "region of "
            "lower concentration. It needs no energy from the cell, because it comes from the random "
            "motion "
            "of the particles themselves. Each particle wanders without aim; but there are more of them on "
            "the crowded side, so more of them leave it than come back.",
            "A concentration gradient is a difference in concentration between two places. Diffusion "
            "goes on "
            "until the gradient is gone. Then the particles still move, but as many go one way as the "
            "other: "
            "this state is called dynamic equilibrium.",
        ],
        "beaker",
        "Ink spreads through still water until the colour is even.",
        [
            "Diffusion: net movement from higher to lower concentration",
            "Its cause is the random motion of particles",
            "It ends in dynamic equilibrium",
        ],
    ),
    Section(
        "What makes diffusion fast",
        [
            "Four things decide how fast diffusion is. A steeper concentration gradient, a higher "
            "temperature and a larger surface all make it faster. A longer distance makes it slower, and "
            "much slower than one would think.",
            "The time grows with the square of the distance. Oxygen crosses 10 micrometres of water, "
            "the width "
            "of a cell, in about 0.025 seconds. For 1 millimetre it needs about 4 minutes, and for 1 "
            "centimetre about 7 hours. That is why cells are small, and why large animals need blood "
            "to carry "
            "oxygen.",
            "Lungs show all of this at once. The alveoli of a grown person have a surface of about 70 "
            "square "
            "metres, their walls are less than 1 micrometre thick, and breathing and blood flow keep the "
            "gradient steep.",
        ],
        "distance",
        "The time that oxygen needs in water grows with the square of the distance.",
        [
            "Faster: steep gradient, high temperature, large surface",
            "Slower: long distance, with its square",
            "10 micrometres 0.025 s, 1 centimetre about 7 hours",
        ],
    ),
    Section(
        "Membranes that choose",
        [
            "Every cell is wrapped in a membrane. A partially permeable membrane is a membrane that "
            "lets some "
            "particles pass and holds others back. Water and oxygen pass the cell membrane easily; "
            "sugar and "
            "salt pass only through proteins made for them.",
            "Active transport is the movement of particles against their concentration gradient, and "
            "it costs "
            "energy from respiration. Root hair cells take up mineral ions in this way, because the soil "
            "holds fewer ions than the cell does.",
        ],
        "membrane",
        "Water passes the pores of the membrane, sugar does not.",
        [
            "Partially permeable: water passes, sugar does not",
            "Active transport goes against the gradient and costs energy",
        ],
    ),
    Section(
        "Osmosis",
        [
            "Osmosis is the diffusion of water through a partially permeable membrane, from a dilute "
            "solution "
            "to a more concentrated solution. The water moves because there is more free water on the "
            "dilute "
            "side; the sugar would move the other way, but the membrane holds it back.",
            "Compared with a cell, a solution has one of three names. A hypotonic solution is more dilute "
            "than the cell, and water enters the cell. An isotonic solution is as concentrated as the "
            "cell, "
            "and there is no net movement. A hypertonic solution is more concentrated than the cell, and "
            "water leaves the cell.",
            "A red blood cell in pure water swells and bursts, because it has no wall. Drips in hospitals "
            "therefore contain 0.9 percent salt, which is isotonic with blood.",
        ],
        "osmosis",
        "Water moves to the side with more sugar until the pressure stops it.",
        [
            "Osmosis: water moves from dilute to concentrated through a membrane",
            "Hypotonic: water enters; hypertonic: water leaves; isotonic: no net movement",
            "0.9 percent salt is isotonic with blood",
        ],
    ),
    Section(
        "Why plants stand upright and why they wilt",
        [
            "A plant cell has a strong wall of cellulose around its membrane. When water enters, the cell "
            "presses against the wall; this pressure is called turgor. A turgid cell is a plant cell "
            "that is "
            "full of water and firm. Turgid cells hold up leaves and stems that have no wood.",
            "When water leaves, turgor falls and the plant wilts. In a hypertonic solution the "
            "membrane even "
            "comes away from the wall. Plasmolysis is the shrinking of the cell away from its wall when it "
            "loses water.",
        ],
        "cells",
        "The same plant cell: turgid in a dilute solution, plasmolysed in a concentrated one.",
        [
            "Turgor is the pressure of the water against the wall",
            "A plant that loses turgor wilts",
            "Plasmolysis: the membrane comes away from the wall",
        ],
    ),
    Section(
        "Measuring osmosis with potatoes",
        [
            "Cut strips of the same size from one potato, dry them, weigh them, and leave them for 30 "
            "minutes "
            "in sugar solutions of different concentration. Dry and weigh them again. The percentage "
            "change "
            "in mass is the final mass minus the initial mass, divided by the initial mass, times 100.",
            "Strips in water gain mass and strips in strong solutions lose it. Where the line crosses "
            "zero, "
            "the solution is isotonic with the potato cells; for most potatoes that is near 0.3 moles per "
            "cubic decimetre of sucrose. A strip that went from 2.50 grams to 2.75 grams has gained "
            "10 percent.",
        ],
        "potato",
        "Change in mass of potato strips; the line crosses zero near 0.3 moles per cubic decimetre.",
        [
            "Percentage change = (final - initial) / initial x 100",
            "No change in mass: the solution is isotonic, near 0.3 mol per cubic decimetre",
        ],
    ),
]

TALK_TITLE = "Why lettuce goes limp"
TALK = (
    "Why does lettuce go limp on a plate of salty dressing? Think of a single cell of the leaf. "
    "Around it is a wall of cellulose, which is strong but lets everything through. "
    "Inside the wall is the membrane, and the membrane chooses. Water passes. Salt and sugar do not. "
    "The dressing holds much more salt than the cell does. So water leaves the cell by osmosis, "
    "and the cell loses its pressure. The pressure of the water against the wall is called turgor. "
    "When turgor is lost, the leaf goes limp. "
    "You can bring the lettuce back. Put it into cold, fresh water for about twenty minutes. "
    "Now the water outside is more dilute than the cell, so water goes in again, and the leaf is crisp. "
    "Gardeners know the same thing. Too much fertiliser makes the soil water salty. "
    "Then the roots lose water to the soil, and the plant wilts although the ground is wet."
)


@dataclass(frozen=True)
class Goal:
    """An objective of the demo course; `needs` are titles of its prerequisites."""

    title: str
    description: str
    needs: list[str] = field(default_factory=list)


GOALS = [
    Goal("Explain diffusion", "Say what diffusion is and what causes it."),
    Goal(
        "Predict the speed of diffusion",
        "Say how gradient, temperature, surface and distance change it.",
        ["Explain diffusion"],
    ),
    Goal(
        "Describe how membranes choose",
        "Tell partially permeable membranes and active transport from free diffusion.",
        ["Explain diffusion"],
    ),
    Goal(
        "Explain osmosis",
        "Say which way water moves between two solutions, and why.",
        ["Describe how membranes choose"],
    ),
    Goal(
        "Apply osmosis to cells",
        "Say what happens to plant and animal cells in different solutions.",
        ["Explain osmosis"],
    ),
    Goal(
        "Measure osmosis",
        "Plan the potato experiment and work out the percentage change in mass.",
        ["Explain osmosis"],
    ),
]
