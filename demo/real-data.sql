-- Data that others collected and published; the names of columns are theirs.

CREATE TABLE cars (
  id INTEGER PRIMARY KEY,
  "Name" TEXT NOT NULL,
  "Miles_per_Gallon" REAL,
  "Cylinders" INTEGER,
  "Displacement" REAL,
  "Horsepower" INTEGER,
  "Weight_in_lbs" INTEGER,
  "Acceleration" REAL,
  "Year" DATE,
  "Origin" TEXT
);

CREATE TABLE movies (
  id INTEGER PRIMARY KEY,
  "Title" TEXT,
  "US Gross" INTEGER,
  "Worldwide Gross" INTEGER,
  "US DVD Sales" INTEGER,
  "Production Budget" INTEGER,
  "Release Date" DATE,
  "MPAA Rating" TEXT,
  "Running Time min" INTEGER,
  "Distributor" TEXT,
  "Source" TEXT,
  "Major Genre" TEXT,
  "Creative Type" TEXT,
  "Director" TEXT,
  "Rotten Tomatoes Rating" INTEGER,
  "IMDB Rating" REAL,
  "IMDB Votes" INTEGER
);

CREATE TABLE penguins (
  id INTEGER PRIMARY KEY,
  "Species" TEXT NOT NULL,
  "Island" TEXT NOT NULL,
  "Beak Length (mm)" REAL,
  "Beak Depth (mm)" REAL,
  "Flipper Length (mm)" INTEGER,
  "Body Mass (g)" INTEGER,
  "Sex" TEXT
);

-- No key: rows are told apart by all of their columns, if at all.
CREATE TABLE football (
  date DATE NOT NULL,
  division TEXT NOT NULL,
  home_team TEXT NOT NULL,
  away_team TEXT NOT NULL,
  home_score INTEGER,
  away_score INTEGER
);

CREATE TABLE earthquakes (
  id TEXT PRIMARY KEY NOT NULL,
  mag REAL,
  place TEXT,
  time TIMESTAMP WITH TIME ZONE NOT NULL,
  updated TIMESTAMP WITH TIME ZONE NOT NULL,
  felt INTEGER,
  alert TEXT,
  status TEXT NOT NULL,
  tsunami BOOLEAN NOT NULL,
  sig INTEGER,
  gap REAL,
  "magType" TEXT,
  type TEXT NOT NULL,
  url TEXT NOT NULL,
  geometry JSON NOT NULL
);

CREATE TABLE countries (
  cca3 TEXT PRIMARY KEY NOT NULL,
  cca2 TEXT NOT NULL UNIQUE,
  name JSON NOT NULL,
  capital JSON NOT NULL,
  region TEXT NOT NULL,
  subregion TEXT NOT NULL,
  independent BOOLEAN,
  "unMember" BOOLEAN NOT NULL,
  landlocked BOOLEAN NOT NULL,
  area REAL NOT NULL,
  latlng JSON NOT NULL,
  currencies JSON NOT NULL,
  languages JSON NOT NULL,
  translations JSON NOT NULL,
  demonyms JSON NOT NULL,
  tld JSON NOT NULL,
  flag TEXT NOT NULL
);

CREATE TABLE borders (
  country_code TEXT NOT NULL REFERENCES countries (cca3),
  neighbour_code TEXT NOT NULL REFERENCES countries (cca3),
  PRIMARY KEY (country_code, neighbour_code)
) WITHOUT ROWID;
