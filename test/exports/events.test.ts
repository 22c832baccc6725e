// News of an export, over a real connection: as it waits, runs and ends, in this process and in another one.
import { beforeAll, describe, expect, test } from "vitest";
import { changesOf } from "../../src/exports/changes.ts";
import { createToken } from "../../src/identity/tokens.ts";
import { KINDS } from "../setup/control.ts";
import { aWorld, type World } from "../setup/service.ts";
import { runAll, type Shown, type Someone, someone } from "./people.ts";

const MORE = `      slow:
        query: >-
          with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000000) select i as id, i % 7 as v from n
`;

interface News {
  readonly event: string;
  readonly data: Shown;
}

describe.each(KINDS)("%s", (kind) => {
  let world: World;
  let ann: Someone;
  let listen: (id: string) => Promise<AsyncGenerator<News>>;
  beforeAll(async () => {
    world = await aWorld(kind, { more: MORE });
    ann = await someone(world, "analyst");
    const url = await world.app.listen({ host: "127.0.0.1", port: 0 });
    const request = { person: ann.id, name: "news", scopes: ["read"], addresses: [], expiresAt: null };
    const { token } = await createToken(world.lab, request);
    listen = async (id) => {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`${url}/lab/v2/exports/${id}/events`, { headers });
      if (answer.headers.get("content-type") !== "text/event-stream") throw new Error(await answer.text());
      return newsOf(answer);
    };
  });

  test("from waiting to ready, with progress between, and then an end", async () => {
    const id = await ann.order({ objects: "slow" });
    const news = await listen(id);
    const first = await news.next();
    expect(first.value).toMatchObject({ event: "export", data: { _id: id, state: "pending", position: 1 } });
    const [states] = await Promise.all([all(news), runAll(world, [id])]);
    const names = states.map(({ data }) => data.state);
    expect([...new Set(names)]).toEqual(["running", "ready"]);
    const progress = states.filter(({ data }) => data.state === "running").map(({ data }) => data.progress.rows);
    expect(
      progress.toSorted((a, b) => a - b),
      "it only grows",
    ).toEqual(progress);
    expect(progress.at(-1)).toBeGreaterThan(0);
    expect(states.at(-1)!.data).toMatchObject({ progress: { rows: 2_000_000 }, dataFile: { mime: "text/csv" } });
    // Of what is over there is one event.
    expect((await all(await listen(id))).map(({ data }) => data.state)).toEqual(["ready"]);
  });

  test("of one that another process runs, and of one that is cancelled or deleted", async () => {
    const id = await ann.order({ join: false });
    const news = await listen(id);
    const [states] = await Promise.all([
      all(news),
      runAll(world, [id], { ...world.exports.parts, changes: changesOf() }),
    ]);
    expect(states.map(({ data }) => data.state).at(-1)).toBe("ready");
    const cancelled = await ann.order({ join: false });
    const its = await listen(cancelled);
    await its.next();
    await ann.ask("POST", `exports/${cancelled}/cancel`);
    expect((await all(its)).map(({ data }) => data.state)).toEqual(["cancelled"]);
    const deleted = await ann.order({ join: false });
    const last = await listen(deleted);
    await last.next();
    await ann.ask("DELETE", `exports/${deleted}`);
    expect(await all(last)).toEqual([{ event: "deleted", data: { _id: deleted } }]);
  });

  test("whoever may not see it any more soon hears no more of it", async () => {
    const id = await ann.order({ join: false });
    const news = await listen(id);
    await news.next();
    const { db } = world.lab;
    await db.deleteFrom("namespaceRole").where("person", "=", ann.id).execute();
    expect(await all(news)).toEqual([{ event: "deleted", data: { _id: id } }]);
  });
});

async function* newsOf(answer: Response): AsyncGenerator<News> {
  let text = "";
  for await (const part of answer.body!.pipeThrough(new TextDecoderStream())) {
    text += part;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(text.slice(0, end)) ?? [];
      text = text.slice(end + 2);
      if (event !== undefined) yield { event, data: JSON.parse(data!) as Shown };
    }
  }
}

async function all(news: AsyncGenerator<News>): Promise<News[]> {
  const events: News[] = [];
  for await (const one of news) events.push(one);
  return events;
}
