-- A number under which another register has a body, such as a company number.
CREATE TABLE identifier (
  id              INTEGER PRIMARY KEY,
  key             TEXT NOT NULL CHECK (key <> ''),
  organisation_id INTEGER NOT NULL REFERENCES organisation (id),
  register        TEXT NOT NULL CHECK (register <> ''), -- in one word, for example companies-house or lei
  value           TEXT NOT NULL CHECK (value <> '' AND value = trim(value)),
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

CREATE UNIQUE INDEX identifier_key ON identifier (key) WHERE superseded_in IS NULL;
CREATE INDEX identifier_organisation ON identifier (organisation_id);
CREATE INDEX identifier_value ON identifier (value, register);

CREATE TRIGGER identifier_is_never_rewritten BEFORE UPDATE ON identifier
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.organisation_id, NEW.register, NEW.value, NEW.valid_from, NEW.valid_to, NEW.from_status, NEW.to_status, NEW.from_event_id, NEW.to_event_id, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.organisation_id, OLD.register, OLD.value, OLD.valid_from, OLD.valid_to, OLD.from_status, OLD.to_status, OLD.from_event_id, OLD.to_event_id, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded identifier is superseded, never rewritten'); END;

CREATE TRIGGER identifier_is_never_deleted BEFORE DELETE ON identifier
BEGIN SELECT RAISE(ABORT, 'a recorded identifier is superseded, never deleted'); END;

CREATE TRIGGER identifier_means_one_organisation BEFORE INSERT ON identifier WHEN NEW.superseded_in IS NULL
BEGIN
  SELECT RAISE(ABORT, 'within one register an identifier means one organisation on any day')
  WHERE EXISTS (
    SELECT 1 FROM identifier AS other
    WHERE other.value = NEW.value AND other.register = NEW.register
      AND other.superseded_in IS NULL
      AND other.valid_from < ifnull(NEW.valid_to, '9999-12-31') AND NEW.valid_from < ifnull(other.valid_to, '9999-12-31'));
END;

CREATE VIEW current_identifier AS
SELECT organisation.key AS organisation, register, value, valid_from, date(valid_to, '-1 day') AS last_day
FROM identifier JOIN organisation ON organisation.id = identifier.organisation_id
WHERE superseded_in IS NULL;
