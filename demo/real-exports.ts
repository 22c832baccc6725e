// The exports that the demo runs on real data, which nobody made to suit it.
import type { DemoExport } from "./exports.ts";

export const realExports: readonly DemoExport[] = [
  {
    title: "Real data: the countries of the world, largest first, with columns from deep inside of their JSON",
    database: "real.db",
    object: "countries",
    options: [
      [
        "--paths",
        "cca3,name.common,name.official,translations.fra.common,capital,region,area,landlocked,currencies,flag",
      ],
      ["--order", "-area"],
    ],
    file: "countries.csv",
    checks: [{ what: "countries", sql: "SELECT count(*) FROM countries" }],
  },
  {
    title: "Real data: who borders on a landlocked country, through two references to the same table",
    database: "real.db",
    object: "borders",
    options: [
      ["--where", `{"country.landlocked":true}`],
      ["--paths", "country.name.common,neighbour.name.common,neighbour.region"],
    ],
    file: "landlocked.tsv",
    checks: [
      {
        what: "borders",
        sql: "SELECT count(*) FROM borders JOIN countries ON cca3 = country_code WHERE landlocked",
      },
    ],
  },
  {
    title: "Real data: well-known films, best rated first; names with spaces, titles that are numbers",
    database: "real.db",
    object: "movies",
    options: [
      ["--where", `{"IMDB Rating":{"$gte":8},"IMDB Votes":{"$gte":50000}}`],
      ["--paths", "Title,Director,Release Date,IMDB Rating,IMDB Votes,Worldwide Gross"],
      ["--order", "-IMDB Rating,-IMDB Votes"],
    ],
    file: "films.json",
    checks: [
      {
        what: "films",
        sql: `SELECT count(*) FROM movies WHERE "IMDB Rating" >= 8 AND "IMDB Votes" >= 50000`,
      },
    ],
  },
  {
    title: "Real data: earthquakes of magnitude 4.5 and more, in the time of the capital of Chile",
    database: "real.db",
    object: "earthquakes",
    options: [
      ["--where", `{"mag":{"$gte":4.5}}`],
      ["--paths", "id,time,mag,place,tsunami,geometry.coordinates"],
      ["--order", "-mag"],
      ["--time-zone", "America/Santiago"],
    ],
    file: "earthquakes.ndjson",
    checks: [{ what: "earthquakes", sql: "SELECT count(*) FROM earthquakes WHERE mag >= 4.5" }],
  },
  {
    title: "Real data: football results from a table without a key",
    database: "real.db",
    object: "football",
    options: [["--where", `{"division":"Österreichische Bundesliga"}`]],
    file: "austria.csv",
    checks: [
      {
        what: "matches",
        sql: "SELECT count(*) FROM football WHERE division = 'Österreichische Bundesliga'",
      },
    ],
  },
];
