import { Identifiers, type UserError } from '@sapphire/framework';

import type { Reply } from './reply.js';

/** What the user of a command is told that a precondition has refused. */
export function refusal({ identifier, message, context }: UserError): Reply {
  const cooldown: string = Identifiers.PreconditionCooldown;
  if (identifier !== cooldown) return { lines: [message] };
  const remaining: unknown = Reflect.get(Object(context), 'remaining');
  return { lines: [slowDown(typeof remaining === 'number' ? remaining : 0)] };
}

/** For somebody who may ask again in `remaining` milliseconds. */
export function slowDown(remaining: number): string {
  const seconds = Math.max(1, Math.ceil(remaining / 1000));
  return `⏳ You are going a bit fast. Please try again in ${seconds === 1 ? '1 second' : `${String(seconds)} seconds`}.`;
}
