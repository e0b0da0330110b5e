import path from 'node:path';

import { expect, it } from 'vitest';

import { roomsOf } from '../../../checks/mutation/rooms.js';

const rooms = new Map(
  roomsOf(path.resolve(import.meta.dirname, '../../..')).map((room) => [room.name, room]),
);

it('each file belongs to one room, with the tests at the mirrored path', () => {
  expect(rooms.get('config/secrets')?.files).toContain('src/config/secrets/signs/names.ts');
  expect(rooms.get('config/secrets')?.tests).toEqual(['tests/config/secrets/']);
  expect(rooms.get('lib/assistant/model')?.files).toContain('src/lib/assistant/model/chat.ts');
  expect(rooms.get('config')?.tests).toContain('tests/config/history.test.ts');
  const files = [...rooms.values()].flatMap((room) => room.files);
  expect(new Set(files).size).toBe(files.length);
});

it('what only a process shows has no score', () => {
  const files = [...rooms.values()].flatMap((room) => room.files);
  for (const file of ['src/main.ts', 'src/commands/say.ts', 'src/lib/gateway/rotatable-shard.ts'])
    expect(files).not.toContain(file);
  expect(files).toContain('src/lib/gateway/back-off.ts');
});
