import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { ConfigError, describeFault, masked } from '../../../src/config/faults/config-error.js';
import type { Fault } from '../../../src/config/faults/faults.js';

const CASES: [fault: Fault, text: string][] = [
  [{ kind: 'missing-file' }, '.env: the file does not exist (remedy: create it, or correct the path)'],
  [
    { kind: 'unreadable', code: 'EACCES' },
    '.env: the file cannot be read (EACCES) (remedy: make it readable for the user that runs this program)',
  ],
  [
    { kind: 'unreadable', code: 'ELOOP' },
    '.env: the file cannot be read (ELOOP) (remedy: check the path and its file system)',
  ],
  [{ kind: 'not-a-file' }, '.env: not a regular file (remedy: put a file there)'],
  [
    { kind: 'too-large', limit: 4096 },
    '.env: the file is larger than 4096 bytes (remedy: keep only settings in it)',
  ],
  [
    { kind: 'blank' },
    '.env: the file is blank (remedy: save its content again; to use only defaults, leave a comment line in it)',
  ],
  [
    { kind: 'unsettled', waitedMs: 5000 },
    '.env: the file kept changing for 5000 ms (remedy: reload again when the program that writes it is done)',
  ],
  [
    { kind: 'parsers-disagree' },
    '.env: dotenv does not find the keys that the file sets (remedy: simplify its unusual lines, and report it as a bug in this program)',
  ],
  [{ kind: 'invalid-utf8', line: 3 }, '.env:3: the text is not valid UTF-8 (remedy: save the file as UTF-8)'],
  [{ kind: 'nul', line: 3 }, '.env:3: the line contains a NUL character (remedy: delete the character)'],
  [
    { kind: 'line-separator', line: 3 },
    '.env:3: the line contains a Unicode line or paragraph separator (U+2028, U+2029) (remedy: replace it with an ordinary line break or a space)',
  ],
  [
    { kind: 'not-an-assignment', line: 3 },
    '.env:3: not an assignment, a comment or a blank line (remedy: write KEY=value, or start the line with #)',
  ],
  [
    { kind: 'invalid-key', line: 3 },
    '.env:3: the key is invalid (remedy: use only the letters A to Z, digits, "_", "." and "-" before the "=")',
  ],
  [
    { kind: 'too-many-parts', key: 'A', line: 3, limit: 1000 },
    '.env:3 A: the secret is a list of more than 1000 parts (remedy: put it into a file of its own, and set the path of that)',
  ],
  [
    { kind: 'stale-mount' },
    '.env: a stale mount: the file was replaced outside the container, and this path still leads to the old one (remedy: mount the directory that holds it instead of the file, and restart the container)',
  ],
  [
    { kind: 'wrong-encoding', encoding: 'UTF-16' },
    '.env: the text is UTF-16, not UTF-8 (remedy: save the file as UTF-8)',
  ],
  [
    { kind: 'escaped-closing-quote', key: 'A', line: 3 },
    '.env:3 A: a backslash keeps the last quote from closing the value (remedy: delete the backslash, or write the value without quotes)',
  ],
  [
    { kind: 'unsupported-value', key: 'A', line: 3, found: 'a Map' },
    '.env:3 A: its schema returns a Map, in which changes cannot be seen (remedy: have the schema return plain data: text, finite numbers, booleans, null, dates, bigints, arrays and objects of these)',
  ],
  [
    { kind: 'duplicate-key', line: 3, key: 'A', firstLine: 1 },
    '.env:3 A: the key was set before, on line 1 (remedy: delete one of the two lines)',
  ],
  [
    { kind: 'unterminated-quote', line: 3, key: 'A' },
    '.env:3 A: the quote that starts the value is never properly closed (remedy: add the closing quote at the end of the value; nothing below this line was checked)',
  ],
  [
    { kind: 'text-after-quote', line: 3, key: 'A' },
    '.env:3 A: there is text after the closing quote (remedy: delete it, start it with #, or put the whole value in another kind of quotes)',
  ],
  [
    { kind: 'value-on-next-line', line: 3, key: 'A' },
    '.env:3 A: the value would be taken from a following line (remedy: put the value right after the "=", or write KEY="" for none)',
  ],
  [
    { kind: 'swallowed-assignment', line: 3, key: 'A', swallowedLine: 5 },
    String.raw`.env:3 A: the quoted value swallows the assignment on line 5 (remedy: close the quote on its own line, or write line breaks as \n inside double quotes)`,
  ],
  [
    { kind: 'too-many-keys', line: 3, limit: 2 },
    '.env:3: the file sets more than 2 keys (remedy: keep only settings in it)',
  ],
  [
    { kind: 'too-long-value', line: 3, key: 'A', limit: 65_536 },
    '.env:3 A: the value is longer than 65536 bytes (remedy: put it into a file of its own, and set the path of that)',
  ],
  [
    { kind: 'too-many-faults', line: 3 },
    '.env:3: there are more faults from here on (remedy: check that this is the right file)',
  ],
  [
    { kind: 'missing-setting', key: 'A', expects: 'a word', line: null, similar: null },
    '.env A: required, but not set; expected a word (remedy: add a line A=…)',
  ],
  [
    { kind: 'missing-setting', key: 'AB', expects: 'a word', line: null, similar: { key: 'AC', line: 7 } },
    '.env AB: required, but not set; expected a word (remedy: line 7 sets AC: did you mean AB?)',
  ],
  [
    { kind: 'missing-setting', key: 'A', expects: 'a word', line: 7, similar: null },
    '.env:7 A: required, but not set; expected a word (remedy: put the value after A= on line 7)',
  ],
  [
    { kind: 'invalid-setting', key: 'A', expects: 'a word', line: 3 },
    '.env:3 A: expected a word (remedy: correct the value)',
  ],
  [
    { kind: 'invalid-setting', key: 'A', expects: 'a word', line: null },
    'environment A: expected a word (remedy: correct it in the process environment, or override it in the file)',
  ],
  [
    { kind: 'unusable-companion', key: 'A', line: 3, reason: { kind: 'missing-file' } },
    '.env:3 A: the file it names cannot be used: it does not exist (remedy: create it, or correct the path)',
  ],
  [
    { kind: 'unusable-companion', key: 'A', line: null, reason: { kind: 'not-a-file' } },
    'environment A: the file it names cannot be used: not a regular file (remedy: put a file there)',
  ],
  [
    { kind: 'unusable-companion', key: 'A', line: 3, reason: { kind: 'blank' } },
    '.env:3 A: the file it names cannot be used: it is blank (remedy: put text into it, or write A= for none)',
  ],
  [
    { kind: 'unusable-companion', key: 'A', line: 3, reason: { kind: 'too-large', limit: 4096 } },
    '.env:3 A: the file it names cannot be used: the file is larger than 4096 bytes (remedy: name a smaller file)',
  ],
  [
    { kind: 'unusable-companion', key: 'A', line: 3, reason: { kind: 'invalid-utf8' } },
    '.env:3 A: the file it names cannot be used: the text is not valid UTF-8 (remedy: save the file as UTF-8)',
  ],
  [
    { kind: 'broken-rule', key: 'A', line: 3, problem: 'too much', remedy: 'take less', passing: false },
    '.env:3 A: too much (remedy: take less)',
  ],
  [
    { kind: 'broken-rule', key: 'A', line: null, problem: 'too much', remedy: 'take less', passing: false },
    '.env A: too much (remedy: take less)',
  ],
];

describe('a fault', () => {
  it.each(CASES)('says where it is, what it is, and what to do: $kind', (fault, text) => {
    expect(describeFault(fault, '.env')).toBe(text);
  });

  it('never names a key that looks like a secret', () => {
    const key = 'ghp_0123456789abcdefghij';
    expect(describeFault({ kind: 'unterminated-quote', line: 1, key }, '.env')).toMatch(
      /^\.env:1 \[hidden\]: /,
    );
    expect(
      describeFault(
        { kind: 'missing-setting', key: 'A', expects: 'x', line: null, similar: { key, line: 1 } },
        '.env',
      ),
    ).toContain('line 1 sets [hidden]: did you mean A?');
  });
});

describe('a configuration error', () => {
  it('hides a key that looks like a secret, unless it is declared', () => {
    const key = 'X7Q2_CHANNEL_ID_OF_GUILD_9K3Z_LOGS_42B';
    const faults = [{ kind: 'invalid-setting', key, expects: 'an id', line: 1 }] as const;
    expect(new ConfigError('.env', faults).message).not.toContain(key);
    expect(new ConfigError('.env', faults, new Set([key])).lines).toEqual([
      `.env:1 ${key}: expected an id (remedy: correct the value)`,
    ]);
  });

  it('has one line for each fault', () => {
    const error = new ConfigError('/etc/.env', [{ kind: 'nul', line: 1 }, { kind: 'blank' }]);
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe('ConfigError');
    expect(error.lines).toEqual([
      '/etc/.env:1: the line contains a NUL character (remedy: delete the character)',
      '/etc/.env: the file is blank (remedy: save its content again; to use only defaults, leave a comment line in it)',
    ]);
    expect(error.message).toBe(error.lines.join('\n'));
  });
});

it('says where the file is when its path does not', () => {
  const faults = [{ kind: 'blank' }] as const;
  expect(new ConfigError('.env', faults).location).toEqual([`📄 .env is ${path.resolve('.env')}`]);
  expect(new ConfigError('.env', faults).message).toContain(path.resolve('.env'));
  expect(new ConfigError('/srv/.env', faults).location).toEqual([]);
});

function mask(text: string): string {
  return text.replaceAll('hunter22', '[hidden]');
}

describe('an error of the configuration', () => {
  const final: Fault = { kind: 'missing-file' };
  const passing: Fault = { kind: 'unsettled', waitedMs: 5000 };

  it('may pass by itself when one of its faults may', () => {
    expect(new ConfigError('.env', [final, passing]).passing).toBe(true);
    expect(new ConfigError('.env', [final]).passing).toBe(false);
  });

  it('can be given other warnings, and stays the same otherwise', () => {
    const error = new ConfigError('/etc/.env', [final], new Set(['A']), ['one']).with(['two']);
    expect(error).toMatchObject({ file: '/etc/.env', faults: [final], warnings: ['two'] });
    expect(error.message).toMatch(/^\/etc\/\.env: .*\ntwo$/);
  });

  it('has the words of a rule masked, and all other faults as they are', () => {
    const rule: Fault = {
      kind: 'broken-rule',
      key: 'URL',
      line: 3,
      problem: 'hunter22 is no host',
      remedy: 'drop hunter22',
      passing: false,
    };
    expect(masked(rule, mask)).toEqual({ ...rule, problem: '[hidden] is no host', remedy: 'drop [hidden]' });
    expect(masked(final, mask)).toBe(final);
  });
});
