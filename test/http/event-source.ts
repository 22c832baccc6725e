// A program that listens to events as a browser does, and prints each as a line of JSON: node --experimental-eventsource.
const [address, ...kinds] = process.argv.slice(2);
const source = new EventSource(address!);
const print = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
source.addEventListener("open", () => print({ kind: "open" }));
source.addEventListener("error", () => print({ kind: "error" }));
for (const kind of kinds) {
  source.addEventListener(kind, (event) => {
    const { lastEventId: id, data } = event as Event & { readonly lastEventId: string; readonly data: string };
    print({ kind, id, data: JSON.parse(data) as unknown });
  });
}
// While it waits to come back, nothing else keeps this program alive.
setInterval(() => {}, 1000);
