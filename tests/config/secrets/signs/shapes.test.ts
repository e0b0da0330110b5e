import { describe, expect, it } from 'vitest';

import { shapesIn } from '../../../../src/config/secrets/signs/shapes.js';

const DIGITS = '0123456789';
const HEX = 'deadbeef01234567';
const MIXED = 'a1B2c3D4e5F6g7H8i9J0';

/** What stands at the places where a shape was found. */
function found(text: string): string[] {
  return shapesIn(text).map(([start, end]) => text.slice(start, end));
}

describe('the shape of a secret', () => {
  it.each([
    ['OpenAI', `sk-${MIXED}`],
    ['GitHub', `ghp_${MIXED}`],
    ['Amazon', `AKIA${'ABCDEFGH'.repeat(2)}`],
    ['Google', `AIza${MIXED.repeat(2)}`],
    ['Twilio', `SK${HEX.repeat(2)}`],
    ['Mailgun', `key-${HEX.repeat(2)}`],
    ['Mailchimp', `${HEX.repeat(2)}-us12`],
    ['Databricks', `dapi${HEX.repeat(2)}`],
    ['a Discord token', `MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabc12.${MIXED}${MIXED.slice(0, 8)}`],
    ['a Discord webhook', `discord.com/api/webhooks/123/${MIXED}`],
    ['an interaction token', `interactions/${DIGITS.repeat(2).slice(0, 18)}/${MIXED}`],
    ['Slack', `hooks.slack.com/services/T0/B0/${MIXED}`],
    ['Telegram', `bot123456:A${MIXED}${MIXED.slice(0, 14)}`],
    ['SendGrid', `SG.${MIXED}.${MIXED}`],
    ['a web token', `eyJ${MIXED}.${MIXED}.${MIXED}`],
    ['a web token without a signature', `eyJ${MIXED}.${MIXED}.`],
    ['a private key', `-----BEGIN RSA PRIVATE KEY-----\nab-cd\n-----END RSA PRIVATE KEY-----`],
    ['what is left of a private key', '-----BEGIN PGP PRIVATE KEY BLOCK-----\nab'],
  ])('is known by itself: %s', (_who, secret) => {
    expect(found(secret)).toContain(secret);
    const [start, end] = [5, 5 + secret.length];
    expect(shapesIn(`see: ${secret}`)).toContainEqual([start, end]);
  });

  it.each([
    ['Authorization: Bearer ', 'abcd'],
    ['"authorization": "Basic ', 'dXNlcjpwdw'],
    ['X-Api-Key: ', 'abcdefg7'],
    ['curl says bearer ', MIXED],
    ['log in with Basic ', 'dXNlcjpwYXNzd29yZDEyMw=='],
    ['AccountName=bot;AccountKey=', 'abcdefgh'],
  ])('is known by what stands in front of it, which stays: %s', (before, secret) => {
    expect(found(`${before}${secret} and more`)).toEqual([secret]);
  });

  it('begins where a web token has something joined to its front', () => {
    const token = `eyJ${MIXED}.${MIXED}.${MIXED}`;
    expect(found(`x-${token}`)).toContain(`x-${token}`);
    expect(found(`https://example.com/${token}/x`)).toContain(token);
  });

  it('is found twice in a text that holds two', () => {
    const one = `sk-${MIXED}`;
    const token = `eyJ${MIXED}.${MIXED}.${MIXED}`;
    expect(found(`${one}/${one} ${token} ${token}`)).toEqual([one, one, token, token]);
  });
});

describe('no secret has the shape', () => {
  it.each([
    ['of a name behind a mark', 'access-production-environment-number-one'],
    ['of a mark with too little behind it', 'sk-a1B2c3D4e5F6g7H (15)'],
    ['of a mark in the middle of a word', `task-${MIXED}`],
    ['of a short text', 'sk-a1B2c3D4e5'],
    ['of a sentence about bearers', 'bearer wordsthatgoonandonandon'],
    ['of a header that names no key', 'x-api-key: required'],
    ['of a web token whose parts are short', 'eyJhbGciOi.abc and eyJhbGciOiJIUz.abcdefg'],
    ['of a web token that is apart', `eyJ${MIXED} . ${MIXED}`],
    ['of something that only begins like one', `xeyJ${MIXED}.${MIXED}`],
  ])('%s', (_what, text) => {
    expect(found(text)).toEqual([]);
  });
});
