-- Pieces have exact amounts, and say where their parcel has no voice. All of it is derived: the program replays the
-- events after the last step of an upgrade.

DROP VIEW current_placement;
DROP TABLE placement;
DROP TABLE piece_division;
DROP TABLE piece_scale;
DROP TABLE piece_share;
DROP TABLE parcel_amount;
DROP TABLE piece;

-- A parcel, or the part of one that a division by amounts makes.
CREATE TABLE piece (
  id        INTEGER PRIMARY KEY,
  parcel_id INTEGER NOT NULL REFERENCES parcel (id)
) STRICT;

CREATE INDEX piece_parcel ON piece (parcel_id);

-- What a parcel amounts to, in every basis of its partition. An amount is exact: a number, or the text of a decimal that
-- no binary number holds. Both can be added up in SQL.
CREATE TABLE parcel_amount (
  parcel_id INTEGER NOT NULL REFERENCES parcel (id),
  basis_id  INTEGER NOT NULL REFERENCES basis (id),
  amount    ANY NOT NULL CHECK (CAST(amount AS REAL) >= 0),
  PRIMARY KEY (parcel_id, basis_id)
) STRICT, WITHOUT ROWID;

-- What a piece amounts to that is not its whole parcel.
CREATE TABLE piece_amount (
  piece_id INTEGER NOT NULL REFERENCES piece (id),
  basis_id INTEGER NOT NULL REFERENCES basis (id),
  amount   ANY NOT NULL CHECK (CAST(amount AS REAL) >= 0),
  PRIMARY KEY (piece_id, basis_id)
) STRICT, WITHOUT ROWID;

-- The events whose division is known by amounts alone: a crosswalk over one of them is proportional.
CREATE TABLE piece_division (
  piece_id INTEGER NOT NULL REFERENCES piece (id),
  event_id INTEGER NOT NULL REFERENCES change_event (id),
  PRIMARY KEY (piece_id, event_id)
) STRICT, WITHOUT ROWID;

-- Where a piece lies. No row: unplaced. gap_event_id: lost at an event that has no data for the partition, or, where
-- is_silent, that says where other parcels of the body went and nothing about this one.
CREATE TABLE placement (
  piece_id        INTEGER NOT NULL REFERENCES piece (id),
  organisation_id INTEGER REFERENCES organisation (id),
  gap_event_id    INTEGER REFERENCES change_event (id) CHECK ((organisation_id IS NULL) <> (gap_event_id IS NULL)),
  is_silent       INTEGER NOT NULL CHECK (is_silent = 0 OR (is_silent = 1 AND gap_event_id IS NOT NULL)),
  valid_from      TEXT NOT NULL CHECK (valid_from IS date(valid_from, '+0 days')),
  valid_to        TEXT CHECK (valid_to IS date(valid_to, '+0 days') AND valid_to > valid_from),
  PRIMARY KEY (piece_id, valid_from)
) STRICT, WITHOUT ROWID;

CREATE INDEX placement_organisation ON placement (organisation_id);

CREATE VIEW current_placement AS
SELECT parcel.key AS parcel, partition.key AS partition, piece_id, organisation.key AS organisation,
  change_event.key AS lost_at_event, is_silent, valid_from, date(valid_to, '-1 day') AS last_day
FROM placement JOIN piece ON piece.id = placement.piece_id JOIN parcel ON parcel.id = piece.parcel_id
  JOIN partition ON partition.id = parcel.partition_id
  LEFT JOIN organisation ON organisation.id = placement.organisation_id
  LEFT JOIN change_event ON change_event.id = placement.gap_event_id;
