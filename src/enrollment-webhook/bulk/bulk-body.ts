import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import { extendRouteConfig } from '../../infra/http/route-config';
import { MOST_BYTES, MOST_ROWS } from './bulk-rows.reader';

const EMAIL = { type: 'string', example: 'test@example.com' } as const;
const COURSE = { type: 'string', example: 'course-v1:edX+DemoX+Demo_Course' } as const;

/** The bytes of a large JSON body or CSV file: `request.rawBody`. */
export function BulkBody(): MethodDecorator {
  return applyDecorators(
    extendRouteConfig({ rawBody: true, acceptsCsv: true, bodyLimit: MOST_BYTES }),
    ApiConsumes('application/json', 'text/csv'),
    ApiBody({
      description: `As CSV the first line names the columns \`email\` and \`course_id\`. Up to ${MOST_ROWS} rows in 16 MiB.`,
      schema: {
        type: 'object',
        required: ['rows'],
        properties: {
          rows: {
            type: 'array',
            maxItems: MOST_ROWS,
            items: {
              type: 'object',
              required: ['email', 'course_id'],
              properties: { email: EMAIL, course_id: COURSE },
            },
          },
        },
      },
    }),
  );
}
