import path from 'node:path';

import { type Check, type Finding, locationOf, printable } from '../../config/index.js';

/** The findings as people read them, in the order of the lines. */
export function findingLines(findings: readonly Finding[]): string[] {
  return findings.map(({ severity, text }) => (severity === 'error' ? `• ${text}` : `⚠️ ${text}`));
}

/** Whether the configuration is valid, in one line. */
export function verdict({ file, snapshot, findings, missing }: Check<unknown>): string {
  const [errors, warnings] = [countOf(findings, 'error'), countOf(findings, 'warning')];
  const name = printable(file);
  const warned = warnings > 0 ? [counted(warnings, 'warning')] : [];
  if (snapshot === null) return `❌ ${name} is invalid: ${[counted(errors, 'fault'), ...warned].join(', ')}`;
  const which = missing ? `There is no ${name}, and the configuration without it` : name;
  return `✅ ${[`${which} is valid`, ...warned].join(', with ')} [version: ${snapshot.version}]`;
}

/** Where the file is, unless its path says so itself: none or one line. */
export function location({ file }: Check<unknown>): readonly string[] {
  return locationOf(file).map(printable);
}

/** A finding as a workflow command of GitHub, which shows it beside the line. */
export function annotation({ severity, key, line, message, source, text }: Finding, file: string): string {
  const inFile = source === 'file';
  const properties = [
    ...(inFile ? [`file=${escapedProperty(file)}`] : []),
    ...(line === null ? [] : [`line=${String(line)}`]),
    ...(key === null ? [] : [`title=${escapedProperty(key)}`]),
  ];
  const head = properties.length > 0 ? `${severity} ${properties.join(',')}` : severity;
  return `::${head}::${escapedData(inFile ? message : text)}`;
}

/** The same for programs. */
export function checkAsJson({ file, snapshot, findings }: Check<unknown>): object {
  return {
    file,
    path: path.resolve(file),
    valid: snapshot !== null,
    version: snapshot?.version ?? null,
    errors: countOf(findings, 'error'),
    warnings: countOf(findings, 'warning'),
    findings: findings.map(({ severity, kind, source, line, key, message }) => ({
      severity,
      kind,
      source,
      line,
      key,
      message,
    })),
  };
}

export function countOf(findings: readonly Finding[], severity: Finding['severity']): number {
  return findings.filter((finding) => finding.severity === severity).length;
}

function counted(count: number, what: string): string {
  return `${String(count)} ${what}${count === 1 ? '' : 's'}`;
}

function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
