import { z } from 'zod';

import { looksSecret } from '../secrets/sensitive.js';

/** Texts that are whole numbers, both limits allowed. No signs, no exponents: what looks odd is probably a slip. */
export function wholeNumber(least: number, most: number) {
  return z.string().trim().regex(/^\d+$/).transform(Number).pipe(z.int().min(least).max(most));
}

/** Texts that are decimal numbers, both limits allowed. */
export function decimal(least: number, most: number) {
  return z
    .string()
    .trim()
    .regex(/^(\d+(\.\d+)?|\.\d+)$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most));
}

/** Texts for a boolean: true or false, yes or no, on or off, 1 or 0, in any case. */
export function yesOrNo() {
  return z.string().trim().pipe(z.stringbool());
}

/** One of a few words, in any case. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.string().trim().toLowerCase().pipe(z.enum(words));
}

/** Items separated by commas; blanks around them and empty ones do not count. */
export function commaSeparated(item: RegExp) {
  return z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .pipe(z.array(z.string().regex(item)));
}

/** An http or https URL; a slash at its end is dropped, so that paths can be appended. */
export function webUrl() {
  return z
    .string()
    .trim()
    .refine((text) => /^https?:/i.test(text) && URL.canParse(text))
    .transform((text) => text.replace(/(?<!\/)\/+$/, ''));
}

/** A name that others get to see, such as a model's, and so nothing with the shape of a secret. */
export function publicName() {
  return z
    .string()
    .trim()
    .refine((text) => !looksSecret(text));
}

/** The largest port there is. */
const LAST_PORT = 65_535;

/** Where a server listens, as `host:port`; a port alone means loopback, and nothing means nowhere. */
export function listenAddress() {
  return z
    .string()
    .trim()
    .regex(/^((\[[\da-f:.]+\]|[\w.-]+):)?\d{1,5}$|^$/i)
    .refine((text) => text === '' || isPort(Number(text.slice(text.lastIndexOf(':') + 1))))
    .transform((text) => (/^\d+$/.test(text) ? `127.0.0.1:${text}` : text));
}

function isPort(port: number): boolean {
  return port >= 1 && port <= LAST_PORT;
}
