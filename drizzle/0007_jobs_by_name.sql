DROP INDEX "jobs_name";--> statement-breakpoint
CREATE INDEX "jobs_name" ON "jobs" USING btree (lower("name") collate "C","id");