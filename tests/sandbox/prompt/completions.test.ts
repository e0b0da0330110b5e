import { ApplicationCommandOptionType as Type } from 'discord-api-types/v10';
import { expect, it } from 'vitest';

import { completionsOf } from '../../../sandbox/prompt/completions.js';

const KNOWN = {
  commands: [
    { name: 'config-status', options: [{ name: 'setting', type: Type.String }] },
    {
      name: 'reload-config',
      options: [
        { name: 'dry_run', type: Type.Boolean },
        { name: 'detail', type: Type.String, choices: [{ value: 'short' }, { value: 'long' }] },
      ],
    },
    {
      name: 'memory',
      options: [
        { name: 'add', type: Type.Subcommand, options: [{ name: 'note', type: Type.String }] },
        { name: 'list', type: Type.Subcommand },
      ],
    },
  ],
  prefix: '?',
  prefixed: ['config-status', 'reload-config'],
  bot: 'live-config',
  keys: ['BOT_PREFIX', 'DEBUG'],
};

it.each<[string, string[]]>([
  ['sh', ['show']],
  ['un', ['undo', 'unset ']],
  ['set ', ['BOT_PREFIX=', 'DEBUG=']],
  ['unset D', ['DEBUG']],
  ['/', ['/config-status', '/reload-config', '/memory']],
  ['/config-status D', ['DEBUG']],
  ['/config-status setting:B', ['setting:BOT_PREFIX']],
  ['/reload-config ', ['dry_run', 'detail:']],
  ['/reload-config dry_run d', ['detail:']],
  ['/reload-config detail:', ['detail:short', 'detail:long']],
  ['/memory ', ['add', 'list']],
  ['/memory add n', ['note:']],
  ['/memory list n', []],
  ['?', ['?config-status', '?reload-config']],
  ['?config-status B', ['BOT_PREFIX']],
  ['@', ['@live-config ']],
  ['as ', ['admin ', 'alice ', 'member ', 'bob ']],
  ['as member /re', ['/reload-config']],
  ['as member ?config-status D', ['DEBUG']],
  ['as member /reload-config dr', ['dry_run']],
  ['nonsense ', []],
])('completes the last word of "%s"', (line, expected) => {
  const [completions, word] = completionsOf(line, KNOWN);
  expect(completions).toEqual(expected);
  expect(line.endsWith(word)).toBe(true);
});
