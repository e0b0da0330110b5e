import { type Command, Events } from '@sapphire/framework';
import type { Client } from 'discord.js';

import type { Instruments } from './instruments.js';

const SUCCEEDED = [Events.ChatInputCommandSuccess, Events.MessageCommandSuccess] as const;
const FAILED = [Events.ChatInputCommandError, Events.MessageCommandError] as const;
/** Somebody was not allowed to use it, or not yet again. */
const DENIED = [Events.ChatInputCommandDenied, Events.MessageCommandDenied] as const;

/** Counts the commands of a client. What is no command of the bot is none here either. */
export function commandMetrics(
  instruments: Instruments,
  client: Pick<Client, 'on'>,
  mask: (text: string) => string,
): void {
  const commands = instruments.counter(
    'bot_commands_total',
    'Commands that were used, slash and prefix alike, by name and how they ended.',
    ['command', 'outcome'],
  );
  const count = ({ name }: Pick<Command, 'name'>, outcome: 'denied' | 'failed' | 'succeeded'): void => {
    commands.inc({ command: mask(name), outcome });
  };
  for (const event of SUCCEEDED)
    client.on(event, ({ command }) => {
      count(command, 'succeeded');
    });
  for (const event of FAILED)
    client.on(event, (_error, { command }) => {
      count(command, 'failed');
    });
  for (const event of DENIED)
    client.on(event, (_error, { command }) => {
      count(command, 'denied');
    });
}
