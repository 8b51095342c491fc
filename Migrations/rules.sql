-- Rules that bind more than one row, as one query. A row that it returns is a breach; recording refuses it, `check` lists
-- it. (Overlaps are kept by the triggers beside their tables.)
--
-- The words in braces stand for branches that the program makes from the schemas of all kinds of facts.
--
-- Not a migration: the rules are the program's, not the file's, and whoever only reads need not load them.
--
-- ?2 is a list of the bodies whose facts changed, as JSON. Only a walk upward from one of them can have become a circle.
-- NULL means all bodies. ?3 is 0 if no unit was described, so that there is no need to look at them all.

-- As the view of the same name, worked out once for all rules.
WITH RECURSIVE extent AS MATERIALIZED (
  SELECT organisation_id, min(valid_from) AS valid_from, max(ifnull(valid_to, '9999-12-31')) AS valid_to
  FROM life WHERE superseded_in IS NULL
  GROUP BY organisation_id
),
-- Each walk upward from a body, with the days on which all its steps hold.
ascent (start_id, key, organisation_id, valid_from, valid_to) AS (
  SELECT relationship.organisation_id, relationship.key, superior_id, valid_from, ifnull(valid_to, '9999-12-31')
  FROM relationship JOIN relationship_kind ON relationship_kind.id = kind_id AND is_parent
  WHERE superseded_in IS NULL AND (?2 IS NULL OR relationship.organisation_id IN (SELECT value FROM json_each(?2)))
  UNION
  SELECT start_id, ascent.key, superior_id, max(ascent.valid_from, relationship.valid_from),
    min(ascent.valid_to, ifnull(relationship.valid_to, '9999-12-31'))
  FROM ascent JOIN relationship ON relationship.organisation_id = ascent.organisation_id
    JOIN relationship_kind ON relationship_kind.id = relationship.kind_id AND is_parent
  WHERE superseded_in IS NULL AND ascent.organisation_id <> start_id
    AND relationship.valid_from < ascent.valid_to AND ifnull(relationship.valid_to, '9999-12-31') > ascent.valid_from
)
SELECT 'fact-inside-life' AS rule, fact.organisation_id, fact.key AS subject,
  fact.what || ' holds from ' || fact.valid_from || ifnull(' to ' || date(fact.valid_to, '-1 day'), '')
    || ', beyond the life of the body (' || extent.valid_from
    || ' to ' || iif(extent.valid_to = '9999-12-31', 'today', date(extent.valid_to, '-1 day')) || ')' AS message
FROM (
  {facts}
) AS fact JOIN extent ON extent.organisation_id = fact.organisation_id
WHERE fact.valid_from < extent.valid_from OR ifnull(fact.valid_to, '9999-12-31') > extent.valid_to

UNION ALL
SELECT 'nothing-stands-above-itself', ascent.start_id, ascent.key,
  (SELECT key FROM organisation WHERE id = ascent.start_id) || ' would stand above itself from ' || min(ascent.valid_from)
    || iif(max(ascent.valid_to) = '9999-12-31', '', ' to ' || date(max(ascent.valid_to), '-1 day'))
FROM ascent WHERE ascent.organisation_id = ascent.start_id
GROUP BY ascent.start_id, ascent.key

UNION ALL
SELECT 'relationship-inside-both-lives', relationship.organisation_id, relationship.key,
  'the relationship holds from ' || relationship.valid_from
    || ifnull(' to ' || date(relationship.valid_to, '-1 day'), '') || ', beyond the life of one of the two bodies'
FROM relationship
  LEFT JOIN extent ON extent.organisation_id = relationship.organisation_id
  LEFT JOIN extent AS superior ON superior.organisation_id = relationship.superior_id
WHERE relationship.superseded_in IS NULL
  AND (relationship.valid_from < extent.valid_from OR ifnull(relationship.valid_to, '9999-12-31') > extent.valid_to
    OR relationship.valid_from < superior.valid_from
    OR ifnull(relationship.valid_to, '9999-12-31') > superior.valid_to)

UNION ALL
SELECT 'event-dates-its-facts', fact.organisation_id, fact.key,
  'the fact ' || iif(fact.is_start, 'begins', 'ends') || ' on ' || fact.day || ', its event is of ' || detail.happened_on
FROM (
  {boundaries}
) AS fact JOIN event_detail AS detail ON detail.event_id = fact.event_id AND detail.superseded_in IS NULL
WHERE fact.day NOT IN (detail.happened_on, ifnull(detail.operational_on, detail.happened_on))

UNION ALL
SELECT 'predecessor-lives-the-day-before', succession.predecessor_id, succession.key,
  'the predecessor does not live on ' || date(detail.happened_on, '-1 day') || ', the day before the event'
FROM succession JOIN event_detail AS detail ON detail.event_id = succession.event_id AND detail.superseded_in IS NULL
  LEFT JOIN extent ON extent.organisation_id = succession.predecessor_id
WHERE succession.superseded_in IS NULL
  AND NOT (ifnull(extent.valid_from < detail.happened_on AND extent.valid_to >= detail.happened_on, 0))

UNION ALL
-- Other events of the day may take a part of it, as they see it the day before, or its duties.
SELECT 'life-is-ended-by-one-event', succession.predecessor_id, succession.key,
  'the predecessor ended on ' || life.valid_to || ' by the event ' || (SELECT key FROM change_event WHERE id = life.to_event_id)
    || ', so no other event of the day can pass it on'
FROM succession JOIN event_detail AS detail ON detail.event_id = succession.event_id AND detail.superseded_in IS NULL
  JOIN life ON life.organisation_id = succession.predecessor_id AND life.superseded_in IS NULL
    AND life.to_event_id <> succession.event_id
    AND life.valid_to = iif(life.timeline = 'legal', detail.happened_on, ifnull(detail.operational_on, detail.happened_on))
WHERE succession.superseded_in IS NULL AND succession.nature <> 'duties' AND detail.type <> 'transfer'

UNION ALL
SELECT 'successor-lives-on-the-day', succession.successor_id, succession.key,
  'the successor does not live on ' || detail.happened_on || ', the day of the event'
FROM succession JOIN event_detail AS detail ON detail.event_id = succession.event_id AND detail.superseded_in IS NULL
  LEFT JOIN extent ON extent.organisation_id = succession.successor_id
WHERE succession.superseded_in IS NULL
  AND NOT (ifnull(extent.valid_from <= detail.happened_on AND extent.valid_to > detail.happened_on, 0))

UNION ALL
SELECT 'movement-follows-a-succession', movement.successor_id, movement.key,
  'the event has no succession to the body that the parcel goes to'
FROM movement
WHERE movement.superseded_in IS NULL AND NOT EXISTS (
  SELECT 1 FROM succession
  WHERE succession.event_id = movement.event_id AND succession.successor_id = movement.successor_id
    AND succession.superseded_in IS NULL)

UNION ALL
-- What a body keeps flows to itself.
SELECT 'flow-follows-a-succession', flow.successor_id, flow.key, 'the event has no succession between these two bodies'
FROM flow
WHERE flow.superseded_in IS NULL AND NOT EXISTS (
  SELECT 1 FROM succession
  WHERE succession.event_id = flow.event_id AND succession.predecessor_id = ifnull(flow.predecessor_id, succession.predecessor_id)
    AND (succession.successor_id = flow.successor_id OR flow.successor_id = flow.predecessor_id)
    AND succession.superseded_in IS NULL)

UNION ALL
SELECT 'giver-keeps-only-while-it-lives', flow.predecessor_id, flow.key,
  'the body keeps nothing, because it does not live on ' || detail.happened_on || ', the day of the event'
FROM flow JOIN event_detail AS detail ON detail.event_id = flow.event_id AND detail.superseded_in IS NULL
  LEFT JOIN extent ON extent.organisation_id = flow.predecessor_id
WHERE flow.superseded_in IS NULL AND flow.successor_id = flow.predecessor_id
  AND NOT (ifnull(extent.valid_from <= detail.happened_on AND extent.valid_to > detail.happened_on, 0))

UNION ALL
-- An amount is a part of something: of all parts, if all are stated, or else of what the giver had the day before.
SELECT 'amounts-are-parts-of-a-whole', part.predecessor_id, part.key,
  iif(part.held IS NULL,
    'no source says how much of ' || part.basis || ' ' || part.giver || ' had on ' || part.day_before
      || ', so a part of it says nothing: state all parts, also what it keeps, or its units, or a measure of the kind ' || part.basis,
    part.giver || ' gives ' || printf('%.15g', part.amount) || ' of ' || part.basis || ', but it had only '
      || printf('%.15g', part.held) || ' on ' || part.day_before)
FROM (
  SELECT given.*, date(given.happened_on, '-1 day') AS day_before,
    (SELECT key FROM organisation WHERE id = given.predecessor_id) AS giver, basis.key AS basis,
    coalesce(
      (SELECT sum(coalesce(piece_amount.amount, parcel_amount.amount))
        FROM placement JOIN piece ON piece.id = placement.piece_id
          LEFT JOIN piece_amount ON piece_amount.piece_id = piece.id AND piece_amount.basis_id = basis.id
          LEFT JOIN parcel_amount ON parcel_amount.parcel_id = piece.parcel_id AND parcel_amount.basis_id = basis.id
        WHERE placement.organisation_id = given.predecessor_id AND placement.valid_from < given.happened_on
          AND (placement.valid_to IS NULL OR placement.valid_to >= given.happened_on)),
      (SELECT max(measure.amount) FROM measure JOIN measure_kind ON measure_kind.id = measure.kind_id
        WHERE measure.superseded_in IS NULL AND measure.organisation_id = given.predecessor_id
          AND measure_kind.key = basis.key AND measure.valid_from < given.happened_on
          AND (measure.valid_to IS NULL OR measure.valid_to >= given.happened_on)),
      CASE basis.unit_name WHEN 'share' THEN 1 WHEN 'percent' THEN 100 END) AS held
  FROM (
    SELECT flow.event_id, flow.predecessor_id, flow.basis_id, min(flow.key) AS key, sum(flow.amount) AS amount,
      max(flow.successor_id = flow.predecessor_id) AS keeps, detail.happened_on
    FROM flow JOIN event_detail AS detail ON detail.event_id = flow.event_id AND detail.superseded_in IS NULL
    WHERE flow.superseded_in IS NULL AND flow.predecessor_id IS NOT NULL
    GROUP BY flow.event_id, flow.predecessor_id, flow.basis_id
  ) AS given JOIN basis ON basis.id = given.basis_id
    LEFT JOIN extent ON extent.organisation_id = given.predecessor_id
  WHERE given.amount > 0
    AND (NOT given.keeps AND extent.valid_to > given.happened_on OR EXISTS (
      SELECT 1 FROM succession
      WHERE succession.event_id = given.event_id AND succession.predecessor_id = given.predecessor_id
        AND succession.nature <> 'duties' AND succession.superseded_in IS NULL AND NOT EXISTS (
          SELECT 1 FROM flow
          WHERE flow.event_id = given.event_id AND flow.predecessor_id = given.predecessor_id
            AND flow.successor_id = succession.successor_id AND flow.basis_id = given.basis_id
            AND flow.superseded_in IS NULL)))
) AS part
WHERE NOT ifnull(part.amount <= part.held * (1 + 1e-9), 0)

UNION ALL
SELECT 'parcel-moves-once-a-day', movement.successor_id, movement.key,
  'another event moves the same parcel on ' || detail.happened_on
FROM movement JOIN event_detail AS detail ON detail.event_id = movement.event_id AND detail.superseded_in IS NULL
WHERE movement.superseded_in IS NULL AND EXISTS (
  SELECT 1 FROM movement AS other
    JOIN event_detail AS others ON others.event_id = other.event_id AND others.superseded_in IS NULL
  WHERE other.parcel_id = movement.parcel_id AND other.id <> movement.id AND other.superseded_in IS NULL
    AND others.happened_on = detail.happened_on)

UNION ALL
SELECT 'parcel-lies-in-a-living-place-body', placement.organisation_id, parcel.key,
  'the parcel lies from ' || placement.valid_from || ' in a body that does not live all that time or is not of the tier place'
FROM (
  -- Most pieces of a body came and went together.
  SELECT organisation_id, valid_from, valid_to, min(piece_id) AS piece_id
  FROM placement WHERE organisation_id IS NOT NULL GROUP BY organisation_id, valid_from, valid_to
) AS placement JOIN piece ON piece.id = placement.piece_id JOIN parcel ON parcel.id = piece.parcel_id
  LEFT JOIN extent ON extent.organisation_id = placement.organisation_id
WHERE (extent.organisation_id IS NULL
    OR placement.valid_from < extent.valid_from OR ifnull(placement.valid_to, '9999-12-31') > extent.valid_to
    OR NOT EXISTS (
      SELECT 1 FROM role JOIN kind ON kind.id = role.kind_id
      WHERE role.organisation_id = placement.organisation_id AND kind.tier = 'place' AND role.superseded_in IS NULL
        AND role.valid_from <= placement.valid_from
        AND ifnull(role.valid_to, '9999-12-31') >= ifnull(placement.valid_to, '9999-12-31')))

UNION ALL
SELECT 'unit-and-parcel-share-a-partition', NULL, unit.code, 'the unit is of another partition than its parcel'
FROM unit JOIN parcel ON parcel.id = unit.parcel_id
WHERE ifnull(?3, 1) AND unit.superseded_in IS NULL AND unit.partition_id <> parcel.partition_id

UNION ALL
SELECT 'unit-leaves-a-living-body', unit_move.predecessor_id, unit_move.key,
  'the body that the unit leaves does not live on ' || date(unit_move.moved_on, '-1 day') || ', the day before'
FROM unit_move LEFT JOIN extent ON extent.organisation_id = unit_move.predecessor_id
WHERE unit_move.superseded_in IS NULL
  AND NOT (ifnull(extent.valid_from < unit_move.moved_on AND extent.valid_to >= unit_move.moved_on, 0))

UNION ALL
SELECT 'unit-joins-a-living-body', unit_move.successor_id, unit_move.key,
  'the body that the unit joins does not live on ' || unit_move.moved_on
FROM unit_move LEFT JOIN extent ON extent.organisation_id = unit_move.successor_id
WHERE unit_move.superseded_in IS NULL
  AND NOT (ifnull(extent.valid_from <= unit_move.moved_on AND extent.valid_to > unit_move.moved_on, 0))

UNION ALL
SELECT 'unit-moves-once-a-day', NULL, unit_move.key,
  'the unit ' || unit_move.unit_code || ' moves more than once on ' || unit_move.moved_on
FROM unit_move
WHERE unit_move.superseded_in IS NULL AND (
  EXISTS (
    SELECT 1 FROM unit_move AS other
    WHERE other.partition_id = unit_move.partition_id AND other.unit_code = unit_move.unit_code
      AND other.moved_on = unit_move.moved_on AND other.id <> unit_move.id AND other.superseded_in IS NULL)
  OR EXISTS (
    SELECT 1 FROM unit JOIN movement ON movement.parcel_id = unit.parcel_id AND movement.superseded_in IS NULL
      JOIN event_detail AS detail ON detail.event_id = movement.event_id AND detail.superseded_in IS NULL
    WHERE unit.partition_id = unit_move.partition_id AND unit.code = unit_move.unit_code AND unit.superseded_in IS NULL
      AND detail.happened_on = unit_move.moved_on))

UNION ALL
SELECT 'moving-unit-is-known', NULL, unit_move.key,
  'the register has no unit ' || unit_move.unit_code || ' of ' || (SELECT key FROM partition WHERE id = partition_id)
FROM unit_move
WHERE unit_move.superseded_in IS NULL AND NOT EXISTS (
  SELECT 1 FROM unit
  WHERE unit.partition_id = unit_move.partition_id AND unit.code = unit_move.unit_code AND unit.superseded_in IS NULL)

UNION ALL
SELECT 'unit-leaves-the-body-in-which-it-lies', unit_move.predecessor_id, unit_move.key,
  'the unit ' || unit_move.unit_code || ' does not lie in the body that it leaves on '
    || date(unit_move.moved_on, '-1 day') || ', the day before, or a source places it elsewhere afterwards'
FROM unit_move
  JOIN unit ON unit.partition_id = unit_move.partition_id AND unit.code = unit_move.unit_code
    AND unit.superseded_in IS NULL
WHERE unit_move.superseded_in IS NULL AND NOT EXISTS (
  SELECT 1 FROM piece JOIN placement AS before ON before.piece_id = piece.id
    JOIN placement AS after ON after.piece_id = piece.id
  WHERE piece.parcel_id = unit.parcel_id
    AND before.organisation_id = unit_move.predecessor_id AND before.valid_to = unit_move.moved_on
    AND after.organisation_id = unit_move.successor_id AND after.valid_from = unit_move.moved_on)

UNION ALL
-- A parcel is what lies somewhere, so its units have moved together.
SELECT 'units-of-a-parcel-move-together', NULL, unit_move.key,
  'the unit ' || unit_move.unit_code || ' moves, but ' || min(staying.code) || iif(count(*) = 1, '', ' and '
    || (count(*) - 1) || iif(count(*) = 2, ' other', ' others')) || ' of its parcel ' || parcel.key || ' '
    || iif(count(*) = 1, 'does', 'do') || ' not go with it: give what moves a parcel of its own'
FROM unit_move
  JOIN unit ON unit.partition_id = unit_move.partition_id AND unit.code = unit_move.unit_code
    AND unit.superseded_in IS NULL
  JOIN parcel ON parcel.id = unit.parcel_id
  JOIN unit AS staying ON staying.parcel_id = unit.parcel_id AND staying.id <> unit.id AND staying.superseded_in IS NULL
WHERE unit_move.superseded_in IS NULL AND NOT EXISTS (
  SELECT 1 FROM unit_move AS same
  WHERE same.partition_id = unit_move.partition_id AND same.unit_code = staying.code
    AND same.moved_on = unit_move.moved_on AND same.predecessor_id = unit_move.predecessor_id
    AND same.successor_id = unit_move.successor_id AND same.superseded_in IS NULL)
GROUP BY unit_move.id

UNION ALL
SELECT 'claim-is-about-a-kind-of-its-body', claim.organisation_id, claim.key,
  'the claim speaks of the kind ' || (SELECT key FROM kind WHERE id = claim.kind_id) || ', which the body never was'
FROM claim
WHERE claim.superseded_in IS NULL AND claim.organisation_id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1 FROM role
    WHERE role.organisation_id = claim.organisation_id AND role.kind_id = claim.kind_id AND role.superseded_in IS NULL)

UNION ALL
SELECT 'event-is-described', NULL, change_event.key, 'the event has no date and no type, and facts depend on it'
FROM change_event
WHERE NOT EXISTS (SELECT 1 FROM event_detail WHERE event_id = change_event.id AND superseded_in IS NULL)
  AND (NOT EXISTS (SELECT 1 FROM event_detail WHERE event_id = change_event.id)
    -- One set for all events: after an undo there may be many that nothing describes any more.
    OR change_event.id IN (
      {dating_events}))

UNION ALL
SELECT 'proposal-is-described', NULL, proposal.key, 'the proposal has no day and no title, but has statements or bases'
FROM proposal
WHERE NOT EXISTS (SELECT 1 FROM proposal_detail WHERE proposal_id = proposal.id AND superseded_in IS NULL)
  AND (EXISTS (SELECT 1 FROM proposal_statement WHERE proposal_id = proposal.id AND superseded_in IS NULL)
    OR EXISTS (SELECT 1 FROM proposal_base WHERE proposal.id IN (proposal_id, base_id) AND superseded_in IS NULL))

UNION ALL
SELECT 'source-is-cited', NULL, source.key, 'the source has no title'
FROM source
WHERE NOT EXISTS (SELECT 1 FROM citation WHERE source_id = source.id)
