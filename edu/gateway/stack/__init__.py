"""The embedded parts and the supervisor. Plain Python: nothing here may need Django's settings,
because the database that the settings name is started from here."""
