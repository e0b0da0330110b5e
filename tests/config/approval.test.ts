import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ConfigEvent } from '../../src/config/events.js';
import { liveConfigFrom, refreshWith, type TestConfig } from '../support/live-config-from.js';

let directory: string;
let config: TestConfig;
const me = { kind: 'command', who: 'me' };

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'approval-'));
});
afterEach(async () => {
  await config[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true });
});

/** What the watch would ask for next, with nothing of its timing. */
function nextEvent(): Promise<ConfigEvent> {
  return new Promise((resolve) => {
    const end = config.observe((event) => {
      end();
      resolve(event);
    });
    config.watch.start();
    config.watch.wake();
  });
}

describe('a refresh that may apply one content only', () => {
  beforeEach(async () => {
    config = await liveConfigFrom(directory, 'LEVEL=low\n');
  });

  it('applies what was previewed', async () => {
    writeFileSync(config.file, 'LEVEL=high\n');
    const { contentId } = await config.preview();
    const outcome = await config.refresh(me, { onlyIf: contentId });
    expect(outcome).toMatchObject({ kind: 'applied', triggers: [me], contentId });
    expect(config.settings.LEVEL).toBe('high');
  });

  it('comes to a preview when the file holds something else by now, and leaves no trace', async () => {
    writeFileSync(config.file, 'LEVEL=high\n');
    const { contentId } = await config.preview();
    writeFileSync(config.file, 'LEVEL=high\nLIMIT=3\n');
    const before = [config.current, config.history.length];
    const result = await config.refresh(me, { onlyIf: contentId });
    expect(result).toMatchObject({ kind: 'preview', result: { kind: 'applied' } });
    expect([config.current, config.history.length]).toEqual(before);
    expect(await config.refresh(me, { onlyIf: result.contentId })).toMatchObject({ kind: 'applied' });
    expect(config.settings.LIMIT).toBe(3);
  });

  it('is not fooled by another content that is applied in the same run', async () => {
    const other = config.refresh(me, { onlyIf: 'another content' });
    writeFileSync(config.file, 'LEVEL=high\n');
    const [conditional, plain] = await Promise.all([other, config.refresh({ kind: 'signal' })]);
    expect(conditional.kind).toBe('preview');
    expect(plain).toMatchObject({ kind: 'applied', triggers: [{ kind: 'signal' }] });
  });

  it('counts the files that settings name as content', async () => {
    const prompt = path.join(directory, 'prompt.txt');
    writeFileSync(prompt, 'one');
    await refreshWith(config, `PROMPT=${prompt}\n`);
    const { contentId } = await config.preview();
    writeFileSync(prompt, 'two');
    expect((await config.refresh(me, { onlyIf: contentId })).kind).toBe('preview');
  });

  it('names a content by something that differs from process to process', async () => {
    const other = await liveConfigFrom(directory, 'LEVEL=low\n');
    expect((await other.preview()).contentId).not.toBe((await config.preview()).contentId);
    await other[Symbol.asyncDispose]();
  });
});

describe('a watch whose finds somebody has to approve', () => {
  beforeEach(async () => {
    config = await liveConfigFrom(directory, 'LEVEL=low\n', {
      watch: { start: false, pollMs: 3_600_000, debounceMs: 0, approval: ({ LEVEL }) => LEVEL === 'low' },
    });
  });

  it('is told of a change, which is held until it is applied on request', async () => {
    writeFileSync(config.file, 'LEVEL=high\n');
    const event = await nextEvent();
    expect(event).toMatchObject({ kind: 'held', preview: { result: { kind: 'applied' } } });
    expect(config.settings.LEVEL).toBe('low');
    expect(config.held?.contentId).toMatch(/^[\da-f]{32}$/);
    const { contentId = '' } = config.held ?? {};
    expect(await config.refresh(me, { onlyIf: contentId })).toMatchObject({ kind: 'applied' });
    expect(config.held).toBeNull();
  });

  it('holds a change that would switch the approval off, by the settings in effect', async () => {
    writeFileSync(config.file, 'LEVEL=high\n');
    expect((await nextEvent()).kind).toBe('held');
  });

  it('rejects what is wrong, and applies a signal, as ever', async () => {
    writeFileSync(config.file, 'LEVEL=highest\n');
    expect(await nextEvent()).toMatchObject({ kind: 'outcome', outcome: { kind: 'rejected' } });
    expect(await refreshWith(config, 'LEVEL=high\n')).toMatchObject({ kind: 'applied' });
  });

  it('no longer waits for approval of what is gone from the file', async () => {
    writeFileSync(config.file, 'LEVEL=high\n');
    await nextEvent();
    await refreshWith(config, 'LEVEL=low\n');
    expect(config.held).toBeNull();
  });
});
