import { spawnSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';

import { assume } from 'loopback-kit';
import prometheus from 'prom-client';
import { beforeEach, describe, expect, it } from 'vitest';

import { createMetrics } from '../../src/lib/metrics/metrics.js';
import { hasPrograms, read } from '../docs/guide.js';
import { liveConfigFrom } from '../support/live-config-from.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const DASHBOARD = 'deploy/monitoring/grafana/dashboard.json';
const ALERTS = 'deploy/monitoring/alerts.yml';

/** What no process says of itself: Prometheus adds it to every target. */
const PROMETHEUS_OWN = 'up';

/** What prom-client measures of a process has names of its own; three of them break Prometheus's rules. */
const OURS = /^(bot|config|discord|masked|model)_/;

let scraped: string;

beforeEach(async () => {
  const config = await liveConfigFrom(temporaryDirectory(), 'LIMIT=1\n');
  const metrics = createMetrics(prometheus, {
    config,
    client: assume(new EventEmitter()),
    gateway: () => ({
      loggedIn: true,
      tokenRefused: false,
      shards: [{ id: 0, state: 'ready', latencyMs: 40 }],
    }),
  });
  metrics.modelRequestEnded({
    kind: 'chat',
    outcome: 'succeeded',
    durationMs: 1,
    tokens: { input: 1, output: 1 },
  });
  scraped = await metrics.scrape();
});

/** Every name under which a series can be asked for. */
function seriesNames(): ReadonlySet<string> {
  const types = [...scraped.matchAll(/^# TYPE (\S+) (\S+)/gm)];
  return new Set([
    PROMETHEUS_OWN,
    ...types.flatMap(([, name = '', type]) =>
      type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  ]);
}

/** The metrics that expressions name: what stands before their labels, or alone. */
function metricsIn(expressions: readonly string[]): string[] {
  const plain = expressions.map((text) =>
    text
      .replaceAll(/"[^"]*"/g, '""')
      .replaceAll(/\{[^}]*\}|\[[^\]]*\]/g, ' ')
      .replaceAll(/\b(by|without)\s*\([^)]*\)/g, ' '),
  );
  const words = plain.flatMap((text) => text.match(/\b[a-z][a-z_]*\b(?!\s*\()/g) ?? []);
  const operators = new Set([
    'by',
    'without',
    'and',
    'or',
    'unless',
    'on',
    'job',
    'instance',
    'sum',
    'max',
    'min',
  ]);
  return [...new Set(words)].filter((word) => !operators.has(word));
}

function promtool(args: readonly string[], input = ''): { status: number | null; output: string } {
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const { status, stdout, stderr } = spawnSync('promtool', args, { cwd, input, encoding: 'utf8' });
  return { status, output: `${stdout}${stderr}` };
}

interface Dashboard {
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string }[] };
}

interface Panel {
  readonly type: string;
  readonly title: string;
  readonly targets?: readonly { readonly expr: string }[];
}

describe('the dashboard', () => {
  const { panels, templating }: Dashboard = JSON.parse(read(DASHBOARD));
  const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

  it('asks for metrics that there are', () => {
    const asked = metricsIn(expressions);
    expect(asked.length).toBeGreaterThan(15);
    expect(asked.filter((name) => !seriesNames().has(name))).toEqual([]);
  });

  it('shows every metric of the bot', () => {
    const text = expressions.join('\n');
    const names = [...scraped.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name);
    // The dashboard shows the version; the number is for alerts.
    const shown = names.filter((name) => OURS.test(name) && name !== 'config_hash');
    expect(shown.filter((name) => !text.includes(name))).toEqual([]);
  });

  it('has a title for every panel, and something in each', () => {
    expect(panels.filter(({ title }) => title === '')).toEqual([]);
    expect(panels.filter(({ type, targets = [] }) => type !== 'row' && targets.length === 0)).toEqual([]);
    expect(templating.list.map(({ name }) => name)).toEqual(['datasource', 'job', 'instance']);
  });
});

describe('the alerts', () => {
  const expressions = [...read(ALERTS).matchAll(/^\s+expr: (.*)$/gm)].map(([, text = '']) => text);

  it('ask for metrics that there are', () => {
    expect(expressions).toHaveLength(6);
    expect(metricsIn(expressions).filter((name) => !seriesNames().has(name))).toEqual([]);
  });
});

describe('the compose profile', () => {
  const compose = read('compose.yaml');

  it('mounts files that there are', () => {
    const mounted = [...compose.matchAll(/- \.\/(deploy\/[^\s:]+\.\w+):/g)].map(([, file = '']) => file);
    expect(mounted).toHaveLength(3);
    for (const file of mounted) expect(read(file)).not.toBe('');
  });

  it('has the bot listen where Prometheus looks', () => {
    expect(compose).toContain('HTTP_LISTEN: 0.0.0.0:9464');
    expect(read('deploy/monitoring/prometheus.yml')).toContain("targets: ['bot:9464']");
    expect(read('deploy/monitoring/grafana/datasource.yml')).toContain('url: http://prometheus:9090');
  });
});

describe.skipIf(!hasPrograms('what Prometheus makes of the metrics, alerts and scrape config', ['promtool']))(
  'as Prometheus reads it,',
  () => {
    it('the scrape config has no mistakes, nor have the alerts', () => {
      const checked = promtool(['check', 'config', 'deploy/monitoring/prometheus.yml']);
      expect(checked).toEqual({ status: 0, output: expect.stringContaining('6 rules found') });
    });

    it('every alert fires when it should', () => {
      const run = promtool(['test', 'rules', 'tests/deploy/alerts.yml']);
      expect(run).toEqual({ status: 0, output: expect.stringContaining('SUCCESS') });
      const tested = read('tests/deploy/alerts.yml');
      const names = [...read(ALERTS).matchAll(/- alert: (\w+)/g)].map(([, name = '']) => name);
      expect(names.filter((name) => !tested.includes(`alertname: ${name}\n        exp_alerts:`))).toEqual([]);
    });

    it("the bot's metrics are named as they should be", () => {
      const { output } = promtool(['check', 'metrics'], scraped);
      expect(output.split('\n').filter((line) => OURS.test(line) || line.startsWith('error'))).toEqual([]);
    });
  },
);
