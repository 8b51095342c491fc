PRAGMA application_id = 1330792306;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE schema_migration (
  number     INTEGER PRIMARY KEY,
  name       TEXT NOT NULL,
  checksum   TEXT NOT NULL,
  applied_at TEXT NOT NULL
) STRICT;
INSERT INTO schema_migration VALUES(1,'revisions_and_vocabulary','88294a64af7f9711','2026-11-29T19:16:13Z');
INSERT INTO schema_migration VALUES(2,'organisations','4c85b95b6fc5a73b','2026-11-29T19:16:13Z');
INSERT INTO schema_migration VALUES(3,'events_and_territory','d5daa6781a673a11','2026-11-29T19:16:13Z');
INSERT INTO schema_migration VALUES(4,'views','33103e74d906ab93','2026-11-29T19:16:13Z');
INSERT INTO schema_migration VALUES(5,'planned_events','d8035f818e279938','2026-11-29T19:16:13Z');
INSERT INTO schema_migration VALUES(6,'responsibilities','f64edbcd9bf8b56a','2026-11-29T19:16:13Z');
INSERT INTO schema_migration VALUES(7,'governance','5c3be5d06db316fc','2026-11-29T19:16:13Z');
CREATE TABLE revision (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  recorded_at TEXT NOT NULL CHECK (recorded_at IS strftime('%Y-%m-%dT%H:%M:%SZ', recorded_at, '+0 days')),
  actor       TEXT NOT NULL CHECK (actor <> ''),
  command     TEXT NOT NULL CHECK (command <> ''),
  reason      TEXT NOT NULL DEFAULT '',
  row_count   INTEGER NOT NULL DEFAULT 0 CHECK (row_count >= 0)
) STRICT;
INSERT INTO revision VALUES(1,'2026-11-29T19:16:13Z','test','apply in0.csv in1.csv in2.csv in3.csv in4.csv in5.csv in6.csv','',97);
INSERT INTO revision VALUES(2,'2026-11-29T19:16:13Z','test',replace('rename 00A --name ''Gamma "upon" Sea,\nand It''\''''s new'' --on 2030-04-01 --source list --note draft --planned --yes --by test','\n',char(10)),'',1);
INSERT INTO revision VALUES(3,'2026-11-29T19:16:13Z','test','rename 00A --name Delta --on 2031-04-01 --source list --planned --yes --by test','',1);
INSERT INTO revision VALUES(4,'2026-11-29T19:16:13Z','test','withdraw 2031-04-01-rename-00A --yes --by test','',1);
CREATE TABLE revision_file (
  revision_id INTEGER NOT NULL REFERENCES revision (id),
  file_name   TEXT NOT NULL,
  sha256      TEXT NOT NULL CHECK (length(sha256) = 64),
  line_count  INTEGER NOT NULL CHECK (line_count >= 0),
  reject_count INTEGER NOT NULL DEFAULT 0 CHECK (reject_count >= 0),
  PRIMARY KEY (revision_id, file_name)
) STRICT, WITHOUT ROWID;
INSERT INTO revision_file VALUES(1,'in0.csv','6d48e15a84f8c3f17d4802866609f5649738ff9425c67fa04844e79ca31de426',18,0);
INSERT INTO revision_file VALUES(1,'in1.csv','f72ad8f8a47ac7c0c04aac2ffd4116bf1a838408b4220bfca0a6159c134031fe',2,0);
INSERT INTO revision_file VALUES(1,'in2.csv','a5037c26c28a8268b52a8ad8eb318ae12d8408ffcae00e8dad929b3409c01ba8',2,0);
INSERT INTO revision_file VALUES(1,'in3.csv','871741ea265d0df231b2972a4b4fb3c19745516ebe986478d53b1cb3ec1da587',46,0);
INSERT INTO revision_file VALUES(1,'in4.csv','9c17049a0586b6873816dab685c9b0ade74f5cfbdc0dd7025afd4ff423e01c2f',6,0);
INSERT INTO revision_file VALUES(1,'in5.csv','dc6a088f57d25cf11c6573c81d120ea14e1f1849dc47c30165c2b0dcb31587e5',7,0);
INSERT INTO revision_file VALUES(1,'in6.csv','cc6af070b82da6eb97ff7253983c54f25f4cc5b31e4bea772cd8c66468ed9ad7',3,0);
CREATE TABLE scheme (
  id        INTEGER PRIMARY KEY, -- the order of code columns
  key       TEXT NOT NULL UNIQUE CHECK (key <> ''),
  name      TEXT NOT NULL,
  rank      INTEGER NOT NULL,    -- the scheme of lowest rank gives the name that is shown first
  opened_in INTEGER NOT NULL REFERENCES revision (id)
) STRICT;
INSERT INTO scheme VALUES(1,'ods','ODS',2,1);
INSERT INTO scheme VALUES(2,'ons','ONS',1,1);
CREATE TABLE kind (
  id              INTEGER PRIMARY KEY,
  key             TEXT NOT NULL UNIQUE CHECK (key <> ''),
  name            TEXT NOT NULL,
  tier            TEXT CHECK (tier <> ''),            -- 'place' holds parcels; NULL: no tier
  exclusive_group TEXT CHECK (exclusive_group <> ''), -- kinds of one group exclude each other
  opened_in       INTEGER NOT NULL REFERENCES revision (id)
) STRICT;
INSERT INTO kind VALUES(1,'trust','Trust','place','body',1);
INSERT INTO kind VALUES(2,'group','Group','place','body',1);
INSERT INTO kind VALUES(3,'board','Board','system','body',1);
INSERT INTO kind VALUES(4,'proxy','Proxy',NULL,NULL,1);
CREATE TABLE relationship_kind (
  id        INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE CHECK (key <> ''),
  name      TEXT NOT NULL,
  is_parent INTEGER NOT NULL CHECK (is_parent IN (0, 1)),
  opened_in INTEGER NOT NULL REFERENCES revision (id)
) STRICT;
INSERT INTO relationship_kind VALUES(1,'part-of','is part of',1,1);
INSERT INTO relationship_kind VALUES(2,'supports','supports',0,1);
CREATE TABLE partition (
  id        INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE CHECK (key <> ''),
  name      TEXT NOT NULL,
  unit_name TEXT NOT NULL,
  opened_in INTEGER NOT NULL REFERENCES revision (id)
) STRICT;
INSERT INTO "partition" VALUES(1,'area','Small areas','area',1);
INSERT INTO "partition" VALUES(2,'practice','Practices','practice',1);
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
INSERT INTO basis VALUES(1,'areas','Areas',1,'area','2019-06-30',1,1);
INSERT INTO basis VALUES(2,'people','People',1,'person','2019-06-30',0,1);
INSERT INTO basis VALUES(3,'practices','Practices',2,'practice','2013-06-30',1,1);
INSERT INTO basis VALUES(4,'share','Published shares',NULL,'share',NULL,0,1);
CREATE TABLE measure_kind (
  id        INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE CHECK (key <> ''),
  name      TEXT NOT NULL,
  unit_name TEXT NOT NULL,
  opened_in INTEGER NOT NULL REFERENCES revision (id)
) STRICT;
INSERT INTO measure_kind VALUES(1,'patients','Registered patients','person',1);
CREATE TABLE source (
  id        INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE CHECK (key <> ''),
  opened_in INTEGER NOT NULL REFERENCES revision (id)
) STRICT;
INSERT INTO source VALUES(1,'law',1);
INSERT INTO source VALUES(2,'act',1);
INSERT INTO source VALUES(3,'list',1);
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
INSERT INTO citation VALUES(1,'law/citation',1,'The law',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL);
INSERT INTO citation VALUES(2,'act/citation',2,'An Act, "so called"','ukpga',2012,'7','s. 33','2012-03-27','2013-04-01','https://example.org/?a=1&b=2','2026-01-01','read twice',1,NULL);
INSERT INTO citation VALUES(3,'list/citation',3,'A list','other',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL);
CREATE TABLE organisation (
  id        INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE CHECK (key <> ''),
  opened_in INTEGER NOT NULL REFERENCES revision (id)
) STRICT;
INSERT INTO organisation VALUES(1,'a',1);
INSERT INTO organisation VALUES(2,'b',1);
INSERT INTO organisation VALUES(3,'c',1);
INSERT INTO organisation VALUES(4,'d',1);
INSERT INTO organisation VALUES(5,'board',1);
CREATE TABLE change_event (
  id        INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE CHECK (key <> ''),
  opened_in INTEGER NOT NULL REFERENCES revision (id)
) STRICT;
INSERT INTO change_event VALUES(1,'founding',1);
INSERT INTO change_event VALUES(2,'merger',1);
INSERT INTO change_event VALUES(3,'division',1);
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
INSERT INTO event_detail VALUES(1,'founding/detail',1,'establishment','2000-04-01',NULL,'The founding','stated',2,NULL,1,NULL);
INSERT INTO event_detail VALUES(2,'merger/detail',2,'merger','2010-04-01',NULL,'a, b "become" c','derived',2,'late',1,NULL);
INSERT INTO event_detail VALUES(3,'division/detail',3,'transfer','2015-04-01',NULL,'c gives to d','stated',3,NULL,1,NULL);
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
INSERT INTO life VALUES(1,'a/life/legal',1,'legal','2000-04-01','2010-04-01','stated','stated',1,2,2,NULL,1,NULL);
INSERT INTO life VALUES(2,'b/life/legal',2,'legal','2000-04-01','2010-04-01','derived','stated',1,2,2,NULL,1,NULL);
INSERT INTO life VALUES(3,'d/life/legal',4,'legal','2000-04-01',NULL,'stated','stated',1,NULL,2,NULL,1,NULL);
INSERT INTO life VALUES(4,'board/life/legal',5,'legal','2000-04-01',NULL,'stated','stated',1,NULL,2,NULL,1,NULL);
INSERT INTO life VALUES(5,'c/life/legal',3,'legal','2010-04-01',NULL,'stated','stated',2,NULL,2,NULL,1,NULL);
INSERT INTO life VALUES(6,'a/life/operational',1,'operational','1999-10-01','2010-04-01','unknown','stated',NULL,2,3,NULL,1,NULL);
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
INSERT INTO code VALUES(1,'a/code/ods/00A@founding',1,1,'00A','2000-04-01','2010-04-01','stated','stated',1,2,2,NULL,1,NULL);
INSERT INTO code VALUES(2,'a/code/ons/E01@2000-04-01',1,2,'E01','2000-04-01','2003-04-01','stated','derived',NULL,NULL,3,NULL,1,NULL);
INSERT INTO code VALUES(3,'a/code/ons/E02@2003-04-01',1,2,'E02','2003-04-01','2010-04-01','stated','stated',NULL,2,3,NULL,1,NULL);
INSERT INTO code VALUES(4,'own-key',3,1,'00A','2010-04-01',NULL,'stated','stated',2,NULL,2,NULL,1,NULL);
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
INSERT INTO name VALUES(1,'a/name/ods@founding',1,1,replace('Alpha, "the first"\nof two lines','\n',char(10)),'2000-04-01','2010-04-01','stated','stated',1,2,2,'a note, with a comma',1,NULL);
INSERT INTO name VALUES(2,'b/name/ods@founding',2,1,'Béta ’b’','2000-04-01','2010-04-01','stated','stated',1,2,2,NULL,1,NULL);
INSERT INTO name VALUES(3,'c/name/ods@merger',3,1,' Gamma ','2010-04-01',NULL,'stated','stated',2,NULL,2,NULL,1,NULL);
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
INSERT INTO role VALUES(1,'a/role/group@founding',1,2,NULL,'2000-04-01','2010-04-01','stated','stated',1,2,2,NULL,1,NULL);
INSERT INTO role VALUES(2,'b/role/group@founding',2,2,NULL,'2000-04-01','2010-04-01','derived','stated',1,2,2,NULL,1,NULL);
INSERT INTO role VALUES(3,'d/role/trust@founding',4,1,NULL,'2000-04-01',NULL,'stated','stated',1,NULL,2,NULL,1,NULL);
INSERT INTO role VALUES(4,'board/role/board@founding',5,3,NULL,'2000-04-01',NULL,'stated','stated',1,NULL,2,NULL,1,NULL);
INSERT INTO role VALUES(5,'c/role/group@merger',3,2,NULL,'2010-04-01',NULL,'stated','stated',2,NULL,2,NULL,1,NULL);
INSERT INTO role VALUES(6,'a/role/proxy@2002-01-01',1,4,1,'2002-01-01','2010-04-01','stated','stated',NULL,2,3,NULL,1,NULL);
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
INSERT INTO relationship VALUES(1,'a/part-of/board@founding',1,1,5,'B','2000-04-01','2010-04-01','stated','stated',1,2,2,NULL,1,NULL);
INSERT INTO relationship VALUES(2,'c/part-of/board@merger',3,1,5,NULL,'2010-04-01',NULL,'stated','stated',2,NULL,2,NULL,1,NULL);
INSERT INTO relationship VALUES(3,'d/supports/board@2001-01-01',4,2,5,NULL,'2001-01-01','2002-01-01','stated','stated',NULL,NULL,3,NULL,1,NULL);
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
INSERT INTO measure VALUES(1,'a/measure/patients/final@2004-04-01',1,1,1000.25,'final','2004-04-01','2005-04-01','stated','stated',NULL,NULL,3,NULL,1,NULL);
INSERT INTO measure VALUES(2,'a/measure/patients/indicative@2005-04-01',1,1,1.0e+21,'indicative','2005-04-01',NULL,'stated','stated',NULL,NULL,3,NULL,1,NULL);
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
INSERT INTO succession VALUES(1,'merger/succession/a/c',2,1,3,'succession','stated',2,NULL,1,NULL);
INSERT INTO succession VALUES(2,'merger/succession/b/c',2,2,3,'succession','derived',3,NULL,1,NULL);
INSERT INTO succession VALUES(3,'division/succession/c/d',3,3,4,'territory','stated',3,NULL,1,NULL);
CREATE TABLE parcel (
  id           INTEGER PRIMARY KEY,
  key          TEXT NOT NULL UNIQUE CHECK (key <> ''),
  partition_id INTEGER NOT NULL REFERENCES partition (id),
  opened_in    INTEGER NOT NULL REFERENCES revision (id)
) STRICT;
INSERT INTO parcel VALUES(1,'p1',1,1);
INSERT INTO parcel VALUES(2,'p2',1,1);
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
INSERT INTO anchor VALUES(1,'p1/anchor',1,1,'2000-04-01','derived',3,NULL,1,NULL);
INSERT INTO anchor VALUES(2,'p2/anchor',2,2,'2000-04-01','stated',3,NULL,1,NULL);
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
INSERT INTO movement VALUES(1,'division/movement/p2',3,2,4,3,NULL,1,NULL);
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
INSERT INTO flow VALUES(1,'division/flow/c/d/share',3,3,4,4,0.125,3,NULL,1,NULL);
INSERT INTO flow VALUES(2,'division/flow/outside/d/share',3,NULL,4,4,0.0,3,NULL,1,NULL);
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
INSERT INTO unit VALUES(1,1,'E,1',1,3,'odd',1,NULL);
INSERT INTO unit VALUES(2,1,'E2',1,3,NULL,1,NULL);
INSERT INTO unit VALUES(3,1,'E3',2,3,NULL,1,NULL);
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
INSERT INTO unit_amount VALUES(1,2,'E,1',1500.5,3,'odd',1,NULL);
INSERT INTO unit_amount VALUES(2,1,'E2',1.0,3,NULL,1,NULL);
INSERT INTO unit_amount VALUES(3,2,'E2',0.0,3,NULL,1,NULL);
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
INSERT INTO observation VALUES(1,'share/a@2009-01-01/c@2011-01-01',1,'2009-01-01',3,'2011-01-01',4,7.0,3,NULL,1,NULL);
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
INSERT INTO claim VALUES(1,'two-groups',2,NULL,NULL,NULL,'2000-04-01','2010-04-01','some',2.0,1,3,'why',1,NULL);
INSERT INTO claim VALUES(2,'groups-today',2,NULL,NULL,NULL,'2020-01-01',NULL,'many',NULL,NULL,3,NULL,1,NULL);
INSERT INTO claim VALUES(3,'leaders',2,NULL,'governance',NULL,'2020-01-01',NULL,'most of them',NULL,NULL,3,NULL,1,NULL);
INSERT INTO claim VALUES(4,'a-allowed',2,1,'authorisation',NULL,'1999-01-01','1999-02-01','with conditions, it is said',NULL,1,3,'derived',1,NULL);
INSERT INTO claim VALUES(5,'a-patients',2,1,NULL,1,'2020-01-01',NULL,'about 900',NULL,NULL,3,NULL,1,NULL);
INSERT INTO claim VALUES(6,'patients-of-each',2,NULL,NULL,1,'2020-01-01',NULL,'about a thousand',NULL,NULL,3,NULL,1,NULL);
CREATE TABLE piece (
  id        INTEGER PRIMARY KEY,
  parcel_id INTEGER NOT NULL REFERENCES parcel (id)
) STRICT;
INSERT INTO piece VALUES(1,1);
INSERT INTO piece VALUES(2,2);
CREATE TABLE parcel_amount (
  parcel_id INTEGER NOT NULL REFERENCES parcel (id),
  basis_id  INTEGER NOT NULL REFERENCES basis (id),
  amount    REAL NOT NULL CHECK (amount >= 0),
  PRIMARY KEY (parcel_id, basis_id)
) STRICT, WITHOUT ROWID;
INSERT INTO parcel_amount VALUES(1,1,1.0);
INSERT INTO parcel_amount VALUES(1,2,1500.5);
INSERT INTO parcel_amount VALUES(2,1,1.0);
INSERT INTO parcel_amount VALUES(2,2,0.0);
CREATE TABLE piece_share (
  piece_id INTEGER NOT NULL REFERENCES piece (id),
  basis_id INTEGER NOT NULL REFERENCES basis (id),
  share    REAL NOT NULL CHECK (share BETWEEN 0 AND 1),
  PRIMARY KEY (piece_id, basis_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE piece_scale (
  piece_id INTEGER NOT NULL REFERENCES piece (id),
  event_id INTEGER NOT NULL REFERENCES change_event (id),
  basis_id INTEGER NOT NULL REFERENCES basis (id),
  factor   REAL NOT NULL CHECK (factor >= 0),
  PRIMARY KEY (piece_id, event_id, basis_id)
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
  valid_from      TEXT NOT NULL CHECK (valid_from IS date(valid_from, '+0 days')),
  valid_to        TEXT CHECK (valid_to IS date(valid_to, '+0 days') AND valid_to > valid_from),
  PRIMARY KEY (piece_id, valid_from)
) STRICT, WITHOUT ROWID;
INSERT INTO placement VALUES(1,1,NULL,'2000-04-01','2010-04-01');
INSERT INTO placement VALUES(1,3,NULL,'2010-04-01',NULL);
INSERT INTO placement VALUES(2,2,NULL,'2000-04-01','2010-04-01');
INSERT INTO placement VALUES(2,3,NULL,'2010-04-01','2015-04-01');
INSERT INTO placement VALUES(2,4,NULL,'2015-04-01',NULL);
CREATE TABLE planned_event (
  id            INTEGER PRIMARY KEY,
  key           TEXT NOT NULL CHECK (key <> ''),
  planned_for   TEXT NOT NULL CHECK (planned_for IS date(planned_for, '+0 days')),
  words         TEXT NOT NULL CHECK (words LIKE '["%"]'), -- of the command that would record it, as a JSON array
  note          TEXT CHECK (note <> ''),
  opened_in     INTEGER NOT NULL REFERENCES revision (id),
  superseded_in INTEGER REFERENCES revision (id) CHECK (superseded_in > opened_in)
) STRICT;
INSERT INTO planned_event VALUES(1,'2030-04-01-rename-00A/plan','2030-04-01','["rename","00A","--name","Gamma \"upon\" Sea,\u000aand It''s new","--on","2030-04-01","--source","list","--note","draft"]','draft',2,NULL);
INSERT INTO planned_event VALUES(2,'2031-04-01-rename-00A/plan','2031-04-01','["rename","00A","--name","Delta","--on","2031-04-01","--source","list"]',NULL,3,4);
CREATE TABLE service (
  id        INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE CHECK (key <> ''),
  name      TEXT NOT NULL,
  opened_in INTEGER NOT NULL REFERENCES revision (id)
) STRICT;
INSERT INTO service VALUES(1,'checks','Health checks',1);
INSERT INTO service VALUES(2,'clinics','Clinics',1);
CREATE TABLE responsibility (
  id              INTEGER PRIMARY KEY,
  key             TEXT NOT NULL CHECK (key <> ''),
  organisation_id INTEGER REFERENCES organisation (id),
  kind_id         INTEGER REFERENCES kind (id) CHECK ((organisation_id IS NULL) <> (kind_id IS NULL)),
  service_id      INTEGER NOT NULL REFERENCES service (id),
  for_id          INTEGER REFERENCES organisation (id),
  nature          TEXT NOT NULL CHECK (nature = 'sole' OR nature = 'joint' OR nature = 'delegated'),
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
INSERT INTO responsibility VALUES(1,'board/commissions/checks@founding',NULL,3,1,NULL,'sole','2000-04-01','2010-04-01','stated','stated',1,2,2,NULL,1,NULL);
INSERT INTO responsibility VALUES(2,'group/commissions/checks@merger',NULL,2,1,NULL,'joint','2010-04-01',NULL,'derived','stated',2,NULL,2,NULL,1,NULL);
INSERT INTO responsibility VALUES(3,'board/commissions/checks@merger',NULL,3,1,NULL,'joint','2010-04-01',NULL,'derived','stated',2,NULL,3,'in part, it is said',1,NULL);
INSERT INTO responsibility VALUES(4,'board/commissions/clinics@2001-01-01',5,NULL,2,NULL,'sole','2001-01-01','2010-01-01','stated','unknown',NULL,NULL,2,NULL,1,NULL);
INSERT INTO responsibility VALUES(5,'a/commissions/clinics/a@2002-01-01',1,NULL,2,1,'delegated','2002-01-01','2010-04-01','stated','stated',NULL,2,3,NULL,1,NULL);
INSERT INTO responsibility VALUES(6,'group/commissions/clinics/d@2003-01-01',NULL,2,2,4,'delegated','2003-01-01',NULL,'unknown','stated',NULL,NULL,3,NULL,1,NULL);
CREATE TABLE seat (
  id        INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE CHECK (key <> ''),
  name      TEXT NOT NULL,
  is_single INTEGER NOT NULL CHECK (is_single IN (0, 1)), -- whether a body has just one
  opened_in INTEGER NOT NULL REFERENCES revision (id)
) STRICT;
INSERT INTO seat VALUES(1,'chair','The "chair"',1,1);
INSERT INTO seat VALUES(2,'lay','Lay member',0,1);
CREATE TABLE holder (
  id          INTEGER PRIMARY KEY,
  key         TEXT NOT NULL UNIQUE CHECK (key <> ''),
  name        TEXT CHECK (name <> ''),
  opened_in   INTEGER NOT NULL REFERENCES revision (id),
  redacted_in INTEGER REFERENCES revision (id) CHECK (redacted_in IS NULL OR name IS NULL)
) STRICT;
INSERT INTO holder VALUES(1,'h-1','Max Muster',1,NULL);
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
INSERT INTO appointment VALUES(1,'a/seat/chair/h-1@2000-04-01',1,1,'held','gp',1,'2000-04-01','2001-04-01','unknown','stated',NULL,NULL,3,'re-elected',1,NULL);
INSERT INTO appointment VALUES(2,'a/seat/chair/vacant@2001-04-01',1,1,'vacant',NULL,NULL,'2001-04-01','2010-04-01','derived','stated',NULL,2,3,NULL,1,NULL);
INSERT INTO appointment VALUES(3,'b/seat/lay/h-1@founding',2,2,'held',NULL,1,'2000-04-01','2010-04-01','stated','stated',1,2,3,NULL,1,NULL);
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
INSERT INTO constitution VALUES(1,'a/constitution@2000-04-01',1,'1.0, "first"','2000-04-01','2005-04-01','stated','stated',NULL,NULL,3,NULL,1,NULL);
INSERT INTO constitution VALUES(2,'second',1,'1.1','2005-04-01','2006-04-01','stated','stated',NULL,NULL,3,NULL,1,NULL);
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
INSERT INTO seat_rule VALUES(1,'group/seat-rule/chair@2000-04-01',2,1,1,'2000-04-01','2010-04-01','derived',2,NULL,1,NULL);
INSERT INTO seat_rule VALUES(2,'group/seat-rule/lay@2000-04-01',2,2,NULL,'2000-04-01',NULL,'stated',2,'some',1,NULL);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('revision',4);
CREATE TRIGGER revision_is_never_deleted BEFORE DELETE ON revision
BEGIN SELECT RAISE(ABORT, 'revisions only grow'); END;
CREATE TRIGGER source_is_permanent BEFORE UPDATE ON source
BEGIN SELECT RAISE(ABORT, 'an identity is permanent'); END;
CREATE TRIGGER source_is_never_deleted BEFORE DELETE ON source
BEGIN SELECT RAISE(ABORT, 'an identity is permanent'); END;
CREATE UNIQUE INDEX citation_key ON citation (key) WHERE superseded_in IS NULL;
CREATE INDEX citation_source ON citation (source_id);
CREATE TRIGGER citation_is_never_rewritten BEFORE UPDATE ON citation
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.source_id, NEW.title, NEW.instrument, NEW.year, NEW.number, NEW.provision, NEW.made_on, NEW.in_force_on, NEW.url, NEW.retrieved_on, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.source_id, OLD.title, OLD.instrument, OLD.year, OLD.number, OLD.provision, OLD.made_on, OLD.in_force_on, OLD.url, OLD.retrieved_on, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded citation is superseded, never rewritten'); END;
CREATE TRIGGER citation_is_never_deleted BEFORE DELETE ON citation
BEGIN SELECT RAISE(ABORT, 'a recorded citation is superseded, never deleted'); END;
CREATE TRIGGER organisation_is_permanent BEFORE UPDATE ON organisation
BEGIN SELECT RAISE(ABORT, 'an identity is permanent'); END;
CREATE TRIGGER organisation_is_never_deleted BEFORE DELETE ON organisation
BEGIN SELECT RAISE(ABORT, 'an identity is permanent'); END;
CREATE TRIGGER change_event_is_permanent BEFORE UPDATE ON change_event
BEGIN SELECT RAISE(ABORT, 'an identity is permanent'); END;
CREATE TRIGGER change_event_is_never_deleted BEFORE DELETE ON change_event
BEGIN SELECT RAISE(ABORT, 'an identity is permanent'); END;
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
CREATE UNIQUE INDEX measure_key ON measure (key) WHERE superseded_in IS NULL;
CREATE INDEX measure_organisation ON measure (organisation_id);
CREATE TRIGGER measure_is_never_rewritten BEFORE UPDATE ON measure
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.organisation_id, NEW.kind_id, NEW.amount, NEW.nature, NEW.valid_from, NEW.valid_to, NEW.from_status, NEW.to_status, NEW.from_event_id, NEW.to_event_id, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.organisation_id, OLD.kind_id, OLD.amount, OLD.nature, OLD.valid_from, OLD.valid_to, OLD.from_status, OLD.to_status, OLD.from_event_id, OLD.to_event_id, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded measure is superseded, never rewritten'); END;
CREATE TRIGGER measure_is_never_deleted BEFORE DELETE ON measure
BEGIN SELECT RAISE(ABORT, 'a recorded measure is superseded, never deleted'); END;
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
CREATE TRIGGER parcel_is_permanent BEFORE UPDATE ON parcel
BEGIN SELECT RAISE(ABORT, 'an identity is permanent'); END;
CREATE TRIGGER parcel_is_never_deleted BEFORE DELETE ON parcel
BEGIN SELECT RAISE(ABORT, 'an identity is permanent'); END;
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
CREATE UNIQUE INDEX flow_key ON flow (key) WHERE superseded_in IS NULL;
CREATE INDEX flow_event ON flow (event_id);
CREATE TRIGGER flow_is_never_rewritten BEFORE UPDATE ON flow
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.event_id, NEW.predecessor_id, NEW.successor_id, NEW.basis_id, NEW.amount, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.event_id, OLD.predecessor_id, OLD.successor_id, OLD.basis_id, OLD.amount, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded flow is superseded, never rewritten'); END;
CREATE TRIGGER flow_is_never_deleted BEFORE DELETE ON flow
BEGIN SELECT RAISE(ABORT, 'a recorded flow is superseded, never deleted'); END;
CREATE INDEX unit_parcel ON unit (parcel_id);
CREATE TRIGGER unit_is_never_rewritten BEFORE UPDATE ON unit
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.partition_id, NEW.code, NEW.parcel_id, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.partition_id, OLD.code, OLD.parcel_id, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded unit is superseded, never rewritten'); END;
CREATE TRIGGER unit_is_never_deleted BEFORE DELETE ON unit
BEGIN SELECT RAISE(ABORT, 'a recorded unit is superseded, never deleted'); END;
CREATE UNIQUE INDEX unit_code ON unit (partition_id, code) WHERE superseded_in IS NULL;
CREATE TRIGGER unit_amount_is_never_rewritten BEFORE UPDATE ON unit_amount
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.basis_id, NEW.unit_code, NEW.amount, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.basis_id, OLD.unit_code, OLD.amount, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded unit_amount is superseded, never rewritten'); END;
CREATE TRIGGER unit_amount_is_never_deleted BEFORE DELETE ON unit_amount
BEGIN SELECT RAISE(ABORT, 'a recorded unit_amount is superseded, never deleted'); END;
CREATE UNIQUE INDEX unit_amount_unit ON unit_amount (basis_id, unit_code) WHERE superseded_in IS NULL;
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
CREATE INDEX piece_parcel ON piece (parcel_id);
CREATE INDEX placement_organisation ON placement (organisation_id);
CREATE VIEW current_life AS
SELECT organisation.key AS organisation, timeline, valid_from, date(valid_to, '-1 day') AS last_day, from_status, to_status
FROM life JOIN organisation ON organisation.id = life.organisation_id
WHERE superseded_in IS NULL;
CREATE VIEW current_code AS
SELECT organisation.key AS organisation, scheme.key AS scheme, value AS code, valid_from,
  date(valid_to, '-1 day') AS last_day
FROM code JOIN organisation ON organisation.id = code.organisation_id JOIN scheme ON scheme.id = code.scheme_id
WHERE superseded_in IS NULL;
CREATE VIEW current_name AS
SELECT organisation.key AS organisation, scheme.key AS scheme, value AS name, valid_from,
  date(valid_to, '-1 day') AS last_day
FROM name JOIN organisation ON organisation.id = name.organisation_id JOIN scheme ON scheme.id = name.scheme_id
WHERE superseded_in IS NULL;
CREATE VIEW current_role AS
SELECT organisation.key AS organisation, kind.key AS kind, kind.tier, scheme.key AS asserted_by, valid_from,
  date(valid_to, '-1 day') AS last_day
FROM role JOIN organisation ON organisation.id = role.organisation_id JOIN kind ON kind.id = role.kind_id
  LEFT JOIN scheme ON scheme.id = role.scheme_id
WHERE superseded_in IS NULL;
CREATE VIEW current_relationship AS
SELECT organisation.key AS organisation, relationship_kind.key AS kind, superior.key AS superior, grade, valid_from,
  date(valid_to, '-1 day') AS last_day
FROM relationship JOIN organisation ON organisation.id = relationship.organisation_id
  JOIN organisation AS superior ON superior.id = relationship.superior_id
  JOIN relationship_kind ON relationship_kind.id = relationship.kind_id
WHERE superseded_in IS NULL;
CREATE VIEW current_event AS
SELECT change_event.key AS event, type, happened_on, operational_on, event_detail.title, status, citation.title AS source
FROM event_detail JOIN change_event ON change_event.id = event_detail.event_id
  LEFT JOIN citation ON citation.source_id = event_detail.source_id AND citation.superseded_in IS NULL
WHERE event_detail.superseded_in IS NULL;
CREATE VIEW current_succession AS
SELECT predecessor.key AS predecessor, successor.key AS successor, happened_on, change_event.key AS event, type, nature,
  succession.status
FROM succession JOIN change_event ON change_event.id = succession.event_id
  JOIN event_detail ON event_detail.event_id = succession.event_id AND event_detail.superseded_in IS NULL
  JOIN organisation AS predecessor ON predecessor.id = succession.predecessor_id
  JOIN organisation AS successor ON successor.id = succession.successor_id
WHERE succession.superseded_in IS NULL;
CREATE VIEW current_placement AS
SELECT parcel.key AS parcel, partition.key AS partition, piece_id, organisation.key AS organisation,
  change_event.key AS lost_at_event, valid_from, date(valid_to, '-1 day') AS last_day
FROM placement JOIN piece ON piece.id = placement.piece_id JOIN parcel ON parcel.id = piece.parcel_id
  JOIN partition ON partition.id = parcel.partition_id
  LEFT JOIN organisation ON organisation.id = placement.organisation_id
  LEFT JOIN change_event ON change_event.id = placement.gap_event_id;
CREATE VIEW extent AS
SELECT organisation_id, min(valid_from) AS valid_from, max(ifnull(valid_to, '9999-12-31')) AS valid_to
FROM life WHERE superseded_in IS NULL
GROUP BY organisation_id;
CREATE UNIQUE INDEX planned_event_key ON planned_event (key) WHERE superseded_in IS NULL;
CREATE TRIGGER planned_event_is_never_rewritten BEFORE UPDATE ON planned_event
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.planned_for, NEW.words, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.planned_for, OLD.words, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded planned_event is superseded, never rewritten'); END;
CREATE TRIGGER planned_event_is_never_deleted BEFORE DELETE ON planned_event
BEGIN SELECT RAISE(ABORT, 'a recorded planned_event is superseded, never deleted'); END;
CREATE UNIQUE INDEX responsibility_key ON responsibility (key) WHERE superseded_in IS NULL;
CREATE INDEX responsibility_service ON responsibility (service_id);
CREATE INDEX responsibility_organisation ON responsibility (organisation_id);
CREATE INDEX responsibility_for ON responsibility (for_id);
CREATE TRIGGER responsibility_is_never_rewritten BEFORE UPDATE ON responsibility
WHEN OLD.superseded_in IS NOT NULL OR NEW.superseded_in IS NULL
  OR (NEW.id, NEW.key, NEW.organisation_id, NEW.kind_id, NEW.service_id, NEW.for_id, NEW.nature, NEW.valid_from, NEW.valid_to, NEW.from_status, NEW.to_status, NEW.from_event_id, NEW.to_event_id, NEW.source_id, NEW.note, NEW.opened_in)
  IS NOT (OLD.id, OLD.key, OLD.organisation_id, OLD.kind_id, OLD.service_id, OLD.for_id, OLD.nature, OLD.valid_from, OLD.valid_to, OLD.from_status, OLD.to_status, OLD.from_event_id, OLD.to_event_id, OLD.source_id, OLD.note, OLD.opened_in)
BEGIN SELECT RAISE(ABORT, 'a recorded responsibility is superseded, never rewritten'); END;
CREATE TRIGGER responsibility_is_never_deleted BEFORE DELETE ON responsibility
BEGIN SELECT RAISE(ABORT, 'a recorded responsibility is superseded, never deleted'); END;
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
CREATE VIEW current_measure AS
SELECT organisation.key AS organisation, measure_kind.key AS kind, amount, measure_kind.unit_name AS unit, nature,
  valid_from, date(valid_to, '-1 day') AS last_day, citation.title AS source
FROM measure JOIN organisation ON organisation.id = measure.organisation_id
  JOIN measure_kind ON measure_kind.id = measure.kind_id
  LEFT JOIN citation ON citation.source_id = measure.source_id AND citation.superseded_in IS NULL
WHERE measure.superseded_in IS NULL;
CREATE TRIGGER holder_is_permanent BEFORE UPDATE ON holder
WHEN (NEW.id, NEW.key, NEW.opened_in) IS NOT (OLD.id, OLD.key, OLD.opened_in)
  OR OLD.name IS NULL OR NEW.name IS NOT NULL OR NEW.redacted_in IS NULL
BEGIN SELECT RAISE(ABORT, 'the name of a holder is erased or stays, and nothing else of it changes'); END;
CREATE TRIGGER holder_is_never_deleted BEFORE DELETE ON holder
BEGIN SELECT RAISE(ABORT, 'an identity is permanent'); END;
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
COMMIT;
