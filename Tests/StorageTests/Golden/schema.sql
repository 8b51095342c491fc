CREATE UNIQUE INDEX anchor_key ON anchor (key) WHERE superseded_in IS NULL;

CREATE INDEX anchor_organisation ON anchor (organisation_id);

CREATE UNIQUE INDEX anchor_parcel ON anchor (parcel_id) WHERE superseded_in IS NULL;

CREATE INDEX anchor_superseded ON anchor (superseded_in) WHERE superseded_in IS NOT NULL;

CREATE INDEX appointment_from_event ON appointment (from_event_id) WHERE from_event_id IS NOT NULL;

CREATE INDEX appointment_holder ON appointment (holder_id);

CREATE UNIQUE INDEX appointment_key ON appointment (key) WHERE superseded_in IS NULL;

CREATE INDEX appointment_organisation ON appointment (organisation_id);

CREATE INDEX appointment_superseded ON appointment (superseded_in) WHERE superseded_in IS NOT NULL;

CREATE INDEX appointment_to_event ON appointment (to_event_id) WHERE to_event_id IS NOT NULL;

CREATE UNIQUE INDEX citation_key ON citation (key) WHERE superseded_in IS NULL;

CREATE INDEX citation_source ON citation (source_id);

CREATE INDEX citation_superseded ON citation (superseded_in) WHERE superseded_in IS NOT NULL;

CREATE UNIQUE INDEX claim_key ON claim (key) WHERE superseded_in IS NULL;

CREATE INDEX claim_kind ON claim (kind_id);

CREATE INDEX claim_organisation ON claim (organisation_id);

CREATE INDEX claim_superseded ON claim (superseded_in) WHERE superseded_in IS NOT NULL;

CREATE INDEX code_from_event ON code (from_event_id) WHERE from_event_id IS NOT NULL;

CREATE UNIQUE INDEX code_key ON code (key) WHERE superseded_in IS NULL;

CREATE INDEX code_organisation ON code (organisation_id);

CREATE INDEX code_superseded ON code (superseded_in) WHERE superseded_in IS NOT NULL;

CREATE INDEX code_to_event ON code (to_event_id) WHERE to_event_id IS NOT NULL;

CREATE INDEX code_value ON code (value, scheme_id);

CREATE INDEX constitution_from_event ON constitution (from_event_id) WHERE from_event_id IS NOT NULL;

CREATE UNIQUE INDEX constitution_key ON constitution (key) WHERE superseded_in IS NULL;

CREATE INDEX constitution_organisation ON constitution (organisation_id);

CREATE INDEX constitution_superseded ON constitution (superseded_in) WHERE superseded_in IS NOT NULL;

CREATE INDEX constitution_to_event ON constitution (to_event_id) WHERE to_event_id IS NOT NULL;

CREATE INDEX event_detail_day ON event_detail (happened_on);

CREATE INDEX event_detail_event ON event_detail (event_id);

CREATE UNIQUE INDEX event_detail_key ON event_detail (key) WHERE superseded_in IS NULL;

CREATE INDEX event_detail_superseded ON event_detail (superseded_in) WHERE superseded_in IS NOT NULL;

CREATE INDEX flow_event ON flow (event_id);

CREATE UNIQUE INDEX flow_key ON flow (key) WHERE superseded_in IS NULL;

CREATE INDEX flow_superseded ON flow (superseded_in) WHERE superseded_in IS NOT NULL;

CREATE INDEX identifier_from_event ON identifier (from_event_id) WHERE from_event_id IS NOT NULL;

CREATE UNIQUE INDEX identifier_key ON identifier (key) WHERE superseded_in IS NULL;

CREATE INDEX identifier_organisation ON identifier (organisation_id);

CREATE INDEX identifier_superseded ON identifier (superseded_in) WHERE superseded_in IS NOT NULL;

CREATE INDEX identifier_to_event ON identifier (to_event_id) WHERE to_event_id IS NOT NULL;

CREATE INDEX identifier_value ON identifier (value, register);

CREATE INDEX life_from_event ON life (from_event_id);

CREATE UNIQUE INDEX life_key ON life (key) WHERE superseded_in IS NULL;

CREATE INDEX life_organisation ON life (organisation_id);

CREATE INDEX life_superseded ON life (superseded_in) WHERE superseded_in IS NOT NULL;

CREATE INDEX life_to_event ON life (to_event_id);

CREATE UNIQUE INDEX may_stand_under_key ON may_stand_under (key) WHERE superseded_in IS NULL;

CREATE INDEX may_stand_under_relationship ON may_stand_under (relationship_kind_id, kind_id);

CREATE INDEX may_stand_under_superseded ON may_stand_under (superseded_in) WHERE superseded_in IS NOT NULL;

CREATE INDEX measure_from_event ON measure (from_event_id) WHERE from_event_id IS NOT NULL;

CREATE UNIQUE INDEX measure_key ON measure (key) WHERE superseded_in IS NULL;

CREATE INDEX measure_organisation ON measure (organisation_id);

CREATE INDEX measure_superseded ON measure (superseded_in) WHERE superseded_in IS NOT NULL;

CREATE INDEX measure_to_event ON measure (to_event_id) WHERE to_event_id IS NOT NULL;

CREATE INDEX movement_event ON movement (event_id);

CREATE UNIQUE INDEX movement_key ON movement (key) WHERE superseded_in IS NULL;

CREATE INDEX movement_parcel ON movement (parcel_id);

CREATE INDEX movement_superseded ON movement (superseded_in) WHERE superseded_in IS NOT NULL;

CREATE INDEX name_from_event ON name (from_event_id) WHERE from_event_id IS NOT NULL;

CREATE UNIQUE INDEX name_key ON name (key) WHERE superseded_in IS NULL;

CREATE INDEX name_organisation ON name (organisation_id);

CREATE INDEX name_superseded ON name (superseded_in) WHERE superseded_in IS NOT NULL;

CREATE INDEX name_to_event ON name (to_event_id) WHERE to_event_id IS NOT NULL;

CREATE UNIQUE INDEX observation_key ON observation (key) WHERE superseded_in IS NULL;

CREATE INDEX observation_predecessor ON observation (predecessor_id);

CREATE INDEX observation_successor ON observation (successor_id);

CREATE INDEX observation_superseded ON observation (superseded_in) WHERE superseded_in IS NOT NULL;

CREATE INDEX piece_parcel ON piece (parcel_id);

CREATE INDEX placement_organisation ON placement (organisation_id);

CREATE INDEX proposal_base_base ON proposal_base (base_id);

CREATE UNIQUE INDEX proposal_base_key ON proposal_base (key) WHERE superseded_in IS NULL;

CREATE INDEX proposal_base_proposal ON proposal_base (proposal_id);

CREATE INDEX proposal_base_superseded ON proposal_base (superseded_in) WHERE superseded_in IS NOT NULL;

CREATE UNIQUE INDEX proposal_detail_key ON proposal_detail (key) WHERE superseded_in IS NULL;

CREATE INDEX proposal_detail_proposal ON proposal_detail (proposal_id);

CREATE INDEX proposal_detail_superseded ON proposal_detail (superseded_in) WHERE superseded_in IS NOT NULL;

CREATE UNIQUE INDEX proposal_statement_key ON proposal_statement (key) WHERE superseded_in IS NULL;

CREATE INDEX proposal_statement_proposal ON proposal_statement (proposal_id, position);

CREATE INDEX proposal_statement_superseded ON proposal_statement (superseded_in) WHERE superseded_in IS NOT NULL;

CREATE INDEX relationship_from_event ON relationship (from_event_id) WHERE from_event_id IS NOT NULL;

CREATE UNIQUE INDEX relationship_key ON relationship (key) WHERE superseded_in IS NULL;

CREATE INDEX relationship_organisation ON relationship (organisation_id);

CREATE INDEX relationship_superior ON relationship (superior_id);

CREATE INDEX relationship_superseded ON relationship (superseded_in) WHERE superseded_in IS NOT NULL;

CREATE INDEX relationship_to_event ON relationship (to_event_id) WHERE to_event_id IS NOT NULL;

CREATE INDEX responsibility_for ON responsibility (for_id);

CREATE INDEX responsibility_from_event ON responsibility (from_event_id) WHERE from_event_id IS NOT NULL;

CREATE UNIQUE INDEX responsibility_key ON responsibility (key) WHERE superseded_in IS NULL;

CREATE INDEX responsibility_organisation ON responsibility (organisation_id);

CREATE INDEX responsibility_service ON responsibility (service_id);

CREATE INDEX responsibility_superseded ON responsibility (superseded_in) WHERE superseded_in IS NOT NULL;

CREATE INDEX responsibility_to_event ON responsibility (to_event_id) WHERE to_event_id IS NOT NULL;

CREATE INDEX role_from_event ON role (from_event_id) WHERE from_event_id IS NOT NULL;

CREATE UNIQUE INDEX role_key ON role (key) WHERE superseded_in IS NULL;

CREATE INDEX role_kind ON role (kind_id);

CREATE INDEX role_organisation ON role (organisation_id);

CREATE INDEX role_superseded ON role (superseded_in) WHERE superseded_in IS NOT NULL;

CREATE INDEX role_to_event ON role (to_event_id) WHERE to_event_id IS NOT NULL;

CREATE UNIQUE INDEX seat_rule_key ON seat_rule (key) WHERE superseded_in IS NULL;

CREATE INDEX seat_rule_superseded ON seat_rule (superseded_in) WHERE superseded_in IS NOT NULL;

CREATE INDEX succession_event ON succession (event_id);

CREATE UNIQUE INDEX succession_key ON succession (key) WHERE superseded_in IS NULL;

CREATE INDEX succession_predecessor ON succession (predecessor_id);

CREATE INDEX succession_successor ON succession (successor_id);

CREATE INDEX succession_superseded ON succession (superseded_in) WHERE superseded_in IS NOT NULL;

CREATE INDEX unit_amount_superseded ON unit_amount (superseded_in) WHERE superseded_in IS NOT NULL;

CREATE UNIQUE INDEX unit_amount_unit ON unit_amount (basis_id, unit_code) WHERE superseded_in IS NULL;

CREATE UNIQUE INDEX unit_code ON unit (partition_id, code) WHERE superseded_in IS NULL;

CREATE UNIQUE INDEX unit_move_key ON unit_move (key) WHERE superseded_in IS NULL;

CREATE INDEX unit_move_predecessor ON unit_move (predecessor_id);

CREATE INDEX unit_move_successor ON unit_move (successor_id);

CREATE INDEX unit_move_superseded ON unit_move (superseded_in) WHERE superseded_in IS NOT NULL;

CREATE INDEX unit_move_unit ON unit_move (partition_id, unit_code);

CREATE INDEX unit_parcel ON unit (parcel_id);

CREATE INDEX unit_superseded ON unit (superseded_in) WHERE superseded_in IS NOT NULL;

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

CREATE TABLE change_event (
  id        INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE CHECK (key <> ''),
  opened_in INTEGER NOT NULL REFERENCES revision (id)
) STRICT;

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

CREATE TABLE claim (
  id              INTEGER PRIMARY KEY,
  key             TEXT NOT NULL CHECK (key <> ''),
  kind_id         INTEGER NOT NULL REFERENCES kind (id),
  organisation_id INTEGER REFERENCES organisation (id)
                  CHECK (organisation_id IS NULL OR topic IS NOT NULL OR measure_kind_id IS NOT NULL),
  topic           TEXT CHECK (topic IN ('authorisation', 'governance', 'local-government', 'dates', 'support',
                    'corrections')),
  measure_kind_id INTEGER REFERENCES measure_kind (id) CHECK (measure_kind_id IS NULL OR topic IS NULL),
  statistic       TEXT CHECK (statistic IS NULL
                    OR measure_kind_id IS NOT NULL AND statistic IN ('smallest', 'largest', 'average', 'total')
                    OR topic IS 'local-government' AND statistic IN ('one-to-one', 'inside', 'covers', 'crosses')
                    OR topic IS 'dates' AND statistic IN ('first-day', 'last-day')
                    OR topic IS 'corrections' AND statistic IN ('name', 'code', 'days')),
  claimed_from    TEXT NOT NULL CHECK (claimed_from IS date(claimed_from, '+0 days')),
  claimed_to      TEXT CHECK (claimed_to IS date(claimed_to, '+0 days') AND claimed_to > claimed_from),
  value           TEXT NOT NULL CHECK (value <> ''),
  amount          REAL CHECK (amount IS NULL OR (topic IS NULL AND measure_kind_id IS NULL)
                    OR (statistic IS NOT NULL AND topic IS NOT 'dates' AND topic IS NOT 'corrections')),
  scheme_id       INTEGER REFERENCES scheme (id),
  source_id       INTEGER REFERENCES source (id),
  note            TEXT CHECK (note <> ''),
  opened_in       INTEGER NOT NULL REFERENCES revision (id),
  superseded_in   INTEGER REFERENCES revision (id) CHECK (superseded_in > opened_in)
) STRICT;

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

CREATE TABLE holder (
  id          INTEGER PRIMARY KEY,
  key         TEXT NOT NULL UNIQUE CHECK (key <> ''),
  name        TEXT CHECK (name <> ''),
  opened_in   INTEGER NOT NULL REFERENCES revision (id),
  redacted_in INTEGER REFERENCES revision (id) CHECK (redacted_in IS NULL OR name IS NULL)
) STRICT;

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

CREATE TABLE kind (
  id              INTEGER PRIMARY KEY,
  key             TEXT NOT NULL UNIQUE CHECK (key <> ''),
  name            TEXT NOT NULL,
  tier            TEXT CHECK (tier <> ''),            -- 'place' holds parcels; NULL: no tier
  exclusive_group TEXT CHECK (exclusive_group <> ''), -- kinds of one group exclude each other
  opened_in       INTEGER NOT NULL REFERENCES revision (id)
) STRICT;

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

CREATE TABLE may_stand_under (
  id                   INTEGER PRIMARY KEY,
  key                  TEXT NOT NULL CHECK (key <> ''),
  kind_id              INTEGER NOT NULL REFERENCES kind (id),
  relationship_kind_id INTEGER NOT NULL REFERENCES relationship_kind (id),
  superior_kind_id     INTEGER NOT NULL REFERENCES kind (id),
  note                 TEXT CHECK (note <> ''),
  opened_in            INTEGER NOT NULL REFERENCES revision (id),
  superseded_in        INTEGER REFERENCES revision (id) CHECK (superseded_in > opened_in)
) STRICT;

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

CREATE TABLE measure_kind (
  id        INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE CHECK (key <> ''),
  name      TEXT NOT NULL,
  unit_name TEXT NOT NULL,
  opened_in INTEGER NOT NULL REFERENCES revision (id)
) STRICT;

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

CREATE TABLE organisation (
  id        INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE CHECK (key <> ''),
  opened_in INTEGER NOT NULL REFERENCES revision (id)
) STRICT;

CREATE TABLE parcel (
  id           INTEGER PRIMARY KEY,
  key          TEXT NOT NULL UNIQUE CHECK (key <> ''),
  partition_id INTEGER NOT NULL REFERENCES partition (id),
  opened_in    INTEGER NOT NULL REFERENCES revision (id)
) STRICT;

CREATE TABLE parcel_amount (
  parcel_id INTEGER NOT NULL REFERENCES parcel (id),
  basis_id  INTEGER NOT NULL REFERENCES basis (id),
  amount    ANY NOT NULL CHECK (CAST(amount AS REAL) >= 0),
  PRIMARY KEY (parcel_id, basis_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE partition (
  id        INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE CHECK (key <> ''),
  name      TEXT NOT NULL,
  unit_name TEXT NOT NULL,
  opened_in INTEGER NOT NULL REFERENCES revision (id)
) STRICT;

CREATE TABLE piece (
  id        INTEGER PRIMARY KEY,
  parcel_id INTEGER NOT NULL REFERENCES parcel (id)
) STRICT;

CREATE TABLE piece_amount (
  piece_id INTEGER NOT NULL REFERENCES piece (id),
  basis_id INTEGER NOT NULL REFERENCES basis (id),
  amount   ANY NOT NULL CHECK (CAST(amount AS REAL) >= 0),
  PRIMARY KEY (piece_id, basis_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE piece_division (
  piece_id INTEGER NOT NULL REFERENCES piece (id),
  event_id INTEGER NOT NULL REFERENCES change_event (id),
  PRIMARY KEY (piece_id, event_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE placement (
  piece_id        INTEGER NOT NULL REFERENCES piece (id),
  organisation_id INTEGER REFERENCES organisation (id),
  gap_event_id    INTEGER REFERENCES change_event (id) CHECK ((organisation_id IS NULL) <> (gap_event_id IS NULL)),
  is_silent       INTEGER NOT NULL CHECK (is_silent = 0 OR (is_silent = 1 AND gap_event_id IS NOT NULL)),
  valid_from      TEXT NOT NULL CHECK (valid_from IS date(valid_from, '+0 days')),
  valid_to        TEXT CHECK (valid_to IS date(valid_to, '+0 days') AND valid_to > valid_from),
  PRIMARY KEY (piece_id, valid_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE proposal (
  id        INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE CHECK (key <> ''),
  opened_in INTEGER NOT NULL REFERENCES revision (id)
) STRICT;

CREATE TABLE proposal_base (
  id            INTEGER PRIMARY KEY,
  key           TEXT NOT NULL CHECK (key <> ''),
  proposal_id   INTEGER NOT NULL REFERENCES proposal (id),
  base_id       INTEGER NOT NULL REFERENCES proposal (id) CHECK (base_id <> proposal_id),
  note          TEXT CHECK (note <> ''),
  opened_in     INTEGER NOT NULL REFERENCES revision (id),
  superseded_in INTEGER REFERENCES revision (id) CHECK (superseded_in > opened_in)
) STRICT;

CREATE TABLE proposal_detail (
  id            INTEGER PRIMARY KEY,
  key           TEXT NOT NULL CHECK (key <> ''),
  proposal_id   INTEGER NOT NULL REFERENCES proposal (id),
  planned_for   TEXT NOT NULL CHECK (planned_for IS date(planned_for, '+0 days')),
  title         TEXT NOT NULL CHECK (title <> ''),
  state         TEXT NOT NULL CHECK (state IN ('open', 'enacted', 'withdrawn')),
  source_id     INTEGER REFERENCES source (id),
  note          TEXT CHECK (note <> ''),
  opened_in     INTEGER NOT NULL REFERENCES revision (id),
  superseded_in INTEGER REFERENCES revision (id) CHECK (superseded_in > opened_in)
) STRICT;

CREATE TABLE proposal_statement (
  id            INTEGER PRIMARY KEY,
  key           TEXT NOT NULL CHECK (key <> ''),
  proposal_id   INTEGER NOT NULL REFERENCES proposal (id),
  position      INTEGER NOT NULL CHECK (position > 0),
  record        TEXT NOT NULL CHECK (record <> ''),
  fields        TEXT NOT NULL CHECK (fields LIKE '{%}' -- by column of the change file, as a JSON object
    AND (record <> 'appointment' OR fields NOT LIKE '%"value":%')),
  note          TEXT CHECK (note <> ''),
  opened_in     INTEGER NOT NULL REFERENCES revision (id),
  superseded_in INTEGER REFERENCES revision (id) CHECK (superseded_in > opened_in)
) STRICT;

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

CREATE TABLE relationship_kind (
  id        INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE CHECK (key <> ''),
  name      TEXT NOT NULL,
  is_parent INTEGER NOT NULL CHECK (is_parent IN (0, 1)),
  opened_in INTEGER NOT NULL REFERENCES revision (id)
) STRICT;

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

CREATE TABLE revision (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  recorded_at TEXT NOT NULL CHECK (recorded_at IS strftime('%Y-%m-%dT%H:%M:%SZ', recorded_at, '+0 days')),
  actor       TEXT NOT NULL CHECK (actor <> ''),
  command     TEXT NOT NULL CHECK (command <> ''),
  reason      TEXT NOT NULL DEFAULT '',
  row_count   INTEGER NOT NULL DEFAULT 0 CHECK (row_count >= 0)
) STRICT;

CREATE TABLE revision_file (
  revision_id INTEGER NOT NULL REFERENCES revision (id),
  file_name   TEXT NOT NULL,
  sha256      TEXT NOT NULL CHECK (length(sha256) = 64),
  line_count  INTEGER NOT NULL CHECK (line_count >= 0),
  reject_count INTEGER NOT NULL DEFAULT 0 CHECK (reject_count >= 0),
  PRIMARY KEY (revision_id, file_name)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE schema_migration (
  number     INTEGER PRIMARY KEY,
  name       TEXT NOT NULL,
  checksum   TEXT NOT NULL,
  applied_at TEXT NOT NULL
) STRICT;

CREATE TABLE scheme (
  id        INTEGER PRIMARY KEY, -- the order of code columns
  key       TEXT NOT NULL UNIQUE CHECK (key <> ''),
  name      TEXT NOT NULL,
  rank      INTEGER NOT NULL,    -- the scheme of lowest rank gives the name that is shown first
  opened_in INTEGER NOT NULL REFERENCES revision (id)
, letter_case TEXT CHECK (letter_case = 'upper' OR letter_case = 'lower')) STRICT;

CREATE TABLE seat (
  id        INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE CHECK (key <> ''),
  name      TEXT NOT NULL,
  is_single INTEGER NOT NULL CHECK (is_single IN (0, 1)), -- whether a body has just one
  opened_in INTEGER NOT NULL REFERENCES revision (id)
) STRICT;

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

CREATE TABLE service (
  id        INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE CHECK (key <> ''),
  name      TEXT NOT NULL,
  opened_in INTEGER NOT NULL REFERENCES revision (id)
) STRICT;

CREATE TABLE source (
  id        INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE CHECK (key <> ''),
  opened_in INTEGER NOT NULL REFERENCES revision (id)
) STRICT;

CREATE TABLE sqlite_sequence(name,seq);

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

CREATE TABLE unit (
  id            INTEGER PRIMARY KEY,
  partition_id  INTEGER NOT NULL REFERENCES partition (id),
  code          TEXT NOT NULL CHECK (code <> ''),
  parcel_id     INTEGER NOT NULL REFERENCES parcel (id),
  source_id     INTEGER REFERENCES source (id),
  note          TEXT CHECK (note <> ''),
  opened_in     INTEGER NOT NULL REFERENCES revision (id),
  superseded_in INTEGER REFERENCES revision (id) CHECK (superseded_in > opened_in)
, valid_from TEXT CHECK (valid_from IS date(valid_from, '+0 days')), valid_to TEXT CHECK (valid_to IS date(valid_to, '+0 days') AND valid_to > ifnull(valid_from, ''))) STRICT;

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

CREATE TRIGGER anchor_is_never_deleted BEFORE DELETE ON anchor
BEGIN SELECT RAISE(ABORT, 'a recorded anchor is superseded, never deleted'); END;

CREATE TRIGGER anchor_is_never_rewritten BEFORE UPDATE ON anchor
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.parcel_id, NEW.organisation_id, NEW.anchored_on, NEW.status, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.parcel_id, OLD.organisation_id, OLD.anchored_on, OLD.status, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded anchor is superseded, never rewritten'); END;

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

CREATE TRIGGER appointment_is_never_deleted BEFORE DELETE ON appointment
BEGIN SELECT RAISE(ABORT, 'a recorded appointment is superseded, never deleted'); END;

CREATE TRIGGER appointment_is_never_rewritten BEFORE UPDATE ON appointment
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.organisation_id, NEW.seat_id, NEW.nature, NEW.profession, NEW.holder_id, NEW.valid_from, NEW.valid_to, NEW.from_status, NEW.to_status, NEW.from_event_id, NEW.to_event_id, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.organisation_id, OLD.seat_id, OLD.nature, OLD.profession, OLD.holder_id, OLD.valid_from, OLD.valid_to, OLD.from_status, OLD.to_status, OLD.from_event_id, OLD.to_event_id, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded appointment is superseded, never rewritten'); END;

CREATE TRIGGER change_event_is_never_deleted BEFORE DELETE ON change_event
BEGIN SELECT RAISE(ABORT, 'an identity is permanent'); END;

CREATE TRIGGER change_event_is_permanent BEFORE UPDATE ON change_event
BEGIN SELECT RAISE(ABORT, 'an identity is permanent'); END;

CREATE TRIGGER citation_is_never_deleted BEFORE DELETE ON citation
BEGIN SELECT RAISE(ABORT, 'a recorded citation is superseded, never deleted'); END;

CREATE TRIGGER citation_is_never_rewritten BEFORE UPDATE ON citation
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.source_id, NEW.title, NEW.instrument, NEW.year, NEW.number, NEW.provision, NEW.made_on, NEW.in_force_on, NEW.url, NEW.retrieved_on, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.source_id, OLD.title, OLD.instrument, OLD.year, OLD.number, OLD.provision, OLD.made_on, OLD.in_force_on, OLD.url, OLD.retrieved_on, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded citation is superseded, never rewritten'); END;

CREATE TRIGGER claim_is_never_deleted BEFORE DELETE ON claim
BEGIN SELECT RAISE(ABORT, 'a recorded claim is superseded, never deleted'); END;

CREATE TRIGGER claim_is_never_rewritten BEFORE UPDATE ON claim
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.kind_id, NEW.organisation_id, NEW.topic, NEW.measure_kind_id, NEW.statistic, NEW.claimed_from, NEW.claimed_to, NEW.value, NEW.amount, NEW.scheme_id, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.kind_id, OLD.organisation_id, OLD.topic, OLD.measure_kind_id, OLD.statistic, OLD.claimed_from, OLD.claimed_to, OLD.value, OLD.amount, OLD.scheme_id, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded claim is superseded, never rewritten'); END;

CREATE TRIGGER code_is_never_deleted BEFORE DELETE ON code
BEGIN SELECT RAISE(ABORT, 'a recorded code is superseded, never deleted'); END;

CREATE TRIGGER code_is_never_rewritten BEFORE UPDATE ON code
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.organisation_id, NEW.scheme_id, NEW.value, NEW.valid_from, NEW.valid_to, NEW.from_status, NEW.to_status, NEW.from_event_id, NEW.to_event_id, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.organisation_id, OLD.scheme_id, OLD.value, OLD.valid_from, OLD.valid_to, OLD.from_status, OLD.to_status, OLD.from_event_id, OLD.to_event_id, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded code is superseded, never rewritten'); END;

CREATE TRIGGER code_means_one_organisation BEFORE INSERT ON code WHEN NEW.superseded_in IS NULL
BEGIN
  SELECT RAISE(ABORT, 'within one scheme a code means one organisation on any day')
  WHERE EXISTS (
    SELECT 1 FROM code AS other
    WHERE other.value = NEW.value AND other.scheme_id = NEW.scheme_id
      AND other.superseded_in IS NULL
      AND other.valid_from < ifnull(NEW.valid_to, '9999-12-31') AND NEW.valid_from < ifnull(other.valid_to, '9999-12-31'));
END;

CREATE TRIGGER constitution_does_not_overlap BEFORE INSERT ON constitution WHEN NEW.superseded_in IS NULL
BEGIN
  SELECT RAISE(ABORT, 'a body has one constitution at a time')
  WHERE EXISTS (
    SELECT 1 FROM constitution AS other
    WHERE other.organisation_id = NEW.organisation_id
      AND other.superseded_in IS NULL
      AND other.valid_from < ifnull(NEW.valid_to, '9999-12-31') AND NEW.valid_from < ifnull(other.valid_to, '9999-12-31'));
END;

CREATE TRIGGER constitution_is_never_deleted BEFORE DELETE ON constitution
BEGIN SELECT RAISE(ABORT, 'a recorded constitution is superseded, never deleted'); END;

CREATE TRIGGER constitution_is_never_rewritten BEFORE UPDATE ON constitution
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.organisation_id, NEW.version, NEW.valid_from, NEW.valid_to, NEW.from_status, NEW.to_status, NEW.from_event_id, NEW.to_event_id, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.organisation_id, OLD.version, OLD.valid_from, OLD.valid_to, OLD.from_status, OLD.to_status, OLD.from_event_id, OLD.to_event_id, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded constitution is superseded, never rewritten'); END;

CREATE TRIGGER event_detail_is_never_deleted BEFORE DELETE ON event_detail
BEGIN SELECT RAISE(ABORT, 'a recorded event_detail is superseded, never deleted'); END;

CREATE TRIGGER event_detail_is_never_rewritten BEFORE UPDATE ON event_detail
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.event_id, NEW.type, NEW.happened_on, NEW.operational_on, NEW.title, NEW.status, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.event_id, OLD.type, OLD.happened_on, OLD.operational_on, OLD.title, OLD.status, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded event_detail is superseded, never rewritten'); END;

CREATE TRIGGER flow_is_never_deleted BEFORE DELETE ON flow
BEGIN SELECT RAISE(ABORT, 'a recorded flow is superseded, never deleted'); END;

CREATE TRIGGER flow_is_never_rewritten BEFORE UPDATE ON flow
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.event_id, NEW.predecessor_id, NEW.successor_id, NEW.basis_id, NEW.amount, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.event_id, OLD.predecessor_id, OLD.successor_id, OLD.basis_id, OLD.amount, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded flow is superseded, never rewritten'); END;

CREATE TRIGGER holder_is_never_deleted BEFORE DELETE ON holder
BEGIN SELECT RAISE(ABORT, 'an identity is permanent'); END;

CREATE TRIGGER holder_is_permanent BEFORE UPDATE ON holder
WHEN (NEW.id, NEW.key, NEW.opened_in) IS NOT (OLD.id, OLD.key, OLD.opened_in)
  OR OLD.name IS NULL OR NEW.name IS NOT NULL OR NEW.redacted_in IS NULL
BEGIN SELECT RAISE(ABORT, 'the name of a holder is erased or stays, and nothing else of it changes'); END;

CREATE TRIGGER identifier_is_never_deleted BEFORE DELETE ON identifier
BEGIN SELECT RAISE(ABORT, 'a recorded identifier is superseded, never deleted'); END;

CREATE TRIGGER identifier_is_never_rewritten BEFORE UPDATE ON identifier
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.organisation_id, NEW.register, NEW.value, NEW.valid_from, NEW.valid_to, NEW.from_status, NEW.to_status, NEW.from_event_id, NEW.to_event_id, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.organisation_id, OLD.register, OLD.value, OLD.valid_from, OLD.valid_to, OLD.from_status, OLD.to_status, OLD.from_event_id, OLD.to_event_id, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded identifier is superseded, never rewritten'); END;

CREATE TRIGGER identifier_means_one_organisation BEFORE INSERT ON identifier WHEN NEW.superseded_in IS NULL
BEGIN
  SELECT RAISE(ABORT, 'within one register an identifier means one organisation on any day')
  WHERE EXISTS (
    SELECT 1 FROM identifier AS other
    WHERE other.value = NEW.value AND other.register = NEW.register
      AND other.superseded_in IS NULL
      AND other.valid_from < ifnull(NEW.valid_to, '9999-12-31') AND NEW.valid_from < ifnull(other.valid_to, '9999-12-31'));
END;

CREATE TRIGGER life_does_not_overlap BEFORE INSERT ON life WHEN NEW.superseded_in IS NULL
BEGIN
  SELECT RAISE(ABORT, 'a body lives once at a time: its lives overlap')
  WHERE EXISTS (
    SELECT 1 FROM life AS other
    WHERE other.organisation_id = NEW.organisation_id AND other.timeline = NEW.timeline
      AND other.superseded_in IS NULL
      AND other.valid_from < ifnull(NEW.valid_to, '9999-12-31') AND NEW.valid_from < ifnull(other.valid_to, '9999-12-31'));
END;

CREATE TRIGGER life_is_never_deleted BEFORE DELETE ON life
BEGIN SELECT RAISE(ABORT, 'a recorded life is superseded, never deleted'); END;

CREATE TRIGGER life_is_never_rewritten BEFORE UPDATE ON life
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.organisation_id, NEW.timeline, NEW.valid_from, NEW.valid_to, NEW.from_status, NEW.to_status, NEW.from_event_id, NEW.to_event_id, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.organisation_id, OLD.timeline, OLD.valid_from, OLD.valid_to, OLD.from_status, OLD.to_status, OLD.from_event_id, OLD.to_event_id, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded life is superseded, never rewritten'); END;

CREATE TRIGGER may_stand_under_is_never_deleted BEFORE DELETE ON may_stand_under
BEGIN SELECT RAISE(ABORT, 'a recorded may_stand_under is superseded, never deleted'); END;

CREATE TRIGGER may_stand_under_is_never_rewritten BEFORE UPDATE ON may_stand_under
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.kind_id, NEW.relationship_kind_id, NEW.superior_kind_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.kind_id, OLD.relationship_kind_id, OLD.superior_kind_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded may_stand_under is superseded, never rewritten'); END;

CREATE TRIGGER measure_is_never_deleted BEFORE DELETE ON measure
BEGIN SELECT RAISE(ABORT, 'a recorded measure is superseded, never deleted'); END;

CREATE TRIGGER measure_is_never_rewritten BEFORE UPDATE ON measure
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.organisation_id, NEW.kind_id, NEW.amount, NEW.nature, NEW.valid_from, NEW.valid_to, NEW.from_status, NEW.to_status, NEW.from_event_id, NEW.to_event_id, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.organisation_id, OLD.kind_id, OLD.amount, OLD.nature, OLD.valid_from, OLD.valid_to, OLD.from_status, OLD.to_status, OLD.from_event_id, OLD.to_event_id, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded measure is superseded, never rewritten'); END;

CREATE TRIGGER movement_is_never_deleted BEFORE DELETE ON movement
BEGIN SELECT RAISE(ABORT, 'a recorded movement is superseded, never deleted'); END;

CREATE TRIGGER movement_is_never_rewritten BEFORE UPDATE ON movement
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.event_id, NEW.parcel_id, NEW.successor_id, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.event_id, OLD.parcel_id, OLD.successor_id, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded movement is superseded, never rewritten'); END;

CREATE TRIGGER name_does_not_overlap BEFORE INSERT ON name WHEN NEW.superseded_in IS NULL
BEGIN
  SELECT RAISE(ABORT, 'names of one scheme do not overlap')
  WHERE EXISTS (
    SELECT 1 FROM name AS other
    WHERE other.organisation_id = NEW.organisation_id AND other.scheme_id = NEW.scheme_id
      AND other.superseded_in IS NULL
      AND other.valid_from < ifnull(NEW.valid_to, '9999-12-31') AND NEW.valid_from < ifnull(other.valid_to, '9999-12-31'));
END;

CREATE TRIGGER name_is_never_deleted BEFORE DELETE ON name
BEGIN SELECT RAISE(ABORT, 'a recorded name is superseded, never deleted'); END;

CREATE TRIGGER name_is_never_rewritten BEFORE UPDATE ON name
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.organisation_id, NEW.scheme_id, NEW.value, NEW.valid_from, NEW.valid_to, NEW.from_status, NEW.to_status, NEW.from_event_id, NEW.to_event_id, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.organisation_id, OLD.scheme_id, OLD.value, OLD.valid_from, OLD.valid_to, OLD.from_status, OLD.to_status, OLD.from_event_id, OLD.to_event_id, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded name is superseded, never rewritten'); END;

CREATE TRIGGER observation_is_never_deleted BEFORE DELETE ON observation
BEGIN SELECT RAISE(ABORT, 'a recorded observation is superseded, never deleted'); END;

CREATE TRIGGER observation_is_never_rewritten BEFORE UPDATE ON observation
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.predecessor_id, NEW.predecessor_on, NEW.successor_id, NEW.successor_on, NEW.basis_id, NEW.amount, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.predecessor_id, OLD.predecessor_on, OLD.successor_id, OLD.successor_on, OLD.basis_id, OLD.amount, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded observation is superseded, never rewritten'); END;

CREATE TRIGGER organisation_is_never_deleted BEFORE DELETE ON organisation
BEGIN SELECT RAISE(ABORT, 'an identity is permanent'); END;

CREATE TRIGGER organisation_is_permanent BEFORE UPDATE ON organisation
BEGIN SELECT RAISE(ABORT, 'an identity is permanent'); END;

CREATE TRIGGER parcel_is_never_deleted BEFORE DELETE ON parcel
BEGIN SELECT RAISE(ABORT, 'an identity is permanent'); END;

CREATE TRIGGER parcel_is_permanent BEFORE UPDATE ON parcel
BEGIN SELECT RAISE(ABORT, 'an identity is permanent'); END;

CREATE TRIGGER proposal_base_is_never_deleted BEFORE DELETE ON proposal_base
BEGIN SELECT RAISE(ABORT, 'a recorded proposal_base is superseded, never deleted'); END;

CREATE TRIGGER proposal_base_is_never_rewritten BEFORE UPDATE ON proposal_base
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.proposal_id, NEW.base_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.proposal_id, OLD.base_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded proposal_base is superseded, never rewritten'); END;

CREATE TRIGGER proposal_base_makes_no_circle BEFORE INSERT ON proposal_base WHEN NEW.superseded_in IS NULL
BEGIN
  SELECT RAISE(ABORT, 'a proposal does not build on itself, nor on one that builds on it')
  WHERE EXISTS (
    WITH RECURSIVE below (id) AS (
      VALUES (NEW.base_id)
      UNION
      SELECT base_id FROM proposal_base JOIN below ON proposal_base.proposal_id = below.id WHERE superseded_in IS NULL
    )
    SELECT 1 FROM below WHERE id = NEW.proposal_id);
END;

CREATE TRIGGER proposal_detail_is_never_deleted BEFORE DELETE ON proposal_detail
BEGIN SELECT RAISE(ABORT, 'a recorded proposal_detail is superseded, never deleted'); END;

CREATE TRIGGER proposal_detail_is_never_rewritten BEFORE UPDATE ON proposal_detail
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.proposal_id, NEW.planned_for, NEW.title, NEW.state, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.proposal_id, OLD.planned_for, OLD.title, OLD.state, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded proposal_detail is superseded, never rewritten'); END;

CREATE TRIGGER proposal_is_never_deleted BEFORE DELETE ON proposal
BEGIN SELECT RAISE(ABORT, 'an identity is permanent'); END;

CREATE TRIGGER proposal_is_permanent BEFORE UPDATE ON proposal
BEGIN SELECT RAISE(ABORT, 'an identity is permanent'); END;

CREATE TRIGGER proposal_statement_is_never_deleted BEFORE DELETE ON proposal_statement
BEGIN SELECT RAISE(ABORT, 'a recorded proposal_statement is superseded, never deleted'); END;

CREATE TRIGGER proposal_statement_is_never_rewritten BEFORE UPDATE ON proposal_statement
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.proposal_id, NEW.position, NEW.record, NEW.fields, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.proposal_id, OLD.position, OLD.record, OLD.fields, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded proposal_statement is superseded, never rewritten'); END;

CREATE TRIGGER relationship_does_not_overlap BEFORE INSERT ON relationship WHEN NEW.superseded_in IS NULL
BEGIN
  SELECT RAISE(ABORT, 'a relationship does not overlap itself')
  WHERE EXISTS (
    SELECT 1 FROM relationship AS other
    WHERE other.organisation_id = NEW.organisation_id AND other.superior_id = NEW.superior_id AND other.kind_id = NEW.kind_id
      AND other.superseded_in IS NULL
      AND other.valid_from < ifnull(NEW.valid_to, '9999-12-31') AND NEW.valid_from < ifnull(other.valid_to, '9999-12-31'));
END;

CREATE TRIGGER relationship_is_never_deleted BEFORE DELETE ON relationship
BEGIN SELECT RAISE(ABORT, 'a recorded relationship is superseded, never deleted'); END;

CREATE TRIGGER relationship_is_never_rewritten BEFORE UPDATE ON relationship
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.organisation_id, NEW.kind_id, NEW.superior_id, NEW.grade, NEW.valid_from, NEW.valid_to, NEW.from_status, NEW.to_status, NEW.from_event_id, NEW.to_event_id, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.organisation_id, OLD.kind_id, OLD.superior_id, OLD.grade, OLD.valid_from, OLD.valid_to, OLD.from_status, OLD.to_status, OLD.from_event_id, OLD.to_event_id, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded relationship is superseded, never rewritten'); END;

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

CREATE TRIGGER responsibility_is_never_deleted BEFORE DELETE ON responsibility
BEGIN SELECT RAISE(ABORT, 'a recorded responsibility is superseded, never deleted'); END;

CREATE TRIGGER responsibility_is_never_rewritten BEFORE UPDATE ON responsibility
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.organisation_id, NEW.kind_id, NEW.service_id, NEW.for_id, NEW.nature, NEW.valid_from, NEW.valid_to, NEW.from_status, NEW.to_status, NEW.from_event_id, NEW.to_event_id, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.organisation_id, OLD.kind_id, OLD.service_id, OLD.for_id, OLD.nature, OLD.valid_from, OLD.valid_to, OLD.from_status, OLD.to_status, OLD.from_event_id, OLD.to_event_id, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded responsibility is superseded, never rewritten'); END;

CREATE TRIGGER revision_is_never_deleted BEFORE DELETE ON revision
BEGIN SELECT RAISE(ABORT, 'revisions only grow'); END;

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

CREATE TRIGGER role_is_never_deleted BEFORE DELETE ON role
BEGIN SELECT RAISE(ABORT, 'a recorded role is superseded, never deleted'); END;

CREATE TRIGGER role_is_never_rewritten BEFORE UPDATE ON role
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.organisation_id, NEW.kind_id, NEW.scheme_id, NEW.valid_from, NEW.valid_to, NEW.from_status, NEW.to_status, NEW.from_event_id, NEW.to_event_id, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.organisation_id, OLD.kind_id, OLD.scheme_id, OLD.valid_from, OLD.valid_to, OLD.from_status, OLD.to_status, OLD.from_event_id, OLD.to_event_id, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded role is superseded, never rewritten'); END;

CREATE TRIGGER seat_rule_does_not_overlap BEFORE INSERT ON seat_rule WHEN NEW.superseded_in IS NULL
BEGIN
  SELECT RAISE(ABORT, 'of a kind of body and a seat one rule is in force at a time')
  WHERE EXISTS (
    SELECT 1 FROM seat_rule AS other
    WHERE other.kind_id = NEW.kind_id AND other.seat_id = NEW.seat_id
      AND other.superseded_in IS NULL
      AND other.valid_from < ifnull(NEW.valid_to, '9999-12-31') AND NEW.valid_from < ifnull(other.valid_to, '9999-12-31'));
END;

CREATE TRIGGER seat_rule_is_never_deleted BEFORE DELETE ON seat_rule
BEGIN SELECT RAISE(ABORT, 'a recorded seat_rule is superseded, never deleted'); END;

CREATE TRIGGER seat_rule_is_never_rewritten BEFORE UPDATE ON seat_rule
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.kind_id, NEW.seat_id, NEW.minimum, NEW.valid_from, NEW.valid_to, NEW.status, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.kind_id, OLD.seat_id, OLD.minimum, OLD.valid_from, OLD.valid_to, OLD.status, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded seat_rule is superseded, never rewritten'); END;

CREATE TRIGGER source_is_never_deleted BEFORE DELETE ON source
BEGIN SELECT RAISE(ABORT, 'an identity is permanent'); END;

CREATE TRIGGER source_is_permanent BEFORE UPDATE ON source
BEGIN SELECT RAISE(ABORT, 'an identity is permanent'); END;

CREATE TRIGGER succession_is_never_deleted BEFORE DELETE ON succession
BEGIN SELECT RAISE(ABORT, 'a recorded succession is superseded, never deleted'); END;

CREATE TRIGGER succession_is_never_rewritten BEFORE UPDATE ON succession
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.event_id, NEW.predecessor_id, NEW.successor_id, NEW.nature, NEW.status, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.event_id, OLD.predecessor_id, OLD.successor_id, OLD.nature, OLD.status, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded succession is superseded, never rewritten'); END;

CREATE TRIGGER unit_amount_is_never_deleted BEFORE DELETE ON unit_amount
BEGIN SELECT RAISE(ABORT, 'a recorded unit_amount is superseded, never deleted'); END;

CREATE TRIGGER unit_amount_is_never_rewritten BEFORE UPDATE ON unit_amount
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.basis_id, NEW.unit_code, NEW.amount, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.basis_id, OLD.unit_code, OLD.amount, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded unit_amount is superseded, never rewritten'); END;

CREATE TRIGGER unit_is_never_deleted BEFORE DELETE ON unit
BEGIN SELECT RAISE(ABORT, 'a recorded unit is superseded, never deleted'); END;

CREATE TRIGGER unit_is_never_rewritten BEFORE UPDATE ON unit
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.partition_id, NEW.code, NEW.parcel_id, NEW.valid_from, NEW.valid_to, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.partition_id, OLD.code, OLD.parcel_id, OLD.valid_from, OLD.valid_to, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded unit is superseded, never rewritten'); END;

CREATE TRIGGER unit_move_is_never_deleted BEFORE DELETE ON unit_move
BEGIN SELECT RAISE(ABORT, 'a recorded unit_move is superseded, never deleted'); END;

CREATE TRIGGER unit_move_is_never_rewritten BEFORE UPDATE ON unit_move
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.partition_id, NEW.unit_code, NEW.predecessor_id, NEW.successor_id, NEW.moved_on, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.partition_id, OLD.unit_code, OLD.predecessor_id, OLD.successor_id, OLD.moved_on, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded unit_move is superseded, never rewritten'); END;

CREATE VIEW current_appointment AS
SELECT organisation.key AS organisation, seat.key AS seat, nature, profession, holder.key AS holder, valid_from,
  date(valid_to, '-1 day') AS last_day
FROM appointment JOIN organisation ON organisation.id = appointment.organisation_id JOIN seat ON seat.id = seat_id
  LEFT JOIN holder ON holder.id = holder_id
WHERE superseded_in IS NULL;

CREATE VIEW current_code AS
SELECT organisation.key AS organisation, scheme.key AS scheme, value AS code, valid_from,
  date(valid_to, '-1 day') AS last_day
FROM code JOIN organisation ON organisation.id = code.organisation_id JOIN scheme ON scheme.id = code.scheme_id
WHERE superseded_in IS NULL;

CREATE VIEW current_constitution AS
SELECT organisation.key AS organisation, version, valid_from, date(valid_to, '-1 day') AS last_day
FROM constitution JOIN organisation ON organisation.id = constitution.organisation_id
WHERE superseded_in IS NULL;

CREATE VIEW current_event AS
SELECT change_event.key AS event, type, happened_on, operational_on, event_detail.title, status, citation.title AS source
FROM event_detail JOIN change_event ON change_event.id = event_detail.event_id
  LEFT JOIN citation ON citation.source_id = event_detail.source_id AND citation.superseded_in IS NULL
WHERE event_detail.superseded_in IS NULL;

CREATE VIEW current_identifier AS
SELECT organisation.key AS organisation, register, value, valid_from, date(valid_to, '-1 day') AS last_day
FROM identifier JOIN organisation ON organisation.id = identifier.organisation_id
WHERE superseded_in IS NULL;

CREATE VIEW current_life AS
SELECT organisation.key AS organisation, timeline, valid_from, date(valid_to, '-1 day') AS last_day, from_status, to_status
FROM life JOIN organisation ON organisation.id = life.organisation_id
WHERE superseded_in IS NULL;

CREATE VIEW current_may_stand_under AS
SELECT kind.key AS kind, relationship_kind.key AS relationship, superior.key AS superior_kind
FROM may_stand_under JOIN kind ON kind.id = kind_id JOIN relationship_kind ON relationship_kind.id = relationship_kind_id
  JOIN kind AS superior ON superior.id = superior_kind_id
WHERE superseded_in IS NULL;

CREATE VIEW current_measure AS
SELECT organisation.key AS organisation, measure_kind.key AS kind, amount, measure_kind.unit_name AS unit, nature,
  valid_from, date(valid_to, '-1 day') AS last_day, citation.title AS source
FROM measure JOIN organisation ON organisation.id = measure.organisation_id
  JOIN measure_kind ON measure_kind.id = measure.kind_id
  LEFT JOIN citation ON citation.source_id = measure.source_id AND citation.superseded_in IS NULL
WHERE measure.superseded_in IS NULL;

CREATE VIEW current_name AS
SELECT organisation.key AS organisation, scheme.key AS scheme, value AS name, valid_from,
  date(valid_to, '-1 day') AS last_day
FROM name JOIN organisation ON organisation.id = name.organisation_id JOIN scheme ON scheme.id = name.scheme_id
WHERE superseded_in IS NULL;

CREATE VIEW current_placement AS
SELECT parcel.key AS parcel, partition.key AS partition, piece_id, organisation.key AS organisation,
  change_event.key AS lost_at_event, is_silent, valid_from, date(valid_to, '-1 day') AS last_day
FROM placement JOIN piece ON piece.id = placement.piece_id JOIN parcel ON parcel.id = piece.parcel_id
  JOIN partition ON partition.id = parcel.partition_id
  LEFT JOIN organisation ON organisation.id = placement.organisation_id
  LEFT JOIN change_event ON change_event.id = placement.gap_event_id;

CREATE VIEW current_relationship AS
SELECT organisation.key AS organisation, relationship_kind.key AS kind, superior.key AS superior, grade, valid_from,
  date(valid_to, '-1 day') AS last_day
FROM relationship JOIN organisation ON organisation.id = relationship.organisation_id
  JOIN organisation AS superior ON superior.id = relationship.superior_id
  JOIN relationship_kind ON relationship_kind.id = relationship.kind_id
WHERE superseded_in IS NULL;

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

CREATE VIEW current_role AS
SELECT organisation.key AS organisation, kind.key AS kind, kind.tier, scheme.key AS asserted_by, valid_from,
  date(valid_to, '-1 day') AS last_day
FROM role JOIN organisation ON organisation.id = role.organisation_id JOIN kind ON kind.id = role.kind_id
  LEFT JOIN scheme ON scheme.id = role.scheme_id
WHERE superseded_in IS NULL;

CREATE VIEW current_seat_rule AS
SELECT kind.key AS kind, seat.key AS seat, minimum, valid_from, date(valid_to, '-1 day') AS last_day, status
FROM seat_rule JOIN kind ON kind.id = kind_id JOIN seat ON seat.id = seat_id
WHERE superseded_in IS NULL;

CREATE VIEW current_succession AS
SELECT predecessor.key AS predecessor, successor.key AS successor, happened_on, change_event.key AS event, type, nature,
  succession.status
FROM succession JOIN change_event ON change_event.id = succession.event_id
  JOIN event_detail ON event_detail.event_id = succession.event_id AND event_detail.superseded_in IS NULL
  JOIN organisation AS predecessor ON predecessor.id = succession.predecessor_id
  JOIN organisation AS successor ON successor.id = succession.successor_id
WHERE succession.superseded_in IS NULL;

CREATE VIEW current_unit_move AS
SELECT unit_code AS unit, partition.key AS partition, predecessor.key AS predecessor, successor.key AS successor, moved_on,
  citation.title AS source
FROM unit_move JOIN partition ON partition.id = unit_move.partition_id
  JOIN organisation AS predecessor ON predecessor.id = unit_move.predecessor_id
  JOIN organisation AS successor ON successor.id = unit_move.successor_id
  LEFT JOIN citation ON citation.source_id = unit_move.source_id AND citation.superseded_in IS NULL
WHERE unit_move.superseded_in IS NULL;

CREATE VIEW extent AS
SELECT organisation_id, min(valid_from) AS valid_from, max(ifnull(valid_to, '9999-12-31')) AS valid_to
FROM life WHERE superseded_in IS NULL
GROUP BY organisation_id;
