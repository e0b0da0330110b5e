// znv is written for zod 3, which zod 4 carries within it as "zod/v3"; everything else here uses zod 4.

/** A resolve hook of node:module: "zod" is zod 3 for znv alone. */
export function resolve(specifier, context, next) {
  const forZnv = specifier === 'zod' && context.parentURL?.includes('/node_modules/znv/') === true;
  return next(forZnv ? 'zod/v3' : specifier, context);
}
