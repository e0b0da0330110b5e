import type { LoopbackDiscord } from 'loopback-discord';

/** Throws when the bot did something that Discord would have refused. */
export function refuseViolations({ violations }: LoopbackDiscord): void {
  if (violations.length > 0) throw new Error(`Discord would refuse: ${JSON.stringify(violations, null, 2)}`);
}
