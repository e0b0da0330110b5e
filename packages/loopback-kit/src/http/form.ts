export interface UploadedFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

export interface Form {
  readonly fields: Readonly<Record<string, string>>;
  /** By field. */
  readonly files: Readonly<Record<string, UploadedFile>>;
}

export function isForm(contentType: string | undefined): contentType is string {
  return contentType?.startsWith('multipart/form-data') ?? false;
}

/** Rejects when the bytes are no such form. */
export async function readForm(contentType: string, bytes: Buffer): Promise<Form> {
  const form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
  const fields: Record<string, string> = {};
  const files: Record<string, UploadedFile> = {};
  for (const [field, value] of form)
    if (typeof value === 'string') fields[field] = value;
    else
      files[field] = {
        name: value.name,
        contentType: value.type,
        bytes: Buffer.from(await value.arrayBuffer()),
      };
  return { fields, files };
}
