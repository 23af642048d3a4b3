"""ONE FILE = ONE FORMAT, found by a scan. See base/__init__.py for what a format must do."""
