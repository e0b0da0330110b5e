import type * as promClient from 'prom-client';
import type { Counter, Histogram, Registry } from 'prom-client';

/** prom-client, which is loaded only when somebody wants metrics. */
export type Prometheus = Pick<
  typeof promClient,
  'Counter' | 'Gauge' | 'Histogram' | 'Registry' | 'collectDefaultMetrics'
>;

type Labels<Name extends string> = Readonly<Record<Name, string>>;

/** The metrics of a registry, in the three shapes that the collectors need: read at a scrape, counted, timed. */
export class Instruments {
  public constructor(
    private readonly prometheus: Prometheus,
    private readonly registry: Registry,
  ) {}

  /** A number as it is at the moment of a scrape. */
  public gauge(name: string, help: string, value: () => number): void {
    this.gaugeFor(name, help, [], () => [[{}, value()]]);
  }

  /** Numbers as they are at the moment of a scrape, one for each combination of labels that there is then. */
  public gaugeFor<Name extends string>(
    name: string,
    help: string,
    labelNames: readonly Name[],
    values: () => readonly (readonly [Labels<Name>, number])[],
  ): void {
    const gauge = new this.prometheus.Gauge({
      name,
      help,
      labelNames,
      registers: [this.registry],
      collect: () => {
        gauge.reset();
        for (const [labels, value] of values()) gauge.set(labels, value);
      },
    });
  }

  /** A total that somebody else keeps. */
  public total(name: string, help: string, value: () => number): void {
    const counter = new this.prometheus.Counter({
      name,
      help,
      registers: [this.registry],
      collect: () => {
        counter.reset();
        counter.inc(value());
      },
    });
  }

  /** A total for each combination of labels; those that are known from the start begin at 0. */
  public counter<Name extends string>(
    name: string,
    help: string,
    labelNames: readonly Name[],
    known: readonly Labels<Name>[] = [],
  ): Counter<Name> {
    const counter = new this.prometheus.Counter({ name, help, labelNames, registers: [this.registry] });
    for (const labels of known) counter.inc(labels, 0);
    return counter;
  }

  /** Durations, in seconds. */
  public durations<Name extends string>(
    name: string,
    help: string,
    labelNames: readonly Name[],
    buckets: readonly number[],
  ): Histogram<Name> {
    return new this.prometheus.Histogram({
      name,
      help,
      labelNames,
      buckets: [...buckets],
      registers: [this.registry],
    });
  }
}
