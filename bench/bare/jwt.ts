import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';

export interface Claims {
  readonly token_type: string;
  readonly exp: number;
  readonly iat: number;
  readonly jti: string;
  readonly user_id: number;
  readonly sid: number;
  readonly roles?: readonly string[];
}

const key = createSecretKey(Buffer.from(process.env.JWT_SECRET ?? ''));
const HEADER = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url');

const mac = (text: string): Buffer => createHmac('sha256', key).update(text).digest();

export function sign(claims: Claims): string {
  const text = `${HEADER}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
  return `${text}.${mac(text).toString('base64url')}`;
}

export function verify(token: string, type: string): Claims | undefined {
  const end = token.lastIndexOf('.');
  const signature = Buffer.from(token.slice(end + 1), 'base64url');
  const expected = mac(token.slice(0, end));
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return undefined;
  const claims = JSON.parse(Buffer.from(token.slice(token.indexOf('.') + 1, end), 'base64url').toString()) as Claims;
  return claims.token_type === type && claims.exp * 1000 > Date.now() ? claims : undefined;
}
