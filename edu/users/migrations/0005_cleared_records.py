from django.db import migrations

# A record of somebody who was erased may lose its detail, once, to the record of the erasure.
CLEARED = """
CREATE OR REPLACE FUNCTION users_auditrecord_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND (NEW.number, NEW.at, NEW.action, NEW.before, NEW.digest)
            = (OLD.number, OLD.at, OLD.action, OLD.before, OLD.digest)
        AND NEW.actor IS NOT DISTINCT FROM OLD.actor
        AND NEW.about IS NOT DISTINCT FROM OLD.about
        AND EXISTS (
            SELECT FROM users_auditrecord AS erasure
            WHERE erasure.action = 'erased' AND erasure.about = OLD.about
                AND erasure.number > OLD.number
                AND NEW.detail = jsonb_build_object('erased', erasure.number)
        )
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The audit trail is only added to.' USING ERRCODE = 'insufficient_privilege';
END $$;
"""
APPEND_ONLY = """
CREATE OR REPLACE FUNCTION users_auditrecord_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit trail is only added to.' USING ERRCODE = 'insufficient_privilege';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("users", "0004_invitation")]
    operations = [migrations.RunSQL(CLEARED, APPEND_ONLY)]
