-- A laboratory: samples, what was measured on them, where and why they were taken.
-- The types are those that applications declare in SQLite; `DECIMAL TEXT` keeps decimals exactly.

CREATE TABLE collections (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  keywords TEXT,
  referent_email TEXT NOT NULL,
  public BOOLEAN NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE TABLE sample_types (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  unit TEXT
);

CREATE TABLE campaigns (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  site TEXT NOT NULL,
  country TEXT NOT NULL,
  starts_on DATE NOT NULL,
  ends_on DATE NOT NULL
);

CREATE TABLE samples (
  id INTEGER PRIMARY KEY,
  uid UUID NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE,
  collection_id INTEGER NOT NULL REFERENCES collections (id),
  type_id INTEGER NOT NULL REFERENCES sample_types (id),
  campaign_id INTEGER REFERENCES campaigns (id),
  parent_id INTEGER REFERENCES samples (id),
  status INTEGER NOT NULL CHECK (status BETWEEN 1 AND 5),
  collected_on DATE NOT NULL,
  expires_on DATE,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  quantity DECIMAL TEXT,
  latitude REAL,
  longitude REAL,
  metadata JSON,
  trashed BOOLEAN NOT NULL,
  comment TEXT
);
CREATE INDEX samples_by_collection ON samples (collection_id);
CREATE INDEX samples_by_parent ON samples (parent_id);

CREATE TABLE measures (
  id INTEGER PRIMARY KEY,
  sample_id INTEGER NOT NULL REFERENCES samples (id),
  name TEXT NOT NULL,
  value DECIMAL TEXT,
  unit TEXT NOT NULL,
  measured_at TIMESTAMP NOT NULL,
  instrument TEXT NOT NULL
);
CREATE INDEX measures_by_sample ON measures (sample_id);

CREATE TABLE attachments (
  id INTEGER PRIMARY KEY,
  uuid UUID NOT NULL UNIQUE,
  sample_id INTEGER NOT NULL REFERENCES samples (id),
  name TEXT NOT NULL,
  content_type TEXT NOT NULL,
  byte_size INTEGER NOT NULL,
  sha256 BLOB NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX attachments_by_sample ON attachments (sample_id);
