"""ONE FILE = THE SAMPLE OF ONE FORMAT, by its name. See tests/multimodal/test_formats.py.

FILE      what the sample is called
content() its bytes
SAYS      words that stand in one of its passages
PLACE     what that passage's locator must hold at the least
"""
