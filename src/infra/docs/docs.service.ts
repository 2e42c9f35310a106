import { Injectable, StreamableFile } from '@nestjs/common';
import { notFound } from '../../common/domain-error';
import { docsPage, readAsset } from './docs-assets';

@Injectable()
export class DocsService {
  page(): StreamableFile {
    return file(docsPage(), 'text/html; charset=utf-8');
  }

  file(name: string): StreamableFile {
    const asset = readAsset(name);
    if (asset === undefined) throw notFound();
    return file(asset.bytes, asset.type);
  }
}

function file(bytes: Buffer, type: string): StreamableFile {
  return new StreamableFile(bytes, { type, length: bytes.length });
}
