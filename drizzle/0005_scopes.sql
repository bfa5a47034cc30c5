CREATE TABLE "role_scopes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"role_id" uuid NOT NULL,
	"right" text NOT NULL,
	"type" text,
	"element_id" uuid,
	"included" boolean NOT NULL,
	CONSTRAINT "role_scopes_mark" UNIQUE NULLS NOT DISTINCT("role_id","right","type","element_id"),
	CONSTRAINT "role_scopes_one_place" CHECK ("role_scopes"."type" is null or "role_scopes"."element_id" is null)
);
--> statement-breakpoint
CREATE TABLE "customer_groups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "menus" (
	"key" text PRIMARY KEY NOT NULL,
	"items" jsonb NOT NULL,
	"known_pages" text[] NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "resource_types" DROP CONSTRAINT "resource_types_name";--> statement-breakpoint
ALTER TABLE "assignments" ADD COLUMN "expires_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "assignments" ADD COLUMN "reason" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "assignments" ADD COLUMN "expiry_noted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "preview_role_id" uuid;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "group_id" uuid;--> statement-breakpoint
ALTER TABLE "resource_types" ADD COLUMN "suggested_as" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "resource_types" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "role_scopes" ADD CONSTRAINT "role_scopes_role_id_roles_id_fk" FOREIGN KEY ("role_id") REFERENCES "public"."roles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "customer_groups_name" ON "customer_groups" USING btree (lower("name"));--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_preview_role_id_roles_id_fk" FOREIGN KEY ("preview_role_id") REFERENCES "public"."roles"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_group_id_customer_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."customer_groups"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "customers_group" ON "customers" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "jobs_resource_type" ON "jobs" USING btree ("resource_type_id");--> statement-breakpoint
CREATE UNIQUE INDEX "resource_types_name" ON "resource_types" USING btree (lower("name"));