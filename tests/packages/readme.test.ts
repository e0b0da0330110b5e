import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

const ROOT = new URL('../..', import.meta.url);

function read(file: string): string {
  return readFileSync(new URL(file, ROOT), 'utf8');
}

describe.each(['loopback-discord', 'loopback-openai', 'loopback-kit'])('the README of %s', (name) => {
  it('shows the example that is run as a test', () => {
    const example = read(`tests/packages/${name}/example.test.ts`);
    expect(read(`packages/${name}/README.md`)).toContain(`\`\`\`ts\n${example}\`\`\`\n`);
  });
});

describe('the packages', () => {
  it('are all named in their README', () => {
    const readme = read('packages/README.md');
    for (const name of ['loopback-discord', 'loopback-openai', 'loopback-kit'])
      expect(readme).toContain(`[\`${name}\`](${name}/README.md)`);
  });

  it('are no dependency of the bot', () => {
    const manifest: { dependencies: Record<string, string> } = JSON.parse(read('package.json'));
    expect(Object.keys(manifest.dependencies).filter((name) => name.startsWith('loopback'))).toEqual([]);
  });

  it('are not copied into the image', () => {
    expect(read('Dockerfile')).not.toMatch(/^COPY .*packages/m);
    expect(read('.dockerignore')).not.toContain('!packages');
  });
});
