import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import { extendRouteConfig } from './route-config';

/** The route takes one file, as the part `file` of a multipart/form-data body: `@Upload() upload: IncomingUpload`. */
export function AcceptsMultipart(description: string): MethodDecorator {
  return applyDecorators(
    extendRouteConfig({ acceptsMultipart: true }),
    ApiConsumes('multipart/form-data'),
    ApiBody({
      schema: {
        type: 'object',
        required: ['file'],
        properties: { file: { type: 'string', format: 'binary', description, example: 'cover.png' } },
      },
    }),
  );
}
