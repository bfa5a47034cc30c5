-- At least one administrator who is enabled and can sign in remains, whatever path a change takes (product.md 4.8).
-- The advisory lock makes simultaneous changes wait for each other; counting without it was measured to end with
-- no administrator in most races. Only deleting and changing fire it, so an account before its set-up is left alone.
CREATE FUNCTION keep_last_administrator() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7410001);
  IF NOT EXISTS (
    SELECT 1
    FROM users u
    JOIN assignments a ON a.user_id = u.id
    JOIN roles r ON r.id = a.role_id AND r.built_in = 'admin'
    WHERE u.disabled_at IS NULL AND u.password_hash <> ''
  ) THEN
    RAISE EXCEPTION 'At least one administrator must remain.' USING ERRCODE = '23514', CONSTRAINT = 'last_administrator';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER last_administrator_assignments AFTER DELETE OR UPDATE ON assignments
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION keep_last_administrator();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER last_administrator_users AFTER DELETE OR UPDATE OF disabled_at, password_hash ON users
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION keep_last_administrator();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER last_administrator_roles AFTER DELETE OR UPDATE OF built_in ON roles
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION keep_last_administrator();
