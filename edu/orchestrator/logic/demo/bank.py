"""The demo's item bank: (objective, kind, stem, key, options, explanation)."""

from typing import Any, NamedTuple


class Entry(NamedTuple):
    """One item; `goal` is the title of its objective."""

    goal: str
    kind: str
    stem: str
    key: dict[str, Any]
    options: list[str]
    why: str


ENTRIES = [
    Entry(
        "Explain diffusion",
        "choice",
        "Which way is the net movement of particles in diffusion?",
        {"correct": [1]},
        [
            "From lower to higher concentration",
            "From higher to lower concentration",
            "From the warmer to the colder side",
            "Only through a membrane",
        ],
        "More particles leave the crowded side than come back to it.",
    ),
    Entry(
        "Explain diffusion",
        "cloze",
        "Diffusion comes from the _____ motion of the particles.",
        {"blanks": [["random"]]},
        [],
        "Each particle wanders without aim; no energy of the cell is needed.",
    ),
    Entry(
        "Explain diffusion",
        "short",
        "What is a difference in concentration between two places called?",
        {"accept": ["concentration gradient", "gradient"]},
        [],
        "A concentration gradient; diffusion goes on until it is gone.",
    ),
    Entry(
        "Predict the speed of diffusion",
        "choice",
        "Which change makes diffusion slower?",
        {"correct": [3]},
        [
            "A higher temperature",
            "A larger surface",
            "A steeper gradient",
            "A longer distance",
        ],
        "The time grows with the square of the distance.",
    ),
    Entry(
        "Predict the speed of diffusion",
        "number",
        "A distance is made 10 times as long. By what factor does the time of diffusion grow?",
        {"value": 100, "tolerance": 0},
        [],
        "The time grows with the square of the distance: 10 x 10 = 100.",
    ),
    Entry(
        "Describe how membranes choose",
        "choice",
        "Which movement costs energy from respiration?",
        {"correct": [2]},
        ["Diffusion", "Osmosis", "Active transport", "None of them"],
        "Active transport goes against the concentration gradient.",
    ),
    Entry(
        "Describe how membranes choose",
        "choice",
        "Which of these pass the cell membrane easily without a protein made for them?",
        {"correct": [0, 2]},
        ["Water", "Salt", "Oxygen", "Sugar"],
        "Sugar and salt pass only through proteins made for them.",
    ),
    Entry(
        "Explain osmosis",
        "cloze",
        "In osmosis water moves from a _____ solution to a more concentrated one.",
        {"blanks": [["dilute", "weaker", "less concentrated"]]},
        [],
        "There is more free water on the dilute side.",
    ),
    Entry(
        "Explain osmosis",
        "choice",
        "A cell lies in a hypertonic solution. What happens?",
        {"correct": [1]},
        [
            "Water enters the cell",
            "Water leaves the cell",
            "There is no net movement of water",
            "Salt enters the cell by osmosis",
        ],
        "A hypertonic solution is more concentrated than the cell.",
    ),
    Entry(
        "Apply osmosis to cells",
        "short",
        "What is the pressure of the water against a plant cell's wall called?",
        {"accept": ["turgor", "turgor pressure"]},
        [],
        "Turgor holds up leaves and stems that have no wood.",
    ),
    Entry(
        "Apply osmosis to cells",
        "choice",
        "Why does a red blood cell burst in pure water while a plant cell does not?",
        {"correct": [0]},
        [
            "It has no cell wall",
            "It has no membrane",
            "It holds no water",
            "It is larger than a plant cell",
        ],
        "Water enters both; the wall of the plant cell holds against the pressure.",
    ),
    Entry(
        "Measure osmosis",
        "number",
        "A potato strip weighs 4.0 g before and 3.4 g after. What is the percentage change in mass?",
        {"value": -15, "tolerance": 0.5, "unit": "%"},
        [],
        "(3.4 - 4.0) / 4.0 x 100 = -15 percent.",
    ),
]
