-- Roles from before there were scopes cover everything their rights speak of, and go on counting it in reports.
INSERT INTO role_scopes (id, role_id, "right", included)
SELECT gen_random_uuid(), roles.id, held, true
FROM roles, unnest(roles.rights) AS held
WHERE held IN ('customers.view', 'resources.view', 'reports.view') AND roles.built_in IS DISTINCT FROM 'admin';
--> statement-breakpoint
UPDATE roles SET rights = rights || ARRAY['reports.figures']
WHERE built_in = 'reporter' AND NOT 'reports.figures' = ANY(rights);
--> statement-breakpoint
UPDATE resource_types SET suggested_as = ARRAY[name];
--> statement-breakpoint
-- The administrator who remains (product.md 4.8) must hold the role without an end: time asks nobody.
CREATE OR REPLACE FUNCTION keep_last_administrator() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7410001);
  IF NOT EXISTS (
    SELECT 1
    FROM users u
    JOIN assignments a ON a.user_id = u.id AND a.expires_at IS NULL
    JOIN roles r ON r.id = a.role_id AND r.built_in = 'admin'
    WHERE u.disabled_at IS NULL AND u.password_hash <> ''
  ) THEN
    RAISE EXCEPTION 'At least one administrator must remain.' USING ERRCODE = '23514', CONSTRAINT = 'last_administrator';
  END IF;
  RETURN NULL;
END $$;
