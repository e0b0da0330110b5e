import { describe, expect, it } from 'vitest';

import { decode } from '../../../src/config/parse/encoding.js';

describe('the text of a file', () => {
  it.each([
    ['as it is', 'A=ä\nB=2\n', 'A=ä\nB=2\n'],
    ['without a byte order mark', '\uFEFFA=1', 'A=1'],
    ['with line feeds for Windows line breaks', 'A=1\r\nB=2\r\n', 'A=1\nB=2\n'],
    ['with line feeds for carriage returns', 'A=1\rB=2', 'A=1\nB=2'],
    ['with the second of two marks, which is no mark', '\uFEFF\uFEFFA=1', '\uFEFFA=1'],
    ['when it is empty', '', ''],
    ['with a single NUL, which is not for it to judge', 'A=1\0\n', 'A=1\0\n'],
  ])('comes %s', (_how, written, text) => {
    expect(decode(Buffer.from(written))).toEqual({ text });
  });

  it.each([
    ['UTF-16', [0xff, 0xfe, 0x41, 0x00]],
    ['UTF-16', [0xfe, 0xff, 0x00, 0x41]],
    ['UTF-32', [0xff, 0xfe, 0x00, 0x00, 0x41, 0x00, 0x00, 0x00]],
    ['UTF-32', [0x00, 0x00, 0xfe, 0xff, 0x00, 0x00, 0x00, 0x41]],
    ['UTF-16', [...Buffer.from('A=1\nB=2\n', 'utf16le')]],
  ])('is refused as %s: %j', (encoding, bytes) => {
    expect(decode(Buffer.from(bytes))).toEqual({ fault: { kind: 'wrong-encoding', encoding } });
  });
});
