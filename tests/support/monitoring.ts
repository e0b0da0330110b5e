import { setTimeout as sleep } from 'node:timers/promises';

import { ask } from './http-client.js';
import { seriesIn } from './measured.js';

const LIMIT_MS = 10_000;

/** A bot as a monitor sees it: through a port on loopback. */
export class Monitor {
  public constructor(public readonly port: number) {}

  /** The status and the text at a path; 0 when nobody listens. */
  public async ask(path: string): Promise<string> {
    try {
      const { status, body } = await ask(this.port, path);
      return `${String(status)} ${body}`;
    } catch {
      return '0';
    }
  }

  /** Resolves when the answer at a path begins like this; nothing tells a monitor that it has changed. */
  public async until(path: string, beginning: string): Promise<string> {
    const end = performance.now() + LIMIT_MS;
    for (;;) {
      const answer = await this.ask(path);
      if (answer.startsWith(beginning)) return answer;
      if (performance.now() > end) throw new Error(`${path} still answers: ${answer}`);
      await sleep(20);
    }
  }

  /** The whole text of a scrape. */
  public async scrape(): Promise<string> {
    const { status, body } = await ask(this.port, '/metrics');
    if (status !== 200) throw new Error(`a scrape was answered with ${String(status)}`);
    return body;
  }

  /** The value of every series, by its name with its labels. */
  public async series(): Promise<Record<string, number>> {
    return seriesIn(await this.scrape());
  }
}
