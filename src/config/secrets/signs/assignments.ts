/** Connection strings: ADO, libpq, Azure, JDBC, and the options of a command. */
const ASSIGNED =
  /(?:password|passwd|pwd|passphrase|account_?key|shared_?access_?(?:key|signature)|(?:access|secret|api|private|auth)[_-]?key|(?:client|app|api)[_-]?secret|(?:access|auth|api|bearer)[_-]?token)\s{0,3}=\s{0,3}('[^']+'|"[^"]+"|[^;,\s&"'`<>]+)/gi;

/** JSON, as its text and as a part of another. */
const IN_JSON =
  /(?:password|passwd|passphrase|secret|token|api_?key|apikey|private_?key|access_?key|secret_?key|credentials?)\\?"\s{0,5}:\s{0,5}\\?"((?:[^"\\]|\\[^"])+)/gi;

/** `curl -u name:password`, and `.netrc`. */
const OF_A_USER = /\s(?:-u|--user)[\s=]{1,3}["']?[^\s:"']{1,80}:([^\s"']{3,})/g;
const IN_NETRC = /\blogin\s{1,5}\S{1,80}\s{1,5}password\s{1,5}(\S+)/g;

/** A variable or a gap that somebody has yet to fill. */
const PLACEHOLDER = /^(?:\$|%\w|<|\*+$|x+$|\.+$|\{)/i;

/** The values in a text that stand behind a name which says they are secrets. */
export function assignedSecrets(text: string): string[] {
  const found: string[] = [];
  if (text.includes('=')) collect(ASSIGNED, text, found);
  if (text.includes(':')) for (const pattern of [IN_JSON, OF_A_USER]) collect(pattern, text, found);
  if (text.includes('login')) collect(IN_NETRC, text, found);
  return found;
}

function collect(pattern: RegExp, text: string, found: string[]): void {
  for (const [, value = ''] of text.matchAll(pattern)) {
    const secret = value.replaceAll(/^["']|["']$/g, '');
    if (!PLACEHOLDER.test(secret)) found.push(secret);
  }
}
