import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { Loader } from '../../src/config/loader.js';
import { settings } from '../support/live-config-from.js';

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'loader-'));
  file = path.join(directory, '.env');
});
afterEach(() => rmSync(directory, { recursive: true }));

const loaderWith = (environment: Record<string, string>) =>
  new Loader<typeof settings>({ file, settings, environment });

describe('a loader', () => {
  it('makes one and the same snapshot of a source that has not changed', async () => {
    writeFileSync(file, 'LIMIT=30\n');
    const loader = loaderWith({});
    const source = await loader.read(null, null);
    const { snapshot, warnings } = await loader.load(source, null, 1);
    if (snapshot === null) throw new Error('expected a snapshot');
    const accepted = { snapshot, source, warnings };
    const again = await loader.read(source, accepted);
    await expect(loader.load(again, accepted, 2)).resolves.toMatchObject({ snapshot: { at: 1 }, faults: [] });
  });

  it.runIf(process.platform !== 'win32')(
    'warns of a file that every user may read, as long as it is',
    async () => {
      writeFileSync(file, 'TOKEN=a-secret-of-the-file\n');
      chmodSync(file, 0o644);
      const loader = loaderWith({});
      const source = await loader.read(null, null);
      const { snapshot, warnings } = await loader.load(source, null, 1);
      if (snapshot === null) throw new Error('expected a snapshot');
      expect(warnings).toEqual([{ kind: 'world-readable', key: 'TOKEN', line: 1 }]);
      chmodSync(file, 0o600);
      const accepted = { snapshot, source, warnings };
      await expect(loader.load(await loader.read(source, accepted), accepted, 2)).resolves.toMatchObject({
        warnings: [],
      });
    },
  );

  it('makes no snapshot of a file with a fault, and hides its secrets all the same', async () => {
    writeFileSync(file, 'LIMIT=many\nTOKEN=of-a-rejected-file\n');
    const loader = loaderWith({});
    await expect(loader.load(await loader.read(null, null), null, 1)).resolves.toMatchObject({
      snapshot: null,
      faults: [{ key: 'LIMIT' }],
    });
    expect(loader.masker.mask('it says of-a-rejected-file')).toBe('it says [hidden]');
  });

  it('needs no file while the environment supplies everything, until there has been one', async () => {
    const loader = loaderWith({ LIMIT: '7' });
    const none = await loader.read(null, null);
    await expect(loader.load(none, null, 1)).resolves.toMatchObject({
      snapshot: { settings: { LIMIT: 7 } },
      faults: [],
    });
    writeFileSync(file, 'LIMIT=8\n');
    const source = await loader.read(none, null);
    const { snapshot, warnings } = await loader.load(source, null, 2);
    if (snapshot === null) throw new Error('expected a snapshot');
    await expect(loader.load(none, { snapshot, source, warnings }, 3)).resolves.toMatchObject({
      snapshot: null,
      faults: [{ kind: 'missing-file' }],
    });
  });

  it('hides the secrets of the environment before it has read anything', () => {
    expect(loaderWith({ TOKEN: 'of-the-environment' }).masker.mask('of-the-environment')).toBe('[hidden]');
  });
});
