/** An array that drops its oldest items once it is full. */
export class RingBuffer<T> {
  readonly items: T[] = [];
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  push(item: T): void {
    this.items.push(item);
    if (this.items.length > this.#size) this.items.shift();
  }
}
