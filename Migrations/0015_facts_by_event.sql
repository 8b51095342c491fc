-- A rule that starts from an event finds the facts that it dates. Only facts that an event dates have an entry.

CREATE INDEX code_from_event ON code (from_event_id) WHERE from_event_id IS NOT NULL;
CREATE INDEX code_to_event ON code (to_event_id) WHERE to_event_id IS NOT NULL;
CREATE INDEX name_from_event ON name (from_event_id) WHERE from_event_id IS NOT NULL;
CREATE INDEX name_to_event ON name (to_event_id) WHERE to_event_id IS NOT NULL;
CREATE INDEX role_from_event ON role (from_event_id) WHERE from_event_id IS NOT NULL;
CREATE INDEX role_to_event ON role (to_event_id) WHERE to_event_id IS NOT NULL;
CREATE INDEX relationship_from_event ON relationship (from_event_id) WHERE from_event_id IS NOT NULL;
CREATE INDEX relationship_to_event ON relationship (to_event_id) WHERE to_event_id IS NOT NULL;
CREATE INDEX measure_from_event ON measure (from_event_id) WHERE from_event_id IS NOT NULL;
CREATE INDEX measure_to_event ON measure (to_event_id) WHERE to_event_id IS NOT NULL;
CREATE INDEX responsibility_from_event ON responsibility (from_event_id) WHERE from_event_id IS NOT NULL;
CREATE INDEX responsibility_to_event ON responsibility (to_event_id) WHERE to_event_id IS NOT NULL;
CREATE INDEX appointment_from_event ON appointment (from_event_id) WHERE from_event_id IS NOT NULL;
CREATE INDEX appointment_to_event ON appointment (to_event_id) WHERE to_event_id IS NOT NULL;
CREATE INDEX constitution_from_event ON constitution (from_event_id) WHERE from_event_id IS NOT NULL;
CREATE INDEX constitution_to_event ON constitution (to_event_id) WHERE to_event_id IS NOT NULL;
CREATE INDEX identifier_from_event ON identifier (from_event_id) WHERE from_event_id IS NOT NULL;
CREATE INDEX identifier_to_event ON identifier (to_event_id) WHERE to_event_id IS NOT NULL;
