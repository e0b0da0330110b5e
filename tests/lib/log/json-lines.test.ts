import { hostname } from 'node:os';

import { expect, it } from 'vitest';

import { JsonLines } from '../../../src/lib/log/json-lines.js';

it('a line is a JSON object that says when, how severe, where and what, without secrets', () => {
  const lines: string[] = [];
  const json = new JsonLines(
    (text) => text.replaceAll('s3cret', '[hidden]'),
    (line) => lines.push(line),
  );
  json.write('warn', 'the s3cret', { key: 's3cret', deep: { list: ['a s3cret'] }, count: 3 });
  expect(lines).toEqual([expect.stringMatching(/^\{.*\}\n$/)]);
  expect(JSON.parse(lines.join(''))).toEqual({
    level: 'warn',
    time: expect.stringMatching(/^\d{4}-.*Z$/),
    instance: hostname(),
    pid: process.pid,
    key: '[hidden]',
    deep: { list: ['a [hidden]'] },
    count: 3,
    msg: 'the [hidden]',
  });
});
