// A Python that waits for scripts, and runs each as if it were the only one.
import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Socket } from "node:net";
import type { Readable, Writable } from "node:stream";

export interface PythonScript {
  readonly script: string;
  readonly args: readonly string[];
  readonly input: Uint8Array;
}

/** A line of JSON comes before the bytes of each question and of each answer. */
const HOST = `
import io, json, sys, traceback
questions, answers = sys.stdin.buffer, sys.stdout.buffer
for line in questions:
    asked = json.loads(line)
    output = io.BytesIO()
    sys.stdin = io.TextIOWrapper(io.BytesIO(questions.read(asked["size"])), encoding="utf-8")
    sys.stdout = io.TextIOWrapper(output, encoding="utf-8")
    sys.argv = ["-c", *asked["args"]]
    complaint = None
    try:
        exec(compile(asked["script"], "<script>", "exec"), {"__name__": "__main__"})
    except BaseException:
        complaint = traceback.format_exc()
    sys.stdout.flush()
    answer = output.getvalue()
    answers.write(json.dumps({"size": len(answer), "complaint": complaint}).encode() + b"\\n" + answer)
    answers.flush()
`;

export class PythonProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);
  #isOver = false;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(program: string) {
    this.#child = spawn(program, ["-c", HOST], { stdio: ["pipe", "pipe", "inherit"] });
    // It ends with its input, when the process of the tests does, which it does not keep from ending.
    for (const part of [this.#child, this.#child.stdin as Socket, this.#child.stdout as Socket]) part.unref();
    // That it has gone is noticed when its answer does not come.
    this.#child.on("error", () => {});
    this.#child.stdin.on("error", () => {});
    this.#chunks = this.#child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  get isRunning(): boolean {
    return !this.#isOver;
  }

  /** What a script wrote, in its turn. @throws Error what Python said when it failed */
  run(script: PythonScript): Promise<string> {
    const answer = this.#turn.then(() => this.#ask(script));
    this.#turn = answer.catch(() => {});
    return answer;
  }

  async #ask({ script, args, input }: PythonScript): Promise<string> {
    this.#child.stdin.write(`${JSON.stringify({ script, args, size: input.length })}\n`);
    this.#child.stdin.write(input);
    let end = this.#rest.indexOf("\n");
    for (; end < 0; end = this.#rest.indexOf("\n")) await this.#more();
    const { size, complaint } = JSON.parse(this.#rest.toString("utf8", 0, end)) as {
      readonly size: number;
      readonly complaint: string | null;
    };
    const [from, to] = [end + 1, end + 1 + size];
    const parts = [this.#rest.subarray(from)];
    for (let length = parts[0]!.length; length < size; length += parts.at(-1)!.length) parts.push(await this.#next());
    const answer = Buffer.concat(parts);
    this.#rest = answer.subarray(to - from);
    if (complaint !== null) throw new Error(`python3 failed: ${complaint}`);
    return answer.toString("utf8", 0, size);
  }

  async #more(): Promise<void> {
    this.#rest = Buffer.concat([this.#rest, await this.#next()]);
  }

  async #next(): Promise<Buffer> {
    const { value, done } = await this.#chunks.next();
    if (done !== true) return value;
    this.#isOver = true;
    throw new Error("Python has ended");
  }
}
