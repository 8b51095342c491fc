-- Events and territory: who succeeded whom, and which parcels lie where.
--
-- A parcel is a set of units that has always moved together. Its place on one day is an anchor; every other day follows
-- from the events, by replay, and stands in the derived tables at the end, which are rebuilt in each writing transaction.

-- A link of an event. succession: the body as a whole; territory: only what movements or flows show; duties: no territory.
CREATE TABLE succession (
  id             INTEGER PRIMARY KEY,
  key            TEXT NOT NULL CHECK (key <> ''),
  event_id       INTEGER NOT NULL REFERENCES change_event (id),
  predecessor_id INTEGER NOT NULL REFERENCES organisation (id),
  successor_id   INTEGER NOT NULL REFERENCES organisation (id) CHECK (successor_id <> predecessor_id),
  nature         TEXT NOT NULL CHECK (nature = 'succession' OR nature = 'territory' OR nature = 'duties'),
  status         TEXT NOT NULL CHECK (status = 'stated' OR status = 'derived' OR status = 'unknown'),
  source_id      INTEGER REFERENCES source (id),
  note           TEXT CHECK (note <> ''),
  opened_in      INTEGER NOT NULL REFERENCES revision (id),
  superseded_in  INTEGER REFERENCES revision (id) CHECK (superseded_in > opened_in)
) STRICT;

CREATE UNIQUE INDEX succession_key ON succession (key) WHERE superseded_in IS NULL;
CREATE INDEX succession_event ON succession (event_id);
CREATE INDEX succession_predecessor ON succession (predecessor_id);
CREATE INDEX succession_successor ON succession (successor_id);

CREATE TRIGGER succession_is_never_rewritten BEFORE UPDATE ON succession
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.event_id, NEW.predecessor_id, NEW.successor_id, NEW.nature, NEW.status, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.event_id, OLD.predecessor_id, OLD.successor_id, OLD.nature, OLD.status, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded succession is superseded, never rewritten'); END;

CREATE TRIGGER succession_is_never_deleted BEFORE DELETE ON succession
BEGIN SELECT RAISE(ABORT, 'a recorded succession is superseded, never deleted'); END;

-- A set of units of one partition that has always moved together.
CREATE TABLE parcel (
  id           INTEGER PRIMARY KEY,
  key          TEXT NOT NULL UNIQUE CHECK (key <> ''),
  partition_id INTEGER NOT NULL REFERENCES partition (id),
  opened_in    INTEGER NOT NULL REFERENCES revision (id)
) STRICT;

CREATE TRIGGER parcel_is_permanent BEFORE UPDATE ON parcel
BEGIN SELECT RAISE(ABORT, 'an identity is permanent'); END;

CREATE TRIGGER parcel_is_never_deleted BEFORE DELETE ON parcel
BEGIN SELECT RAISE(ABORT, 'an identity is permanent'); END;

-- The body in which a source places a parcel on one day.
CREATE TABLE anchor (
  id              INTEGER PRIMARY KEY,
  key             TEXT NOT NULL CHECK (key <> ''),
  parcel_id       INTEGER NOT NULL REFERENCES parcel (id),
  organisation_id INTEGER NOT NULL REFERENCES organisation (id),
  anchored_on     TEXT NOT NULL CHECK (anchored_on IS date(anchored_on, '+0 days')),
  status          TEXT NOT NULL CHECK (status = 'stated' OR status = 'derived' OR status = 'unknown'),
  source_id       INTEGER REFERENCES source (id),
  note            TEXT CHECK (note <> ''),
  opened_in       INTEGER NOT NULL REFERENCES revision (id),
  superseded_in   INTEGER REFERENCES revision (id) CHECK (superseded_in > opened_in)
) STRICT;

CREATE UNIQUE INDEX anchor_key ON anchor (key) WHERE superseded_in IS NULL;
CREATE INDEX anchor_organisation ON anchor (organisation_id);

CREATE TRIGGER anchor_is_never_rewritten BEFORE UPDATE ON anchor
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.parcel_id, NEW.organisation_id, NEW.anchored_on, NEW.status, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.parcel_id, OLD.organisation_id, OLD.anchored_on, OLD.status, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded anchor is superseded, never rewritten'); END;

CREATE TRIGGER anchor_is_never_deleted BEFORE DELETE ON anchor
BEGIN SELECT RAISE(ABORT, 'a recorded anchor is superseded, never deleted'); END;

CREATE UNIQUE INDEX anchor_parcel ON anchor (parcel_id) WHERE superseded_in IS NULL;

-- A parcel that goes to a body in a dividing event. All others follow by themselves.
CREATE TABLE movement (
  id            INTEGER PRIMARY KEY,
  key           TEXT NOT NULL CHECK (key <> ''),
  event_id      INTEGER NOT NULL REFERENCES change_event (id),
  parcel_id     INTEGER NOT NULL REFERENCES parcel (id),
  successor_id  INTEGER NOT NULL REFERENCES organisation (id),
  source_id     INTEGER REFERENCES source (id),
  note          TEXT CHECK (note <> ''),
  opened_in     INTEGER NOT NULL REFERENCES revision (id),
  superseded_in INTEGER REFERENCES revision (id) CHECK (superseded_in > opened_in)
) STRICT;

CREATE UNIQUE INDEX movement_key ON movement (key) WHERE superseded_in IS NULL;
CREATE INDEX movement_event ON movement (event_id);
CREATE INDEX movement_parcel ON movement (parcel_id);

CREATE TRIGGER movement_is_never_rewritten BEFORE UPDATE ON movement
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.event_id, NEW.parcel_id, NEW.successor_id, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.event_id, OLD.parcel_id, OLD.successor_id, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded movement is superseded, never rewritten'); END;

CREATE TRIGGER movement_is_never_deleted BEFORE DELETE ON movement
BEGIN SELECT RAISE(ABORT, 'a recorded movement is superseded, never deleted'); END;

-- How much of a predecessor went to a successor, where only the amount is known. Zero is a statement.
CREATE TABLE flow (
  id             INTEGER PRIMARY KEY,
  key            TEXT NOT NULL CHECK (key <> ''),
  event_id       INTEGER NOT NULL REFERENCES change_event (id),
  predecessor_id INTEGER REFERENCES organisation (id), -- NULL: from no body of the register
  successor_id   INTEGER NOT NULL REFERENCES organisation (id),
  basis_id       INTEGER NOT NULL REFERENCES basis (id),
  amount         REAL NOT NULL CHECK (amount >= 0),
  source_id      INTEGER REFERENCES source (id),
  note           TEXT CHECK (note <> ''),
  opened_in      INTEGER NOT NULL REFERENCES revision (id),
  superseded_in  INTEGER REFERENCES revision (id) CHECK (superseded_in > opened_in)
) STRICT;

CREATE UNIQUE INDEX flow_key ON flow (key) WHERE superseded_in IS NULL;
CREATE INDEX flow_event ON flow (event_id);

CREATE TRIGGER flow_is_never_rewritten BEFORE UPDATE ON flow
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.event_id, NEW.predecessor_id, NEW.successor_id, NEW.basis_id, NEW.amount, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.event_id, OLD.predecessor_id, OLD.successor_id, OLD.basis_id, OLD.amount, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded flow is superseded, never rewritten'); END;

CREATE TRIGGER flow_is_never_deleted BEFORE DELETE ON flow
BEGIN SELECT RAISE(ABORT, 'a recorded flow is superseded, never deleted'); END;

-- A unit of a partition, and the parcel that holds it.
CREATE TABLE unit (
  id            INTEGER PRIMARY KEY,
  partition_id  INTEGER NOT NULL REFERENCES partition (id),
  code          TEXT NOT NULL CHECK (code <> ''),
  parcel_id     INTEGER NOT NULL REFERENCES parcel (id),
  source_id     INTEGER REFERENCES source (id),
  note          TEXT CHECK (note <> ''),
  opened_in     INTEGER NOT NULL REFERENCES revision (id),
  superseded_in INTEGER REFERENCES revision (id) CHECK (superseded_in > opened_in)
) STRICT;

CREATE INDEX unit_parcel ON unit (parcel_id);

CREATE TRIGGER unit_is_never_rewritten BEFORE UPDATE ON unit
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.partition_id, NEW.code, NEW.parcel_id, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.partition_id, OLD.code, OLD.parcel_id, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded unit is superseded, never rewritten'); END;

CREATE TRIGGER unit_is_never_deleted BEFORE DELETE ON unit
BEGIN SELECT RAISE(ABORT, 'a recorded unit is superseded, never deleted'); END;

CREATE UNIQUE INDEX unit_code ON unit (partition_id, code) WHERE superseded_in IS NULL;

-- What a unit amounts to in a basis that does not count units.
CREATE TABLE unit_amount (
  id            INTEGER PRIMARY KEY,
  basis_id      INTEGER NOT NULL REFERENCES basis (id),
  unit_code     TEXT NOT NULL CHECK (unit_code <> ''),
  amount        REAL NOT NULL CHECK (amount >= 0),
  source_id     INTEGER REFERENCES source (id),
  note          TEXT CHECK (note <> ''),
  opened_in     INTEGER NOT NULL REFERENCES revision (id),
  superseded_in INTEGER REFERENCES revision (id) CHECK (superseded_in > opened_in)
) STRICT;


CREATE TRIGGER unit_amount_is_never_rewritten BEFORE UPDATE ON unit_amount
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.basis_id, NEW.unit_code, NEW.amount, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.basis_id, OLD.unit_code, OLD.amount, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded unit_amount is superseded, never rewritten'); END;

CREATE TRIGGER unit_amount_is_never_deleted BEFORE DELETE ON unit_amount
BEGIN SELECT RAISE(ABORT, 'a recorded unit_amount is superseded, never deleted'); END;

CREATE UNIQUE INDEX unit_amount_unit ON unit_amount (basis_id, unit_code) WHERE superseded_in IS NULL;

-- An observed share without units: how much of a body on one day lies in a body on another.
CREATE TABLE observation (
  id             INTEGER PRIMARY KEY,
  key            TEXT NOT NULL CHECK (key <> ''),
  predecessor_id INTEGER NOT NULL REFERENCES organisation (id),
  predecessor_on TEXT NOT NULL CHECK (predecessor_on IS date(predecessor_on, '+0 days')),
  successor_id   INTEGER NOT NULL REFERENCES organisation (id),
  successor_on   TEXT NOT NULL CHECK (successor_on IS date(successor_on, '+0 days')),
  basis_id       INTEGER NOT NULL REFERENCES basis (id),
  amount         REAL NOT NULL CHECK (amount >= 0),
  source_id      INTEGER REFERENCES source (id),
  note           TEXT CHECK (note <> ''),
  opened_in      INTEGER NOT NULL REFERENCES revision (id),
  superseded_in  INTEGER REFERENCES revision (id) CHECK (superseded_in > opened_in)
) STRICT;

CREATE UNIQUE INDEX observation_key ON observation (key) WHERE superseded_in IS NULL;
CREATE INDEX observation_predecessor ON observation (predecessor_id);
CREATE INDEX observation_successor ON observation (successor_id);

CREATE TRIGGER observation_is_never_rewritten BEFORE UPDATE ON observation
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.predecessor_id, NEW.predecessor_on, NEW.successor_id, NEW.successor_on, NEW.basis_id, NEW.amount, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.predecessor_id, OLD.predecessor_on, OLD.successor_id, OLD.successor_on, OLD.basis_id, OLD.amount, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded observation is superseded, never rewritten'); END;

CREATE TRIGGER observation_is_never_deleted BEFORE DELETE ON observation
BEGIN SELECT RAISE(ABORT, 'a recorded observation is superseded, never deleted'); END;

-- A figure published elsewhere: to be reconciled with, never a constant. Without topic and measure it counts bodies of the
-- kind; with one of them it says something else of them, so that it has no amount to hold against a count. About one
-- body it always says something else: a single body is not counted.
CREATE TABLE claim (
  id              INTEGER PRIMARY KEY,
  key             TEXT NOT NULL CHECK (key <> ''),
  kind_id         INTEGER NOT NULL REFERENCES kind (id),
  organisation_id INTEGER REFERENCES organisation (id)
                  CHECK (organisation_id IS NULL OR topic IS NOT NULL OR measure_kind_id IS NOT NULL),
  topic           TEXT CHECK (topic IN ('authorisation', 'governance', 'local-government')),
  measure_kind_id INTEGER REFERENCES measure_kind (id) CHECK (measure_kind_id IS NULL OR topic IS NULL),
  claimed_from    TEXT NOT NULL CHECK (claimed_from IS date(claimed_from, '+0 days')),
  claimed_to      TEXT CHECK (claimed_to IS date(claimed_to, '+0 days') AND claimed_to > claimed_from),
  value           TEXT NOT NULL CHECK (value <> ''),
  amount          REAL CHECK (amount IS NULL OR (topic IS NULL AND measure_kind_id IS NULL)),
  scheme_id       INTEGER REFERENCES scheme (id),
  source_id       INTEGER REFERENCES source (id),
  note            TEXT CHECK (note <> ''),
  opened_in       INTEGER NOT NULL REFERENCES revision (id),
  superseded_in   INTEGER REFERENCES revision (id) CHECK (superseded_in > opened_in)
) STRICT;

CREATE UNIQUE INDEX claim_key ON claim (key) WHERE superseded_in IS NULL;
CREATE INDEX claim_kind ON claim (kind_id);
CREATE INDEX claim_organisation ON claim (organisation_id);

CREATE TRIGGER claim_is_never_rewritten BEFORE UPDATE ON claim
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.kind_id, NEW.organisation_id, NEW.topic, NEW.measure_kind_id, NEW.claimed_from, NEW.claimed_to, NEW.value, NEW.amount, NEW.scheme_id, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.kind_id, OLD.organisation_id, OLD.topic, OLD.measure_kind_id, OLD.claimed_from, OLD.claimed_to, OLD.value, OLD.amount, OLD.scheme_id, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded claim is superseded, never rewritten'); END;

CREATE TRIGGER claim_is_never_deleted BEFORE DELETE ON claim
BEGIN SELECT RAISE(ABORT, 'a recorded claim is superseded, never deleted'); END;

-- Derived from the tables above; see Replay.

-- A parcel, or the part of one that a division by shares makes.
CREATE TABLE piece (
  id        INTEGER PRIMARY KEY,
  parcel_id INTEGER NOT NULL REFERENCES parcel (id)
) STRICT;

CREATE INDEX piece_parcel ON piece (parcel_id);

-- What a parcel amounts to, in every basis of its partition.
CREATE TABLE parcel_amount (
  parcel_id INTEGER NOT NULL REFERENCES parcel (id),
  basis_id  INTEGER NOT NULL REFERENCES basis (id),
  amount    REAL NOT NULL CHECK (amount >= 0),
  PRIMARY KEY (parcel_id, basis_id)
) STRICT, WITHOUT ROWID;

-- Its share of the parcel, for a piece that is not the whole of it.
CREATE TABLE piece_share (
  piece_id INTEGER NOT NULL REFERENCES piece (id),
  basis_id INTEGER NOT NULL REFERENCES basis (id),
  share    REAL NOT NULL CHECK (share BETWEEN 0 AND 1),
  PRIMARY KEY (piece_id, basis_id)
) STRICT, WITHOUT ROWID;

-- Before an event that is known by amounts, a piece amounts to what was observed then: its amount times this factor.
CREATE TABLE piece_scale (
  piece_id INTEGER NOT NULL REFERENCES piece (id),
  event_id INTEGER NOT NULL REFERENCES change_event (id),
  basis_id INTEGER NOT NULL REFERENCES basis (id),
  factor   REAL NOT NULL CHECK (factor >= 0),
  PRIMARY KEY (piece_id, event_id, basis_id)
) STRICT, WITHOUT ROWID;

-- The events whose division is known by amounts alone: a crosswalk over one of them is proportional.
CREATE TABLE piece_division (
  piece_id INTEGER NOT NULL REFERENCES piece (id),
  event_id INTEGER NOT NULL REFERENCES change_event (id),
  PRIMARY KEY (piece_id, event_id)
) STRICT, WITHOUT ROWID;

-- Where a piece lies. No row: unplaced. gap_event_id: lost at an event that has no data for the partition.
CREATE TABLE placement (
  piece_id        INTEGER NOT NULL REFERENCES piece (id),
  organisation_id INTEGER REFERENCES organisation (id),
  gap_event_id    INTEGER REFERENCES change_event (id) CHECK ((organisation_id IS NULL) <> (gap_event_id IS NULL)),
  valid_from      TEXT NOT NULL CHECK (valid_from IS date(valid_from, '+0 days')),
  valid_to        TEXT CHECK (valid_to IS date(valid_to, '+0 days') AND valid_to > valid_from),
  PRIMARY KEY (piece_id, valid_from)
) STRICT, WITHOUT ROWID;

CREATE INDEX placement_organisation ON placement (organisation_id);
