-- A unit that changed its body by itself, without an event of bodies. It touches nothing but its partition.
CREATE TABLE unit_move (
  id             INTEGER PRIMARY KEY,
  key            TEXT NOT NULL CHECK (key <> ''),
  partition_id   INTEGER NOT NULL REFERENCES partition (id),
  unit_code      TEXT NOT NULL CHECK (unit_code <> ''),
  predecessor_id INTEGER NOT NULL REFERENCES organisation (id),
  successor_id   INTEGER NOT NULL REFERENCES organisation (id) CHECK (successor_id <> predecessor_id),
  moved_on       TEXT NOT NULL CHECK (moved_on IS date(moved_on, '+0 days')), -- the first day in the new body
  source_id      INTEGER REFERENCES source (id),
  note           TEXT CHECK (note <> ''),
  opened_in      INTEGER NOT NULL REFERENCES revision (id),
  superseded_in  INTEGER REFERENCES revision (id) CHECK (superseded_in > opened_in)
) STRICT;

CREATE UNIQUE INDEX unit_move_key ON unit_move (key) WHERE superseded_in IS NULL;
CREATE INDEX unit_move_unit ON unit_move (partition_id, unit_code);
CREATE INDEX unit_move_predecessor ON unit_move (predecessor_id);
CREATE INDEX unit_move_successor ON unit_move (successor_id);

CREATE TRIGGER unit_move_is_never_rewritten BEFORE UPDATE ON unit_move
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.partition_id, NEW.unit_code, NEW.predecessor_id, NEW.successor_id, NEW.moved_on, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.partition_id, OLD.unit_code, OLD.predecessor_id, OLD.successor_id, OLD.moved_on, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded unit_move is superseded, never rewritten'); END;

CREATE TRIGGER unit_move_is_never_deleted BEFORE DELETE ON unit_move
BEGIN SELECT RAISE(ABORT, 'a recorded unit_move is superseded, never deleted'); END;

CREATE VIEW current_unit_move AS
SELECT unit_code AS unit, partition.key AS partition, predecessor.key AS predecessor, successor.key AS successor, moved_on,
  citation.title AS source
FROM unit_move JOIN partition ON partition.id = unit_move.partition_id
  JOIN organisation AS predecessor ON predecessor.id = unit_move.predecessor_id
  JOIN organisation AS successor ON successor.id = unit_move.successor_id
  LEFT JOIN citation ON citation.source_id = unit_move.source_id AND citation.superseded_in IS NULL
WHERE unit_move.superseded_in IS NULL;

-- When the unit itself existed, where that is known. It is kept and shown, and weighs nothing.
ALTER TABLE unit ADD COLUMN valid_from TEXT CHECK (valid_from IS date(valid_from, '+0 days'));
ALTER TABLE unit ADD COLUMN valid_to TEXT CHECK (valid_to IS date(valid_to, '+0 days') AND valid_to > ifnull(valid_from, ''));

DROP TRIGGER unit_is_never_rewritten;

CREATE TRIGGER unit_is_never_rewritten BEFORE UPDATE ON unit
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.partition_id, NEW.code, NEW.parcel_id, NEW.valid_from, NEW.valid_to, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.partition_id, OLD.code, OLD.parcel_id, OLD.valid_from, OLD.valid_to, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded unit is superseded, never rewritten'); END;
