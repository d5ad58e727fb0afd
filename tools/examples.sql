-- Worked examples for a database of facts, for SQLite and PostgreSQL alike:
--
--   factmill extract archive/ -o facts.db && sqlite3 -box facts.db < tools/examples.sql
--   psql postgresql://... -f tools/examples.sql
--
-- The views hold what finished loads brought, near-duplicates once. Values are exact decimals; SQLite keeps them as text,
-- so cast them to compare or to add.

-- Deliveries of a company by month: what most sources say, how many they are, and how far they are apart.
SELECT month, value, sources, value_low, value_high, spread
FROM monthly_deliveries
WHERE company = 'NIO'
ORDER BY month;

-- The newest figures, each with the words that prove it.
SELECT company, metric, value, unit, period, quote, source_path
FROM fact_quote
WHERE measure = 'level' AND modality = 'actual' AND value IS NOT NULL
ORDER BY published DESC, company, metric, fact_id
LIMIT 20;

-- The sentence around a value: the raw bytes span_start to span_end of the document stand in the file (or the member or
-- record of it) that the row names.
SELECT fact_id, quote, span_start, span_end, source_path, source_member, source_offset
FROM fact_quote
WHERE metric = 'gross_margin'
ORDER BY fact_id
LIMIT 5;

-- Where a company's revenue went, quarter by quarter, in US dollars, and which exchange rate that took.
SELECT company, period, value, unit, value_usd, fx_rate, fx_from
FROM money_usd
WHERE metric = 'revenue' AND measure = 'level' AND modality = 'actual' AND period LIKE '%-Q%'
ORDER BY company, period, fact_id
LIMIT 20;

-- A group with its brands: companies that report under their own name, beside what they belong to.
SELECT coalesce(parent.name, company.name) AS company_group, finished_fact.company, finished_fact.metric, COUNT(*) AS facts
FROM finished_fact
JOIN entity AS company ON company.type = 'company' AND company.company_id = finished_fact.company_id
LEFT JOIN entity AS parent ON parent.type = 'company' AND parent.company_id = company.parent_id
GROUP BY coalesce(parent.name, company.name), finished_fact.company, finished_fact.metric
ORDER BY facts DESC, company_group, finished_fact.company, finished_fact.metric
LIMIT 20;

-- Growth that the articles state, beside the level of the same period.
SELECT change.company, change.period, level.value AS vehicles, change.value AS percent_on_year, change.source
FROM finished_fact AS change
JOIN finished_fact AS level
  ON level.doc_id = change.doc_id AND level.metric = change.metric AND level.company = change.company
  AND level.period = change.period AND level.measure = 'level' AND level.modality = 'actual'
  AND level.model IS NULL AND change.model IS NULL
WHERE change.metric = 'deliveries' AND change.measure = 'change' AND change.basis = 'yoy' AND change.unit = 'percent'
ORDER BY change.period, change.company, change.fact_id
LIMIT 20;

-- Guidance against what came: the same quantity of the same period, foreseen and actual.
SELECT expected.company, expected.metric, expected.period, expected.modality,
  coalesce(expected.value, expected.value_low) AS expected_from, coalesce(expected.value, expected.value_high) AS expected_to,
  actual.value AS actual
FROM finished_fact AS expected
LEFT JOIN finished_fact AS actual
  ON actual.company = expected.company AND actual.metric = expected.metric AND actual.period = expected.period
  AND actual.modality = 'actual' AND actual.measure = 'level' AND actual.model IS NULL AND actual.unit = expected.unit
WHERE expected.modality IN ('guidance', 'target', 'forecast') AND expected.measure = 'level' AND expected.model IS NULL
ORDER BY expected.company, expected.metric, expected.period, expected.fact_id
LIMIT 20;

-- Quantities on which sources still differ, the widest first.
SELECT metric, company, model, period, unit, sources, value_low, value_high, spread_percent
FROM source_conflict
ORDER BY spread_percent DESC, metric, company, model, period
LIMIT 20;

-- What each source last said about a quantity: a correction has replaced what stood before it.
SELECT company, metric, period, source, value, unit, published
FROM latest_by_source
WHERE metric = 'deliveries' AND measure = 'level' AND model IS NULL
ORDER BY company, period, source
LIMIT 20;

-- Facts to look at before they are relied upon: what had to be inferred.
SELECT flags, COUNT(*) AS facts
FROM finished_fact
WHERE flags IS NOT NULL
GROUP BY flags
ORDER BY COUNT(*) DESC
LIMIT 10;

-- What was read, by site and month.
SELECT site, month, documents, with_facts, facts, duplicates
FROM coverage
ORDER BY facts DESC, site, month
LIMIT 20;

-- Which rules carry the most.
SELECT rule, facts, documents, sources, flagged
FROM rule_yield
ORDER BY facts DESC, rule
LIMIT 20;

-- The next rules to write: what the numbers stand among that no rule claimed.
SELECT numbers, documents, type, context, example
FROM unclaimed_by_context
ORDER BY numbers DESC, context
LIMIT 20;

-- How far a load is, or where it stopped.
SELECT status, COUNT(*) AS inputs, SUM(documents) AS documents, SUM(facts) AS facts, SUM(rejects) AS rejects
FROM input_state
GROUP BY status;

-- Every load, with what it brought.
SELECT load_id, pack, started, finished, status, documents, facts, rejects
FROM load
ORDER BY load_id;
