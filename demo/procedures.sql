-- Public services: procedures, the case files that applicants submit, and what is asked, said and decided about them.

CREATE TABLE procedures (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL UNIQUE,
  service TEXT NOT NULL,
  opened_on DATE NOT NULL
);

CREATE TABLE case_files (
  number INTEGER PRIMARY KEY,
  procedure_id INTEGER NOT NULL REFERENCES procedures (id),
  state TEXT NOT NULL CHECK (state IN ('en_construction', 'en_instruction', 'accepte', 'refuse', 'sans_suite')),
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
  submitted_at TIMESTAMP WITH TIME ZONE NOT NULL,
  received_at TIMESTAMP WITH TIME ZONE,
  decided_at TIMESTAMP WITH TIME ZONE,
  archived BOOLEAN NOT NULL,
  applicant_first_name TEXT NOT NULL,
  applicant_last_name TEXT NOT NULL,
  applicant_email TEXT NOT NULL,
  amount_requested DECIMAL TEXT,
  amount_granted DECIMAL TEXT,
  decision_reason TEXT,
  decided_by TEXT,
  answers JSON NOT NULL,
  comment TEXT
);
CREATE INDEX case_files_by_procedure ON case_files (procedure_id);
CREATE INDEX case_files_by_update ON case_files (updated_at);

CREATE TABLE case_file_children (
  case_file_no INTEGER NOT NULL REFERENCES case_files (number),
  position INTEGER NOT NULL,
  first_name TEXT NOT NULL,
  born_on DATE NOT NULL,
  school TEXT,
  PRIMARY KEY (case_file_no, position)
) WITHOUT ROWID;

CREATE TABLE opinions (
  id INTEGER PRIMARY KEY,
  case_file_no INTEGER NOT NULL REFERENCES case_files (number),
  expert_email TEXT NOT NULL,
  question TEXT NOT NULL,
  answer TEXT,
  favourable BOOLEAN,
  asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
  answered_at TIMESTAMP WITH TIME ZONE
);
CREATE INDEX opinions_by_case_file ON opinions (case_file_no);

CREATE TABLE messages (
  id INTEGER PRIMARY KEY,
  case_file_no INTEGER NOT NULL REFERENCES case_files (number),
  author_email TEXT NOT NULL,
  body TEXT NOT NULL,
  sent_at TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX messages_by_case_file ON messages (case_file_no);
