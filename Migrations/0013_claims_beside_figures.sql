-- A claim says which figure of the register it is held against, and may speak of days, of support, or of what an official
-- source says of a body today.

ALTER TABLE claim RENAME TO older_claim;

-- What was published elsewhere: a figure to be held against the register, or a statement. statistic: against what.
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

INSERT INTO claim (id, key, kind_id, organisation_id, topic, measure_kind_id, claimed_from, claimed_to, value, amount,
  scheme_id, source_id, note, opened_in, superseded_in)
SELECT id, key, kind_id, organisation_id, topic, measure_kind_id, claimed_from, claimed_to, value, amount, scheme_id,
  source_id, note, opened_in, superseded_in
FROM older_claim;

DROP TABLE older_claim;

CREATE UNIQUE INDEX claim_key ON claim (key) WHERE superseded_in IS NULL;
CREATE INDEX claim_kind ON claim (kind_id);
CREATE INDEX claim_organisation ON claim (organisation_id);

CREATE TRIGGER claim_is_never_rewritten BEFORE UPDATE ON claim
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.kind_id, NEW.organisation_id, NEW.topic, NEW.measure_kind_id, NEW.statistic, NEW.claimed_from, NEW.claimed_to, NEW.value, NEW.amount, NEW.scheme_id, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.kind_id, OLD.organisation_id, OLD.topic, OLD.measure_kind_id, OLD.statistic, OLD.claimed_from, OLD.claimed_to, OLD.value, OLD.amount, OLD.scheme_id, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded claim is superseded, never rewritten'); END;

CREATE TRIGGER claim_is_never_deleted BEFORE DELETE ON claim
BEGIN SELECT RAISE(ABORT, 'a recorded claim is superseded, never deleted'); END;
