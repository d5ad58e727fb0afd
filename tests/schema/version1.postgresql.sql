-- What `factmill schema postgresql` printed for version 1 of the schema.
CREATE TABLE load (
  load_id BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY,
  version TEXT NOT NULL,
  pack TEXT NOT NULL,
  pack_hash TEXT NOT NULL,
  started TIMESTAMPTZ NOT NULL,
  finished TIMESTAMPTZ,
  status TEXT NOT NULL,
  documents BIGINT NOT NULL,
  facts BIGINT NOT NULL,
  rejects BIGINT NOT NULL,
  PRIMARY KEY (load_id)
);
CREATE TABLE input_shard (
  load_id BIGINT NOT NULL,
  source_path TEXT NOT NULL,
  shard BIGINT NOT NULL,
  byte_begin BIGINT NOT NULL,
  byte_end BIGINT NOT NULL,
  status TEXT NOT NULL,
  documents BIGINT NOT NULL,
  facts BIGINT NOT NULL,
  rejects BIGINT NOT NULL,
  finished TIMESTAMPTZ,
  PRIMARY KEY (load_id, source_path, shard)
);
CREATE TABLE document (
  doc_id TEXT NOT NULL,
  source_path TEXT NOT NULL,
  source_member TEXT,
  source_offset BIGINT,
  source_url TEXT,
  title TEXT,
  site TEXT,
  lang TEXT,
  published DATE,
  published_from TEXT,
  bytes BIGINT NOT NULL,
  facts BIGINT NOT NULL,
  row_hash BIGINT NOT NULL,
  load_id BIGINT NOT NULL,
  PRIMARY KEY (doc_id)
);
CREATE TABLE fact (
  fact_id TEXT NOT NULL,
  doc_id TEXT NOT NULL,
  source_path TEXT NOT NULL,
  source_member TEXT,
  source_offset BIGINT,
  source_url TEXT,
  source_charset TEXT,
  title TEXT,
  site TEXT,
  lang TEXT,
  published DATE,
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
  value NUMERIC,
  value_low NUMERIC,
  value_high NUMERIC,
  qualifier TEXT NOT NULL,
  unit TEXT,
  per TEXT,
  value_std NUMERIC,
  unit_std TEXT,
  value_low_std NUMERIC,
  value_high_std NUMERIC,
  stated_alt_value NUMERIC,
  stated_alt_value_low NUMERIC,
  stated_alt_value_high NUMERIC,
  stated_alt_unit TEXT,
  value_cny NUMERIC,
  value_usd NUMERIC,
  fx_rate NUMERIC,
  fx_from TEXT,
  period TEXT,
  period_start DATE,
  period_end DATE,
  period_kind TEXT,
  period_from TEXT,
  company_from TEXT,
  modality TEXT NOT NULL,
  status TEXT,
  attributes JSONB,
  attributed_to TEXT,
  stated_on TEXT,
  sentence_start BIGINT NOT NULL,
  sentence_end BIGINT NOT NULL,
  rule TEXT NOT NULL,
  pack TEXT NOT NULL,
  flags JSONB,
  row_hash BIGINT NOT NULL,
  load_id BIGINT NOT NULL,
  PRIMARY KEY (fact_id)
);
CREATE INDEX fact_by_doc_id ON fact (doc_id);
CREATE INDEX fact_by_metric ON fact (metric, company, period_start);
CREATE TABLE evidence (
  fact_id TEXT NOT NULL,
  ordinal BIGINT NOT NULL,
  span_start BIGINT NOT NULL,
  span_end BIGINT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (fact_id, ordinal)
);
CREATE TABLE reject (
  reject_id TEXT NOT NULL,
  source_path TEXT NOT NULL,
  source_member TEXT,
  source_offset BIGINT,
  source_url TEXT,
  byte_offset BIGINT NOT NULL,
  line BIGINT,
  stage TEXT NOT NULL,
  code TEXT NOT NULL,
  message TEXT,
  snippet TEXT,
  load_id BIGINT NOT NULL,
  PRIMARY KEY (reject_id)
);
CREATE INDEX reject_by_code ON reject (code);
CREATE TABLE unclaimed (
  doc_id TEXT NOT NULL,
  span_start BIGINT NOT NULL,
  span_end BIGINT NOT NULL,
  type TEXT NOT NULL,
  text TEXT NOT NULL,
  value NUMERIC,
  unit TEXT,
  reason TEXT,
  load_id BIGINT NOT NULL,
  PRIMARY KEY (doc_id, span_start, span_end)
);
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
    AND period = to_char(period_start, 'YYYY-MM') AND coalesce(period_kind, 'month') = 'month' AND company IS NOT NULL
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
SELECT site, to_char(published, 'YYYY-MM') AS month, COUNT(*) AS documents, COUNT(*) FILTER (WHERE facts > 0) AS with_facts,
  SUM(facts) AS facts, SUM(bytes) AS bytes
FROM finished_document
GROUP BY site, to_char(published, 'YYYY-MM');
CREATE VIEW rejects_by_code AS
SELECT stage, code, COUNT(*) AS rejects, COUNT(DISTINCT source_path) AS files, MIN(message) AS example
FROM finished_reject
GROUP BY stage, code;
CREATE TABLE schema_version (version INTEGER NOT NULL);
INSERT INTO schema_version (version) VALUES (1);
