-- High-performance computing: clusters, the people who use them, and three years of jobs.

CREATE TABLE resources (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  organization TEXT NOT NULL,
  cores_per_node INTEGER NOT NULL,
  in_service_since DATE NOT NULL
);

CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  username TEXT NOT NULL UNIQUE,
  full_name TEXT NOT NULL,
  email TEXT NOT NULL,
  investigator_id INTEGER REFERENCES users (id),
  active BOOLEAN NOT NULL
);

CREATE TABLE jobs (
  id INTEGER PRIMARY KEY,
  resource_id INTEGER NOT NULL REFERENCES resources (id),
  user_id INTEGER NOT NULL REFERENCES users (id),
  queue TEXT NOT NULL,
  submitted_at TIMESTAMP WITH TIME ZONE NOT NULL,
  started_at TIMESTAMP WITH TIME ZONE NOT NULL,
  ended_at TIMESTAMP WITH TIME ZONE NOT NULL,
  nodes INTEGER NOT NULL,
  cores INTEGER NOT NULL,
  wall_seconds INTEGER NOT NULL,
  cpu_hours REAL NOT NULL,
  exit_state TEXT NOT NULL CHECK (exit_state IN ('COMPLETED', 'FAILED', 'TIMEOUT', 'CANCELLED', 'OUT_OF_MEMORY')),
  exit_code INTEGER NOT NULL
);
CREATE INDEX jobs_by_end ON jobs (ended_at);
CREATE INDEX jobs_by_user ON jobs (user_id);
