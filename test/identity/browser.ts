// A browser, as far as signing in needs one: cookies, forms, redirects.
import type { SignIn } from "../../src/identity/sign-in.ts";

export const BASE_URL = "http://localhost:8080";

/** Cookies by name, and requests to Waybill that carry them. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly #signIn: SignIn;
  readonly #address: string;

  readonly #base: string;

  constructor(signIn: SignIn, address = "192.0.2.1", base = BASE_URL) {
    this.#signIn = signIn;
    this.#address = address;
    this.#base = base;
  }

  /** Sends JSON to `/api/auth/…`, or asks with GET when there is none to send. */
  async ask(path: string, body?: object): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }> {
    const response = await this.request(`${this.#base}/api/auth${path}`, body);
    const text = await response.text();
    const parsed = text.startsWith("{") ? (JSON.parse(text) as Record<string, unknown>) : { text };
    return { status: response.status, body: parsed, headers: response.headers };
  }

  async request(url: string, body?: object): Promise<Response> {
    const headers = new Headers(this.headers());
    headers.set("origin", new URL(this.#base).origin);
    // What somebody claims about their address does not count.
    headers.set("x-waybill-address", "198.51.100.99");
    if (body !== undefined) headers.set("content-type", "application/json");
    const init = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) };
    const response = await this.#signIn.handle(new Request(url, init), this.#address);
    this.keep(response.headers);
    return response;
  }

  headers(): Headers {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    return new Headers(cookie === "" ? {} : { cookie });
  }

  keep(headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [, name = "", value = "", rest = ""] = /^([^=]+)=([^;]*)(.*)$/.exec(line) ?? [];
      if (value === "" || /max-age=0/i.test(rest)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}
