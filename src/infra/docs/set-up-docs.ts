import type { INestApplication } from '@nestjs/common';
import { ApiDocument } from './api-document';

/** Swagger UI at `/docs` and the OpenAPI document at `/docs-json` describe this application. */
export function setUpDocs(app: INestApplication): void {
  app.get(ApiDocument, { strict: false }).describe(app);
}
