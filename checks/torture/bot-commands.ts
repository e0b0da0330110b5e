import type { Ledger } from './ledger.js';
import { couldBeRejected, couldYield, type Timeline } from './timeline.js';
import type { TorturedBot } from './tortured-bot.js';

const VERSION = /🔖 Version: (?:[0-9a-f]{12} → )?([0-9a-f]{12})/;

/** Sends the bot commands, and checks each answer against the state of the file since the command was sent. */
export class BotCommands {
  /**
   * Set while the bot has no session, when no command reaches it. A command sent while only the connection is lost
   * arrives after the resume.
   */
  public sessionLost = false;
  readonly #running = new Set<Promise<void>>();

  public constructor(
    private readonly bot: TorturedBot,
    private readonly timeline: Timeline,
    private readonly ledger: Ledger,
    /** How long to wait for an answer, in ms. */
    private readonly patienceMs: number,
  ) {}

  /** Asks for a reload now, and checks the answer when it arrives. */
  public reload(kind: 'prefix' | 'slash', dryRun: boolean): void {
    if (this.sessionLost) {
      this.ledger.count('commands', 'skipped: the bot was logging in');
      return;
    }
    const name = dryRun ? `${kind}, dry run` : kind;
    this.ledger.count('commands', name);
    this.ledger.note(`sends a reload command (${name})`);
    const command = this.#run(kind, dryRun, name).finally(() => {
      this.#running.delete(command);
    });
    this.#running.add(command);
  }

  /** Resolves once every command has been answered or given up on. */
  public async done(): Promise<void> {
    await Promise.all(this.#running);
  }

  public get pending(): boolean {
    return this.#running.size > 0;
  }

  /** The value of a key according to `/config-status`. */
  public async valueOf(key: string): Promise<string | undefined> {
    const { discord, admin: user, home } = this.bot;
    this.ledger.count('commands', 'status');
    const options = { setting: key };
    const sent = await discord.slash({ user, channel: home.channel, command: 'config-status', options });
    const { text } = await sent.reply({ timeoutMs: this.patienceMs });
    return /^Value\n`(.*)`$/m.exec(text)?.[1];
  }

  /** Never rejects. */
  async #run(kind: 'prefix' | 'slash', dryRun: boolean, name: string): Promise<void> {
    // Before anything is awaited: the answer must reflect what had been saved by now, or anything later.
    const { position } = this.timeline;
    try {
      this.#check(await this.#send(kind, dryRun), position, name);
    } catch (error) {
      this.ledger.violate(`a command (${name}) was not answered: ${String(error)}`);
    }
  }

  async #send(kind: 'prefix' | 'slash', dryRun: boolean): Promise<string> {
    const { discord, admin: user, home } = this.bot;
    const { channel } = home;
    const { patienceMs: timeoutMs } = this;
    if (kind === 'slash') {
      const options = { dry_run: dryRun };
      const sent = await discord.slash({ user, channel, command: 'reload-config', options });
      return (await sent.reply({ timeoutMs })).text;
    }
    const content = dryRun ? '!reload-config --dry-run' : '!reload-config';
    const message = await discord.say({ user, channel, content });
    return (await discord.answerTo(message, { timeoutMs })).text;
  }

  #check(answer: string, position: number, name: string): void {
    const [, version] = VERSION.exec(answer) ?? [];
    const seen = this.timeline.since(position);
    this.ledger.note(`gets an answer (${name}): ${answer.split('\n').join(' / ').slice(0, 120)}`);
    const rejected = answer.includes('❌');
    if (rejected ? couldBeRejected(seen, answer) : version !== undefined && couldYield(seen, version)) {
      this.ledger.count('answers', rejected ? 'rejected' : 'accepted');
      return;
    }
    this.ledger.violate(`the answer to a command (${name}) was outdated: ${answer.slice(0, 400)}`);
  }
}
