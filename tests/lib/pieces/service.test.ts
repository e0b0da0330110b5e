import { Store } from '@sapphire/framework';
import { assume } from 'loopback-kit';
import { afterEach, expect, it, vi } from 'vitest';

import { ServiceStore } from '../../../src/lib/pieces/service.js';

afterEach(() => {
  vi.restoreAllMocks();
});

it('loads the services once, however often it is asked, and everybody waits for that', async () => {
  const finish: (() => void)[] = [];
  const loadAll = vi
    .spyOn(Store.prototype, 'loadAll')
    .mockImplementation(() => new Promise((resolve) => void finish.push(resolve)));
  const resources = assume<ServiceStore['resources']>({});
  const store = new ServiceStore(resources);
  let loaded = 0;
  const both = Promise.all([store.loadAll(), store.loadAll()].map((load) => load.then(() => loaded++)));
  expect(loadAll).toHaveBeenCalledTimes(1);
  expect(loaded).toBe(0);
  finish[0]?.();
  await both;
  expect(loaded).toBe(2);
  expect(store.name).toBe('services');
  expect(store.resources).toBe(resources);
});
