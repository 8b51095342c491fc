-- Identities, and the dated facts about organisations.
--
-- Every correctable row stands in a table with opened_in and superseded_in: a correction supersedes the row and opens
-- another, so that what was known on any recorded day can be read again. A row is *current* while superseded_in is NULL.
-- Valid time is half-open: valid_from is the first day, valid_to the first day after. valid_to NULL: not ended.
-- A status says where a boundary comes from: stated by a source, derived by us, or unknown (then the stored day is only
-- the first, or last, day on which a source shows the fact). (Its CHECK is written with OR: for an IN of three words
-- SQLite fills a table anew for every row.)

-- Where something is written.
CREATE TABLE source (
  id        INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE CHECK (key <> ''),
  opened_in INTEGER NOT NULL REFERENCES revision (id)
) STRICT;

CREATE TRIGGER source_is_permanent BEFORE UPDATE ON source
BEGIN SELECT RAISE(ABORT, 'an identity is permanent'); END;

CREATE TRIGGER source_is_never_deleted BEFORE DELETE ON source
BEGIN SELECT RAISE(ABORT, 'an identity is permanent'); END;

-- How a source is cited.
CREATE TABLE citation (
  id            INTEGER PRIMARY KEY,
  key           TEXT NOT NULL CHECK (key <> ''),
  source_id     INTEGER NOT NULL REFERENCES source (id),
  title         TEXT NOT NULL CHECK (title <> ''),
  instrument    TEXT CHECK (instrument IN ('ukpga', 'uksi', 'nhse_order', 'nhse_decision', 'ods_record', 'ons_chd', 'other')),
  year          INTEGER CHECK (year BETWEEN 1000 AND 9999),
  number        TEXT CHECK (number <> ''),
  provision     TEXT CHECK (provision <> ''),
  made_on       TEXT CHECK (made_on IS date(made_on, '+0 days')),
  in_force_on   TEXT CHECK (in_force_on IS date(in_force_on, '+0 days')),
  url           TEXT CHECK (url <> ''),
  retrieved_on  TEXT CHECK (retrieved_on IS date(retrieved_on, '+0 days')),
  note          TEXT CHECK (note <> ''),
  opened_in     INTEGER NOT NULL REFERENCES revision (id),
  superseded_in INTEGER REFERENCES revision (id) CHECK (superseded_in > opened_in)
) STRICT;

CREATE UNIQUE INDEX citation_key ON citation (key) WHERE superseded_in IS NULL;
CREATE INDEX citation_source ON citation (source_id);

CREATE TRIGGER citation_is_never_rewritten BEFORE UPDATE ON citation
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.source_id, NEW.title, NEW.instrument, NEW.year, NEW.number, NEW.provision, NEW.made_on, NEW.in_force_on, NEW.url, NEW.retrieved_on, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.source_id, OLD.title, OLD.instrument, OLD.year, OLD.number, OLD.provision, OLD.made_on, OLD.in_force_on, OLD.url, OLD.retrieved_on, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded citation is superseded, never rewritten'); END;

CREATE TRIGGER citation_is_never_deleted BEFORE DELETE ON citation
BEGIN SELECT RAISE(ABORT, 'a recorded citation is superseded, never deleted'); END;

-- A body: an identity, not a code and not a name.
CREATE TABLE organisation (
  id        INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE CHECK (key <> ''),
  opened_in INTEGER NOT NULL REFERENCES revision (id)
) STRICT;

CREATE TRIGGER organisation_is_permanent BEFORE UPDATE ON organisation
BEGIN SELECT RAISE(ABORT, 'an identity is permanent'); END;

CREATE TRIGGER organisation_is_never_deleted BEFORE DELETE ON organisation
BEGIN SELECT RAISE(ABORT, 'an identity is permanent'); END;

-- Something that happened to one or more bodies on one day.
CREATE TABLE change_event (
  id        INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE CHECK (key <> ''),
  opened_in INTEGER NOT NULL REFERENCES revision (id)
) STRICT;

CREATE TRIGGER change_event_is_permanent BEFORE UPDATE ON change_event
BEGIN SELECT RAISE(ABORT, 'an identity is permanent'); END;

CREATE TRIGGER change_event_is_never_deleted BEFORE DELETE ON change_event
BEGIN SELECT RAISE(ABORT, 'an identity is permanent'); END;

-- What happened and when. happened_on is the legal date: the first day of the new state.
CREATE TABLE event_detail (
  id             INTEGER PRIMARY KEY,
  key            TEXT NOT NULL CHECK (key <> ''),
  event_id       INTEGER NOT NULL REFERENCES change_event (id),
  type           TEXT NOT NULL CHECK (type IN ('establishment', 'closure', 'merger', 'absorption', 'split', 'transfer', 'succession',
    'rename', 'recode', 'reclassification', 'reparenting')),
  happened_on    TEXT NOT NULL CHECK (happened_on IS date(happened_on, '+0 days')),
  operational_on TEXT CHECK (operational_on IS date(operational_on, '+0 days')),
  title          TEXT CHECK (title <> ''),
  status         TEXT NOT NULL CHECK (status = 'stated' OR status = 'derived' OR status = 'unknown'),
  source_id      INTEGER REFERENCES source (id),
  note           TEXT CHECK (note <> ''),
  opened_in      INTEGER NOT NULL REFERENCES revision (id),
  superseded_in  INTEGER REFERENCES revision (id) CHECK (superseded_in > opened_in)
) STRICT;

CREATE UNIQUE INDEX event_detail_key ON event_detail (key) WHERE superseded_in IS NULL;
CREATE INDEX event_detail_event ON event_detail (event_id);
CREATE INDEX event_detail_day ON event_detail (happened_on);

CREATE TRIGGER event_detail_is_never_rewritten BEFORE UPDATE ON event_detail
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.event_id, NEW.type, NEW.happened_on, NEW.operational_on, NEW.title, NEW.status, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.event_id, OLD.type, OLD.happened_on, OLD.operational_on, OLD.title, OLD.status, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded event_detail is superseded, never rewritten'); END;

CREATE TRIGGER event_detail_is_never_deleted BEFORE DELETE ON event_detail
BEGIN SELECT RAISE(ABORT, 'a recorded event_detail is superseded, never deleted'); END;

-- When a body existed, in law and in operation. Each timeline falls back to the other.
CREATE TABLE life (
  id              INTEGER PRIMARY KEY,
  key             TEXT NOT NULL CHECK (key <> ''),
  organisation_id INTEGER NOT NULL REFERENCES organisation (id),
  timeline        TEXT NOT NULL CHECK (timeline IN ('legal', 'operational')),
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

CREATE UNIQUE INDEX life_key ON life (key) WHERE superseded_in IS NULL;
CREATE INDEX life_organisation ON life (organisation_id);
CREATE INDEX life_from_event ON life (from_event_id);
CREATE INDEX life_to_event ON life (to_event_id);

CREATE TRIGGER life_is_never_rewritten BEFORE UPDATE ON life
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.organisation_id, NEW.timeline, NEW.valid_from, NEW.valid_to, NEW.from_status, NEW.to_status, NEW.from_event_id, NEW.to_event_id, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.organisation_id, OLD.timeline, OLD.valid_from, OLD.valid_to, OLD.from_status, OLD.to_status, OLD.from_event_id, OLD.to_event_id, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded life is superseded, never rewritten'); END;

CREATE TRIGGER life_is_never_deleted BEFORE DELETE ON life
BEGIN SELECT RAISE(ABORT, 'a recorded life is superseded, never deleted'); END;

CREATE TRIGGER life_does_not_overlap BEFORE INSERT ON life WHEN NEW.superseded_in IS NULL
BEGIN
  SELECT RAISE(ABORT, 'a body lives once at a time: its lives overlap')
  WHERE EXISTS (
    SELECT 1 FROM life AS other
    WHERE other.organisation_id = NEW.organisation_id AND other.timeline = NEW.timeline
      AND other.superseded_in IS NULL
      AND other.valid_from < ifnull(NEW.valid_to, '9999-12-31') AND NEW.valid_from < ifnull(other.valid_to, '9999-12-31'));
END;

-- A code of a body in a scheme.
CREATE TABLE code (
  id              INTEGER PRIMARY KEY,
  key             TEXT NOT NULL CHECK (key <> ''),
  organisation_id INTEGER NOT NULL REFERENCES organisation (id),
  scheme_id       INTEGER NOT NULL REFERENCES scheme (id),
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

CREATE UNIQUE INDEX code_key ON code (key) WHERE superseded_in IS NULL;
CREATE INDEX code_organisation ON code (organisation_id);
CREATE INDEX code_value ON code (value, scheme_id);

CREATE TRIGGER code_is_never_rewritten BEFORE UPDATE ON code
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.organisation_id, NEW.scheme_id, NEW.value, NEW.valid_from, NEW.valid_to, NEW.from_status, NEW.to_status, NEW.from_event_id, NEW.to_event_id, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.organisation_id, OLD.scheme_id, OLD.value, OLD.valid_from, OLD.valid_to, OLD.from_status, OLD.to_status, OLD.from_event_id, OLD.to_event_id, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded code is superseded, never rewritten'); END;

CREATE TRIGGER code_is_never_deleted BEFORE DELETE ON code
BEGIN SELECT RAISE(ABORT, 'a recorded code is superseded, never deleted'); END;

CREATE TRIGGER code_means_one_organisation BEFORE INSERT ON code WHEN NEW.superseded_in IS NULL
BEGIN
  SELECT RAISE(ABORT, 'within one scheme a code means one organisation on any day')
  WHERE EXISTS (
    SELECT 1 FROM code AS other
    WHERE other.value = NEW.value AND other.scheme_id = NEW.scheme_id
      AND other.superseded_in IS NULL
      AND other.valid_from < ifnull(NEW.valid_to, '9999-12-31') AND NEW.valid_from < ifnull(other.valid_to, '9999-12-31'));
END;

-- A name of a body, as the owner of a scheme writes it: one timeline a scheme.
CREATE TABLE name (
  id              INTEGER PRIMARY KEY,
  key             TEXT NOT NULL CHECK (key <> ''),
  organisation_id INTEGER NOT NULL REFERENCES organisation (id),
  scheme_id       INTEGER NOT NULL REFERENCES scheme (id),
  value           TEXT NOT NULL CHECK (value <> ''),
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

CREATE UNIQUE INDEX name_key ON name (key) WHERE superseded_in IS NULL;
CREATE INDEX name_organisation ON name (organisation_id);

CREATE TRIGGER name_is_never_rewritten BEFORE UPDATE ON name
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.organisation_id, NEW.scheme_id, NEW.value, NEW.valid_from, NEW.valid_to, NEW.from_status, NEW.to_status, NEW.from_event_id, NEW.to_event_id, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.organisation_id, OLD.scheme_id, OLD.value, OLD.valid_from, OLD.valid_to, OLD.from_status, OLD.to_status, OLD.from_event_id, OLD.to_event_id, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded name is superseded, never rewritten'); END;

CREATE TRIGGER name_is_never_deleted BEFORE DELETE ON name
BEGIN SELECT RAISE(ABORT, 'a recorded name is superseded, never deleted'); END;

CREATE TRIGGER name_does_not_overlap BEFORE INSERT ON name WHEN NEW.superseded_in IS NULL
BEGIN
  SELECT RAISE(ABORT, 'names of one scheme do not overlap')
  WHERE EXISTS (
    SELECT 1 FROM name AS other
    WHERE other.organisation_id = NEW.organisation_id AND other.scheme_id = NEW.scheme_id
      AND other.superseded_in IS NULL
      AND other.valid_from < ifnull(NEW.valid_to, '9999-12-31') AND NEW.valid_from < ifnull(other.valid_to, '9999-12-31'));
END;

-- What kind of body it is.
CREATE TABLE role (
  id              INTEGER PRIMARY KEY,
  key             TEXT NOT NULL CHECK (key <> ''),
  organisation_id INTEGER NOT NULL REFERENCES organisation (id),
  kind_id         INTEGER NOT NULL REFERENCES kind (id),
  scheme_id       INTEGER REFERENCES scheme (id), -- given: only the owner of this scheme says so
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

CREATE UNIQUE INDEX role_key ON role (key) WHERE superseded_in IS NULL;
CREATE INDEX role_organisation ON role (organisation_id);
CREATE INDEX role_kind ON role (kind_id);

CREATE TRIGGER role_is_never_rewritten BEFORE UPDATE ON role
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.organisation_id, NEW.kind_id, NEW.scheme_id, NEW.valid_from, NEW.valid_to, NEW.from_status, NEW.to_status, NEW.from_event_id, NEW.to_event_id, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.organisation_id, OLD.kind_id, OLD.scheme_id, OLD.valid_from, OLD.valid_to, OLD.from_status, OLD.to_status, OLD.from_event_id, OLD.to_event_id, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded role is superseded, never rewritten'); END;

CREATE TRIGGER role_is_never_deleted BEFORE DELETE ON role
BEGIN SELECT RAISE(ABORT, 'a recorded role is superseded, never deleted'); END;

CREATE TRIGGER role_excludes_others BEFORE INSERT ON role WHEN NEW.superseded_in IS NULL
BEGIN
  SELECT RAISE(ABORT, 'roles that exclude each other do not overlap')
  WHERE EXISTS (
    SELECT 1 FROM role AS other
    WHERE other.organisation_id = NEW.organisation_id
      AND (other.kind_id = NEW.kind_id OR EXISTS (
        SELECT 1 FROM kind AS a JOIN kind AS b ON a.exclusive_group = b.exclusive_group
        WHERE a.id = NEW.kind_id AND b.id = other.kind_id))
      AND other.superseded_in IS NULL
      AND other.valid_from < ifnull(NEW.valid_to, '9999-12-31') AND NEW.valid_from < ifnull(other.valid_to, '9999-12-31'));
END;

-- How a body stands to another.
CREATE TABLE relationship (
  id              INTEGER PRIMARY KEY,
  key             TEXT NOT NULL CHECK (key <> ''),
  organisation_id INTEGER NOT NULL REFERENCES organisation (id), -- the subordinate
  kind_id         INTEGER NOT NULL REFERENCES relationship_kind (id),
  superior_id     INTEGER NOT NULL REFERENCES organisation (id) CHECK (superior_id <> organisation_id),
  grade           TEXT CHECK (grade <> ''), -- of the evidence
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

CREATE UNIQUE INDEX relationship_key ON relationship (key) WHERE superseded_in IS NULL;
CREATE INDEX relationship_organisation ON relationship (organisation_id);
CREATE INDEX relationship_superior ON relationship (superior_id);

CREATE TRIGGER relationship_is_never_rewritten BEFORE UPDATE ON relationship
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.organisation_id, NEW.kind_id, NEW.superior_id, NEW.grade, NEW.valid_from, NEW.valid_to, NEW.from_status, NEW.to_status, NEW.from_event_id, NEW.to_event_id, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.organisation_id, OLD.kind_id, OLD.superior_id, OLD.grade, OLD.valid_from, OLD.valid_to, OLD.from_status, OLD.to_status, OLD.from_event_id, OLD.to_event_id, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded relationship is superseded, never rewritten'); END;

CREATE TRIGGER relationship_is_never_deleted BEFORE DELETE ON relationship
BEGIN SELECT RAISE(ABORT, 'a recorded relationship is superseded, never deleted'); END;

CREATE TRIGGER relationship_does_not_overlap BEFORE INSERT ON relationship WHEN NEW.superseded_in IS NULL
BEGIN
  SELECT RAISE(ABORT, 'a relationship does not overlap itself')
  WHERE EXISTS (
    SELECT 1 FROM relationship AS other
    WHERE other.organisation_id = NEW.organisation_id AND other.superior_id = NEW.superior_id AND other.kind_id = NEW.kind_id
      AND other.superseded_in IS NULL
      AND other.valid_from < ifnull(NEW.valid_to, '9999-12-31') AND NEW.valid_from < ifnull(other.valid_to, '9999-12-31'));
END;

-- An amount of a body over a period, as published.
CREATE TABLE measure (
  id              INTEGER PRIMARY KEY,
  key             TEXT NOT NULL CHECK (key <> ''),
  organisation_id INTEGER NOT NULL REFERENCES organisation (id),
  kind_id         INTEGER NOT NULL REFERENCES measure_kind (id),
  amount          REAL NOT NULL,
  nature          TEXT CHECK (nature IN ('final', 'indicative')),
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

CREATE UNIQUE INDEX measure_key ON measure (key) WHERE superseded_in IS NULL;
CREATE INDEX measure_organisation ON measure (organisation_id);

CREATE TRIGGER measure_is_never_rewritten BEFORE UPDATE ON measure
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.organisation_id, NEW.kind_id, NEW.amount, NEW.nature, NEW.valid_from, NEW.valid_to, NEW.from_status, NEW.to_status, NEW.from_event_id, NEW.to_event_id, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.organisation_id, OLD.kind_id, OLD.amount, OLD.nature, OLD.valid_from, OLD.valid_to, OLD.from_status, OLD.to_status, OLD.from_event_id, OLD.to_event_id, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded measure is superseded, never rewritten'); END;

CREATE TRIGGER measure_is_never_deleted BEFORE DELETE ON measure
BEGIN SELECT RAISE(ABORT, 'a recorded measure is superseded, never deleted'); END;
