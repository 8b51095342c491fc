-- What is to happen: a proposal, which makes no facts. Enacting it or withdrawing it supersedes it.

CREATE TABLE planned_event (
  id            INTEGER PRIMARY KEY,
  key           TEXT NOT NULL CHECK (key <> ''),
  planned_for   TEXT NOT NULL CHECK (planned_for IS date(planned_for, '+0 days')),
  words         TEXT NOT NULL CHECK (words LIKE '["%"]'), -- of the command that would record it, as a JSON array
  note          TEXT CHECK (note <> ''),
  opened_in     INTEGER NOT NULL REFERENCES revision (id),
  superseded_in INTEGER REFERENCES revision (id) CHECK (superseded_in > opened_in)
) STRICT;

CREATE UNIQUE INDEX planned_event_key ON planned_event (key) WHERE superseded_in IS NULL;

CREATE TRIGGER planned_event_is_never_rewritten BEFORE UPDATE ON planned_event
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.planned_for, NEW.words, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.planned_for, OLD.words, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded planned_event is superseded, never rewritten'); END;

CREATE TRIGGER planned_event_is_never_deleted BEFORE DELETE ON planned_event
BEGIN SELECT RAISE(ABORT, 'a recorded planned_event is superseded, never deleted'); END;
