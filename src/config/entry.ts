import { MASK } from './sensitive.js';

/** Where a value comes from. */
export type Origin =
  | { readonly kind: 'file'; readonly line: number }
  | { readonly kind: 'environment' }
  | { readonly kind: 'default' };

/** One key of a snapshot. Immutable. */
export class Entry {
  /** `"KEY":value` as canonical JSON: equal exactly when key and effective value are. */
  public readonly fragment: string;

  public constructor(
    public readonly key: string,
    /** The text as supplied, or the default's. */
    public readonly text: string,
    /** The effective value: typed and frozen for a setting, the text for an extra. */
    public readonly value: unknown,
    public readonly origin: Origin,
    /** Whether the process environment holds a value too, which the file's one hides. */
    public readonly shadowsEnvironment: boolean,
    public readonly sensitive: boolean,
    fragment?: string,
  ) {
    this.fragment = fragment ?? `${JSON.stringify(key)}:${JSON.stringify(value)}`;
    Object.freeze(this);
  }

  /** The same value as supplied from there: this very entry when it is. */
  public from(origin: Origin, shadowsEnvironment: boolean): Entry {
    return isSameOrigin(this.origin, origin) && this.shadowsEnvironment === shadowsEnvironment
      ? this
      : new Entry(this.key, this.text, this.value, origin, shadowsEnvironment, this.sensitive, this.fragment);
  }

  /** Whether the file or the environment supplies it. */
  public get supplied(): boolean {
    return this.origin.kind !== 'default';
  }

  /** The effective value as people read it, or the mask. */
  public get shown(): string {
    if (this.sensitive) return MASK;
    return Array.isArray(this.value) ? this.value.join(',') : String(this.value);
  }
}

function isSameOrigin(a: Origin, b: Origin): boolean {
  return a.kind === b.kind && (a.kind !== 'file' || b.kind !== 'file' || a.line === b.line);
}

/** The line of the file an entry stands on, or `null`. */
export function lineOf({ origin }: Entry): number | null {
  return origin.kind === 'file' ? origin.line : null;
}
