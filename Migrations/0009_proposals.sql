-- What is to happen: statements under one key, which make no facts until they are enacted.

CREATE TABLE proposal (
  id        INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE CHECK (key <> ''),
  opened_in INTEGER NOT NULL REFERENCES revision (id)
) STRICT;

CREATE TRIGGER proposal_is_permanent BEFORE UPDATE ON proposal
BEGIN SELECT RAISE(ABORT, 'an identity is permanent'); END;

CREATE TRIGGER proposal_is_never_deleted BEFORE DELETE ON proposal
BEGIN SELECT RAISE(ABORT, 'an identity is permanent'); END;

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

CREATE UNIQUE INDEX proposal_detail_key ON proposal_detail (key) WHERE superseded_in IS NULL;
CREATE INDEX proposal_detail_proposal ON proposal_detail (proposal_id);

CREATE TRIGGER proposal_detail_is_never_rewritten BEFORE UPDATE ON proposal_detail
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.proposal_id, NEW.planned_for, NEW.title, NEW.state, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.proposal_id, OLD.planned_for, OLD.title, OLD.state, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded proposal_detail is superseded, never rewritten'); END;

CREATE TRIGGER proposal_detail_is_never_deleted BEFORE DELETE ON proposal_detail
BEGIN SELECT RAISE(ABORT, 'a recorded proposal_detail is superseded, never deleted'); END;

-- A proposal that counts on another to be enacted first.
CREATE TABLE proposal_base (
  id            INTEGER PRIMARY KEY,
  key           TEXT NOT NULL CHECK (key <> ''),
  proposal_id   INTEGER NOT NULL REFERENCES proposal (id),
  base_id       INTEGER NOT NULL REFERENCES proposal (id) CHECK (base_id <> proposal_id),
  note          TEXT CHECK (note <> ''),
  opened_in     INTEGER NOT NULL REFERENCES revision (id),
  superseded_in INTEGER REFERENCES revision (id) CHECK (superseded_in > opened_in)
) STRICT;

CREATE UNIQUE INDEX proposal_base_key ON proposal_base (key) WHERE superseded_in IS NULL;
CREATE INDEX proposal_base_proposal ON proposal_base (proposal_id);
CREATE INDEX proposal_base_base ON proposal_base (base_id);

CREATE TRIGGER proposal_base_is_never_rewritten BEFORE UPDATE ON proposal_base
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.proposal_id, NEW.base_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.proposal_id, OLD.base_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded proposal_base is superseded, never rewritten'); END;

CREATE TRIGGER proposal_base_is_never_deleted BEFORE DELETE ON proposal_base
BEGIN SELECT RAISE(ABORT, 'a recorded proposal_base is superseded, never deleted'); END;

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

-- One line of the change file. The name of a holder has no place here, where nothing could erase it.
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

CREATE UNIQUE INDEX proposal_statement_key ON proposal_statement (key) WHERE superseded_in IS NULL;
CREATE INDEX proposal_statement_proposal ON proposal_statement (proposal_id, position);

CREATE TRIGGER proposal_statement_is_never_rewritten BEFORE UPDATE ON proposal_statement
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.proposal_id, NEW.position, NEW.record, NEW.fields, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.proposal_id, OLD.position, OLD.record, OLD.fields, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded proposal_statement is superseded, never rewritten'); END;

CREATE TRIGGER proposal_statement_is_never_deleted BEFORE DELETE ON proposal_statement
BEGIN SELECT RAISE(ABORT, 'a recorded proposal_statement is superseded, never deleted'); END;

-- Before, the words of a command stood for an event that was planned. They stay readable, as a title, and what they
-- would record is to be entered again.
CREATE TEMP TABLE carried AS
SELECT planned_event.*,
  iif(key LIKE '%_/plan' AND NOT EXISTS (
      SELECT 1 FROM planned_event AS other WHERE other.key = substr(planned_event.key, 1, length(planned_event.key) - 5)),
    substr(key, 1, length(key) - 5), key) AS proposal,
  iif(json_valid(words), (
    SELECT group_concat(word, ' ') FROM (
      SELECT replace(replace(
          iif(value = '' OR value GLOB '*[^-A-Za-z0-9_./=:,@%+]*',
            '''' || replace(value, '''', '''\''''') || '''', value),
          char(10), ' '), char(13), ' ') AS word
      FROM json_each(words) ORDER BY json_each.id)), words) AS title
FROM planned_event;

INSERT INTO proposal (key, opened_in) SELECT proposal, min(opened_in) FROM carried GROUP BY proposal ORDER BY min(id);

INSERT INTO proposal_detail (id, key, proposal_id, planned_for, title, state, note, opened_in, superseded_in)
SELECT carried.id, carried.proposal || '/proposal', proposal.id, planned_for, title, 'open',
  ifnull(note || '; ', '') || 'planned as the words of a command by an earlier version: enter it again',
  carried.opened_in, superseded_in
FROM carried JOIN proposal ON proposal.key = carried.proposal ORDER BY carried.id;

DROP TABLE temp.carried;
DROP TABLE planned_event;
