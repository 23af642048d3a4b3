"""The demo course: its words, the small files built from them, and the people in it."""
