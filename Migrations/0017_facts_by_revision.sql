-- What a revision superseded is found without reading a whole table. Only superseded rows have an entry.

CREATE INDEX citation_superseded ON citation (superseded_in) WHERE superseded_in IS NOT NULL;
CREATE INDEX event_detail_superseded ON event_detail (superseded_in) WHERE superseded_in IS NOT NULL;
CREATE INDEX life_superseded ON life (superseded_in) WHERE superseded_in IS NOT NULL;
CREATE INDEX code_superseded ON code (superseded_in) WHERE superseded_in IS NOT NULL;
CREATE INDEX name_superseded ON name (superseded_in) WHERE superseded_in IS NOT NULL;
CREATE INDEX role_superseded ON role (superseded_in) WHERE superseded_in IS NOT NULL;
CREATE INDEX relationship_superseded ON relationship (superseded_in) WHERE superseded_in IS NOT NULL;
CREATE INDEX measure_superseded ON measure (superseded_in) WHERE superseded_in IS NOT NULL;
CREATE INDEX succession_superseded ON succession (superseded_in) WHERE superseded_in IS NOT NULL;
CREATE INDEX anchor_superseded ON anchor (superseded_in) WHERE superseded_in IS NOT NULL;
CREATE INDEX movement_superseded ON movement (superseded_in) WHERE superseded_in IS NOT NULL;
CREATE INDEX flow_superseded ON flow (superseded_in) WHERE superseded_in IS NOT NULL;
CREATE INDEX unit_superseded ON unit (superseded_in) WHERE superseded_in IS NOT NULL;
CREATE INDEX unit_amount_superseded ON unit_amount (superseded_in) WHERE superseded_in IS NOT NULL;
CREATE INDEX observation_superseded ON observation (superseded_in) WHERE superseded_in IS NOT NULL;
CREATE INDEX claim_superseded ON claim (superseded_in) WHERE superseded_in IS NOT NULL;
CREATE INDEX responsibility_superseded ON responsibility (superseded_in) WHERE superseded_in IS NOT NULL;
CREATE INDEX appointment_superseded ON appointment (superseded_in) WHERE superseded_in IS NOT NULL;
CREATE INDEX constitution_superseded ON constitution (superseded_in) WHERE superseded_in IS NOT NULL;
CREATE INDEX seat_rule_superseded ON seat_rule (superseded_in) WHERE superseded_in IS NOT NULL;
CREATE INDEX identifier_superseded ON identifier (superseded_in) WHERE superseded_in IS NOT NULL;
CREATE INDEX proposal_detail_superseded ON proposal_detail (superseded_in) WHERE superseded_in IS NOT NULL;
CREATE INDEX proposal_base_superseded ON proposal_base (superseded_in) WHERE superseded_in IS NOT NULL;
CREATE INDEX proposal_statement_superseded ON proposal_statement (superseded_in) WHERE superseded_in IS NOT NULL;
CREATE INDEX unit_move_superseded ON unit_move (superseded_in) WHERE superseded_in IS NOT NULL;
CREATE INDEX may_stand_under_superseded ON may_stand_under (superseded_in) WHERE superseded_in IS NOT NULL;
