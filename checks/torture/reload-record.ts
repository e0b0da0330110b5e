/** A refresh as the bot's JSONL log records it; only the fields that are checked. */
export interface ReloadRecord {
  /** When it was logged, in ms since 1970. */
  readonly at: number;
  readonly outcome: 'applied' | 'rejected' | 'unchanged';
  readonly trigger: string;
  readonly dryRun: boolean;
  readonly previousVersion: string;
  readonly version: string;
  readonly durationMs: number;
  readonly faults: readonly string[];
  /** How many subscribers failed; none may. */
  readonly failures: number;
}

/** `null` for a line about anything else. @throws if the line is not a JSON object. */
export function reloadRecord(line: string): ReloadRecord | null {
  const entry: Readonly<Record<string, unknown>> = JSON.parse(line);
  const isPreview = entry['event'] === 'config.preview';
  if (entry['event'] !== 'config.reload' && !isPreview) return null;
  const { faults, subscriberFailures: failures } = entry;
  const outcome = isPreview ? entry['result'] : entry['outcome'];
  if (outcome !== 'applied' && outcome !== 'rejected' && outcome !== 'unchanged')
    throw new TypeError(`unknown outcome: ${line}`);
  return {
    at: Date.parse(String(entry['time'])),
    outcome,
    trigger: String(entry['trigger']),
    dryRun: isPreview,
    previousVersion: String(entry['previousVersion']),
    version: String(entry['version']),
    durationMs: Number(entry['durationMs']),
    faults: Array.isArray(faults) ? faults.map(String) : [],
    failures: Array.isArray(failures) ? failures.length : 0,
  };
}
