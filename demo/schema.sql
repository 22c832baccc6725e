-- The demo database: four applications in one file. Types are those that applications declare in SQLite.

-- A laboratory: samples, what was measured on them, where and why they were taken.

CREATE TABLE collections (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  keywords TEXT,
  referent_email TEXT NOT NULL,
  public BOOLEAN NOT NULL,
  created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE campaigns (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  site TEXT NOT NULL,
  country TEXT NOT NULL,
  starts_on DATE NOT NULL,
  ends_on DATE NOT NULL
);

CREATE TABLE samples (
  uid INTEGER PRIMARY KEY,
  identifier TEXT NOT NULL UNIQUE,
  uuid UUID NOT NULL,
  collection_id INTEGER NOT NULL REFERENCES collections (id),
  campaign_id INTEGER REFERENCES campaigns (id),
  parent_uid INTEGER REFERENCES samples (uid),
  type TEXT NOT NULL,
  status INTEGER NOT NULL CHECK (status BETWEEN 1 AND 5),
  collected_on DATE NOT NULL,
  expiration_date DATE,
  created_at TIMESTAMPTZ NOT NULL,
  quantity NUMERIC(10,3),
  unit TEXT,
  wgs84_x REAL,
  wgs84_y REAL,
  metadata JSON,
  trashed BOOLEAN NOT NULL,
  comment TEXT
);
CREATE INDEX samples_by_collection ON samples (collection_id);
CREATE INDEX samples_by_parent ON samples (parent_uid);

CREATE TABLE measures (
  id INTEGER PRIMARY KEY,
  sample_uid INTEGER NOT NULL REFERENCES samples (uid),
  parameter TEXT NOT NULL,
  value REAL,
  unit TEXT NOT NULL,
  measured_at TIMESTAMP NOT NULL,
  instrument TEXT NOT NULL
);
CREATE INDEX measures_by_sample ON measures (sample_uid);

CREATE TABLE documents (
  id INTEGER PRIMARY KEY,
  uuid UUID NOT NULL,
  sample_uid INTEGER NOT NULL REFERENCES samples (uid),
  name TEXT NOT NULL,
  content_type TEXT NOT NULL,
  byte_size INTEGER NOT NULL,
  created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX documents_by_sample ON documents (sample_uid);

-- Genomics: groups and projects, their samples, the files of the sequencers, and the analyses.

CREATE TABLE projects (
  id INTEGER PRIMARY KEY,
  parent_id INTEGER REFERENCES projects (id),
  kind TEXT NOT NULL CHECK (kind IN ('group', 'project')),
  name TEXT NOT NULL,
  slug TEXT NOT NULL UNIQUE,
  created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX projects_by_parent ON projects (parent_id);

CREATE TABLE project_samples (
  id INTEGER PRIMARY KEY,
  project_id INTEGER NOT NULL REFERENCES projects (id),
  puid TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  organism TEXT NOT NULL,
  metadata JSON NOT NULL,
  created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX project_samples_by_project ON project_samples (project_id);

CREATE TABLE sample_files (
  id INTEGER PRIMARY KEY,
  sample_id INTEGER NOT NULL REFERENCES project_samples (id),
  file_name TEXT NOT NULL,
  byte_size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX sample_files_by_sample ON sample_files (sample_id);

CREATE TABLE analysis_runs (
  id INTEGER PRIMARY KEY,
  project_id INTEGER NOT NULL REFERENCES projects (id),
  name TEXT NOT NULL,
  workflow TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('completed', 'running', 'error')),
  automated BOOLEAN NOT NULL,
  started_by TEXT NOT NULL,
  started_at TIMESTAMPTZ NOT NULL,
  finished_at TIMESTAMPTZ
);

CREATE TABLE run_files (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES analysis_runs (id),
  sample_id INTEGER REFERENCES project_samples (id),
  file_name TEXT NOT NULL,
  byte_size INTEGER NOT NULL,
  sha256 TEXT NOT NULL
);
CREATE INDEX run_files_by_run ON run_files (run_id);

-- Forms: procedures, the case files that applicants submit, and what is said about them.

CREATE TABLE procedures (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  service TEXT NOT NULL,
  opened_on DATE NOT NULL
);

CREATE TABLE case_files (
  number INTEGER PRIMARY KEY,
  procedure_id INTEGER NOT NULL REFERENCES procedures (id),
  state TEXT NOT NULL CHECK (state IN ('en_construction', 'en_instruction', 'accepte', 'refuse', 'sans_suite')),
  created_at TIMESTAMPTZ NOT NULL,
  updated_at TIMESTAMPTZ NOT NULL,
  submitted_at TIMESTAMPTZ NOT NULL,
  received_at TIMESTAMPTZ,
  decided_at TIMESTAMPTZ,
  archived BOOLEAN NOT NULL,
  applicant_email TEXT NOT NULL,
  applicant_first_name TEXT NOT NULL,
  applicant_last_name TEXT NOT NULL,
  decision_reason TEXT,
  decided_by TEXT,
  answers JSON NOT NULL
);
CREATE INDEX case_files_by_procedure ON case_files (procedure_id);
CREATE INDEX case_files_by_update ON case_files (updated_at);

CREATE TABLE case_file_children (
  id INTEGER PRIMARY KEY,
  case_file_no INTEGER NOT NULL REFERENCES case_files (number),
  position INTEGER NOT NULL,
  first_name TEXT NOT NULL,
  born_on DATE NOT NULL,
  school TEXT,
  UNIQUE (case_file_no, position)
);

CREATE TABLE opinions (
  id INTEGER PRIMARY KEY,
  case_file_no INTEGER NOT NULL REFERENCES case_files (number),
  expert_email TEXT NOT NULL,
  question TEXT NOT NULL,
  answer TEXT,
  asked_at TIMESTAMPTZ NOT NULL,
  answered_at TIMESTAMPTZ
);
CREATE INDEX opinions_by_case_file ON opinions (case_file_no);

CREATE TABLE messages (
  id INTEGER PRIMARY KEY,
  case_file_no INTEGER NOT NULL REFERENCES case_files (number),
  author_email TEXT NOT NULL,
  body TEXT NOT NULL,
  sent_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX messages_by_case_file ON messages (case_file_no);

-- High-performance computing: the jobs of a cluster's accounting. `DECIMAL TEXT` keeps decimals exactly.

CREATE TABLE jobs (
  job_id INTEGER PRIMARY KEY,
  resource TEXT NOT NULL,
  queue TEXT NOT NULL,
  username TEXT NOT NULL,
  pi TEXT NOT NULL,
  submit_at TIMESTAMPTZ NOT NULL,
  start_at TIMESTAMPTZ NOT NULL,
  end_at TIMESTAMPTZ NOT NULL,
  nodes INTEGER NOT NULL,
  cores INTEGER NOT NULL,
  wall_seconds INTEGER NOT NULL,
  cpu_hours DECIMAL TEXT NOT NULL,
  exit_code INTEGER NOT NULL
);
CREATE INDEX jobs_by_end ON jobs (end_at);
