import type { Channel, Message } from 'loopback-discord';

import { BotUnderTest, eventually, QUICK } from '../../support/rig/index.js';

/** Ten seconds lie between two reports. */
const REPORT_LIMIT_MS = 25_000;

/** A bot that reports to a channel of its own. */
export class OperatorsChannel {
  private constructor(
    public readonly bot: BotUnderTest,
    public readonly channel: Channel,
  ) {}

  public static async start(): Promise<OperatorsChannel> {
    const bot = await BotUnderTest.prepare({ settings: { ...QUICK, BOT_ACTIVITY: 'chess' } });
    const operators = new OperatorsChannel(bot, bot.discord.world.addChannel(bot.home, 'operators'));
    operators.save();
    await bot.run();
    return operators;
  }

  /** Saves these settings, and reports go on. */
  public save(settings: Record<string, string> = {}): void {
    this.bot.save({ REPORT_CHANNEL_ID: this.channel.id, ...settings });
  }

  /** The same, and SIGHUP. */
  public async reload(settings: Record<string, string>): Promise<void> {
    this.save(settings);
    await this.bot.reloadBy(() => {
      this.bot.hangUp();
    });
  }

  /** The report that says this, when it is there. */
  public report(text: string | RegExp): Promise<Message> {
    return eventually(
      `a report that says ${String(text)}`,
      () => this.messages.findLast((message) => message.content.match(text) !== null),
      REPORT_LIMIT_MS,
    );
  }

  public get messages(): readonly Message[] {
    return this.bot.discord.messagesIn(this.channel);
  }
}
