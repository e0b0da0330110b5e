import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { LiveConfig } from '../../src/config/live-config.js';
import { logReport } from '../../src/config/report.js';
import { commaSeparated } from '../../src/config/settings/schemas.js';
import { EagerClock } from '../support/manual-clock.js';

const KEYS = commaSeparated(/^[\w.-]+$/);
const settings = {
  TOKEN: z.string().default('').meta({ secret: true }),
  NOTE: z.string().default(''),
  SHOW: KEYS.default([]).meta({ listsKeys: 'public', expects: 'keys' }),
  HIDE: KEYS.default([]).meta({ listsKeys: 'secret', expects: 'keys' }),
};

/** Looks like a secret, and is public by nature. */
const PUBLISHABLE = 'pk_live_51HxExampleExample0123456789';
const PLAIN = 'blue-elephants-dance';

let directory: string;
let environment: Record<string, string>;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'overruled-'));
  environment = {};
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

function save(text: string): void {
  writeFileSync(path.join(directory, '.env'), text);
}

function load(text: string) {
  save(text);
  return LiveConfig.load({
    settings,
    file: path.join(directory, '.env'),
    environment,
    clock: new EagerClock(),
  });
}

describe('a key that the operator calls secret', () => {
  it('is hidden everywhere by the very file that says so, and left out of the version', async () => {
    const config = await load(`PLACE=${PLAIN}\n`);
    const { version } = config.current;
    save(`PLACE=${PLAIN}\nHIDE=PLACE\nOTHER=see ${PLAIN}\n`);
    const report = logReport(await config.refresh());
    expect(report).toContain("'OTHER': 'see [hidden]'");
    expect(report).not.toContain(PLAIN);
    expect(config.current.entries.get('PLACE')).toMatchObject({ sensitive: true, shown: '[hidden]' });
    expect(config.mask(`at ${PLAIN}`)).toBe('at [hidden]');
    save(`PLACE=another-harmless-value\nHIDE=PLACE\nOTHER=see ${PLAIN}\n`);
    const before = config.current.version;
    await config.refresh();
    expect(config.current.version).toBe(before);
    expect(before).not.toBe(version);
  });

  it('is hidden in the file of a rejection, and in the process environment', async () => {
    environment = { PLACE: PLAIN };
    const config = await load('HIDE=PLACE\n');
    expect(config.mask(PLAIN)).toBe('[hidden]');
    save('HIDE=PLACE\nPLACE=yellow-elephants-dance\nnonsense\n');
    expect((await config.refresh()).kind).toBe('rejected');
    expect(config.mask('yellow-elephants-dance')).toBe('[hidden]');
  });

  it('may be a setting, too', async () => {
    const config = await load(`NOTE=${PLAIN}\nHIDE=NOTE\n`);
    expect(config.current.entries.get('NOTE')?.shown).toBe('[hidden]');
  });

  it('stays hidden when the list is wrong', async () => {
    const config = await load(`PLACE=${PLAIN}\nHIDE=PLACE\n`);
    save('PLACE=yellow-elephants-dance\nHIDE="PLACE, no key"\n');
    expect((await config.refresh()).kind).toBe('rejected');
    expect(config.mask('yellow-elephants-dance')).toBe('[hidden]');
  });

  it('is hidden when it is called public, too', async () => {
    const config = await load(`PLACE=${PLAIN}\nHIDE=PLACE\nSHOW=PLACE\n`);
    expect(config.current.entries.get('PLACE')?.shown).toBe('[hidden]');
  });
});

describe('a key that the operator calls public', () => {
  it('is shown in the very report of the file that says so, and counts for the version', async () => {
    const config = await load('NOTE=a\n');
    save(`NOTE=a\nSTRIPE_KEY=${PUBLISHABLE}\nSHOW=STRIPE_KEY\n`);
    expect(logReport(await config.refresh())).toContain(`'STRIPE_KEY': '${PUBLISHABLE}'`);
    const { version } = config.current;
    save(`NOTE=a\nSTRIPE_KEY=${PUBLISHABLE}x\nSHOW=STRIPE_KEY\n`);
    await config.refresh();
    expect(config.current.version).not.toBe(version);
  });

  it('is shown after it was hidden, where it stands by itself', async () => {
    const config = await load(`STRIPE_KEY=${PUBLISHABLE}\n`);
    expect(config.mask(PUBLISHABLE)).toBe('[hidden]');
    save(`STRIPE_KEY=${PUBLISHABLE}\nSHOW=STRIPE_KEY\n`);
    await config.refresh();
    expect(config.mask(`the key "${PUBLISHABLE}" is public`)).toContain(PUBLISHABLE);
    expect(config.mask(`${PUBLISHABLE}-and-more`)).not.toContain(PUBLISHABLE);
    expect(config.mask(`${PUBLISHABLE} sk_live_51HxExampleExample0123456789`)).toBe(
      `${PUBLISHABLE} [hidden]`,
    );
    save(`STRIPE_KEY=${PUBLISHABLE}\n`);
    await config.refresh();
    expect(config.mask(PUBLISHABLE)).toBe('[hidden]');
  });

  it('stays hidden while another key has the same value', async () => {
    const config = await load(`STRIPE_KEY=${PUBLISHABLE}\nTOKEN=${PUBLISHABLE}\nSHOW=STRIPE_KEY\n`);
    expect(config.mask(PUBLISHABLE)).toBe('[hidden]');
  });

  it('cannot be a declared secret: that is a fault which names it', async () => {
    const config = await load('NOTE=a\n');
    save('TOKEN=a-token-to-hide\nSHOW=NOTE,TOKEN\n');
    const outcome = await config.refresh();
    expect(outcome.kind === 'rejected' ? outcome.error.lines : []).toEqual([
      expect.stringMatching(
        /:2 SHOW: TOKEN is a secret of this program, which is never shown \(remedy: take TOKEN out of the list\)/,
      ),
    ]);
    expect(config.mask('a-token-to-hide')).toBe('[hidden]');
  });
});
