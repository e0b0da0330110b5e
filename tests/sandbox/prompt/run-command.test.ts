import { readdirSync, readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { PREFIX_COMMANDS } from '../../../sandbox/prompt/run-command.js';

it('knows which commands the bot answers in messages', () => {
  const commands = new URL('../../../src/commands/', import.meta.url);
  const answering = readdirSync(commands).filter((file) =>
    readFileSync(new URL(file, commands), 'utf8').includes('messageRun('),
  );
  expect(PREFIX_COMMANDS).toEqual(answering.map((file) => file.replace(/\.ts$/, '')).toSorted());
});
