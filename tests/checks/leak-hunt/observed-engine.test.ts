import { beforeEach, describe, expect, it } from 'vitest';

import { ObservedEngine } from '../../../checks/leak-hunt/observed-engine.js';
import { Sinks } from '../../../checks/leak-hunt/sinks.js';

const START = 'DISCORD_TOKEN=x.y.z\n';

let sinks: Sinks;

beforeEach(() => {
  sinks = new Sinks();
});

describe('the observed engine', () => {
  it('records the reports of a refresh the way log and replies show them', async () => {
    await ObservedEngine.run({ text: START, sinks, position: 'here' }, async (engine) => {
      const { kind } = await engine.refresh(
        'here',
        `${START}BOT_ACTIVITY=chess\nAPI_PASSWORD=Zq7vKx2wRt9y\n`,
      );
      expect(kind).toBe('applied');
    });
    expect(sinks.names).toEqual([
      'JSONL fields',
      'JSONL message',
      'log report',
      'reload history',
      'reply report',
      'report channel',
    ]);
    expect(sinks.holds('chess')).toBe(true);
    expect(sinks.holds('Zq7vKx2wRt9y')).toBe(false);
  });

  it('records a rejection before masking, too', async () => {
    await ObservedEngine.run({ text: START, sinks, position: 'here' }, async (engine) => {
      const { kind } = await engine.refresh('here', `${START}not an assignment\n`);
      expect(kind).toBe('rejected');
    });
    expect(sinks.names).toEqual(expect.arrayContaining(['raw error', 'raw log report', 'raw reply report']));
  });

  it('records why it refuses to start', async () => {
    await ObservedEngine.run({ text: 'LOG_LEVEL=loud\n', sinks, position: 'here' }, () => {
      throw new Error('it started');
    });
    expect(sinks.names).toEqual(['raw exit error', 'raw exit message']);
  });

  it('records every view and the history', async () => {
    await ObservedEngine.run({ text: START, sinks, position: 'here' }, async (engine) => {
      await engine.refresh('here', `${START}BOT_ACTIVITY=chess\n`);
      engine.views('here', ['NO_SUCH_KEY']);
      engine.history('here');
    });
    expect(sinks.names).toEqual(
      expect.arrayContaining([
        'autocomplete',
        'help',
        'history',
        'status',
        'status of a key (asker)',
        'status of a key (channel)',
      ]),
    );
  });
});
