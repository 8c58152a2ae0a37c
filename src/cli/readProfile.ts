import { DaruanError } from '../foundation/errors.js';
import { exampleProfiles } from '../noise/exampleProfiles.js';
import { type DeviceProfile, readProfile } from '../noise/profile.js';
import { readText } from './readText.js';

/** What `--profile` can name beside files. */
export const exampleNames = Object.keys(exampleProfiles);

/** A device profile: a file, or an example by its name. */
export async function profileNamed(source: string): Promise<DeviceProfile> {
  if (Object.hasOwn(exampleProfiles, source)) return exampleProfiles[source as keyof typeof exampleProfiles];
  const text = await readText(source);
  try {
    return readProfile(text);
  } catch (cause) {
    if (!(cause instanceof DaruanError)) throw cause;
    throw new DaruanError(`--profile ${source}`, `${cause.where}: ${cause.problem}`, cause.remedy, { cause });
  }
}
