import { DomainError, invalid } from '../../common/domain-error';

export function quotaReached(bytes: number): DomainError<'invalid'> {
  return invalid({ file: [`Your files may take ${bytes} bytes together: this one would be too much.`] });
}

export function mediaInUse(): DomainError<'media_in_use'> {
  return new DomainError('conflict', 'media_in_use', 'A post, an offer or a commission uses this file.');
}

/** The same for what never was, for other people's and for what is gone: whoever holds no link learns nothing. */
export function linkEnded(): DomainError<'link_ended'> {
  return new DomainError('forbidden', 'link_ended', 'This link has ended or is incomplete.');
}
