-- Who sits in governing bodies, by what constitution, and which seats the law asks for.

-- A seat in the governing body of a body, for example of the registered nurse.
CREATE TABLE seat (
  id        INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE CHECK (key <> ''),
  name      TEXT NOT NULL,
  is_single INTEGER NOT NULL CHECK (is_single IN (0, 1)), -- whether a body has just one
  opened_in INTEGER NOT NULL REFERENCES revision (id)
) STRICT;

-- Who holds seats: the only place in a register where the names of persons stand. A name is optional, never changes, and
-- can be erased for good; the identity stays, so that what was held by the same person is still known.
CREATE TABLE holder (
  id          INTEGER PRIMARY KEY,
  key         TEXT NOT NULL UNIQUE CHECK (key <> ''),
  name        TEXT CHECK (name <> ''),
  opened_in   INTEGER NOT NULL REFERENCES revision (id),
  redacted_in INTEGER REFERENCES revision (id) CHECK (redacted_in IS NULL OR name IS NULL)
) STRICT;

CREATE TRIGGER holder_is_permanent BEFORE UPDATE ON holder
WHEN (NEW.id, NEW.key, NEW.opened_in) IS NOT (OLD.id, OLD.key, OLD.opened_in)
  OR OLD.name IS NULL OR NEW.name IS NOT NULL OR NEW.redacted_in IS NULL
BEGIN SELECT RAISE(ABORT, 'the name of a holder is erased or stays, and nothing else of it changes'); END;

CREATE TRIGGER holder_is_never_deleted BEFORE DELETE ON holder
BEGIN SELECT RAISE(ABORT, 'an identity is permanent'); END;

-- A seat is held by somebody, or known to be vacant. No row: nobody says.
CREATE TABLE appointment (
  id              INTEGER PRIMARY KEY,
  key             TEXT NOT NULL CHECK (key <> ''),
  organisation_id INTEGER NOT NULL REFERENCES organisation (id),
  seat_id         INTEGER NOT NULL REFERENCES seat (id),
  nature          TEXT NOT NULL CHECK (nature = 'held' OR nature = 'vacant'),
  profession      TEXT CHECK (profession IS NULL OR profession <> '' AND profession NOT GLOB '*[^a-z-]*' AND nature = 'held'),
  holder_id       INTEGER REFERENCES holder (id) CHECK (holder_id IS NULL OR nature = 'held'),
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

CREATE UNIQUE INDEX appointment_key ON appointment (key) WHERE superseded_in IS NULL;
CREATE INDEX appointment_organisation ON appointment (organisation_id);
CREATE INDEX appointment_holder ON appointment (holder_id);

CREATE TRIGGER appointment_is_never_rewritten BEFORE UPDATE ON appointment
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.organisation_id, NEW.seat_id, NEW.nature, NEW.profession, NEW.holder_id, NEW.valid_from, NEW.valid_to, NEW.from_status, NEW.to_status, NEW.from_event_id, NEW.to_event_id, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.organisation_id, OLD.seat_id, OLD.nature, OLD.profession, OLD.holder_id, OLD.valid_from, OLD.valid_to, OLD.from_status, OLD.to_status, OLD.from_event_id, OLD.to_event_id, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded appointment is superseded, never rewritten'); END;

CREATE TRIGGER appointment_is_never_deleted BEFORE DELETE ON appointment
BEGIN SELECT RAISE(ABORT, 'a recorded appointment is superseded, never deleted'); END;

CREATE TRIGGER appointment_does_not_overlap BEFORE INSERT ON appointment WHEN NEW.superseded_in IS NULL
BEGIN
  SELECT RAISE(ABORT, 'nobody holds a seat twice, and a seat of which a body has one is held or vacant once at a time')
  WHERE EXISTS (
    SELECT 1 FROM appointment AS other
    WHERE other.organisation_id = NEW.organisation_id AND other.seat_id = NEW.seat_id
      AND (other.holder_id = NEW.holder_id OR (SELECT is_single FROM seat WHERE id = NEW.seat_id))
      AND other.superseded_in IS NULL
      AND other.valid_from < ifnull(NEW.valid_to, '9999-12-31') AND NEW.valid_from < ifnull(other.valid_to, '9999-12-31'));
END;

-- The version of its constitution by which a body is governed.
CREATE TABLE constitution (
  id              INTEGER PRIMARY KEY,
  key             TEXT NOT NULL CHECK (key <> ''),
  organisation_id INTEGER NOT NULL REFERENCES organisation (id),
  version         TEXT NOT NULL CHECK (version <> ''),
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

CREATE UNIQUE INDEX constitution_key ON constitution (key) WHERE superseded_in IS NULL;
CREATE INDEX constitution_organisation ON constitution (organisation_id);

CREATE TRIGGER constitution_is_never_rewritten BEFORE UPDATE ON constitution
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.organisation_id, NEW.version, NEW.valid_from, NEW.valid_to, NEW.from_status, NEW.to_status, NEW.from_event_id, NEW.to_event_id, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.organisation_id, OLD.version, OLD.valid_from, OLD.valid_to, OLD.from_status, OLD.to_status, OLD.from_event_id, OLD.to_event_id, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded constitution is superseded, never rewritten'); END;

CREATE TRIGGER constitution_is_never_deleted BEFORE DELETE ON constitution
BEGIN SELECT RAISE(ABORT, 'a recorded constitution is superseded, never deleted'); END;

CREATE TRIGGER constitution_does_not_overlap BEFORE INSERT ON constitution WHEN NEW.superseded_in IS NULL
BEGIN
  SELECT RAISE(ABORT, 'a body has one constitution at a time')
  WHERE EXISTS (
    SELECT 1 FROM constitution AS other
    WHERE other.organisation_id = NEW.organisation_id
      AND other.superseded_in IS NULL
      AND other.valid_from < ifnull(NEW.valid_to, '9999-12-31') AND NEW.valid_from < ifnull(other.valid_to, '9999-12-31'));
END;

-- How many of a seat the law asks of the bodies of a kind, while it is in force.
CREATE TABLE seat_rule (
  id              INTEGER PRIMARY KEY,
  key             TEXT NOT NULL CHECK (key <> ''),
  kind_id         INTEGER NOT NULL REFERENCES kind (id),
  seat_id         INTEGER NOT NULL REFERENCES seat (id),
  minimum         INTEGER CHECK (minimum > 0), -- NULL: some, the source gives no number
  valid_from      TEXT NOT NULL CHECK (valid_from IS date(valid_from, '+0 days')),
  valid_to        TEXT CHECK (valid_to IS date(valid_to, '+0 days') AND valid_to > valid_from),
  status          TEXT NOT NULL CHECK (status = 'stated' OR status = 'derived' OR status = 'unknown'), -- of the dates
  source_id       INTEGER REFERENCES source (id),
  note            TEXT CHECK (note <> ''),
  opened_in       INTEGER NOT NULL REFERENCES revision (id),
  superseded_in   INTEGER REFERENCES revision (id) CHECK (superseded_in > opened_in)
) STRICT;

CREATE UNIQUE INDEX seat_rule_key ON seat_rule (key) WHERE superseded_in IS NULL;

CREATE TRIGGER seat_rule_is_never_rewritten BEFORE UPDATE ON seat_rule
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.kind_id, NEW.seat_id, NEW.minimum, NEW.valid_from, NEW.valid_to, NEW.status, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.kind_id, OLD.seat_id, OLD.minimum, OLD.valid_from, OLD.valid_to, OLD.status, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded seat_rule is superseded, never rewritten'); END;

CREATE TRIGGER seat_rule_is_never_deleted BEFORE DELETE ON seat_rule
BEGIN SELECT RAISE(ABORT, 'a recorded seat_rule is superseded, never deleted'); END;

CREATE TRIGGER seat_rule_does_not_overlap BEFORE INSERT ON seat_rule WHEN NEW.superseded_in IS NULL
BEGIN
  SELECT RAISE(ABORT, 'of a kind of body and a seat one rule is in force at a time')
  WHERE EXISTS (
    SELECT 1 FROM seat_rule AS other
    WHERE other.kind_id = NEW.kind_id AND other.seat_id = NEW.seat_id
      AND other.superseded_in IS NULL
      AND other.valid_from < ifnull(NEW.valid_to, '9999-12-31') AND NEW.valid_from < ifnull(other.valid_to, '9999-12-31'));
END;

CREATE VIEW current_appointment AS
SELECT organisation.key AS organisation, seat.key AS seat, nature, profession, holder.key AS holder, valid_from,
  date(valid_to, '-1 day') AS last_day
FROM appointment JOIN organisation ON organisation.id = appointment.organisation_id JOIN seat ON seat.id = seat_id
  LEFT JOIN holder ON holder.id = holder_id
WHERE superseded_in IS NULL;

CREATE VIEW current_constitution AS
SELECT organisation.key AS organisation, version, valid_from, date(valid_to, '-1 day') AS last_day
FROM constitution JOIN organisation ON organisation.id = constitution.organisation_id
WHERE superseded_in IS NULL;

CREATE VIEW current_seat_rule AS
SELECT kind.key AS kind, seat.key AS seat, minimum, valid_from, date(valid_to, '-1 day') AS last_day, status
FROM seat_rule JOIN kind ON kind.id = kind_id JOIN seat ON seat.id = seat_id
WHERE superseded_in IS NULL;
