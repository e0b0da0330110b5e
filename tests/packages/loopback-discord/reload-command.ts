/** A command for administrators. */
export const RELOAD = {
  name: 'reload',
  description: 'Reloads',
  default_member_permissions: '8',
  options: [{ type: 5, name: 'dry_run', description: 'Only looks' }],
};
