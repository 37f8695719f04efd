"""The tables of a workspace, and which version of them this is; `upgrades` brings older ones up to date."""

import hashlib

SCHEMA_VERSION = 6
TABLES_MADE = "tables_made"
"""Where a workspace notes, among its meta values, by which schema its tables were made."""

MADE_WITH_A_RUN = (
    *("runs", "texts_learned", "review_themes", "data_seen", "read_as", "adopted", "adopted_names"),
    *("recommended", "recommendations", "outlook"),
)
"""The tables of what was made from the files that a run saw, by its id."""

MADE_SINCE = (
    *("theme_names", "followed", "standing", "movements", "moved", "alarms", "strangers"),
    *("proposed", "refreshes", "hold_out", "campaigns", "campaign_people", "campaign_results"),
)
"""The tables of what else was made from the uploads, some of it from files that came after a run."""

SCHEMA = """
CREATE SCHEMA IF NOT EXISTS shop;
CREATE TABLE IF NOT EXISTS meta (key VARCHAR PRIMARY KEY, value VARCHAR);
CREATE TABLE IF NOT EXISTS uploads (
    upload_id VARCHAR PRIMARY KEY, position BIGINT, file_name VARCHAR, digest VARCHAR, bytes BIGINT,
    encoding VARCHAR, delimiter VARCHAR, kind VARCHAR, kind_confidence DOUBLE, kind_reason VARCHAR,
    row_count BIGINT, rejected BIGINT, loaded_at TIMESTAMP);
CREATE TABLE IF NOT EXISTS upload_columns (
    upload_id VARCHAR, position BIGINT, name VARCHAR, role VARCHAR, confidence DOUBLE, reason VARCHAR,
    value_format VARCHAR, PRIMARY KEY (upload_id, position));
CREATE TABLE IF NOT EXISTS readings (upload_id VARCHAR PRIMARY KEY, money VARCHAR, doubts VARCHAR);
CREATE TABLE IF NOT EXISTS answers (
    header VARCHAR, code VARCHAR, answer VARCHAR, PRIMARY KEY (header, code));
CREATE TABLE IF NOT EXISTS workbooks (upload_id VARCHAR, content BLOB, sheets VARCHAR[]);
CREATE TABLE IF NOT EXISTS inbox (file_name VARCHAR, bytes BIGINT, modified BIGINT, upload_id VARCHAR);
CREATE TABLE IF NOT EXISTS rejects (upload_id VARCHAR, line BIGINT, reason VARCHAR, content VARCHAR);
CREATE TABLE IF NOT EXISTS runs (
    run_id VARCHAR PRIMARY KEY, made_at TIMESTAMP, fingerprint VARCHAR, summary VARCHAR);
CREATE TABLE IF NOT EXISTS recommended (run_id VARCHAR PRIMARY KEY, summary VARCHAR);
CREATE TABLE IF NOT EXISTS recommendations (
    run_id VARCHAR, customer_id VARCHAR, segment SMALLINT, rank SMALLINT, is_new BOOLEAN, product_id VARCHAR,
    product_name VARCHAR, reason VARCHAR, because VARCHAR, orders INTEGER, every_days FLOAT, days_ago FLOAT);
CREATE TABLE IF NOT EXISTS segment_names (identity BIGINT PRIMARY KEY, name VARCHAR);
CREATE TABLE IF NOT EXISTS suppressed (key VARCHAR PRIMARY KEY, source VARCHAR, added_at TIMESTAMP);
CREATE TABLE IF NOT EXISTS hold_out (customer_id VARCHAR PRIMARY KEY, held BOOLEAN);
CREATE TABLE IF NOT EXISTS exports (
    export_id VARCHAR PRIMARY KEY, made_at TIMESTAMP, kind VARCHAR, segment VARCHAR, file_names VARCHAR[],
    row_count BIGINT, everyone BOOLEAN, members UBIGINT[]);
CREATE TABLE IF NOT EXISTS campaigns (
    export_id VARCHAR PRIMARY KEY, run_id VARCHAR, share DOUBLE, names VARCHAR[]);
CREATE TABLE IF NOT EXISTS campaign_people (
    export_id VARCHAR, person UBIGINT, segment UTINYINT, held BOOLEAN);
CREATE TABLE IF NOT EXISTS campaign_results (
    export_id VARCHAR, segment SMALLINT, k SMALLINT, sent_on DATE, days SMALLINT, treated BIGINT,
    ordered BIGINT, held BIGINT, held_ordered BIGINT, lift DOUBLE, low DOUBLE, high DOUBLE, shrunk DOUBLE,
    PRIMARY KEY (export_id, segment));
CREATE TABLE IF NOT EXISTS theme_names (words VARCHAR[], name VARCHAR);
CREATE TABLE IF NOT EXISTS concepts (concept VARCHAR PRIMARY KEY, position BIGINT);
CREATE TABLE IF NOT EXISTS play_edits (
    version BIGINT PRIMARY KEY, identity BIGINT, aspect VARCHAR, text VARCHAR, generated VARCHAR,
    run_id VARCHAR, edited_at TIMESTAMP);
CREATE TABLE IF NOT EXISTS outlook (
    run_id VARCHAR, customer_id VARCHAR, order_days DOUBLE, days_since DOUBLE, usual_interval DOUBLE,
    overdue DOUBLE, risk DOUBLE, alive DOUBLE,
    orders_90 DOUBLE, orders_90_low DOUBLE, orders_90_high DOUBLE,
    spend_90 DOUBLE, spend_90_low DOUBLE, spend_90_high DOUBLE, if_stays_90 DOUBLE,
    orders_180 DOUBLE, orders_180_low DOUBLE, orders_180_high DOUBLE,
    spend_180 DOUBLE, spend_180_low DOUBLE, spend_180_high DOUBLE, if_stays_180 DOUBLE,
    orders_365 DOUBLE, orders_365_low DOUBLE, orders_365_high DOUBLE,
    spend_365 DOUBLE, spend_365_low DOUBLE, spend_365_high DOUBLE, if_stays_365 DOUBLE);
CREATE TABLE IF NOT EXISTS movements (
    movement_id VARCHAR PRIMARY KEY, run_id VARCHAR, fingerprint VARCHAR, since TIMESTAMP, until TIMESTAMP,
    made_at TIMESTAMP, ks UTINYINT[]);
ALTER TABLE movements ADD COLUMN IF NOT EXISTS from_run VARCHAR;
CREATE TABLE IF NOT EXISTS moved (
    movement_id VARCHAR, run_id VARCHAR, customer_id VARCHAR, acted BOOLEAN, orders INTEGER,
    paid DECIMAL(18,4), revenue DECIMAL(18,4), last_order DATE, was SMALLINT[], now SMALLINT[],
    border BOOLEAN[], clear BOOLEAN[]);
CREATE TABLE IF NOT EXISTS review_themes (
    run_id VARCHAR, customer_id VARCHAR, month DATE, theme SMALLINT, reviews BIGINT);
CREATE TABLE IF NOT EXISTS texts_learned (run_id VARCHAR PRIMARY KEY, content BLOB);
CREATE TABLE IF NOT EXISTS data_seen (
    run_id VARCHAR PRIMARY KEY, file_names VARCHAR[], row_count BIGINT, first_day DATE, last_day DATE);
CREATE TABLE IF NOT EXISTS read_as (run_id VARCHAR PRIMARY KEY, facts VARCHAR);
CREATE TABLE IF NOT EXISTS refreshes (refreshed_at TIMESTAMP, input VARCHAR, facts VARCHAR);
CREATE TABLE IF NOT EXISTS followed (run_id VARCHAR, k SMALLINT, day DATE);
CREATE TABLE IF NOT EXISTS standing (
    customer_id VARCHAR, segment UTINYINT, previous_segment UTINYINT, changed_on DATE, distance FLOAT,
    margin FLOAT, unlike_anybody BOOLEAN);
CREATE TABLE IF NOT EXISTS adopted (run_id VARCHAR PRIMARY KEY, k SMALLINT, adopted_at TIMESTAMP);
CREATE TABLE IF NOT EXISTS adopted_names (run_id VARCHAR PRIMARY KEY, names VARCHAR[]);
CREATE TABLE IF NOT EXISTS alarms (run_id VARCHAR PRIMARY KEY, fingerprint VARCHAR, facts VARCHAR);
CREATE TABLE IF NOT EXISTS proposed (
    run_id VARCHAR PRIMARY KEY, made_at TIMESTAMP, fingerprint VARCHAR, summary VARCHAR, beside VARCHAR);
CREATE TABLE IF NOT EXISTS strangers (
    customer_id VARCHAR PRIMARY KEY, segment SMALLINT, in_group BOOLEAN);
"""
DIGEST = hashlib.sha256(SCHEMA.encode()).hexdigest()
"""Of the schema; a file that was made by it has all its tables already."""
