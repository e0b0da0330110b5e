import { integer, list } from './shape.js';

/** The kinds of channels that an option or a select offers. */
export const channelTypes = list(integer(0, 16), 0, 25);
