export type ViolationKind =
  | 'gateway'
  | 'interaction'
  | 'invalid-body'
  | 'unanswered'
  | 'unknown-route'
  | 'unsupported';

/** Something that Discord would have refused, or that no user may ever see. */
export interface Violation {
  readonly kind: ViolationKind;
  readonly detail: string;
}
