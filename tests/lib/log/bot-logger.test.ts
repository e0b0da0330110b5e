import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';

import { LogLevel } from '@sapphire/framework';
import { assume } from 'loopback-kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { BotLogger } from '../../../src/lib/log/bot-logger.js';

let directory: string;
let logger: BotLogger;
let printed: string;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'bot-logger-'));
  printed = '';
  const stream = assume<NodeJS.WriteStream>(
    new PassThrough().on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    }),
  );
  logger = new BotLogger({ stdout: stream, stderr: stream }, (text) => text.replaceAll('s3cret', '[hidden]'));
  logger.jsonl.moveTo(path.join(directory, 'bot.jsonl'));
});
afterEach(() => {
  logger.jsonl.close();
  rmSync(directory, { recursive: true });
});

function entries(): unknown[] {
  const text = readFileSync(path.join(directory, 'bot.jsonl'), 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line): unknown => JSON.parse(line));
}

describe('the logger', () => {
  it('writes to the console and to the file, both masked', () => {
    logger.warn('The key is s3cret', { nested: 's3cret' });
    expect(printed).toContain('The key is [hidden]');
    expect(printed).not.toContain('s3cret');
    expect(entries()).toMatchObject([{ level: 'warn', msg: expect.stringContaining('The key is [hidden]') }]);
  });

  it('writes nothing below its level, but records always reach the file', () => {
    logger.configure({ LOG_LEVEL: 'error', DEBUG: false, LOG_FORMAT: 'text' });
    logger.info('chatter');
    logger.event(LogLevel.Info, 'long', { event: 'config.reload' }, 'short');
    expect(printed).toBe('');
    expect(entries()).toMatchObject([{ msg: 'short', event: 'config.reload' }]);
  });

  it('shows JSON on the console when asked to, masked like everything', () => {
    logger.configure({ LOG_LEVEL: 'info', DEBUG: false, LOG_FORMAT: 'json' });
    logger.debug('chatter');
    logger.event(LogLevel.Warn, 'a s3cret\nin two lines', { event: 'x', nested: ['s3cret'] }, 'a s3cret');
    logger.info('more');
    const lines = printed.split('\n').slice(0, -1);
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      expect.objectContaining({ level: 'warn', event: 'x', msg: 'a [hidden]', nested: ['[hidden]'] }),
      expect.objectContaining({ level: 'info', msg: 'more', pid: process.pid }),
    ]);
    expect(entries()).toHaveLength(2);
    logger.configure({ LOG_LEVEL: 'info', DEBUG: false, LOG_FORMAT: 'text' });
    logger.info('for people');
    expect(printed).toMatch(/ - INFO +- for people\n$/);
  });

  it('lowers its level for DEBUG, and never raises it', () => {
    logger.configure({ LOG_LEVEL: 'error', DEBUG: true, LOG_FORMAT: 'text' });
    expect(logger.level).toBe(LogLevel.Debug);
    logger.configure({ LOG_LEVEL: 'trace', DEBUG: true, LOG_FORMAT: 'text' });
    expect(logger.level).toBe(LogLevel.Trace);
  });
});
