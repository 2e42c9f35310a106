import type { MailMessage } from '../../infra/mail/mail-message';

/** What the owner reads after a replaced refresh token came back (C3). */
export function reuseMail(to: string, device: { ip: string; userAgent: string }, at: Date): MailMessage {
  const when = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const lines = [
    'Hello,',
    `On ${when} a sign-in of yours was used from two places at once, which happens when its token was copied. We ended that session: whoever held it is signed out.`,
    `It was the sign-in from ${device.userAgent || 'an unnamed client'} at ${device.ip || 'an unknown address'}.`,
    'Sign in again to go on. If you have no explanation for this, change your password: that ends all your other sessions too.',
  ];
  return {
    to,
    subject: 'We ended one of your sessions',
    text: `${lines.join('\n\n')}\n`,
    html: lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('\n'),
  };
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
