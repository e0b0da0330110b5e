import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { renderEnvExample, renderSettingsPage } from '../../scripts/render-docs.js';
import { parseEnvFile } from '../../src/config/parse/env-file.js';
import { settings } from '../../src/settings.js';

function read(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}

describe('the documentation made from src/settings.ts', () => {
  it('is what .env.example says (if not: npm run docs)', () => {
    expect(read('.env.example')).toBe(renderEnvExample(settings));
  });

  it('is what docs/settings.md says (if not: npm run docs)', () => {
    const page = read('docs/settings.md');
    expect(renderSettingsPage(page, settings)).toBe(page);
    for (const key of Object.keys(settings)) expect(page).toContain(`| \`${key}\``);
  });

  it('parses strictly when every setting of .env.example is switched on', () => {
    const text = read('.env.example').replaceAll(/^# ([A-Z_]+=)/gm, '$1');
    const { keys } = parseEnvFile(Buffer.from(text));
    expect(keys.toSorted()).toEqual(Object.keys(settings).toSorted());
  });
});
