/** A module of the build, since what ships is what gets measured. `Module` is the type of its source. */
export async function built<Module>(file: string): Promise<Module> {
  const module: unknown = await import(new URL(`../../build/${file}`, import.meta.url).href);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- compiled from the source that has this type
  return module as Module;
}
