import { expect, it } from 'vitest';

import { recordCommandLine } from '../../../checks/leak-hunt/command-line.js';
import { Sinks } from '../../../checks/leak-hunt/sinks.js';
import { EagerClock } from '../../support/manual-clock.js';

it('records what every command says, and what a mistyped one says', async () => {
  const sinks = new Sinks();
  const text = 'DISCORD_TOKEN=x.y.z\nAPI_PASSWORD=Zq7vKx2wRt9y\nBOT_ACTIVITY=chess\n';
  await recordCommandLine(text, ['typed'], { sinks, position: 'here', clock: new EagerClock() });
  expect(sinks.names).toEqual(['command line: stderr', 'command line: stdout']);
  for (const said of [
    'is valid',
    '"valid": true',
    'BOT_ACTIVITY = chess',
    '"value": "chess"',
    'Value: chess',
    'There is no such command',
    'There is no setting typed',
    '--format: expected',
  ])
    expect(sinks.holds(said)).toBe(true);
  expect(sinks.holds('Zq7vKx2wRt9y')).toBe(false);
});
