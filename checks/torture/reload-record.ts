/** One line of the bot's JSONL log about a refresh; of its fields, those that the torture looks at. */
export interface ReloadRecord {
  /** When it was written, in milliseconds since 1970. */
  readonly at: number;
  readonly outcome: 'applied' | 'rejected' | 'unchanged';
  readonly trigger: string;
  readonly dryRun: boolean;
  readonly previousVersion: string;
  readonly version: string;
  readonly durationMs: number;
  readonly faults: readonly string[];
  /** Subscribers that failed; none may. */
  readonly failures: number;
}

/** `null` for a line about anything else. @throws when the line is no JSON object. */
export function reloadRecord(line: string): ReloadRecord | null {
  const entry: Readonly<Record<string, unknown>> = JSON.parse(line);
  if (entry['event'] !== 'config.reload') return null;
  const { outcome, faults, subscriberFailures: failures } = entry;
  if (outcome !== 'applied' && outcome !== 'rejected' && outcome !== 'unchanged')
    throw new TypeError(`an unknown outcome: ${line}`);
  return {
    at: Date.parse(String(entry['time'])),
    outcome,
    trigger: String(entry['trigger']),
    dryRun: entry['dryRun'] === true,
    previousVersion: String(entry['previousVersion']),
    version: String(entry['version']),
    durationMs: Number(entry['durationMs']),
    faults: Array.isArray(faults) ? faults.map(String) : [],
    failures: Array.isArray(failures) ? failures.length : 0,
  };
}
