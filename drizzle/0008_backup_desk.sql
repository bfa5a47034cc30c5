CREATE TABLE "quiet_times" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"customer_id" uuid,
	"job_id" uuid,
	"from_day" date,
	"to_day" date,
	"is_yearly" boolean DEFAULT false NOT NULL,
	"starts_at" timestamp with time zone,
	"ends_at" timestamp with time zone,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "quiet_times_time" CHECK (case when "quiet_times"."kind" = 'holiday' then "quiet_times"."to_day" >= "quiet_times"."from_day" else "quiet_times"."ends_at" > "quiet_times"."starts_at" end)
);
--> statement-breakpoint
CREATE TABLE "mail_rules" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL,
	"disabled_at" timestamp with time zone,
	"rule" jsonb NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "mail_rules_name" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "reparse_changes" (
	"reparse_id" uuid NOT NULL,
	"mail_id" uuid NOT NULL,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	"applied_at" timestamp with time zone,
	CONSTRAINT "reparse_changes_reparse_id_mail_id_pk" PRIMARY KEY("reparse_id","mail_id")
);
--> statement-breakpoint
CREATE TABLE "reparses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"choice" jsonb NOT NULL,
	"state" text DEFAULT 'reading' NOT NULL,
	"total" integer NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"applied" integer DEFAULT 0 NOT NULL,
	"cursor" uuid,
	"error" text,
	"started_by" text NOT NULL,
	"started_by_id" uuid,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"about" text NOT NULL,
	"content" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"sent_at" timestamp with time zone,
	"failed_at" timestamp with time zone,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "outgoing" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"smtp_host" text DEFAULT '' NOT NULL,
	"smtp_port" integer DEFAULT 587 NOT NULL,
	"smtp_security" text DEFAULT 'starttls' NOT NULL,
	"smtp_user" text DEFAULT '' NOT NULL,
	"smtp_password" text DEFAULT '' NOT NULL,
	"from_address" text DEFAULT '' NOT NULL,
	"webhook_url" text DEFAULT '' NOT NULL,
	"webhook_secret" text DEFAULT '' NOT NULL,
	"ticket_recipients" text[] DEFAULT '{}' NOT NULL,
	"alarm_recipients" text[] DEFAULT '{}' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "outgoing_one_row" CHECK ("outgoing"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "overrides" (
	"id" uuid PRIMARY KEY NOT NULL,
	"scope" text NOT NULL,
	"software" text,
	"customer_id" uuid,
	"job_id" uuid,
	"object_name" text,
	"statuses" text[] NOT NULL,
	"match" text DEFAULT 'any' NOT NULL,
	"match_text" text DEFAULT '' NOT NULL,
	"reason" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "overrides_time" CHECK ("overrides"."ends_at" is null or "overrides"."ends_at" >= "overrides"."starts_at")
);
--> statement-breakpoint
CREATE TABLE "mail_sources" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"options" jsonb NOT NULL,
	"secrets" text DEFAULT '' NOT NULL,
	"disabled_at" timestamp with time zone,
	"position" jsonb,
	"checked_at" timestamp with time zone,
	"succeeded_at" timestamp with time zone,
	"error" text,
	"failed_at" timestamp with time zone,
	"mail_count" integer DEFAULT 0 NOT NULL,
	"last_mail_at" timestamp with time zone,
	"silent_since" timestamp with time zone,
	"check_requested_at" timestamp with time zone,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tasks" (
	"name" text PRIMARY KEY NOT NULL,
	"node" text,
	"leased_until" timestamp with time zone,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"duration_ms" integer,
	"error" text
);
--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "day_status" text DEFAULT 'last-attempt' NOT NULL;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "reviews_plain_success" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "keep_mails_days" integer;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "keep_runs_days" integer;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "keep_audit_days" integer;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "live" text DEFAULT 'events' NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "time_zone" text;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "expects" text DEFAULT 'learned' NOT NULL;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "plan" jsonb;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "learned" jsonb;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "learned_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "grace_minutes" integer;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "quiet_after_days" integer;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "time_zone" text;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "observed_offset_minutes" integer;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "paused_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "paused_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "paused_by" text;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "checked_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "channel_id" uuid;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "sender_check" text DEFAULT 'unchecked' NOT NULL;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "parent_id" uuid;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "part" integer;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "raw_purged_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "run_objects" ADD COLUMN "override_id" uuid;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "override_id" uuid;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "counts_as" text GENERATED ALWAYS AS (case when override_id is null then status else 'success' end) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "odd" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "slot_date" date;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "slot_index" integer;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "expected_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "is_suspected" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "late_run_id" uuid;--> statement-breakpoint
ALTER TABLE "intake_keys" ADD COLUMN "silent_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "period" text DEFAULT 'days' NOT NULL;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "filters" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "schedule" jsonb;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "scheduled_by" uuid;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "scheduled_role_id" uuid;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "next_send_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "last_sent_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "send_error" text;--> statement-breakpoint
ALTER TABLE "ticket_scopes" ADD COLUMN "object_name" text;--> statement-breakpoint
ALTER TABLE "ticket_scopes" ADD COLUMN "run_id" uuid;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "external_code" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "external_url" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "assignee_id" uuid;--> statement-breakpoint
ALTER TABLE "quiet_times" ADD CONSTRAINT "quiet_times_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quiet_times" ADD CONSTRAINT "quiet_times_job_id_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reparse_changes" ADD CONSTRAINT "reparse_changes_reparse_id_reparses_id_fk" FOREIGN KEY ("reparse_id") REFERENCES "public"."reparses"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reparse_changes" ADD CONSTRAINT "reparse_changes_mail_id_mails_id_fk" FOREIGN KEY ("mail_id") REFERENCES "public"."mails"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "overrides" ADD CONSTRAINT "overrides_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "overrides" ADD CONSTRAINT "overrides_job_id_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "quiet_times_customer" ON "quiet_times" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "quiet_times_job" ON "quiet_times" USING btree ("job_id");--> statement-breakpoint
CREATE INDEX "reparses_started" ON "reparses" USING btree ("started_at","id");--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("next_attempt_at") WHERE sent_at is null and failed_at is null;--> statement-breakpoint
CREATE INDEX "deliveries_created" ON "deliveries" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "overrides_job" ON "overrides" USING btree ("job_id");--> statement-breakpoint
CREATE INDEX "overrides_customer" ON "overrides" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "overrides_ends" ON "overrides" USING btree ("ends_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "mail_sources_name" ON "mail_sources" USING btree (lower("name"));--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_parent_id_mails_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."mails"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_objects" ADD CONSTRAINT "run_objects_override_id_overrides_id_fk" FOREIGN KEY ("override_id") REFERENCES "public"."overrides"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_override_id_overrides_id_fk" FOREIGN KEY ("override_id") REFERENCES "public"."overrides"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_late_run_id_runs_id_fk" FOREIGN KEY ("late_run_id") REFERENCES "public"."runs"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_scheduled_by_users_id_fk" FOREIGN KEY ("scheduled_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_scheduled_role_id_roles_id_fk" FOREIGN KEY ("scheduled_role_id") REFERENCES "public"."roles"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_scopes" ADD CONSTRAINT "ticket_scopes_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_assignee_id_users_id_fk" FOREIGN KEY ("assignee_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mails_channel" ON "mails" USING btree ("channel_id","received_at") WHERE channel_id is not null;--> statement-breakpoint
CREATE INDEX "mails_parent" ON "mails" USING btree ("parent_id") WHERE parent_id is not null;--> statement-breakpoint
CREATE INDEX "mails_parser" ON "mails" USING btree ("parser");--> statement-breakpoint
CREATE INDEX "mails_raw" ON "mails" USING btree ("received_at") WHERE raw_purged_at is null;--> statement-breakpoint
CREATE INDEX "run_objects_override" ON "run_objects" USING btree ("override_id") WHERE override_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "runs_slot" ON "runs" USING btree ("job_id","slot_date","slot_index") WHERE slot_date is not null;--> statement-breakpoint
CREATE INDEX "runs_override" ON "runs" USING btree ("override_id") WHERE override_id is not null;--> statement-breakpoint
CREATE INDEX "runs_late_run" ON "runs" USING btree ("late_run_id") WHERE late_run_id is not null;--> statement-breakpoint
CREATE INDEX "reports_next_send" ON "reports" USING btree ("next_send_at");--> statement-breakpoint
CREATE INDEX "ticket_scopes_run" ON "ticket_scopes" USING btree ("run_id") WHERE run_id is not null;--> statement-breakpoint
CREATE INDEX "tickets_assignee" ON "tickets" USING btree ("assignee_id") WHERE resolved_at is null;--> statement-breakpoint
-- Entries of the audit log leave it in one way only: by age, through the retention that the account has set.
CREATE OR REPLACE FUNCTION keep_audit_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('backupchecks.retention', true) = 'on' AND OLD.at < now() - interval '30 days' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'Entries of the audit log stay as they are.' USING ERRCODE = '42501';
END $$;
