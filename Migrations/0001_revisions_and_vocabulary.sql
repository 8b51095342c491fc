-- A registry file says what it is: "ORGr".
PRAGMA application_id = 0x4F524772;

CREATE TABLE schema_migration (
  number     INTEGER PRIMARY KEY,
  name       TEXT NOT NULL,
  checksum   TEXT NOT NULL,
  applied_at TEXT NOT NULL
) STRICT;

-- One row for every time the register was written. Revisions only grow.
CREATE TABLE revision (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  recorded_at TEXT NOT NULL CHECK (recorded_at IS strftime('%Y-%m-%dT%H:%M:%SZ', recorded_at, '+0 days')),
  actor       TEXT NOT NULL CHECK (actor <> ''),
  command     TEXT NOT NULL CHECK (command <> ''),
  reason      TEXT NOT NULL DEFAULT '',
  row_count   INTEGER NOT NULL DEFAULT 0 CHECK (row_count >= 0)
) STRICT;

CREATE TRIGGER revision_is_never_deleted BEFORE DELETE ON revision
BEGIN SELECT RAISE(ABORT, 'revisions only grow'); END;

-- The files that a revision was read from.
CREATE TABLE revision_file (
  revision_id INTEGER NOT NULL REFERENCES revision (id),
  file_name   TEXT NOT NULL,
  sha256      TEXT NOT NULL CHECK (length(sha256) = 64),
  line_count  INTEGER NOT NULL CHECK (line_count >= 0),
  reject_count INTEGER NOT NULL DEFAULT 0 CHECK (reject_count >= 0),
  PRIMARY KEY (revision_id, file_name)
) STRICT, WITHOUT ROWID;

-- Vocabulary: what the words of this register mean. Rows, not enums, so that any country fits.

CREATE TABLE scheme (
  id        INTEGER PRIMARY KEY, -- the order of code columns
  key       TEXT NOT NULL UNIQUE CHECK (key <> ''),
  name      TEXT NOT NULL,
  rank      INTEGER NOT NULL,    -- the scheme of lowest rank gives the name that is shown first
  opened_in INTEGER NOT NULL REFERENCES revision (id)
) STRICT;

CREATE TABLE kind (
  id              INTEGER PRIMARY KEY,
  key             TEXT NOT NULL UNIQUE CHECK (key <> ''),
  name            TEXT NOT NULL,
  tier            TEXT CHECK (tier <> ''),            -- 'place' holds parcels; NULL: no tier
  exclusive_group TEXT CHECK (exclusive_group <> ''), -- kinds of one group exclude each other
  opened_in       INTEGER NOT NULL REFERENCES revision (id)
) STRICT;

CREATE TABLE relationship_kind (
  id        INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE CHECK (key <> ''),
  name      TEXT NOT NULL,
  is_parent INTEGER NOT NULL CHECK (is_parent IN (0, 1)),
  opened_in INTEGER NOT NULL REFERENCES revision (id)
) STRICT;

-- A division of the whole territory into units (small areas, practices, ...).
CREATE TABLE partition (
  id        INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE CHECK (key <> ''),
  name      TEXT NOT NULL,
  unit_name TEXT NOT NULL,
  opened_in INTEGER NOT NULL REFERENCES revision (id)
) STRICT;

-- What is measured of a partition, on a stated date. Without a partition: shares observed or published without units.
CREATE TABLE basis (
  id           INTEGER PRIMARY KEY, -- the order in which bases are tried
  key          TEXT NOT NULL UNIQUE CHECK (key <> ''),
  name         TEXT NOT NULL,
  partition_id INTEGER REFERENCES partition (id),
  unit_name    TEXT NOT NULL,
  as_at        TEXT CHECK (as_at IS date(as_at, '+0 days')),
  counts_units INTEGER NOT NULL CHECK (counts_units IN (0, 1) AND (counts_units = 0 OR partition_id IS NOT NULL)),
  opened_in    INTEGER NOT NULL REFERENCES revision (id)
) STRICT;

CREATE TABLE measure_kind (
  id        INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE CHECK (key <> ''),
  name      TEXT NOT NULL,
  unit_name TEXT NOT NULL,
  opened_in INTEGER NOT NULL REFERENCES revision (id)
) STRICT;
