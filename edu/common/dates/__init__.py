"""How dates and numbers are written, language by language; without one here, as Django knows it."""
