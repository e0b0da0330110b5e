import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { LoopbackDiscord } from 'loopback-discord';

import { launch, refuseViolations, TOKEN } from '../support/rig/index.js';
import type { BotProcess, Settings } from '../support/rig/index.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

interface StartOptions {
  readonly environment?: Settings;
  /** Another `main.js` than the built one. */
  readonly main?: string;
  readonly cwd?: string;
}

/** A Discord with one server, an empty directory, and a bot that may be unable to start: nothing waits for it. */
export class StartingBot {
  readonly directory = temporaryDirectory();
  #process: BotProcess | undefined;

  private constructor(public discord: LoopbackDiscord) {}

  static async prepare(): Promise<StartingBot> {
    return new StartingBot(await startDiscord());
  }

  /** A path in the directory. */
  path(...parts: readonly string[]): string {
    return path.join(this.directory, ...parts);
  }

  /** Writes `.env`. */
  write(text: Buffer | string): void {
    writeFileSync(this.path('.env'), text, { mode: 0o600 });
  }

  start({ environment = {}, main, cwd = this.directory }: StartOptions = {}): BotProcess {
    const env = { DISCORD_API_URL: this.discord.apiUrl, ...environment };
    this.#process = launch({ cwd, env, ...(main !== undefined && { main }) });
    return this.#process;
  }

  /** Brings back a Discord that was stopped, at the same address. */
  async restoreDiscord(): Promise<void> {
    this.discord = await startDiscord(this.discord.port);
  }

  /** Throws when the bot did something that Discord would have refused. */
  async stop(): Promise<void> {
    await this.#process?.stop();
    await this.discord.stop();
    await refuseViolations(this.discord);
  }
}

async function startDiscord(port?: number): Promise<LoopbackDiscord> {
  const discord = await LoopbackDiscord.start({ token: TOKEN, ...(port !== undefined && { port }) });
  discord.world.addGuild('Home');
  return discord;
}
