/** Something that the asker has to do differently; its message is for them. */
export class Refusal extends Error {
  public override readonly name = 'Refusal';
}
