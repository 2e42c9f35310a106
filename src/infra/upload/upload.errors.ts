import { DomainError, invalid } from '../../common/domain-error';
import { PARSE_ERROR } from '../http/transport-errors';

/** In DRF's words, where it has any. */
const refusal = (message: string): DomainError<'invalid'> => invalid({ file: [message] });

export const noFile = (): DomainError<'invalid'> => refusal('No file was submitted.');
export const notAFile = (): DomainError<'invalid'> =>
  refusal('The submitted data was not a file. Check the encoding type on the form.');
export const emptyFile = (): DomainError<'invalid'> => refusal('The submitted file is empty.');
export const severalFiles = (): DomainError<'invalid'> => refusal('Only one file can be submitted at once.');
export const tooManyParts = (): DomainError<'invalid'> =>
  refusal('The form has too many parts: send nothing but the file.');
export const unknownType = (types: string): DomainError<'invalid'> =>
  refusal(`This is no file of a known type: ${types}.`);
export const invalidImage = (): DomainError<'invalid'> =>
  refusal('Upload a valid image. The file you uploaded was either not an image or a corrupted image.');

export function fileTooLarge(maxBytes: number): DomainError<'file_too_large'> {
  return new DomainError('too-large', 'file_too_large', `The file is larger than ${maxBytes} bytes.`);
}

/** The body ended early, or is none. */
export function multipartError(): DomainError<typeof PARSE_ERROR> {
  return new DomainError('invalid', PARSE_ERROR, 'Multipart form parse error.');
}
