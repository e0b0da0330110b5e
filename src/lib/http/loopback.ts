/** Whether an address, or the name in a Host header, is this machine's own. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  return name === 'localhost' || name === '::1' || /^(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name);
}

/** The host in a Host header, without the port. */
export function hostIn(header: string): string {
  return header.replace(/:\d*$/, '');
}
