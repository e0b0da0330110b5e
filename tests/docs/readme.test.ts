import { readdirSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { runOn, TOKEN_LINE } from '../support/run-command-line.js';
import { read } from './guide.js';

describe('the README', () => {
  const readme = read('README.md');

  it('has fewer than 200 lines', () => {
    expect(readme.split('\n').length).toBeLessThan(200);
  });

  it('names two commands, of which CI runs the second', () => {
    expect(readme).toContain('```sh\nnpm ci && npm run sandbox\n```');
    expect(readme).toContain('```sh\nnpm ci && npm test\n```');
    expect(read('.ci/run').trimEnd().split('\n').at(-1)).toBe('npm ci && npm test');
  });

  it('asks for the Node.js that package.json asks for', () => {
    expect(read('package.json')).toContain('"node": "^20.19.0 || >=22.12.0"');
    expect(readme).toContain('Node.js 20.19 or later (20.x), or 22.12 or later');
  });

  it('shows what a check really says', async () => {
    const [, block = ''] = /^\$ node dist\/main\.js check\n(.*?)^```$/ms.exec(readme) ?? [];
    const { stdout } = await runOn(`${TOKEN_LINE}BOT_PREFX=?\nLOG_LEVEL=loud\n`, ['check'], { file: '.env' });
    const said = stdout.map((line) => line.replace(process.cwd(), '/srv/bot'));
    expect(block.trimEnd().split('\n')).toEqual(said);
  });

  it('lists every command there is, and no other', () => {
    const listed = [...readme.matchAll(/^\| `\/([\w-]+)/gm)].map(([, name = '']) => name);
    const commands = readdirSync(new URL('../../src/commands', import.meta.url));
    expect(listed.toSorted()).toEqual(commands.map((file) => file.replace('.ts', '')).toSorted());
  });
});
