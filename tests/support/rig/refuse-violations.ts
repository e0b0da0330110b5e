import type { LoopbackDiscord } from 'loopback-discord';

/** Throws when the bot did something that Discord would have refused, or got an answer that Discord would not have given. */
export async function refuseViolations({
  violations,
  answers,
}: Pick<LoopbackDiscord, 'answers' | 'violations'>): Promise<void> {
  if (violations.length > 0) throw new Error(`Discord would refuse: ${JSON.stringify(violations, null, 2)}`);
  // The schemas take a tenth of a second to load, which sandbox and benchmarks need not wait for.
  const { faultsOf } = await import('../discord-schemas/answers.js');
  const faults = answers.flatMap(faultsOf);
  if (faults.length > 0) throw new Error(`Discord would not answer like this:\n${faults.join('\n')}`);
}
