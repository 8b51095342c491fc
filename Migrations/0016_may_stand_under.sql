-- The kinds under which bodies of a kind may stand. A kind without any may stand under every kind.
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

CREATE UNIQUE INDEX may_stand_under_key ON may_stand_under (key) WHERE superseded_in IS NULL;
CREATE INDEX may_stand_under_relationship ON may_stand_under (relationship_kind_id, kind_id);

CREATE TRIGGER may_stand_under_is_never_rewritten BEFORE UPDATE ON may_stand_under
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.kind_id, NEW.relationship_kind_id, NEW.superior_kind_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.kind_id, OLD.relationship_kind_id, OLD.superior_kind_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded may_stand_under is superseded, never rewritten'); END;

CREATE TRIGGER may_stand_under_is_never_deleted BEFORE DELETE ON may_stand_under
BEGIN SELECT RAISE(ABORT, 'a recorded may_stand_under is superseded, never deleted'); END;

CREATE VIEW current_may_stand_under AS
SELECT kind.key AS kind, relationship_kind.key AS relationship, superior.key AS superior_kind
FROM may_stand_under JOIN kind ON kind.id = kind_id JOIN relationship_kind ON relationship_kind.id = relationship_kind_id
  JOIN kind AS superior ON superior.id = superior_kind_id
WHERE superseded_in IS NULL;
