import { readFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';

/** What a run was made on, as its report states it. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
  readonly os: string;
  /** The load average of the minute before the run: what else kept the machine busy. */
  readonly loadBefore: number;
}

export function thisMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round((totalmem() / 1024 ** 3) * 10) / 10,
    node: process.version,
    os: `${distribution()} (${platform()} ${kernel()}, ${arch()})`,
    loadBefore: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  };
}

/** The version of the kernel, without what whoever built it has added. */
function kernel(): string {
  return release().split('-')[0] ?? '';
}

function distribution(): string {
  try {
    return /^PRETTY_NAME="?(.*?)"?$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'unknown';
  } catch {
    // Not every system has this file; the kernel's name stands next to it anyway.
    return 'unknown';
  }
}
