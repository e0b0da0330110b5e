export { asRecord } from './as-record.js';
export { assume } from './assume.js';
export { RingBuffer } from './ring-buffer.js';
export { TypedEvents } from './typed-events.js';
export type { WaitOptions } from './typed-events.js';
export { withResolvers } from './with-resolvers.js';
