import { ASLEEP } from '../../tests/support/rig/index.js';
import { type Latency, latencyOf } from '../timing/statistics.js';
import { MeasuredBot } from './measured-bot.js';

const COMMANDS = ['reload-config', 'config-status', 'config-help'] as const;
const WARM_UP = 10;

/** Slash command → acknowledgement, both bots in turn. Each command waits for the answer to the previous one. */
export async function measureSlash(samples: number): Promise<{ ours: Latency; bare: Latency }> {
  const { bot: ours } = await MeasuredBot.start('ours', ASLEEP);
  const { bot: bare } = await MeasuredBot.start('bare');
  const times = { ours: [] as number[], bare: [] as number[] };
  try {
    for (let turn = 0; turn < samples + WARM_UP; turn++) {
      const command = COMMANDS[turn % COMMANDS.length] ?? COMMANDS[0];
      times.ours.push(await acknowledgement(ours, command));
      times.bare.push(await acknowledgement(bare, command));
    }
  } finally {
    await Promise.all([ours.stop(), bare.stop()]);
  }
  return { ours: latencyOf(times.ours.slice(WARM_UP)), bare: latencyOf(times.bare.slice(WARM_UP)) };
}

async function acknowledgement({ rig }: MeasuredBot, command: string): Promise<number> {
  const asked = await rig.discord.slash({ user: rig.alice, channel: rig.home.channel, command });
  const { ms } = await asked.acknowledged;
  await asked.reply();
  return ms;
}
