import { type INestApplication, Injectable } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { Role } from '../../common/access';
import { buildOpenApi } from './open-api';
import { visibleTo } from './visible-document';

/** The OpenAPI document of the running application, written when it is first asked for. */
@Injectable()
export class ApiDocument {
  private app: INestApplication | undefined;
  private whole: OpenAPIObject | undefined;
  private readonly texts = new Map<string, string>();

  describe(app: INestApplication): void {
    this.app = app;
  }

  /** With the routes of administrators. */
  complete(): OpenAPIObject {
    if (this.app === undefined) throw new Error('setUpDocs() was not called');
    return (this.whole ??= buildOpenApi(this.app));
  }

  /** As JSON, with the routes that somebody with these roles may call. */
  textFor(roles: readonly Role[]): string {
    const key = [...roles].sort().join();
    const known = this.texts.get(key);
    if (known !== undefined) return known;
    const text = JSON.stringify(visibleTo(this.complete(), roles));
    this.texts.set(key, text);
    return text;
  }
}
