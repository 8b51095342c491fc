-- Rules that bind more than one row, as one query. A row that it returns is a breach; recording refuses it, `check` lists
-- it. (Overlaps are kept by the triggers beside their tables.)
--
-- The rules read the rows named examined_..., and the extent of lives: as a table where all bodies are looked up (extent),
-- and body by body where few are (span). The program puts before them what these are: all
-- current rows, or those near what a revision touched. It also makes, from the schemas of all kinds of facts, what stands
-- for the words in braces.
--
-- What is examined may be a few rows of large tables. So joins lead from it outward (CROSS JOIN), to what is examined too,
-- or else look up single rows. If one side of a join is a whole table, SQLite may read all of it for a Bloom filter.
--
-- Not a migration: the rules are the program's, not the file's, and whoever only reads need not load them.

-- Each walk upward from a body, with the days on which all its steps hold.
ascent (start_id, key, organisation_id, valid_from, valid_to) AS (
  SELECT examined_relationship.organisation_id, examined_relationship.key, superior_id, valid_from,
    ifnull(valid_to, '9999-12-31')
  FROM examined_relationship JOIN relationship_kind ON relationship_kind.id = kind_id AND is_parent
  UNION
  SELECT start_id, ascent.key, superior_id, max(ascent.valid_from, relationship.valid_from),
    min(ascent.valid_to, ifnull(relationship.valid_to, '9999-12-31'))
  FROM ascent CROSS JOIN relationship ON relationship.organisation_id = ascent.organisation_id
    CROSS JOIN relationship_kind ON relationship_kind.id = relationship.kind_id AND is_parent
  -- As a test of both tables, so that there is no Bloom filter.
  WHERE iif(start_id, superseded_in, 0) IS NULL AND ascent.organisation_id <> start_id
    AND relationship.valid_from < ascent.valid_to AND ifnull(relationship.valid_to, '9999-12-31') > ascent.valid_from
)
SELECT 'fact-inside-life' AS rule, fact.organisation_id, fact.key AS subject,
  fact.what || ' holds from ' || fact.valid_from || ifnull(' to ' || date(fact.valid_to, '-1 day'), '')
    || ', beyond the life of the body (' || extent.valid_from
    || ' to ' || iif(extent.valid_to = '9999-12-31', 'today', date(extent.valid_to, '-1 day')) || ')' AS message
FROM (
  {facts}
  -- As one table, so that there is one index of the extents.
  LIMIT -1
) AS fact CROSS JOIN extent ON extent.organisation_id = fact.organisation_id
WHERE fact.valid_from < extent.valid_from OR ifnull(fact.valid_to, '9999-12-31') > extent.valid_to

UNION ALL
-- Of some bodies nothing is known but a code.
SELECT 'code-needs-a-life', examined_code.organisation_id, examined_code.key,
  'the register has no life of ' || (SELECT key FROM organisation WHERE id = examined_code.organisation_id)
    || ', so the days of its code must both be unknown'
FROM examined_code
WHERE NOT (examined_code.from_status = 'unknown' AND examined_code.to_status = 'unknown')
  AND NOT EXISTS (SELECT 1 FROM extent WHERE extent.organisation_id = examined_code.organisation_id)

UNION ALL
SELECT 'nothing-stands-above-itself', ascent.start_id, ascent.key,
  (SELECT key FROM organisation WHERE id = ascent.start_id) || ' would stand above itself from ' || min(ascent.valid_from)
    || iif(max(ascent.valid_to) = '9999-12-31', '', ' to ' || date(max(ascent.valid_to), '-1 day'))
FROM ascent WHERE ascent.organisation_id = ascent.start_id
GROUP BY ascent.start_id, ascent.key

UNION ALL
SELECT 'may-stand-under', examined_relationship.organisation_id, examined_relationship.key,
  (SELECT key FROM organisation WHERE id = examined_relationship.organisation_id) || ' would stand under '
    || (SELECT key FROM organisation WHERE id = superior_id) || ', but may only be '
    || (SELECT name FROM relationship_kind WHERE id = examined_relationship.kind_id) || ' a body of the kind '
    || (SELECT replace(group_concat(DISTINCT kind.key), ',', ' or ')
      FROM role CROSS JOIN may_stand_under AS allowed ON allowed.kind_id = role.kind_id
        CROSS JOIN kind ON kind.id = allowed.superior_kind_id
      WHERE role.organisation_id = examined_relationship.organisation_id AND role.superseded_in IS NULL
        AND allowed.relationship_kind_id = examined_relationship.kind_id AND allowed.superseded_in IS NULL)
FROM examined_relationship
WHERE EXISTS (
    SELECT 1 FROM may_stand_under AS allowed
    WHERE allowed.relationship_kind_id = examined_relationship.kind_id AND allowed.superseded_in IS NULL)
  AND EXISTS (
    SELECT 1 FROM role CROSS JOIN may_stand_under AS allowed ON allowed.kind_id = role.kind_id
    WHERE role.organisation_id = examined_relationship.organisation_id AND role.superseded_in IS NULL
      AND role.valid_from < ifnull(examined_relationship.valid_to, '9999-12-31')
      AND ifnull(role.valid_to, '9999-12-31') > examined_relationship.valid_from
      AND allowed.relationship_kind_id = examined_relationship.kind_id AND allowed.superseded_in IS NULL)
  AND EXISTS (
    SELECT 1 FROM role WHERE role.organisation_id = superior_id AND role.superseded_in IS NULL
      AND role.valid_from < ifnull(examined_relationship.valid_to, '9999-12-31')
      AND ifnull(role.valid_to, '9999-12-31') > examined_relationship.valid_from)
  AND NOT EXISTS (
    SELECT 1 FROM role CROSS JOIN may_stand_under AS allowed ON allowed.kind_id = role.kind_id
      CROSS JOIN role AS above ON above.organisation_id = superior_id AND above.kind_id = allowed.superior_kind_id
    WHERE role.organisation_id = examined_relationship.organisation_id AND role.superseded_in IS NULL
      AND allowed.relationship_kind_id = examined_relationship.kind_id AND allowed.superseded_in IS NULL
      AND above.superseded_in IS NULL
      AND max(role.valid_from, above.valid_from, examined_relationship.valid_from)
        < min(ifnull(role.valid_to, '9999-12-31'), ifnull(above.valid_to, '9999-12-31'),
          ifnull(examined_relationship.valid_to, '9999-12-31')))

UNION ALL
SELECT 'relationship-inside-both-lives', examined_relationship.organisation_id, examined_relationship.key,
  'the relationship holds from ' || examined_relationship.valid_from
    || ifnull(' to ' || date(examined_relationship.valid_to, '-1 day'), '') || ', beyond the life of one of the two bodies'
FROM examined_relationship
  LEFT JOIN extent ON extent.organisation_id = examined_relationship.organisation_id
  LEFT JOIN extent AS superior ON superior.organisation_id = examined_relationship.superior_id
WHERE examined_relationship.valid_from < extent.valid_from OR ifnull(examined_relationship.valid_to, '9999-12-31') > extent.valid_to
  OR examined_relationship.valid_from < superior.valid_from OR ifnull(examined_relationship.valid_to, '9999-12-31') > superior.valid_to

UNION ALL
SELECT 'event-dates-its-facts', fact.organisation_id, fact.key,
  'the fact ' || iif(fact.is_start, 'begins', 'ends') || ' on ' || fact.day || ', its event is of '
    || (SELECT happened_on FROM event_detail WHERE event_id = fact.event_id AND superseded_in IS NULL)
FROM (
  {boundaries}
) AS fact
WHERE EXISTS (
  SELECT 1 FROM event_detail
  WHERE event_id = fact.event_id AND superseded_in IS NULL
    AND fact.day NOT IN (happened_on, ifnull(operational_on, happened_on)))

UNION ALL
SELECT 'predecessor-lives-the-day-before', examined_succession.predecessor_id, examined_succession.key,
  'the predecessor does not live on ' || date(detail.happened_on, '-1 day') || ', the day before the event'
FROM examined_succession
  CROSS JOIN examined_detail AS detail ON detail.event_id = examined_succession.event_id
  LEFT JOIN span ON span.organisation_id = examined_succession.predecessor_id
WHERE NOT (ifnull(span.valid_from < detail.happened_on AND span.valid_to >= detail.happened_on, 0))

UNION ALL
-- Other events of the day may take a part of it, as they see it the day before, or its duties.
SELECT 'life-is-ended-by-one-event', examined_succession.predecessor_id, examined_succession.key,
  'the predecessor ended on ' || life.valid_to || ' by the event ' || (SELECT key FROM change_event WHERE id = life.to_event_id)
    || ', so no other event of the day can pass it on'
FROM examined_succession
  CROSS JOIN examined_detail AS detail ON detail.event_id = examined_succession.event_id
  CROSS JOIN examined_life AS life ON life.organisation_id = examined_succession.predecessor_id
    AND life.to_event_id <> examined_succession.event_id
    AND life.valid_to = iif(life.timeline = 'legal', detail.happened_on, ifnull(detail.operational_on, detail.happened_on))
WHERE examined_succession.nature <> 'duties' AND detail.type <> 'transfer'

UNION ALL
SELECT 'successor-lives-on-the-day', examined_succession.successor_id, examined_succession.key,
  'the successor does not live on ' || detail.happened_on || ', the day of the event'
FROM examined_succession
  CROSS JOIN examined_detail AS detail ON detail.event_id = examined_succession.event_id
  LEFT JOIN span ON span.organisation_id = examined_succession.successor_id
WHERE NOT (ifnull(span.valid_from <= detail.happened_on AND span.valid_to > detail.happened_on, 0))

UNION ALL
SELECT 'movement-follows-a-succession', examined_movement.successor_id, examined_movement.key,
  'the event has no succession to the body that the parcel goes to'
FROM examined_movement
WHERE NOT EXISTS (
  SELECT 1 FROM succession
  WHERE succession.event_id = examined_movement.event_id AND succession.successor_id = examined_movement.successor_id
    AND succession.superseded_in IS NULL)

UNION ALL
-- Else the event would move nothing, in silence. Where a parcel lay may also be unknown, and some of its pieces may have
-- gone elsewhere before.
SELECT 'movement-takes-what-its-giver-holds', examined_movement.successor_id, examined_movement.key,
  'the event ' || (SELECT key FROM change_event WHERE id = examined_movement.event_id) || ' takes the parcel '
    || (SELECT key FROM parcel WHERE id = examined_movement.parcel_id) || ' from a body in which it does not lie: on '
    || date(detail.happened_on, '-1 day') || ', the day before, it lies in ' || ifnull((
      SELECT organisation.key FROM piece CROSS JOIN placement ON placement.piece_id = piece.id
        CROSS JOIN organisation ON organisation.id = placement.organisation_id
      WHERE piece.parcel_id = examined_movement.parcel_id AND placement.valid_from < detail.happened_on
        AND ifnull(placement.valid_to, '9999-12-31') >= detail.happened_on
      ORDER BY organisation.key LIMIT 1), 'no body')
FROM examined_movement
  CROSS JOIN examined_detail AS detail ON detail.event_id = examined_movement.event_id
WHERE ifnull((
  SELECT max(placement.organisation_id IS NULL OR placement.organisation_id IN (
      SELECT predecessor_id FROM succession
      WHERE succession.event_id = examined_movement.event_id
        AND succession.successor_id = examined_movement.successor_id AND succession.superseded_in IS NULL))
  FROM piece CROSS JOIN placement ON placement.piece_id = piece.id
  WHERE piece.parcel_id = examined_movement.parcel_id AND placement.valid_from < detail.happened_on
    AND ifnull(placement.valid_to, '9999-12-31') >= detail.happened_on), 0) = 0
  AND EXISTS (
    SELECT 1 FROM succession
    WHERE succession.event_id = examined_movement.event_id
      AND succession.successor_id = examined_movement.successor_id AND succession.superseded_in IS NULL)

UNION ALL
-- What a body keeps flows to itself.
SELECT 'flow-follows-a-succession', examined_flow.successor_id, examined_flow.key, 'the event has no succession between these two bodies'
FROM examined_flow
WHERE NOT EXISTS (
  SELECT 1 FROM succession
  WHERE succession.event_id = examined_flow.event_id AND succession.predecessor_id = ifnull(examined_flow.predecessor_id, succession.predecessor_id)
    AND (succession.successor_id = examined_flow.successor_id OR examined_flow.successor_id = examined_flow.predecessor_id)
    AND succession.superseded_in IS NULL)

UNION ALL
SELECT 'giver-keeps-only-while-it-lives', examined_flow.predecessor_id, examined_flow.key,
  'the body keeps nothing, because it does not live on ' || detail.happened_on || ', the day of the event'
FROM examined_flow
  CROSS JOIN examined_detail AS detail ON detail.event_id = examined_flow.event_id
  LEFT JOIN span ON span.organisation_id = examined_flow.predecessor_id
WHERE examined_flow.successor_id = examined_flow.predecessor_id
  AND NOT (ifnull(span.valid_from <= detail.happened_on AND span.valid_to > detail.happened_on, 0))

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
    SELECT examined_flow.event_id, examined_flow.predecessor_id, examined_flow.basis_id, min(examined_flow.key) AS key, sum(examined_flow.amount) AS amount,
      max(examined_flow.successor_id = examined_flow.predecessor_id) AS keeps, detail.happened_on
    FROM examined_flow
      CROSS JOIN examined_detail AS detail ON detail.event_id = examined_flow.event_id
    WHERE examined_flow.predecessor_id IS NOT NULL
    GROUP BY examined_flow.event_id, examined_flow.predecessor_id, examined_flow.basis_id
  ) AS given CROSS JOIN basis ON basis.id = given.basis_id
    LEFT JOIN span ON span.organisation_id = given.predecessor_id
  WHERE given.amount > 0
    AND (NOT given.keeps AND span.valid_to > given.happened_on OR EXISTS (
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
SELECT 'parcel-moves-once-a-day', examined_movement.successor_id, examined_movement.key,
  'another event moves the same parcel on ' || detail.happened_on
FROM examined_movement
  CROSS JOIN examined_detail AS detail ON detail.event_id = examined_movement.event_id
WHERE EXISTS (
  SELECT 1 FROM movement AS other
    JOIN event_detail AS others ON others.event_id = other.event_id AND others.superseded_in IS NULL
  WHERE other.parcel_id = examined_movement.parcel_id AND other.id <> examined_movement.id AND other.superseded_in IS NULL
    AND others.happened_on = detail.happened_on)

UNION ALL
SELECT 'parcel-lies-in-a-living-place-body', stay.organisation_id, parcel.key,
  'the parcel lies from ' || stay.valid_from || ' in a body that does not live all that time or is not of the tier place'
FROM (
  -- Most pieces of a body came and went together.
  SELECT organisation_id, valid_from, valid_to, min(piece_id) AS piece_id
  FROM examined_placement WHERE organisation_id IS NOT NULL GROUP BY organisation_id, valid_from, valid_to
) AS stay CROSS JOIN piece ON piece.id = stay.piece_id CROSS JOIN parcel ON parcel.id = piece.parcel_id
  LEFT JOIN span ON span.organisation_id = stay.organisation_id
WHERE (span.valid_from IS NULL
    OR stay.valid_from < span.valid_from OR ifnull(stay.valid_to, '9999-12-31') > span.valid_to
    OR NOT EXISTS (
      SELECT 1 FROM role JOIN kind ON kind.id = role.kind_id
      WHERE role.organisation_id = stay.organisation_id AND kind.tier = 'place' AND role.superseded_in IS NULL
        AND role.valid_from <= stay.valid_from
        AND ifnull(role.valid_to, '9999-12-31') >= ifnull(stay.valid_to, '9999-12-31')))

UNION ALL
SELECT 'unit-and-parcel-share-a-partition', NULL, examined_unit.code, 'the unit is of another partition than its parcel'
FROM examined_unit CROSS JOIN parcel ON parcel.id = examined_unit.parcel_id
WHERE examined_unit.partition_id <> parcel.partition_id

UNION ALL
SELECT 'unit-leaves-a-living-body', examined_unit_move.predecessor_id, examined_unit_move.key,
  'the body that the unit leaves does not live on ' || date(examined_unit_move.moved_on, '-1 day') || ', the day before'
FROM examined_unit_move LEFT JOIN span ON span.organisation_id = examined_unit_move.predecessor_id
WHERE NOT (ifnull(span.valid_from < examined_unit_move.moved_on AND span.valid_to >= examined_unit_move.moved_on, 0))

UNION ALL
SELECT 'unit-joins-a-living-body', examined_unit_move.successor_id, examined_unit_move.key,
  'the body that the unit joins does not live on ' || examined_unit_move.moved_on
FROM examined_unit_move LEFT JOIN span ON span.organisation_id = examined_unit_move.successor_id
WHERE NOT (ifnull(span.valid_from <= examined_unit_move.moved_on AND span.valid_to > examined_unit_move.moved_on, 0))

UNION ALL
SELECT 'unit-moves-once-a-day', NULL, key,
  'the unit ' || unit_code || ' moves more than once on ' || moved_on
FROM examined_unit_move
WHERE EXISTS (
    SELECT 1 FROM unit_move AS other
    WHERE other.partition_id = examined_unit_move.partition_id AND other.unit_code = examined_unit_move.unit_code
      AND other.moved_on = examined_unit_move.moved_on AND other.id < examined_unit_move.id
      AND other.superseded_in IS NULL)
  OR EXISTS (
    SELECT 1 FROM movement CROSS JOIN event_detail AS detail ON detail.event_id = movement.event_id
    WHERE movement.parcel_id = examined_unit_move.parcel_id AND movement.superseded_in IS NULL
      AND detail.superseded_in IS NULL AND detail.happened_on = moved_on)

UNION ALL
SELECT 'moving-unit-is-known', NULL, key,
  'the register has no unit ' || unit_code || ' of ' || (SELECT key FROM partition WHERE id = partition_id)
FROM examined_unit_move WHERE parcel_id IS NULL

UNION ALL
SELECT 'unit-leaves-the-body-in-which-it-lies', predecessor_id, key,
  'the unit ' || unit_code || ' does not lie in the body that it leaves on '
    || date(moved_on, '-1 day') || ', the day before, or a source places it elsewhere afterwards'
FROM examined_unit_move
WHERE parcel_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM piece CROSS JOIN placement AS before ON before.piece_id = piece.id
    CROSS JOIN placement AS after ON after.piece_id = piece.id
  WHERE piece.parcel_id = examined_unit_move.parcel_id
    AND before.organisation_id = predecessor_id AND before.valid_to = moved_on
    AND after.organisation_id = successor_id AND after.valid_from = moved_on)

UNION ALL
-- A parcel is what lies somewhere, so its units have moved together.
SELECT 'units-of-a-parcel-move-together', NULL, examined_unit_move.key,
  'the unit ' || unit_code || ' moves, but ' || min(staying.code) || iif(count(*) = 1, '', ' and '
    || (count(*) - 1) || iif(count(*) = 2, ' other', ' others')) || ' of its parcel '
    || (SELECT key FROM parcel WHERE id = staying.parcel_id) || ' '
    || iif(count(*) = 1, 'does', 'do') || ' not go with it: give what moves a parcel of its own'
FROM examined_unit_move
  CROSS JOIN examined_unit AS staying ON staying.parcel_id = examined_unit_move.parcel_id
WHERE staying.code <> unit_code AND NOT EXISTS (
  SELECT 1 FROM unit_move AS same
  WHERE same.partition_id = examined_unit_move.partition_id AND same.unit_code = staying.code
    AND same.moved_on = examined_unit_move.moved_on AND same.predecessor_id = examined_unit_move.predecessor_id
    AND same.successor_id = examined_unit_move.successor_id AND same.superseded_in IS NULL)
GROUP BY examined_unit_move.id

UNION ALL
SELECT 'claim-is-about-a-kind-of-its-body', examined_claim.organisation_id, examined_claim.key,
  'the claim speaks of the kind ' || (SELECT key FROM kind WHERE id = examined_claim.kind_id) || ', which the body never was'
FROM examined_claim
WHERE examined_claim.organisation_id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1 FROM role
    WHERE role.organisation_id = examined_claim.organisation_id AND role.kind_id = examined_claim.kind_id AND role.superseded_in IS NULL)

UNION ALL
SELECT 'event-is-described', NULL, (SELECT key FROM change_event WHERE id = event_id),
  'the event has no date and no type, and facts depend on it'
FROM examined_event
WHERE event_id NOT IN (SELECT event_id FROM examined_detail)
  AND (NOT EXISTS (SELECT 1 FROM event_detail WHERE event_detail.event_id = examined_event.event_id)
    -- One set for all events: after an undo there may be many that nothing describes any more.
    OR event_id IN (
      {dating_events}))

UNION ALL
SELECT 'proposal-is-described', NULL, proposal.key, 'the proposal has no day and no title, but has statements or bases'
FROM proposal
WHERE NOT EXISTS (SELECT 1 FROM proposal_detail WHERE proposal_id = proposal.id AND superseded_in IS NULL)
  AND (EXISTS (SELECT 1 FROM proposal_statement WHERE proposal_id = proposal.id AND superseded_in IS NULL)
    OR EXISTS (SELECT 1 FROM proposal_base WHERE proposal_id = proposal.id AND superseded_in IS NULL)
    OR EXISTS (SELECT 1 FROM proposal_base WHERE base_id = proposal.id AND superseded_in IS NULL))

UNION ALL
SELECT 'source-is-cited', NULL, source.key, 'the source has no title'
FROM source
WHERE NOT EXISTS (SELECT 1 FROM citation WHERE source_id = source.id)
