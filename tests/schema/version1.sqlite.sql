-- What `factmill schema sqlite` printed for version 1 of the schema.
CREATE TABLE load (
  load_id INTEGER NOT NULL,
  version TEXT NOT NULL,
  pack TEXT NOT NULL,
  pack_hash TEXT NOT NULL,
  started TEXT NOT NULL,
  finished TEXT,
  status TEXT NOT NULL,
  documents INTEGER NOT NULL,
  facts INTEGER NOT NULL,
  rejects INTEGER NOT NULL,
  PRIMARY KEY (load_id)
) STRICT;
CREATE TABLE input_shard (
  load_id INTEGER NOT NULL,
  source_path TEXT NOT NULL,
  shard INTEGER NOT NULL,
  byte_begin INTEGER NOT NULL,
  byte_end INTEGER NOT NULL,
  status TEXT NOT NULL,
  documents INTEGER NOT NULL,
  facts INTEGER NOT NULL,
  rejects INTEGER NOT NULL,
  finished TEXT,
  PRIMARY KEY (load_id, source_path, shard)
) STRICT;
CREATE TABLE document (
  doc_id TEXT NOT NULL,
  source_path TEXT NOT NULL,
  source_member TEXT,
  source_offset INTEGER,
  source_url TEXT,
  title TEXT,
  site TEXT,
  lang TEXT,
  published TEXT,
  published_from TEXT,
  bytes INTEGER NOT NULL,
  facts INTEGER NOT NULL,
  row_hash INTEGER NOT NULL,
  load_id INTEGER NOT NULL,
  PRIMARY KEY (doc_id)
) STRICT;
CREATE TABLE fact (
  fact_id TEXT NOT NULL,
  doc_id TEXT NOT NULL,
  source_path TEXT NOT NULL,
  source_member TEXT,
  source_offset INTEGER,
  source_url TEXT,
  source_charset TEXT,
  title TEXT,
  site TEXT,
  lang TEXT,
  published TEXT,
  published_from TEXT,
  metric TEXT NOT NULL,
  measure TEXT NOT NULL,
  basis TEXT,
  company TEXT,
  brand TEXT,
  model TEXT,
  variant TEXT,
  company_id TEXT,
  industry TEXT,
  segment TEXT,
  region TEXT,
  counterparty TEXT,
  feature TEXT,
  value TEXT,
  value_low TEXT,
  value_high TEXT,
  qualifier TEXT NOT NULL,
  unit TEXT,
  per TEXT,
  value_std TEXT,
  unit_std TEXT,
  value_low_std TEXT,
  value_high_std TEXT,
  stated_alt_value TEXT,
  stated_alt_value_low TEXT,
  stated_alt_value_high TEXT,
  stated_alt_unit TEXT,
  value_cny TEXT,
  value_usd TEXT,
  fx_rate TEXT,
  fx_from TEXT,
  period TEXT,
  period_start TEXT,
  period_end TEXT,
  period_kind TEXT,
  period_from TEXT,
  company_from TEXT,
  modality TEXT NOT NULL,
  status TEXT,
  attributes TEXT,
  attributed_to TEXT,
  stated_on TEXT,
  sentence_start INTEGER NOT NULL,
  sentence_end INTEGER NOT NULL,
  rule TEXT NOT NULL,
  pack TEXT NOT NULL,
  flags TEXT,
  row_hash INTEGER NOT NULL,
  load_id INTEGER NOT NULL,
  PRIMARY KEY (fact_id)
) STRICT;
CREATE INDEX fact_by_doc_id ON fact (doc_id);
CREATE INDEX fact_by_metric ON fact (metric, company, period_start);
CREATE TABLE evidence (
  fact_id TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (fact_id, ordinal)
) STRICT;
CREATE TABLE reject (
  reject_id TEXT NOT NULL,
  source_path TEXT NOT NULL,
  source_member TEXT,
  source_offset INTEGER,
  source_url TEXT,
  byte_offset INTEGER NOT NULL,
  line INTEGER,
  stage TEXT NOT NULL,
  code TEXT NOT NULL,
  message TEXT,
  snippet TEXT,
  load_id INTEGER NOT NULL,
  PRIMARY KEY (reject_id)
) STRICT;
CREATE INDEX reject_by_code ON reject (code);
CREATE TABLE unclaimed (
  doc_id TEXT NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  type TEXT NOT NULL,
  text TEXT NOT NULL,
  value TEXT,
  unit TEXT,
  reason TEXT,
  load_id INTEGER NOT NULL,
  PRIMARY KEY (doc_id, span_start, span_end)
) STRICT;
CREATE VIEW finished_fact AS
SELECT fact.*, coalesce(fact.site, fact.source_path) AS source
FROM fact JOIN load ON load.load_id = fact.load_id
WHERE load.status = 'finished';
CREATE VIEW finished_document AS
SELECT document.*
FROM document JOIN load ON load.load_id = document.load_id
WHERE load.status = 'finished';
CREATE VIEW finished_reject AS
SELECT reject.*
FROM reject JOIN load ON load.load_id = reject.load_id
WHERE load.status = 'finished';
CREATE VIEW monthly_deliveries AS
WITH stated AS (
  SELECT company, period AS month, CAST(value AS NUMERIC) AS amount, source, doc_id, published
  FROM finished_fact
  WHERE metric = 'deliveries' AND measure = 'level' AND modality = 'actual' AND qualifier IN ('exact', 'record')
    AND value IS NOT NULL AND unit = 'vehicle' AND per IS NULL AND coalesce(status, '') <> 'previous'
    AND period = substr(period_start, 1, 7) AND coalesce(period_kind, 'month') = 'month' AND company IS NOT NULL
    AND brand IS NULL AND model IS NULL AND variant IS NULL AND segment IS NULL AND region IS NULL
    AND counterparty IS NULL AND feature IS NULL AND attributes IS NULL
), counted AS (
  SELECT company, month, amount, COUNT(DISTINCT source) AS sources, MAX(published) AS published
  FROM stated
  GROUP BY company, month, amount
), ranked AS (
  SELECT company, month, amount, row_number() OVER (
    PARTITION BY company, month ORDER BY sources DESC, published DESC NULLS LAST, amount DESC) AS place
  FROM counted
)
SELECT stated.company, stated.month, ranked.amount AS value, COUNT(DISTINCT stated.source) AS sources,
  COUNT(DISTINCT stated.doc_id) AS documents, MIN(stated.amount) AS value_low, MAX(stated.amount) AS value_high,
  MAX(stated.amount) - MIN(stated.amount) AS spread
FROM stated JOIN ranked ON ranked.company = stated.company AND ranked.month = stated.month AND ranked.place = 1
GROUP BY stated.company, stated.month, ranked.amount;
CREATE VIEW latest_by_source AS
WITH stated AS (
  SELECT metric, measure, basis, company, brand, model, variant, industry, segment, region, counterparty, feature, per, period, period_kind, modality, attributes, coalesce(unit_std, unit) AS unit, source, published, qualifier,
    CAST(coalesce(value_std, value) AS NUMERIC) AS value, source_url, doc_id, fact_id
  FROM finished_fact
  WHERE value IS NOT NULL AND coalesce(status, '') <> 'previous'
), ranked AS (
  SELECT stated.*, row_number() OVER (
    PARTITION BY metric, measure, basis, company, brand, model, variant, industry, segment, region, counterparty, feature, per, period, period_kind, modality, attributes, unit, source ORDER BY published DESC NULLS LAST, fact_id) AS place
  FROM stated
)
SELECT metric, measure, basis, company, brand, model, variant, industry, segment, region, counterparty, feature, per, period, period_kind, modality, attributes, unit, source, published, qualifier, value, source_url, doc_id, fact_id
FROM ranked
WHERE place = 1;
CREATE VIEW source_conflict AS
SELECT metric, measure, basis, company, brand, model, variant, industry, segment, region, counterparty, feature, per, period, period_kind, modality, attributes, unit, COUNT(DISTINCT source) AS sources, MIN(value) AS value_low, MAX(value) AS value_high,
  MAX(value) - MIN(value) AS spread,
  round(100.0 * (MAX(value) - MIN(value)) / nullif(MAX(abs(value)), 0), 2) AS spread_percent
FROM latest_by_source
WHERE qualifier IN ('exact', 'record')
GROUP BY metric, measure, basis, company, brand, model, variant, industry, segment, region, counterparty, feature, per, period, period_kind, modality, attributes, unit
HAVING COUNT(DISTINCT source) > 1 AND MIN(value) < MAX(value);
CREATE VIEW money_usd AS
SELECT fact_id, metric, measure, basis, company, brand, model, variant, segment, region, period, modality, per, value,
  unit, CAST(value_usd AS NUMERIC) AS value_usd, fx_rate, fx_from, published, source
FROM finished_fact
WHERE value_usd IS NOT NULL;
CREATE VIEW fact_quote AS
SELECT finished_fact.fact_id, metric, measure, basis, company, model, variant, value, value_low, value_high,
  qualifier, unit, period, modality, evidence.text AS quote, evidence.span_start, evidence.span_end, published, site,
  title, source_url, source_path, source_member, source_offset, rule
FROM finished_fact
JOIN evidence ON evidence.fact_id = finished_fact.fact_id AND evidence.ordinal = 0;
CREATE VIEW rule_yield AS
SELECT rule, pack, COUNT(*) AS facts, COUNT(DISTINCT doc_id) AS documents, COUNT(DISTINCT source) AS sources,
  COUNT(flags) AS flagged, MIN(published) AS first_published, MAX(published) AS last_published
FROM finished_fact
GROUP BY rule, pack;
CREATE VIEW coverage AS
SELECT site, substr(published, 1, 7) AS month, COUNT(*) AS documents, COUNT(*) FILTER (WHERE facts > 0) AS with_facts,
  SUM(facts) AS facts, SUM(bytes) AS bytes
FROM finished_document
GROUP BY site, substr(published, 1, 7);
CREATE VIEW rejects_by_code AS
SELECT stage, code, COUNT(*) AS rejects, COUNT(DISTINCT source_path) AS files, MIN(message) AS example
FROM finished_reject
GROUP BY stage, code;
PRAGMA application_id = 1718446444;
PRAGMA user_version = 1;
