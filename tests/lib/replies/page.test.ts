import { describe, expect, it } from 'vitest';

import { pagesOf } from '../../../src/lib/replies/page.js';

const PLAIN = { mask: String };

function lines(count: number, length: number): string[] {
  return Array.from({ length: count }, (_, index) => String(index).padEnd(length, '.'));
}

describe('the pages of a plain answer', () => {
  it('are one without a number when it fits into a message, to the last character', () => {
    expect(pagesOf({ lines: ['x'.repeat(1000), 'y'.repeat(999)] }, PLAIN)).toMatchObject([
      { content: `${'x'.repeat(1000)}\n${'y'.repeat(999)}`, embeds: [] },
    ]);
  });

  it('hold every line once, in order, and fit into messages', () => {
    const all = lines(100, 90);
    const pages = pagesOf({ lines: all }, PLAIN);
    const shown = pages.map(({ content }, index) => {
      expect(content.length).toBeLessThanOrEqual(2000);
      const number = `\n-# Page ${index + 1} of ${pages.length}`;
      expect(content.endsWith(number)).toBe(true);
      return content.slice(0, -number.length);
    });
    expect(shown.join('\n').split('\n')).toEqual(all);
  });

  it('are 25 at most, and the last one counts what is left out', () => {
    const pages = pagesOf({ lines: lines(1000, 199) }, PLAIN);
    expect(pages).toHaveLength(25);
    const [, left] = /\n… and (\d+) more\n-# Page 25 of 25$/.exec(pages.at(-1)?.content ?? '') ?? [];
    const shown = pages.flatMap(({ content }) => content.match(/^\d+\.+$/gm) ?? []);
    expect(shown.length + Number(left)).toBe(1000);
  });

  it('are one when no more are wanted', () => {
    const [page, ...others] = pagesOf({ lines: lines(100, 90) }, PLAIN, 1);
    expect(others).toEqual([]);
    expect(page.content).toMatch(/\n… and \d+ more$/);
  });

  it('cut a line that is longer than a message', () => {
    const pages = pagesOf({ lines: ['x'.repeat(5000), 'the next'] }, PLAIN);
    expect(pages.map(({ content }) => content.length <= 2000)).toEqual([true, true]);
    expect(pages[1]?.content).toMatch(/^the next\n/);
  });
});

describe('the pages of an embed', () => {
  const embed = { title: 'Title', fields: [{ name: 'Field', value: 'v'.repeat(1000) }] };

  it('repeat title and fields, and stay within 6000 characters together with them', () => {
    const pages = pagesOf(
      { embed: { ...embed, fields: Array(3).fill(embed.fields[0]) }, lines: lines(90, 99) },
      PLAIN,
    );
    expect(pages.length).toBeGreaterThan(1);
    for (const { content, embeds } of pages) {
      expect(content).toBe('');
      expect(embeds).toMatchObject([{ title: 'Title' }]);
      expect(embeds[0]?.fields).toHaveLength(3);
      expect(embeds[0]?.description?.length).toBeLessThanOrEqual(6000 - 3 * 1005 - 5);
    }
  });

  it('keep what the embed has besides, and fill it to the limit', () => {
    const pages = pagesOf({ embed: { color: 7 }, lines: lines(90, 99) }, PLAIN);
    expect(pages[0].embeds[0]).toEqual({ color: 7, description: expect.stringMatching(/^.{3900,}$/s) });
    const fields = Array.from({ length: 5 }, () => ({ name: 'n'.repeat(50), value: 'v'.repeat(1000) }));
    const [page] = pagesOf({ embed: { fields }, lines: lines(90, 9) }, PLAIN);
    expect(page.embeds[0]?.description?.length).toBeLessThanOrEqual(6000 - 5 * 1050);
    expect(page.embeds[0]?.description?.length).toBeGreaterThan(600);
  });

  it('are masked before anything is cut', () => {
    const secret = 'a-secret';
    const masking = { mask: (text: string) => text.replaceAll(secret, '[hidden]') };
    const reply = {
      embed: { title: secret, fields: [{ name: 'Field', value: secret }] },
      lines: [`${'x'.repeat(4090)}${secret}`],
    };
    expect(JSON.stringify(pagesOf(reply, masking))).not.toContain('a-sec');
    expect(JSON.stringify(pagesOf({ lines: [`${'x'.repeat(1995)}${secret}`] }, masking))).not.toContain(
      'a-s',
    );
  });
});

it('pings nobody', () => {
  expect(pagesOf({ lines: ['@everyone'] }, PLAIN)[0].allowedMentions).toEqual({
    parse: [],
    repliedUser: false,
  });
});
