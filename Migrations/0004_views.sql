-- What the register says now, in words instead of ids: for the `sql` command and for readers of the file.
-- valid_from is the first day; last_day the last, inclusive (NULL: goes on).

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

-- From the first to the last day on which a body existed in law or in operation.
CREATE VIEW extent AS
SELECT organisation_id, min(valid_from) AS valid_from, max(ifnull(valid_to, '9999-12-31')) AS valid_to
FROM life WHERE superseded_in IS NULL
GROUP BY organisation_id;
