-- The case in which the codes of a scheme are written. NULL: as they are stated.
ALTER TABLE scheme ADD COLUMN letter_case TEXT CHECK (letter_case = 'upper' OR letter_case = 'lower');

-- The England register says this of its schemes. A register whose codes are written otherwise stays as it is.
UPDATE scheme SET letter_case = 'upper'
WHERE key IN ('ods', 'ons')
  AND NOT EXISTS (SELECT 1 FROM code WHERE code.scheme_id = scheme.id AND code.value <> upper(code.value));
