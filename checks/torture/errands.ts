import type { Ledger } from './ledger.js';
import { mayBeRejected, mayGive, type Timeline } from './timeline.js';
import type { Victim } from './victim.js';

const VERSION = /🔖 Version: (?:[0-9a-f]{12} → )?([0-9a-f]{12})/;

/** Asks the bot to reload, and holds each answer against what the file was from then on. */
export class Errands {
  /**
   * Set while the bot has no session at all: what is said then reaches nobody. What is said while only the connection
   * is lost is heard after the resume.
   */
  public lostSession = false;
  readonly #running = new Set<Promise<void>>();

  public constructor(
    private readonly victim: Victim,
    private readonly timeline: Timeline,
    private readonly ledger: Ledger,
    /** How long to wait for an answer, in milliseconds. */
    private readonly patienceMs: number,
  ) {}

  /** Asks at once, and judges the answer when it comes. Nobody is asked while the bot has no session. */
  public reload(kind: 'prefix' | 'slash', dryRun: boolean): void {
    if (this.lostSession) {
      this.ledger.count('commands', 'withheld while the bot logged in anew');
      return;
    }
    const name = dryRun ? `${kind}, dry run` : kind;
    this.ledger.count('commands', name);
    this.ledger.note(`asks for a reload (${name})`);
    const errand = this.#run(kind, dryRun, name).finally(() => {
      this.#running.delete(errand);
    });
    this.#running.add(errand);
  }

  /** Resolves when every command was answered or given up. */
  public async done(): Promise<void> {
    await Promise.all(this.#running);
  }

  public get pending(): boolean {
    return this.#running.size > 0;
  }

  /** What `/config-status` shows as the value of a key. */
  public async valueOf(key: string): Promise<string | undefined> {
    const { victim } = this;
    this.ledger.count('commands', 'status');
    const asked = await victim.discord.slash({
      user: victim.admin,
      channel: victim.home.channel,
      command: 'config-status',
      options: { setting: key },
    });
    const { text } = await asked.reply({ timeoutMs: this.patienceMs });
    return /^Value\n`(.*)`$/m.exec(text)?.[1];
  }

  /** Never rejects. */
  async #run(kind: 'prefix' | 'slash', dryRun: boolean, name: string): Promise<void> {
    // Before anything is awaited: the answer is for what was saved until now, or later.
    const { position } = this.timeline;
    try {
      this.#judge(await this.#ask(kind, dryRun), position, name);
    } catch (error) {
      this.ledger.violate(`a command (${name}) was not answered: ${String(error)}`);
    }
  }

  async #ask(kind: 'prefix' | 'slash', dryRun: boolean): Promise<string> {
    const { discord, admin: user, home } = this.victim;
    const { channel } = home;
    if (kind === 'slash') {
      const asked = await discord.slash({
        user,
        channel,
        command: 'reload-config',
        options: { dry_run: dryRun },
      });
      return (await asked.reply({ timeoutMs: this.patienceMs })).text;
    }
    const content = dryRun ? '!reload-config --dry-run' : '!reload-config';
    const said = await discord.say({ user, channel, content });
    return (await discord.answerTo(said, { timeoutMs: this.patienceMs })).text;
  }

  #judge(answer: string, position: number, name: string): void {
    const [, version] = VERSION.exec(answer) ?? [];
    const seen = this.timeline.since(position);
    this.ledger.note(`is answered (${name}): ${answer.split('\n').join(' / ').slice(0, 120)}`);
    const rejected = answer.includes('❌');
    if (rejected ? mayBeRejected(seen, answer) : version !== undefined && mayGive(seen, version)) {
      this.ledger.count('answers', rejected ? 'rejected' : 'accepted');
      return;
    }
    this.ledger.violate(
      `a command (${name}) did not answer for what was saved before it: ${answer.slice(0, 400)}`,
    );
  }
}
