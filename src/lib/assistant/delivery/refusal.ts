/** Something the asker has to do differently; the message is for them. */
export class Refusal extends Error {
  public override readonly name = 'Refusal';
}
