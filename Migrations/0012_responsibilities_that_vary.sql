-- A responsibility may vary from body to body. SQLite changes no CHECK of a table, so the table is made anew.

DROP VIEW current_responsibility;
ALTER TABLE responsibility RENAME TO older_responsibility;

-- Who is responsible for a service: every body of a kind for its own people, or one body. for_id makes it an exception,
-- which holds only for that body and what lies in it. delegated: done for another one, who stays responsible by law.
-- varies: it is not the same everywhere; the exceptions are what is known.
CREATE TABLE responsibility (
  id              INTEGER PRIMARY KEY,
  key             TEXT NOT NULL CHECK (key <> ''),
  organisation_id INTEGER REFERENCES organisation (id),
  kind_id         INTEGER REFERENCES kind (id) CHECK ((organisation_id IS NULL) <> (kind_id IS NULL)),
  service_id      INTEGER NOT NULL REFERENCES service (id),
  for_id          INTEGER REFERENCES organisation (id),
  nature          TEXT NOT NULL CHECK (nature = 'sole' OR nature = 'joint' OR nature = 'delegated' OR nature = 'varies'),
  valid_from      TEXT NOT NULL CHECK (valid_from IS date(valid_from, '+0 days')),
  valid_to        TEXT CHECK (valid_to IS date(valid_to, '+0 days') AND valid_to > valid_from),
  from_status     TEXT NOT NULL CHECK (from_status = 'stated' OR from_status = 'derived' OR from_status = 'unknown'),
  to_status       TEXT NOT NULL CHECK (to_status = 'stated' OR to_status = 'derived' OR to_status = 'unknown'),
  from_event_id   INTEGER REFERENCES change_event (id),
  to_event_id     INTEGER REFERENCES change_event (id) CHECK (to_event_id IS NULL OR valid_to IS NOT NULL),
  source_id       INTEGER REFERENCES source (id),
  note            TEXT CHECK (note <> ''),
  opened_in       INTEGER NOT NULL REFERENCES revision (id),
  superseded_in   INTEGER REFERENCES revision (id) CHECK (superseded_in > opened_in)
) STRICT;

INSERT INTO responsibility (
  id, key, organisation_id, kind_id, service_id, for_id, nature, valid_from, valid_to, from_status, to_status,
  from_event_id, to_event_id, source_id, note, opened_in, superseded_in)
SELECT
  id, key, organisation_id, kind_id, service_id, for_id, nature, valid_from, valid_to, from_status, to_status,
  from_event_id, to_event_id, source_id, note, opened_in, superseded_in
FROM older_responsibility;

DROP TABLE older_responsibility;

CREATE UNIQUE INDEX responsibility_key ON responsibility (key) WHERE superseded_in IS NULL;
CREATE INDEX responsibility_service ON responsibility (service_id);
CREATE INDEX responsibility_organisation ON responsibility (organisation_id);
CREATE INDEX responsibility_for ON responsibility (for_id);

CREATE TRIGGER responsibility_is_never_rewritten BEFORE UPDATE ON responsibility
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.organisation_id, NEW.kind_id, NEW.service_id, NEW.for_id, NEW.nature, NEW.valid_from, NEW.valid_to, NEW.from_status, NEW.to_status, NEW.from_event_id, NEW.to_event_id, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.organisation_id, OLD.kind_id, OLD.service_id, OLD.for_id, OLD.nature, OLD.valid_from, OLD.valid_to, OLD.from_status, OLD.to_status, OLD.from_event_id, OLD.to_event_id, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded responsibility is superseded, never rewritten'); END;

CREATE TRIGGER responsibility_is_never_deleted BEFORE DELETE ON responsibility
BEGIN SELECT RAISE(ABORT, 'a recorded responsibility is superseded, never deleted'); END;

-- Of one service and one scope. A delegated responsibility stands beside that of whoever delegates it.
CREATE TRIGGER responsibility_does_not_overlap BEFORE INSERT ON responsibility WHEN NEW.superseded_in IS NULL
BEGIN
  SELECT RAISE(ABORT, 'a sole responsibility excludes others for the same service, and none overlaps itself')
  WHERE EXISTS (
    SELECT 1 FROM responsibility AS other
    WHERE other.service_id = NEW.service_id AND other.for_id IS NEW.for_id
      AND (other.organisation_id IS NEW.organisation_id AND other.kind_id IS NEW.kind_id
        OR 'sole' IN (other.nature, NEW.nature) AND 'delegated' NOT IN (other.nature, NEW.nature))
      AND other.superseded_in IS NULL
      AND other.valid_from < ifnull(NEW.valid_to, '9999-12-31') AND NEW.valid_from < ifnull(other.valid_to, '9999-12-31'));
END;

CREATE VIEW current_responsibility AS
SELECT service.key AS service, kind.key AS kind, organisation.key AS organisation, beneficiary.key AS for_organisation,
  nature, valid_from, date(valid_to, '-1 day') AS last_day, citation.title AS source, citation.provision,
  responsibility.note
FROM responsibility JOIN service ON service.id = responsibility.service_id
  LEFT JOIN kind ON kind.id = responsibility.kind_id
  LEFT JOIN organisation ON organisation.id = responsibility.organisation_id
  LEFT JOIN organisation AS beneficiary ON beneficiary.id = responsibility.for_id
  LEFT JOIN citation ON citation.source_id = responsibility.source_id AND citation.superseded_in IS NULL
WHERE responsibility.superseded_in IS NULL;
