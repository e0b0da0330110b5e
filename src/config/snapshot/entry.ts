import { MASK } from '../secrets/sensitive.js';
import { writtenValue } from '../settings/written-value.js';
import { canonicalJson } from './canonical.js';

/** Where a value comes from. */
export type Origin =
  | { readonly kind: 'file'; readonly line: number }
  | { readonly kind: 'environment' }
  | { readonly kind: 'default' };

/** What is known of a key apart from where it comes from. */
export interface EntryContent {
  readonly key: string;
  /** The text as supplied, or the default's. */
  readonly text: string;
  /** The effective value: typed and frozen for a setting, the text for an extra. */
  readonly value: unknown;
  readonly sensitive: boolean;
  /** Whether it is a setting; an extra otherwise. */
  readonly declared: boolean;
  /** Left out of the version, on which all processes agree. */
  readonly perProcess: boolean;
  /** The key that the value goes on to assign, as if two lines had become one. */
  readonly second: string | null;
  /** The setting that an extra is probably a misspelling of. */
  readonly meant: string | null;
  /** SHA-256 of the file that the value names, in hexadecimal; `null` when it names none. */
  readonly companion: string | null;
}

/** How much of the digest of a file tells one content from another to people. */
const SHOWN_DIGEST_LENGTH = 12;

/** One key of a snapshot. Immutable. */
export class Entry implements EntryContent {
  public readonly key: string;
  public readonly text: string;
  public readonly value: unknown;
  public readonly sensitive: boolean;
  public readonly declared: boolean;
  public readonly perProcess: boolean;
  public readonly second: string | null;
  public readonly meant: string | null;
  public readonly companion: string | null;
  /** `"KEY":value` as canonical JSON: equal exactly when key and effective value are. */
  public readonly fragment: string;

  /** @throws {UnsupportedValue} when the value is none that can be compared. */
  public constructor(
    content: EntryContent,
    public readonly origin: Origin,
    /** Whether the process environment holds a value too, which the file's one hides. */
    public readonly shadowsEnvironment: boolean,
  ) {
    this.key = content.key;
    this.text = content.text;
    this.value = content.value;
    this.sensitive = content.sensitive;
    this.declared = content.declared;
    this.perProcess = content.perProcess;
    this.second = content.second;
    this.meant = content.meant;
    this.companion = content.companion;
    this.fragment = content instanceof Entry ? content.fragment : fragmentOf(content);
    Object.freeze(this);
  }

  /** Whether the file or the environment supplies it. */
  public get supplied(): boolean {
    return this.origin.kind !== 'default';
  }

  /** The line of the file it stands on, from 1, or `null`. */
  public get line(): number | null {
    return this.origin.kind === 'file' ? this.origin.line : null;
  }

  /** The effective value as people read it, or the mask. */
  public get shown(): string {
    if (this.sensitive) return MASK;
    const value = writtenValue(this.value);
    return this.companion === null ? value : `${value} (${this.companion.slice(0, SHOWN_DIGEST_LENGTH)})`;
  }
}

function fragmentOf({ key, value, companion }: EntryContent): string {
  return `${JSON.stringify(key)}:${canonicalJson(companion === null ? value : [value, companion])}`;
}
