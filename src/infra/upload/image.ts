import sharp, { type Sharp } from 'sharp';
import { invalidImage } from './upload.errors';

export interface ImageOf {
  /** As it is shown: turned as its EXIF says. */
  readonly width: number;
  readonly height: number;
  /** A WebP. */
  readonly preview: Buffer;
}

/** A camera's largest, and what a server can draw: a small file may say it is any size. */
const MAX_PIXELS = 120_000_000;
const MAX_SECONDS = 20;
const PREVIEW_PIXELS = 480;
const AT_ONCE = 2;

// What else libvips reads (SVG, PDF, TIFF, …) is nothing that people may send.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map((name) => `VipsForeignLoad${name}`),
});
sharp.cache(false);

/** Of an image file. Throws `invalidImage` for what is broken, or larger than it looks. */
export function describeImage(path: string): Promise<ImageOf> {
  return inTurn(async () => {
    const { autoOrient } = await opened(path).metadata();
    const size = { width: PREVIEW_PIXELS, height: PREVIEW_PIXELS };
    const preview = await opened(path)
      .resize({ ...size, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 78 })
      .toBuffer();
    return { width: autoOrient.width, height: autoOrient.height, preview };
  });
}

/** The middle of an image file, as a WebP of so many pixels a side. Throws as `describeImage`. */
export function squareImage(path: string, pixels: number): Promise<Buffer> {
  return inTurn(() =>
    opened(path).resize({ width: pixels, height: pixels, fit: 'cover' }).webp({ quality: 82 }).toBuffer(),
  );
}

function opened(path: string): Sharp {
  return sharp(path, { autoOrient: true, failOn: 'error', limitInputPixels: MAX_PIXELS }).timeout({
    seconds: MAX_SECONDS,
  });
}

const waiting: (() => void)[] = [];
let free = AT_ONCE;

/** Images take the threads that passwords and files need, too. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (free > 0) free -= 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } catch {
    throw invalidImage();
  } finally {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  }
}
