export function looksLikeEmail(identifier: string): boolean {
  return identifier.includes('@');
}
