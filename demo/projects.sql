-- Genomics: a tree of groups, their projects and samples, the files of the sequencers, and the analyses.

CREATE TABLE groups_of_projects (
  id INTEGER PRIMARY KEY,
  parent_id INTEGER REFERENCES groups_of_projects (id),
  name TEXT NOT NULL,
  slug TEXT NOT NULL UNIQUE
);

CREATE TABLE projects (
  id INTEGER PRIMARY KEY,
  group_id INTEGER NOT NULL REFERENCES groups_of_projects (id),
  name TEXT NOT NULL,
  slug TEXT NOT NULL UNIQUE,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX projects_by_group ON projects (group_id);

CREATE TABLE project_samples (
  id INTEGER PRIMARY KEY,
  project_id INTEGER NOT NULL REFERENCES projects (id),
  puid TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  organism TEXT NOT NULL,
  metadata JSON NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX project_samples_by_project ON project_samples (project_id);

CREATE TABLE sample_files (
  id INTEGER PRIMARY KEY,
  project_sample_id INTEGER NOT NULL REFERENCES project_samples (id),
  name TEXT NOT NULL,
  byte_size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX sample_files_by_sample ON sample_files (project_sample_id);

CREATE TABLE analysis_runs (
  id INTEGER PRIMARY KEY,
  project_id INTEGER NOT NULL REFERENCES projects (id),
  name TEXT NOT NULL,
  workflow TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'completed', 'error')),
  automated BOOLEAN NOT NULL,
  started_by TEXT NOT NULL,
  parameters JSON NOT NULL,
  started_at TIMESTAMP WITH TIME ZONE,
  finished_at TIMESTAMP WITH TIME ZONE
);
CREATE INDEX analysis_runs_by_project ON analysis_runs (project_id);

CREATE TABLE run_outputs (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES analysis_runs (id),
  project_sample_id INTEGER REFERENCES project_samples (id),
  name TEXT NOT NULL,
  byte_size INTEGER NOT NULL,
  sha256 TEXT NOT NULL
);
CREATE INDEX run_outputs_by_run ON run_outputs (run_id);
